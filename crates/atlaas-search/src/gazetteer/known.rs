//! Words that the texts of fiches use: what is one of them was hardly meant as a misspelt place.

use crate::text::fold::fold_char;
use atlaas_model::Fiche;

/// Folded words as two bits each of a fixed number (a Bloom filter): with the 25,000 words of the
/// full-scale texts, an unknown word is taken for a known one once in some 7,000.
#[derive(Debug, Default)]
pub(crate) struct KnownWords(Vec<u64>);

/// Bits of the filter, as a power of two.
const BITS: u32 = 22;

/// Shortest word that is kept, in bytes.
const SHORTEST: usize = 4;

impl KnownWords {
    /// Reads the titles and texts of colieux and initiatives. Words that begin with a capital are left out:
    /// they are names more often than not.
    pub(crate) fn read(fiches: &[Fiche]) -> Self {
        let mut known = Self(vec![0; 1 << (BITS - 6)]);
        let mut folded = String::new();
        for fiche in fiches.iter().filter(|fiche| !fiche.kind.is_territory()) {
            for text in [&fiche.name, &fiche.text] {
                let words = text.split(|letter: char| !letter.is_alphanumeric());
                for word in words.filter(|word| word.starts_with(char::is_lowercase)) {
                    folded.clear();
                    for letter in word.chars() {
                        fold_char(letter, &mut folded);
                    }
                    if folded.len() >= SHORTEST {
                        known.insert(&folded);
                    }
                }
            }
        }
        known
    }

    fn insert(&mut self, word: &str) {
        for (at, bit) in places(word) {
            self.0[at] |= bit;
        }
    }

    /// Whether they use a folded word.
    pub(crate) fn contains(&self, word: &str) -> bool {
        places(word)
            .into_iter()
            .all(|(at, bit)| self.0.get(at).is_some_and(|bits| bits & bit != 0))
    }

    /// Bytes held.
    pub(crate) fn size_bytes(&self) -> usize {
        self.0.len() * 8
    }
}

/// The two bits of a word: which of the filter's numbers, and the bit in it.
fn places(word: &str) -> [(usize, u64); 2] {
    let hash = hash(word);
    [hash, hash >> 32].map(|half| {
        let bit = half & ((1 << BITS) - 1);
        ((bit >> 6) as usize, 1 << (bit & 63))
    })
}

/// FNV-1a, 64 bits.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
