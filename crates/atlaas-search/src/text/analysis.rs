//! How texts become terms: folded words, elided, and their stems; stop words marked.
//!
//! Texts and queries go through the same code. Folding comes before stemming, so accents dropped in
//! a query cost nothing. Names of places are not analysed here: see `names.rs`.

use crate::text::fold::{Joint, fold, words};
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::{borrow::Cow, ops::Range};

/// Changes whenever the same text could give other terms (this file, `fold.rs`, the parts of
/// `index/part.rs`, or the stemmer: Snowball 3.0 French of snowball_stemmers_rs 1); recorded in the snapshot's
/// manifest, and an index of another version is refused.
pub const ANALYSER_VERSION: u32 = 2;

/// Longest term in bytes; what follows is cut off, in texts and queries alike.
const MAX_TERM_BYTES: usize = 64;
/// Longest compound that is also indexed glued (`co-working` → `coworking`), in bytes.
const MAX_GLUED_BYTES: usize = 24;

/// Forms that lose their vowel before an apostrophe, and mean nothing alone.
const ELIDED: [&str; 15] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
    "presqu",
];

/// Function words that texts do without, folded, sorted. Numbers, `pas`, `sans`, `plus` and
/// interrogatives of two meanings stay: they tell sheets apart.
const STOP_WORDS: [&str; 75] = [
    "a", "afin", "ai", "ainsi", "alors", "apres", "au", "aussi", "autre", "autres", "aux", "avec",
    "avoir", "ce", "ceci", "cela", "ces", "cet", "cette", "ceux", "chaque", "chez", "comme", "d",
    "dans", "de", "depuis", "des", "donc", "dont", "du", "elle", "elles", "en", "entre", "est",
    "et", "etc", "etre", "eux", "ici", "il", "ils", "je", "l", "la", "le", "les", "leur", "leurs",
    "lors", "lui", "mais", "ne", "ni", "nos", "notre", "nous", "on", "ou", "par", "pour", "qu",
    "que", "qui", "s", "sa", "se", "ses", "si", "son", "sur", "un", "une", "y",
];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Folded spelling.
    pub text: String,
    /// Bytes of the original it was read from.
    pub range: Range<usize>,
    /// Rank among the words of the text, elided forms not counted.
    pub position: u32,
    /// Whether it is a function word.
    pub stop: bool,
    /// How it hangs on the word before.
    pub joint: Joint,
}

/// The words of a text, without elided articles.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let found = words(text);
    let elided: Vec<bool> = found
        .iter()
        .zip(found.iter().skip(1).map(Some).chain([None]))
        .map(|(word, next)| {
            next.is_some_and(|next| next.joint == Joint::Apostrophe) && is_elided(&word.text)
        })
        .collect();
    let mut position = 0;
    found
        .into_iter()
        .zip(elided)
        .filter(|(_, elided)| !elided)
        .map(|(word, _)| {
            let mut text = word.text;
            text.truncate(cut(&text).len());
            let token = Token {
                stop: is_stop_word(&text),
                text,
                range: word.range,
                position,
                joint: word.joint,
            };
            position += 1;
            token
        })
        .collect()
}

/// The part of a word that makes a term.
pub(crate) fn cut(word: &str) -> &str {
    let mut end = word.len().min(MAX_TERM_BYTES);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

/// Whether a folded word means nothing before an apostrophe.
pub(crate) fn is_elided(folded: &str) -> bool {
    ELIDED.contains(&folded)
}

/// Whether a folded word is a function word.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// A token and the one after it, glued, when a hyphen joins them and the whole is short.
pub(crate) fn glued(token: &Token, next: &Token) -> Option<String> {
    if next.joint == Joint::Hyphen {
        glue(&token.text, &next.text)
    } else {
        None
    }
}

/// Two words that a hyphen joins as one, when the whole is short.
pub(crate) fn glue(first: &str, second: &str) -> Option<String> {
    let short = first.len() + second.len() <= MAX_GLUED_BYTES;
    short.then(|| format!("{first}{second}"))
}

/// What words are stemmed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stemming {
    /// Folded words: accents dropped in a query cost nothing.
    #[default]
    Folded,
    /// Words as they are written, as most engines do; the stem is folded afterwards.
    Written,
}

/// Snowball's French stemmer over folded words.
pub(crate) struct Stems {
    stemmer: Stemmer,
    stemming: Stemming,
}

impl Stems {
    /// Stems folded words, as what serves does.
    #[cfg(test)]
    pub fn new() -> Self {
        Self::of(Stemming::Folded)
    }

    /// Stems as told.
    pub fn of(stemming: Stemming) -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::French),
            stemming,
        }
    }

    /// The stem of a word of which both the written and the folded spelling are known.
    pub fn stem_of<'a>(&self, written: &str, folded: &'a str) -> Cow<'a, str> {
        match self.stemming {
            Stemming::Folded => self.stem(folded),
            Stemming::Written => Cow::Owned(fold(&self.stem(&written.to_lowercase()))),
        }
    }

    /// The stem of a folded word; words with a digit stay as they are.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if word.len() < 3 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            Cow::Borrowed(word)
        } else {
            self.stemmer.stem(word)
        }
    }
}

/// The words of a name joined by single spaces: the key under which whole names are found.
pub(crate) fn name_key(name: &str) -> String {
    let texts: Vec<String> = words(name).into_iter().map(|word| word.text).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn the_stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn articles_are_elided_before_any_apostrophe() {
        assert_eq!(
            texts("L’éducation d'aujourd’hui"),
            ["education", "aujourd", "hui"]
        );
        assert_eq!(texts("jusqu'à l`école"), ["a", "ecole"]);
        assert_eq!(texts("vitamine d 3"), ["vitamine", "d", "3"]);
    }

    #[test]
    fn inflected_and_unaccented_forms_share_a_stem() {
        let stems = Stems::new();
        for (a, b) in [
            ("médiation", "MEDIATIONS"),
            ("rénovation", "renovations"),
            ("numériques", "numerique"),
            ("écoles", "ecole"),
            ("habitants", "habitant"),
        ] {
            let (a, b) = (&texts(a)[0], &texts(b)[0]);
            assert_eq!(stems.stem(a), stems.stem(b));
        }
        assert_eq!(stems.stem("5g"), "5g");
    }

    #[test]
    fn compounds_are_also_glued() {
        let found = tokens("wi-fi public");
        assert_eq!(glued(&found[0], &found[1]).as_deref(), Some("wifi"));
        assert_eq!(glued(&found[1], &found[2]), None);
    }

    #[test]
    fn an_endless_word_is_cut_at_a_character() {
        let text = "é".repeat(10_000) + &"中".repeat(100);
        assert!(texts(&text).iter().all(|t| t.len() <= MAX_TERM_BYTES));
        assert!(texts(&"中".repeat(100))[0].len() <= MAX_TERM_BYTES);
    }
}
