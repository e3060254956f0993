//! The terms of the index by length and letters: which are near a misspelt word.
//!
//! Every term of a fitting length is looked at; the letter signature refuses nearly all of them, and
//! bit-parallel columns compare the rest (`typo.rs`). Nothing near is missed.

use crate::{
    index::part::Part,
    text::typo::{LONGEST_PATTERN, Pattern, Signature},
};
use std::io;
use tantivy::termdict::TermDictionary;

/// A term near a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NearTerm<'a> {
    /// The part that has the term.
    pub part: Part,
    /// The term.
    pub term: &'a str,
}

/// The terms of the parts that corrections are looked for in.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    text: String,
    /// Where terms begin in `text`, shortest term first.
    starts: Vec<u32>,
    parts: Vec<Part>,
    signatures: Vec<Signature>,
    /// The first term of each length.
    lengths: Vec<u32>,
}

impl Lexicon {
    /// Reads the dictionaries of some parts.
    pub fn read<'a>(
        dictionaries: impl Iterator<Item = (Part, &'a TermDictionary)>,
    ) -> io::Result<Self> {
        let mut all = String::new();
        let mut terms: Vec<(u32, u32, Part)> = Vec::new();
        for (part, dictionary) in dictionaries {
            let mut stream = dictionary.stream()?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                if term.len() <= LONGEST_PATTERN {
                    terms.push((all.len() as u32, term.len() as u32, part));
                    all.push_str(term);
                }
            }
        }
        terms.sort_by_key(|&(_, length, _)| length);
        let mut lexicon = Self {
            lengths: (0..=LONGEST_PATTERN as u32 + 1)
                .map(|wanted| terms.partition_point(|&(_, length, _)| length < wanted) as u32)
                .collect(),
            ..Self::default()
        };
        for (start, length, part) in terms {
            let term = &all[start as usize..(start + length) as usize];
            lexicon.starts.push(lexicon.text.len() as u32);
            lexicon.text.push_str(term);
            lexicon.parts.push(part);
            lexicon.signatures.push(Signature::of(term.as_bytes()));
        }
        lexicon.starts.push(lexicon.text.len() as u32);
        Ok(lexicon)
    }

    /// The terms within `most` edits of a word; none for a word longer than any term.
    pub fn near(&self, word: &str, most: u32) -> Vec<NearTerm<'_>> {
        let Some(pattern) = Pattern::new(word) else {
            return Vec::new();
        };
        let shortest = pattern.length().saturating_sub(most as usize);
        let longest = (pattern.length() + most as usize).min(LONGEST_PATTERN);
        let from = self.lengths[shortest] as usize;
        let to = self.lengths[longest + 1] as usize;
        let mut found = Vec::new();
        for (rank, signature) in (from..to).zip(&self.signatures[from..to]) {
            if !pattern.signature.within(*signature, most) {
                continue;
            }
            let term = &self.text[self.starts[rank] as usize..self.starts[rank + 1] as usize];
            let edits = pattern.edits(term.as_bytes()).whole;
            if edits <= most {
                let part = self.parts[rank];
                found.push(NearTerm { part, term });
            }
        }
        found
    }
}
