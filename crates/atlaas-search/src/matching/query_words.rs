//! The words of a query: which must be found, which are function words, which form phrases.
//!
//! No query syntax but quotes: `"…"` asks for these words in this order. Everything else that is
//! not a letter or a digit only separates words.

use crate::{
    text::analysis::{Token, tokens},
    text::fold::words,
};
use std::ops::Range;

/// Most words of a territory's name that are looked up as one.
const MAX_NAME_WORDS: usize = 9;

/// A word that must be found.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The word; its range points into the query.
    pub token: Token,
    /// As it is written, accents and capitals included.
    pub written: String,
    /// Whether it may still be unfinished: the last word, with nothing typed behind it.
    pub unfinished: bool,
    /// Whether it stands in quotes: neither stem nor correction.
    pub quoted: bool,
    /// Whether only names are looked at, since texts do without it.
    pub names_only: bool,
}

/// Consecutive words that may be one whole name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The name's key.
    pub key: String,
    /// Bytes of the query that it covers.
    pub range: Range<usize>,
}

/// A query's words.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueryWords {
    /// Words that must be found, in order.
    pub wanted: Vec<Wanted>,
    /// Phrases, as words with their positions; of at least two words.
    pub phrases: Vec<Vec<Token>>,
    /// Sequences of words that could be whole names.
    pub spans: Vec<Span>,
}

impl QueryWords {
    /// Reads the words of a text.
    pub fn read(text: &str) -> Self {
        let quoted = quoted_ranges(text);
        let all = tokens(text);
        let only_stops = all.iter().all(|token| token.stop);
        let in_quotes = |token: &Token| {
            quoted
                .iter()
                .any(|range| range.start <= token.range.start && token.range.end <= range.end)
        };
        let open_end = text.chars().last().is_some_and(char::is_alphanumeric);
        let last_start = all.last().map(|token| token.range.start);
        let mut wanted: Vec<Wanted> = Vec::new();
        for token in &all {
            let seen = wanted.iter().any(|other| other.token.text == token.text);
            if (token.stop && !only_stops) || seen {
                continue;
            }
            wanted.push(Wanted {
                quoted: in_quotes(token),
                unfinished: open_end && Some(token.range.start) == last_start,
                names_only: token.stop,
                written: text[token.range.clone()].to_owned(),
                token: token.clone(),
            });
        }
        let phrases = quoted
            .iter()
            .map(|range| {
                let inside = |token: &&Token| {
                    range.start <= token.range.start && token.range.end <= range.end
                };
                all.iter().filter(inside).cloned().collect()
            })
            .filter(|phrase: &Vec<Token>| phrase.len() > 1)
            .collect();
        Self {
            wanted,
            phrases,
            spans: spans(text),
        }
    }

    /// Leaves out the words in some bytes of the text.
    pub fn leave_out(&mut self, ranges: &[Range<usize>]) {
        let free = |range: &Range<usize>| {
            let mut ranges = ranges.iter();
            ranges.all(|taken| range.end <= taken.start || taken.end <= range.start)
        };
        self.wanted.retain(|wanted| free(&wanted.token.range));
        self.spans.retain(|span| free(&span.range));
    }

    /// Whether nothing can be searched for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }
}

/// What stands between pairs of quotes of any kind; a quote without a partner is a separator.
fn quoted_ranges(text: &str) -> Vec<Range<usize>> {
    let quote = |c: char| matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '\u{ff02}');
    let at: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| quote(*c)).collect();
    at.chunks_exact(2)
        .map(|pair| pair[0].0 + pair[0].1.len_utf8()..pair[1].0)
        .collect()
}

fn spans(text: &str) -> Vec<Span> {
    let raw = words(text);
    let mut spans = Vec::new();
    for first in 0..raw.len() {
        let mut key = String::new();
        for word in raw.iter().skip(first).take(MAX_NAME_WORDS) {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word.text);
            spans.push(Span {
                key: key.clone(),
                range: raw[first].range.start..word.range.end,
            });
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let words = QueryWords::read(text).wanted;
        words.into_iter().map(|word| word.token.text).collect()
    }

    #[test]
    fn function_words_are_wanted_only_when_there_is_nothing_else() {
        assert_eq!(read("la médiation dans l’école"), ["mediation", "ecole"]);
        assert_eq!(read("Les"), ["les"]);
        assert_eq!(read(" ** ( : "), [""; 0]);
        assert_eq!(read("école ecole École"), ["ecole"]);
    }

    #[test]
    fn quotes_make_phrases_and_nothing_else_is_syntax() {
        let words = QueryWords::read("wifi \"espace public numérique\" AND -x «bon»");
        assert_eq!(words.phrases.len(), 1);
        assert_eq!(words.phrases[0].len(), 3);
        let quoted: Vec<bool> = words.wanted.iter().map(|word| word.quoted).collect();
        assert_eq!(quoted, [false, true, true, true, false, false, true]);
        assert!(QueryWords::read("a \"b c").phrases.is_empty());
    }

    #[test]
    fn only_a_last_word_without_anything_behind_is_unfinished() {
        let unfinished = |text: &str| QueryWords::read(text).wanted.last().unwrap().unfinished;
        assert!(unfinished("espace num"));
        assert!(!unfinished("espace num "));
        assert!(!unfinished("espace num."));
    }
}
