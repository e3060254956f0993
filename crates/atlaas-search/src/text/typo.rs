//! Typing mistakes: how many edits lie between two folded spellings, and what is too many.
//!
//! An edit is a letter put in, left out, changed, or two neighbours swapped (optimal string
//! alignment). The distance is computed by bit-parallel columns (H. Hyyrö, *A Bit-Vector Algorithm
//! for Computing Levenshtein and Damerau Edit Distances*, 2003); a letter signature refuses most
//! spellings before that. Comparison is by byte: spellings are folded, hence ASCII but for foreign
//! scripts.

/// Longest pattern, in bytes: one machine word of the bit-parallel columns.
pub(crate) const LONGEST_PATTERN: usize = 64;

/// How many edits a spelling of this many letters may be away and still be meant.
pub(crate) const fn tolerance(letters: usize) -> u32 {
    match letters {
        0 | 1 => 0,
        2..=5 => 1,
        6..=12 => 2,
        _ => 3,
    }
}

/// Which letters a spelling has, and which at least twice: two bits a letter, one a digit, one for
/// everything else. One edit takes away at most one bit and adds at most one (proved by test).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signature(u64);

impl Signature {
    /// The signature of a folded spelling.
    pub(crate) fn of(spelling: &[u8]) -> Self {
        let mut bits = 0_u64;
        for &byte in spelling {
            let bit = match byte {
                b'a'..=b'z' => 1 << ((byte - b'a') * 2),
                b'0'..=b'9' => 1 << (52 + byte - b'0'),
                _ => 1 << 62,
            };
            bits |= if byte.is_ascii_lowercase() && bits & bit != 0 {
                bit << 1
            } else {
                bit
            };
        }
        Self(bits)
    }

    /// Whether a spelling with this signature can be within `edits` of one with the other.
    pub(crate) const fn within(self, other: Self, edits: u32) -> bool {
        at_most(self.0 & !other.0, edits) && at_most(other.0 & !self.0, edits)
    }

    /// Whether a spelling with this signature can be within `edits` of the beginning of one with
    /// the other.
    pub(crate) const fn within_start_of(self, other: Self, edits: u32) -> bool {
        at_most(self.0 & !other.0, edits)
    }
}

/// Whether a number has so many bits at most. Taking the lowest bit away a few times costs less
/// than counting them on machines that are not asked for more than the oldest instructions.
const fn at_most(mut bits: u64, most: u32) -> bool {
    let mut taken = 0;
    while taken < most {
        bits &= bits.wrapping_sub(1);
        taken += 1;
    }
    bits == 0
}

/// Edits to a whole spelling and to its best beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edits {
    /// To the whole of it.
    pub(crate) whole: u32,
    /// To the nearest of its beginnings.
    pub(crate) start: u32,
    /// Bytes of that beginning, the longest one when several are as near.
    pub(crate) start_length: usize,
}

/// A spelling prepared for being compared with many others.
pub(crate) struct Pattern {
    positions: [u64; 256],
    length: usize,
    first: u8,
    /// Its signature.
    pub(crate) signature: Signature,
}

impl Pattern {
    /// Prepares a folded spelling; `None` when it is empty or longer than [`LONGEST_PATTERN`].
    pub(crate) fn new(spelling: &str) -> Option<Self> {
        let bytes = spelling.as_bytes();
        if bytes.is_empty() || bytes.len() > LONGEST_PATTERN {
            return None;
        }
        let mut positions = [0; 256];
        for (index, &byte) in bytes.iter().enumerate() {
            positions[usize::from(byte)] |= 1 << index;
        }
        Some(Self {
            positions,
            length: bytes.len(),
            first: bytes[0],
            signature: Signature::of(bytes),
        })
    }

    /// Bytes of the spelling.
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// Whether another spelling begins with the same byte.
    pub(crate) fn begins_like(&self, other: &[u8]) -> bool {
        other.first() == Some(&self.first)
    }

    /// Edits to `other` and to its best beginning.
    pub(crate) fn edits(&self, other: &[u8]) -> Edits {
        let last = self.length - 1;
        let (mut rises, mut falls) = (u64::MAX, 0_u64);
        let (mut diagonal, mut before) = (0_u64, 0_u64);
        let mut score = self.length as u32;
        let (mut start, mut start_length) = (score, 0);
        for (index, &byte) in other.iter().enumerate() {
            let here = self.positions[usize::from(byte)];
            let swap = ((!diagonal & here) << 1) & before;
            diagonal = ((here & rises).wrapping_add(rises) ^ rises) | here | falls | swap;
            let up = falls | !(diagonal | rises);
            let down = diagonal & rises;
            score += (up >> last & 1) as u32;
            score -= (down >> last & 1) as u32;
            let up = up << 1 | 1;
            rises = down << 1 | !(diagonal | up);
            falls = up & diagonal;
            before = here;
            if score <= start {
                (start, start_length) = (score, index + 1);
            }
        }
        Edits {
            whole: score,
            start,
            start_length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Optimal string alignment by the whole table.
    fn naive(a: &[u8], b: &[u8]) -> Vec<u32> {
        let mut table = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    (i + j) as u32
                } else {
                    let change = table[i - 1][j - 1] + u32::from(a[i - 1] != b[j - 1]);
                    let mut best = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[a.len()].clone()
    }

    #[test]
    fn each_kind_of_typo_is_one_edit() {
        for (typed, meant, edits) in [
            ("paris", "paris", 0),
            ("pairs", "paris", 1),
            ("montreil", "montreuil", 1),
            ("nnantes", "nantes", 1),
            ("mantes", "nantes", 1),
            ("chateualandno", "chateaulandon", 2),
        ] {
            let pattern = Pattern::new(typed).unwrap();
            assert_eq!(pattern.edits(meant.as_bytes()).whole, edits, "{typed}");
        }
    }

    #[test]
    fn a_beginning_is_nearer_than_the_whole() {
        let edits = Pattern::new("marsiel").unwrap().edits(b"marseille");
        assert_eq!((edits.start, edits.whole), (1, 3));
        assert_eq!(edits.start_length, 7);
    }

    #[test]
    fn what_does_not_fit_one_word_is_refused() {
        assert!(Pattern::new("").is_none());
        assert!(Pattern::new(&"a".repeat(65)).is_none());
        assert!(Pattern::new(&"a".repeat(64)).is_some());
    }

    proptest! {
        #[test]
        fn edits_agree_with_the_whole_table(a in "[a-d]{1,12}", b in "[a-d]{0,14}") {
            let edits = Pattern::new(&a).unwrap().edits(b.as_bytes());
            let expected = naive(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(edits.whole, expected[b.len()]);
            prop_assert_eq!(Some(&edits.start), expected.iter().min());
            prop_assert_eq!(expected[edits.start_length], edits.start);
        }

        #[test]
        fn long_patterns_agree_too(a in "[ab]{60,64}", b in "[ab]{50,70}") {
            let edits = Pattern::new(&a).unwrap().edits(b.as_bytes());
            prop_assert_eq!(edits.whole, naive(a.as_bytes(), b.as_bytes())[b.len()]);
        }

        #[test]
        fn a_signature_never_refuses_what_is_near(a in "[a-e0-2é]{1,10}", b in "[a-e0-2é]{1,10}") {
            let pattern = Pattern::new(&a).unwrap();
            let edits = pattern.edits(b.as_bytes());
            let signature = Signature::of(b.as_bytes());
            prop_assert!(pattern.signature.within(signature, edits.whole));
            prop_assert!(pattern.signature.within_start_of(signature, edits.start));
        }
    }
}
