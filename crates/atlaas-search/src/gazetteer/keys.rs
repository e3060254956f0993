//! The spellings of all names, glued and sorted: exact, unfinished and misspelt ones are found here.
//!
//! Exact and unfinished spellings by binary search; misspelt ones by looking at every spelling of a
//! fitting length, of which the letter signature leaves a few dozen to compare. Nothing is missed
//! and nothing but the spellings is kept in memory.

use crate::text::typo::{Pattern, Signature};
use std::ops::Range;

/// Which spelling of a name a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Variant {
    /// All its words.
    Full,
    /// Another usual spelling.
    Usual,
    /// Without the leading article.
    NoArticle,
    /// Without linking words.
    NoLinks,
    /// An EPCI without its legal form.
    NoForm,
}

/// A spelling on its way into the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The first letters as a number, which sorts as they do, only faster.
    pub(crate) head: u64,
    /// Glued words.
    pub(crate) text: String,
    /// Rank of the name it spells.
    pub(crate) entry: u32,
    /// Which spelling it is.
    pub(crate) variant: Variant,
    /// Glued bytes at which its words end, one bit each, the last one left out; `None` when its
    /// words are not known.
    pub(crate) word_ends: Option<u64>,
}

/// The first eight bytes of a text as a number that sorts as they do.
pub(crate) fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    u64::from_be_bytes(bytes)
}

/// The first of some ranks for which a test fails that holds for all before it.
fn partition(mut ranks: Range<usize>, test: impl Fn(usize) -> bool) -> usize {
    while ranks.start < ranks.end {
        let middle = ranks.start.midpoint(ranks.end);
        if test(middle) {
            ranks.start = middle + 1;
        } else {
            ranks.end = middle;
        }
    }
    ranks.start
}

/// All spellings.
#[derive(Debug, Default)]
pub(crate) struct KeyTable {
    text: String,
    starts: Vec<u32>,
    /// The first letters of each, as numbers: close together, so that most searches end there.
    heads: Vec<u64>,
    entries: Vec<u32>,
    variants: Vec<Variant>,
    /// Where words end; the highest bit says that it is not known.
    word_ends: Vec<u64>,
    /// Keys in order of length, with their signatures beside them.
    by_length: Vec<u32>,
    signatures: Vec<Signature>,
    /// Where each length begins in `by_length`.
    lengths: Vec<u32>,
}

/// The bit that says that ends of words are not known.
const UNKNOWN_ENDS: u64 = 1 << 63;

/// Longest key in bytes that is told apart by length.
const LONGEST_KEY: usize = 96;

impl KeyTable {
    /// Sorts the spellings into a table.
    pub(crate) fn new(mut keys: Vec<Key>) -> Self {
        keys.sort_unstable();
        keys.dedup_by(|a, b| a.text == b.text && a.entry == b.entry);
        let mut table = Self::default();
        for key in &keys {
            table.starts.push(table.text.len() as u32);
            table.text.push_str(&key.text);
            table.heads.push(key.head);
            table.entries.push(key.entry);
            table.variants.push(key.variant);
            let ends = key
                .word_ends
                .map_or(UNKNOWN_ENDS, |ends| ends & !UNKNOWN_ENDS);
            table.word_ends.push(ends);
        }
        table.starts.push(table.text.len() as u32);
        let length = |key: u32| table.key(key as usize).len().min(LONGEST_KEY);
        let mut by_length: Vec<u32> = (0..keys.len() as u32).collect();
        by_length.sort_by_key(|&key| length(key));
        table.lengths = (0..=LONGEST_KEY + 1)
            .map(|wanted| by_length.partition_point(|&key| length(key) < wanted) as u32)
            .collect();
        table.signatures = by_length
            .iter()
            .map(|&key| Signature::of(table.key(key as usize).as_bytes()))
            .collect();
        table.by_length = by_length;
        table
    }

    /// How many spellings there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// One spelling.
    pub(crate) fn key(&self, key: usize) -> &str {
        &self.text[self.starts[key] as usize..self.starts[key + 1] as usize]
    }

    /// The name it spells.
    pub(crate) fn entry(&self, key: usize) -> u32 {
        self.entries[key]
    }

    /// Which spelling it is.
    pub(crate) fn variant(&self, key: usize) -> Variant {
        self.variants[key]
    }

    /// Whether the spelling has its words end elsewhere than a typed one of that many bytes.
    pub(crate) fn splits_otherwise(&self, key: usize, typed_ends: u64, length: usize) -> bool {
        let known = self.word_ends[key] & UNKNOWN_ENDS == 0;
        let within = if length < 63 {
            (1 << length) - 1
        } else {
            !UNKNOWN_ENDS
        };
        known && (self.word_ends[key] ^ typed_ends) & within != 0
    }

    /// Whether a word of the spelling, not its last, ends after that many bytes.
    pub(crate) fn has_an_end_at(&self, key: usize, length: usize) -> bool {
        let ends = self.word_ends[key];
        length < 63 && ends & UNKNOWN_ENDS == 0 && ends & (1 << length) != 0
    }

    /// Whether the spelling has another number of words than a typed one.
    pub(crate) fn counts_otherwise(&self, key: usize, typed_ends: u64) -> bool {
        let ends = self.word_ends[key];
        ends & UNKNOWN_ENDS == 0 && ends.count_ones() != typed_ends.count_ones()
    }

    /// The spellings that are exactly this one.
    pub(crate) fn exact(&self, spelling: &str) -> Range<usize> {
        let from = self.first(spelling);
        let same = (from..self.len()).take_while(|&key| self.key(key) == spelling);
        from..from + same.count()
    }

    /// The spellings that begin with this one, itself included.
    pub(crate) fn beginning(&self, spelling: &str) -> Range<usize> {
        let from = self.first(spelling);
        let begins = |key: usize| self.key(key).starts_with(spelling);
        let to = match u64::MAX.checked_shr(8 * spelling.len() as u32) {
            Some(open) => {
                let last = head(spelling) | open;
                from + self.heads[from..].partition_point(|&known| known <= last)
            }
            None => partition(from..self.alike(spelling).end, begins),
        };
        from..to
    }

    /// The spellings with the same first letters, as many as a head holds.
    fn alike(&self, spelling: &str) -> Range<usize> {
        let head = head(spelling);
        let from = self.heads.partition_point(|&known| known < head);
        from..from + self.heads[from..].partition_point(|&known| known == head)
    }

    /// The first spelling that is not before this one.
    fn first(&self, spelling: &str) -> usize {
        partition(self.alike(spelling), |key| self.key(key) < spelling)
    }

    /// Calls `found(key, edits)` for every spelling within `most` edits of the pattern.
    pub(crate) fn near(&self, pattern: &Pattern, most: u32, mut found: impl FnMut(usize, u32)) {
        let shortest = pattern.length().saturating_sub(most as usize);
        let longest = (pattern.length() + most as usize).min(LONGEST_KEY);
        let from = self.lengths[shortest.min(LONGEST_KEY)] as usize;
        let to = self.lengths[longest + 1] as usize;
        for (signature, &key) in self.signatures[from..to]
            .iter()
            .zip(&self.by_length[from..to])
        {
            if !pattern.signature.within(*signature, most) {
                continue;
            }
            let edits = pattern.edits(self.key(key as usize).as_bytes()).whole;
            if edits <= most {
                found(key as usize, edits);
            }
        }
    }

    /// Calls `found(key, edits, length)` for every longer spelling of which a beginning of that
    /// length is within `most` edits of the pattern.
    pub(crate) fn near_start(
        &self,
        pattern: &Pattern,
        most: u32,
        mut found: impl FnMut(usize, u32, usize),
    ) {
        let from = self.lengths[pattern.length().min(LONGEST_KEY)] as usize;
        for (signature, &key) in self.signatures[from..].iter().zip(&self.by_length[from..]) {
            if !pattern.signature.within_start_of(*signature, most) {
                continue;
            }
            let text = self.key(key as usize).as_bytes();
            let window = &text[..text.len().min(pattern.length() + most as usize)];
            let edits = pattern.edits(window);
            if edits.start <= most {
                found(key as usize, edits.start, edits.start_length);
            }
        }
    }

    /// Bytes held.
    pub(crate) fn size_bytes(&self) -> usize {
        self.text.len() + self.len() * (4 + 8 + 4 + 1 + 8 + 4 + 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(names: &[&str]) -> KeyTable {
        let key = |(entry, text): (u32, &&str)| Key {
            head: head(text),
            text: (*text).to_owned(),
            entry,
            variant: Variant::Full,
            word_ends: None,
        };
        KeyTable::new((0..).zip(names).map(key).collect())
    }

    #[test]
    fn exact_and_unfinished_spellings_are_ranges() {
        let table = table(&["paris", "par", "parisot", "lyon", "paris", ""]);
        assert_eq!(table.exact("paris").len(), 2);
        assert_eq!(table.beginning("par").len(), 4);
        assert_eq!(table.exact("pari").len(), 0);
        assert_eq!(table.beginning("").len(), 6);
    }

    #[test]
    fn ranges_are_those_of_a_look_at_every_spelling() {
        let parts = ["saint", "martin", "e", "ste", "sur", "é", "lyon", ""];
        let names: Vec<String> = parts
            .iter()
            .flat_map(|a| {
                parts
                    .iter()
                    .flat_map(move |b| parts.map(|c| format!("{a}{b}{c}")))
            })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let table = table(&names);
        for spelling in names
            .iter()
            .flat_map(|name| [*name, name.get(..name.len() / 2).unwrap_or("")])
        {
            let all = |test: &dyn Fn(&str) -> bool| {
                (0..table.len())
                    .filter(|&key| test(table.key(key)))
                    .collect::<Vec<_>>()
            };
            let exact: Vec<_> = table.exact(spelling).collect();
            assert_eq!(exact, all(&|key| key == spelling), "{spelling}");
            let begun: Vec<_> = table.beginning(spelling).collect();
            assert_eq!(begun, all(&|key| key.starts_with(spelling)), "{spelling}");
        }
    }

    #[test]
    fn near_spellings_are_those_of_the_whole_table() {
        let names = [
            "nantes", "mantes", "nates", "nante", "anntes", "antibes", "nantesx",
        ];
        let table = table(&names);
        let pattern = Pattern::new("nantes").unwrap();
        let mut found = Vec::new();
        table.near(&pattern, 1, |key, edits| {
            found.push((table.key(key), edits));
        });
        found.sort_unstable();
        let expected = [
            ("anntes", 1),
            ("mantes", 1),
            ("nante", 1),
            ("nantes", 0),
            ("nantesx", 1),
            ("nates", 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_misspelt_beginning_is_found() {
        let table = table(&["marseille", "marsillargues", "lyon"]);
        let pattern = Pattern::new("marsiel").unwrap();
        let mut found = Vec::new();
        table.near_start(&pattern, 1, |key, edits, _| {
            found.push((table.key(key), edits));
        });
        assert!(found.contains(&("marseille", 1)), "{found:?}");
        assert!(!found.iter().any(|(name, _)| *name == "lyon"));
    }
}
