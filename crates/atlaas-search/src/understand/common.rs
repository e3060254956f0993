//! Common French (and a few English) words that are also names of communes.
//!
//! Alone, or behind a weak preposition, such a word is read as a word, not as a place.

/// Folded, sorted.
const WORDS: [&str; 4] = ["nice", "rue", "tours", "y"];

/// Whether a glued name is also a common word.
pub(crate) fn is_common(glued: &str) -> bool {
    WORDS.binary_search(&glued).is_ok()
}
