//! A query as a row of words, of which the understood ones are taken out.

use crate::gazetteer::MOST_CHARACTERS;
use crate::text::fold::words;
use std::ops::Range;

/// A word of the query.
#[derive(Clone, Debug)]
pub(crate) struct QueryWord {
    /// Folded spelling.
    pub(crate) text: String,
    /// Bytes of the query.
    pub(crate) range: Range<usize>,
    /// Whether it was understood.
    pub(crate) taken: bool,
    /// Whether it begins with a capital and goes on in small letters.
    pub(crate) capital: bool,
}

/// A query being read.
pub(crate) struct Phrase<'a> {
    /// The query.
    pub(crate) query: &'a str,
    /// Its words, within the part that is read.
    pub(crate) words: Vec<QueryWord>,
    /// Bytes that are text but hold no word that is read (the tail of a very long query).
    tail: usize,
    /// Spans taken out that hold no word (`@@@`).
    pub(crate) signs: Vec<Range<usize>>,
}

impl<'a> Phrase<'a> {
    /// Reads the first 200 characters of a query.
    pub(crate) fn new(query: &'a str) -> Self {
        let tail = query
            .char_indices()
            .nth(MOST_CHARACTERS)
            .map_or(query.len(), |(end, _)| end);
        let words = words(&query[..tail])
            .into_iter()
            .map(|word| {
                let mut letters = query[word.range.clone()].chars();
                let upper = letters.next().is_some_and(char::is_uppercase);
                QueryWord {
                    capital: upper && (word.range.len() == 1 || letters.any(char::is_lowercase)),
                    text: word.text,
                    range: word.range,
                    taken: false,
                }
            })
            .collect();
        Self {
            query,
            words,
            tail,
            signs: Vec::new(),
        }
    }

    /// Whether these words follow from `at`, none of them taken.
    pub(crate) fn follows(&self, at: usize, pattern: &[impl AsRef<str>]) -> bool {
        self.words.len() >= at + pattern.len()
            && pattern
                .iter()
                .zip(&self.words[at..])
                .all(|(wanted, word)| !word.taken && wanted.as_ref() == word.text)
    }

    /// The word at a place, when there is one that is not taken.
    pub(crate) fn free(&self, at: usize) -> Option<&QueryWord> {
        self.words.get(at).filter(|word| !word.taken)
    }

    /// Takes words out; gives their bytes.
    pub(crate) fn take(&mut self, words: Range<usize>) -> Range<usize> {
        for word in &mut self.words[words.clone()] {
            word.taken = true;
        }
        self.bytes(words)
    }

    /// Puts words back that were taken out.
    pub(crate) fn give_back(&mut self, words: Range<usize>) {
        for word in &mut self.words[words] {
            word.taken = false;
        }
    }

    /// The bytes from the first to the last of some words.
    pub(crate) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), words.end.checked_sub(1)) {
            (Some(first), Some(last)) if last >= words.start => {
                first.range.start..self.words[last].range.end
            }
            _ => 0..0,
        }
    }

    /// The part of the query that some words span.
    pub(crate) fn slice(&self, words: Range<usize>) -> &'a str {
        &self.query[self.bytes(words)]
    }

    /// Whether anything but linking words is left outside some words.
    pub(crate) fn anything_left(&self, but: &Range<usize>) -> bool {
        self.words
            .iter()
            .enumerate()
            .any(|(at, word)| !but.contains(&at) && !word.taken && !is_hollow(&word.text))
    }

    /// Runs of words that are neither taken nor among `but`.
    pub(crate) fn runs(&self, but: &Range<usize>) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if word.taken || but.contains(&at) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// What is left, as it was typed, without linking words at the edges of what was taken out.
    pub(crate) fn rest(&self) -> String {
        if self.signs.is_empty() && self.words.iter().all(|word| !word.taken) {
            return self.query.trim().to_owned();
        }
        let mut pieces: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            if self.words[at].taken {
                at += 1;
                continue;
            }
            let end = (at..self.words.len())
                .find(|&end| self.words[end].taken)
                .unwrap_or(self.words.len());
            if let Some(kept) = self.trimmed(at..end) {
                pieces.push(self.slice(kept));
            }
            at = end;
        }
        let tail = self.query[self.tail..].trim();
        if !tail.is_empty() {
            pieces.push(tail);
        }
        pieces.join(" ")
    }

    /// A run of free words without the hollow ones that touch what was taken out.
    fn trimmed(&self, run: Range<usize>) -> Option<Range<usize>> {
        let solid = |at: &usize| !is_hollow(&self.words[*at].text);
        let start = run.clone().find(solid)?;
        let end = run.clone().rfind(solid)? + 1;
        let from = if run.start == 0 { run.start } else { start };
        let to = if run.end == self.words.len() {
            run.end
        } else {
            end
        };
        Some(from..to)
    }
}

/// Whether a word says nothing by itself.
pub(crate) fn is_hollow(word: &str) -> bool {
    crate::text::names::is_link(word)
        || matches!(
            word,
            "dans" | "par" | "pour" | "un" | "une" | "ou" | "avec" | "chez" | "vers"
        )
}
