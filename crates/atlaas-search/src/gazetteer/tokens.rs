//! The words of all names: names of which the words were typed in another order, or not all.

use super::keys::head;
use crate::text::typo::{Pattern, Signature, tolerance};
use std::collections::HashMap;
use std::ops::Range;

/// A word of a name as an entry holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameToken(pub(crate) u32);

/// A word that a typed word may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenReading {
    /// The word.
    pub(crate) token: NameToken,
    /// Mistakes in it.
    pub(crate) edits: u32,
    /// Letters of it that were not typed.
    pub(crate) missing: u32,
}

/// All words and the entries that have them.
#[derive(Debug, Default)]
pub(crate) struct TokenTable {
    text: String,
    starts: Vec<u32>,
    links: Vec<bool>,
    signatures: Vec<Signature>,
    /// Entries of each token.
    postings: Vec<u32>,
    posting_starts: Vec<u32>,
    /// Tokens of each entry, in order.
    of_entries: Vec<NameToken>,
    entry_starts: Vec<u32>,
}

/// Most words that an unfinished word may mean.
const MOST_READINGS: usize = 64;

impl TokenTable {
    /// Indexes the words of entries, given in order of the entries; a word is a link or not.
    pub(crate) fn new(names: &[Vec<(String, bool)>]) -> Self {
        let mut words: Vec<(u64, &str, bool)> = names
            .iter()
            .flatten()
            .map(|(word, link)| (head(word), word.as_str(), *link))
            .collect();
        words.sort_unstable();
        words.dedup_by_key(|(_, word, _)| *word);
        let mut table = Self::default();
        let mut ranks = HashMap::with_capacity(words.len());
        for (rank, &(_, word, link)) in (0..).zip(&words) {
            table.starts.push(table.text.len() as u32);
            table.text.push_str(word);
            table.links.push(link);
            table.signatures.push(Signature::of(word.as_bytes()));
            ranks.insert(word, rank);
        }
        table.starts.push(table.text.len() as u32);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (entry, name) in (0..).zip(names) {
            table.entry_starts.push(table.of_entries.len() as u32);
            for (word, _) in name {
                let rank = ranks[word.as_str()];
                table.of_entries.push(NameToken(rank));
                pairs.push((rank, entry));
            }
        }
        table.entry_starts.push(table.of_entries.len() as u32);
        pairs.sort_unstable();
        pairs.dedup();
        table.posting_starts = (0..=words.len() as u32)
            .map(|rank| pairs.partition_point(|&(known, _)| known < rank) as u32)
            .collect();
        table.postings = pairs.into_iter().map(|(_, entry)| entry).collect();
        table
    }

    fn count(&self) -> usize {
        self.links.len()
    }

    /// The spelling of a word.
    pub(crate) fn spelling(&self, token: NameToken) -> &str {
        self.word(token.0 as usize)
    }

    fn word(&self, rank: usize) -> &str {
        &self.text[self.starts[rank] as usize..self.starts[rank + 1] as usize]
    }

    /// Whether a word only links.
    pub(crate) fn is_link(&self, token: NameToken) -> bool {
        self.links[token.0 as usize]
    }

    /// The entries that have a word.
    pub(crate) fn entries(&self, token: NameToken) -> &[u32] {
        let range = self.range(&self.posting_starts, token.0);
        &self.postings[range]
    }

    /// The words of an entry, in order.
    pub(crate) fn of_entry(&self, entry: u32) -> &[NameToken] {
        let range = self.range(&self.entry_starts, entry);
        &self.of_entries[range]
    }

    #[expect(clippy::unused_self, reason = "reads as a method beside its callers")]
    fn range(&self, starts: &[u32], rank: u32) -> Range<usize> {
        starts[rank as usize] as usize..starts[rank as usize + 1] as usize
    }

    /// The words that a typed word may mean: itself, those it begins, and with mistakes when asked.
    pub(crate) fn readings(
        &self,
        typed: &str,
        unfinished: bool,
        misspelt: bool,
    ) -> Vec<TokenReading> {
        let mut found = Vec::new();
        let from = self.partition(|word| word < typed);
        for rank in from..self.count() {
            let word = self.word(rank);
            let whole = word.len() == typed.len();
            if !word.starts_with(typed) || found.len() >= MOST_READINGS {
                break;
            }
            if whole || (unfinished && typed.len() >= 3) {
                found.push(TokenReading {
                    token: NameToken(rank as u32),
                    edits: 0,
                    missing: (word.len() - typed.len()) as u32,
                });
            }
        }
        let most = tolerance(typed.len()).min(2);
        if misspelt && most > 0 {
            self.misspelt(typed, most, &mut found);
        }
        found
    }

    fn misspelt(&self, typed: &str, most: u32, found: &mut Vec<TokenReading>) {
        let Some(pattern) = Pattern::new(typed) else {
            return;
        };
        for (rank, &signature) in self.signatures.iter().enumerate() {
            if !pattern.signature.within(signature, most) || self.links[rank] {
                continue;
            }
            let word = self.word(rank);
            if word.len().abs_diff(typed.len()) > most as usize {
                continue;
            }
            let edits = pattern.edits(word.as_bytes()).whole;
            if (1..=most).contains(&edits) {
                found.push(TokenReading {
                    token: NameToken(rank as u32),
                    edits,
                    missing: 0,
                });
            }
        }
    }

    fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low.midpoint(high);
            if before(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Bytes held.
    pub(crate) fn size_bytes(&self) -> usize {
        self.text.len()
            + self.count() * (4 + 1 + 8 + 4)
            + (self.postings.len() + self.of_entries.len() + self.entry_starts.len()) * 4
    }
}
