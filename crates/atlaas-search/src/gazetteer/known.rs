//! Words that the texts of fiches use: what is one of them was hardly meant as a misspelt place.

use crate::fold::fold_char;
use atlaas_model::Fiche;
use std::collections::HashSet;

/// Hashes of folded words.
#[derive(Debug, Default)]
pub(crate) struct KnownWords(HashSet<u64>);

/// Shortest word that is kept, in bytes.
const SHORTEST: usize = 4;

impl KnownWords {
    /// Reads the titles and texts of colieux and initiatives. Words that begin with a capital are left out:
    /// they are names more often than not.
    pub(crate) fn read(fiches: &[Fiche]) -> Self {
        let mut known = HashSet::new();
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
                        known.insert(hash(&folded));
                    }
                }
            }
        }
        Self(known)
    }

    /// Whether they use a folded word.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.contains(&hash(word))
    }

    /// Bytes held.
    pub(crate) fn size_bytes(&self) -> usize {
        self.0.capacity() * 9
    }
}

/// FNV-1a, 64 bits: among some 10,000 words, a false friend comes once in 10^15 questions.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
