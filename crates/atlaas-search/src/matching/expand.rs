//! From a word of a query to the indexed terms that answer it, each with its weight.
//!
//! A word that the index knows is looked up as it is and by its stem. A last word that it does not
//! know is taken as a beginning: *all* terms that begin so count. Another unknown word is corrected:
//! one edit from 4 letters, two from 8, the first letter included, the nearest only.

use crate::{
    index::lexicon::NearTerm,
    index::{part::Part, text_index::TextIndex},
    matching::expanded::{Expanded, FoundBy, Source},
    matching::query_words::{QueryWords, Span, Wanted},
    matching::tuning::Weights,
    text::analysis::Stems,
};
use std::io;
use tantivy::{postings::TermInfo, termdict::TermDictionary};

/// What a term is worth that completes a beginning, beside the word itself.
const PREFIX_WEIGHT: f32 = 0.8;
/// What a term is worth per edit from the word.
const EDIT_WEIGHT: f32 = 0.6;
/// Letters from which one edit, and from which two, are forgiven.
const ONE_EDIT_FROM: usize = 4;
const TWO_EDITS_FROM: usize = 8;
/// Letters from which a beginning is completed.
const PREFIX_FROM: usize = 2;
/// Corrections that are looked up for one word, the most frequent first.
const MAX_CORRECTIONS: usize = 8;

/// How far from the words as they are written an answer may be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relax {
    /// Known words are taken as they are; unknown ones are completed or corrected.
    Strict,
    /// A known last word is completed as well (`comm` is a word of some text).
    Complete,
    /// Known words may be misspelt as well (`fare` for `faure`).
    Correct,
}

/// Looks words up in the dictionaries of an index.
pub(crate) struct Expander<'a> {
    pub index: &'a TextIndex,
    pub stems: &'a Stems,
    pub weights: &'a Weights,
}

impl Expander<'_> {
    /// Every wanted word with its sources.
    pub fn expand(&self, words: &QueryWords, relax: Relax) -> io::Result<Vec<Expanded>> {
        let places = self.places(&words.spans)?;
        let mut expanded: Vec<Expanded> = Vec::with_capacity(words.wanted.len());
        let mut hopeless = false;
        for wanted in &words.wanted {
            let mut word = self.known(wanted, &places)?;
            // One word that nothing answers and no fiche holds them all: correcting the others
            // would be work for nothing.
            if !hopeless {
                self.widen(&mut word, wanted, relax)?;
                hopeless = word.sources.is_empty();
            }
            expanded.push(word);
        }
        self.join_split_words(words, &mut expanded)?;
        for word in &mut expanded {
            word.idf = self.idf(word);
        }
        Ok(expanded)
    }

    fn dictionary(&self, part: Part) -> &TermDictionary {
        self.index.part(part).postings.terms()
    }

    fn places<'s>(&self, spans: &'s [Span]) -> io::Result<Vec<(&'s Span, TermInfo)>> {
        let mut found = Vec::new();
        for span in spans {
            if let Some(info) = self.dictionary(Part::Place).get(&span.key)? {
                found.push((span, info));
            }
        }
        Ok(found)
    }

    /// Every wanted word with what the index knows of it: nothing completed, nothing corrected.
    pub fn expand_known(&self, words: &QueryWords) -> io::Result<Vec<Expanded>> {
        let places = self.places(&words.spans)?;
        let wanted = words.wanted.iter();
        wanted.map(|wanted| self.known(wanted, &places)).collect()
    }

    /// A word with what the index knows of it as it is written.
    fn known(&self, wanted: &Wanted, places: &[(&Span, TermInfo)]) -> io::Result<Expanded> {
        let text = wanted.token.text.as_str();
        let mut word = Expanded {
            written: text.to_owned(),
            found_by: FoundBy::Known,
            sources: Vec::new(),
            idf: 0.0,
            terms: Vec::new(),
            stems: Vec::new(),
            correction: None,
        };
        self.add_known(&mut word, text, wanted, 1.0)?;
        let covering = places.iter().filter(|(span, _)| {
            span.range.start <= wanted.token.range.start && wanted.token.range.end <= span.range.end
        });
        for (_, info) in covering {
            word.sources.push(Source {
                part: Part::Place,
                info: info.clone(),
                weight: self.weights.of(Part::Place),
            });
        }
        if word.sources.is_empty() {
            word.found_by = FoundBy::Unknown;
        }
        Ok(word)
    }

    /// Adds completions and corrections, as far as the word needs them or may be relaxed.
    fn widen(&self, word: &mut Expanded, wanted: &Wanted, relax: Relax) -> io::Result<()> {
        let text = wanted.token.text.as_str();
        let letters = text.chars().count();
        let known = !word.sources.is_empty();
        let complete = wanted.unfinished && letters >= PREFIX_FROM;
        if complete && (!known || relax >= Relax::Complete) {
            self.add_completions(word, text)?;
        }
        let correct = !wanted.quoted && letters >= ONE_EDIT_FROM;
        if correct && (word.sources.is_empty() || (known && relax == Relax::Correct)) {
            self.add_corrections(word, text, wanted)?;
        }
        Ok(())
    }

    fn add_known(
        &self,
        word: &mut Expanded,
        text: &str,
        wanted: &Wanted,
        factor: f32,
    ) -> io::Result<()> {
        let parts: &[Part] = match (wanted.names_only, wanted.quoted) {
            (true, _) => &[Part::Name],
            (false, true) => &[Part::Name, Part::Text],
            (false, false) => &[
                Part::Name,
                Part::NameStem,
                Part::Text,
                Part::TextStem,
                Part::Context,
            ],
        };
        let stem = if text == wanted.token.text {
            self.stems.stem_of(&wanted.written, text)
        } else {
            self.stems.stem(text)
        };
        for &part in parts {
            let key = match part {
                Part::Name | Part::Text | Part::Place => text,
                Part::NameStem | Part::TextStem | Part::Context => stem.as_ref(),
            };
            if let Some(info) = self.dictionary(part).get(key)? {
                word.sources.push(Source {
                    part,
                    info,
                    weight: self.weights.of(part) * factor,
                });
            }
        }
        word.terms.push(text.to_owned());
        if !wanted.quoted && !wanted.names_only {
            word.stems.push(stem.into_owned());
        }
        Ok(())
    }

    /// Every term that begins with the word.
    fn add_completions(&self, word: &mut Expanded, text: &str) -> io::Result<()> {
        for part in [Part::Name, Part::Text, Part::Place] {
            let mut stream = self.dictionary(part).range().ge(text).into_stream()?;
            while stream.advance() && stream.key().starts_with(text.as_bytes()) {
                if stream.key() == text.as_bytes() {
                    // The word itself is a source already.
                    continue;
                }
                word.sources.push(Source {
                    part,
                    info: stream.value().clone(),
                    // The word itself stands for its stem too, which is not looked up here.
                    weight: PREFIX_WEIGHT * self.weights.with_stem(part),
                });
                if part != Part::Place
                    && let Ok(term) = std::str::from_utf8(stream.key())
                {
                    word.terms.push(term.to_owned());
                }
            }
        }
        if !word.sources.is_empty() {
            word.found_by = FoundBy::Prefix;
            word.terms.sort_unstable();
            word.terms.dedup();
        }
        Ok(())
    }

    /// The nearest terms within the edits that the word's length allows.
    fn add_corrections(&self, word: &mut Expanded, text: &str, wanted: &Wanted) -> io::Result<()> {
        let (edits, found) = self.nearest(text)?;
        let Some((most_frequent, best)) = found.first().map(|(info, near)| (info.doc_freq, near))
        else {
            return Ok(());
        };
        let factor = EDIT_WEIGHT.powi(edits as i32);
        if word.sources.is_empty() {
            word.terms.clear();
            word.stems.clear();
        }
        if most_frequent > word.cost() {
            word.correction = Some(best.term.to_owned());
        }
        word.found_by = FoundBy::Correction;
        let most = word.terms.len() + MAX_CORRECTIONS;
        for (info, near) in found {
            if near.part == Part::Place {
                word.sources.push(Source {
                    part: near.part,
                    info,
                    weight: factor * self.weights.of(near.part),
                });
            } else if word.terms.len() < most && !word.terms.iter().any(|term| term == near.term) {
                self.add_known(word, near.term, wanted, factor)?;
            }
        }
        Ok(())
    }

    /// The terms one edit from a word (or the word itself), else two when it is long; the most
    /// frequent first.
    fn nearest(&self, text: &str) -> io::Result<(u32, Vec<(TermInfo, NearTerm<'_>)>)> {
        let two = text.chars().count() >= TWO_EDITS_FROM;
        // Signatures refuse far more at one edit, which is all that most words need.
        let (mut edits, mut near) = (1, self.index.lexicon.near(text, 1));
        if two && near.is_empty() {
            (edits, near) = (2, self.index.lexicon.near(text, 2));
        }
        let mut found = Vec::with_capacity(near.len());
        for near in near {
            if let Some(info) = self.dictionary(near.part).get(near.term)? {
                found.push((info, near));
            }
        }
        found.sort_by(|(a, x), (b, y)| (b.doc_freq, x.term).cmp(&(a.doc_freq, y.term)));
        Ok((edits, found))
    }

    /// `wi-fi` and `co working` also find `wifi` and `coworking`: both words get the glued term.
    fn join_split_words(&self, words: &QueryWords, expanded: &mut [Expanded]) -> io::Result<()> {
        for first in 1..words.wanted.len() {
            let (a, b) = (&words.wanted[first - 1], &words.wanted[first]);
            let neighbours = b.token.position == a.token.position + 1;
            if !neighbours || a.quoted || b.quoted {
                continue;
            }
            let glued = format!("{}{}", a.token.text, b.token.text);
            for part in [Part::Name, Part::Text] {
                let Some(info) = self.dictionary(part).get(&glued)? else {
                    continue;
                };
                for word in [first - 1, first] {
                    if expanded[word].found_by == FoundBy::Unknown {
                        expanded[word].found_by = FoundBy::Known;
                    }
                    expanded[word].terms.push(glued.clone());
                    expanded[word].sources.push(Source {
                        part,
                        info: info.clone(),
                        weight: self.weights.with_stem(part),
                    });
                }
            }
        }
        Ok(())
    }

    /// One frequency for a word in all its spellings and parts, so that a rare part or a rare
    /// completion does not outweigh the word itself.
    fn idf(&self, word: &Expanded) -> f32 {
        let of = |part| {
            let sources = word
                .sources
                .iter()
                .filter(move |source| source.part == part);
            sources
                .map(|source| source.info.doc_freq)
                .fold(0, u32::saturating_add)
        };
        let seen = Part::ALL.map(of).into_iter().max().unwrap_or(0);
        let docs = self.index.docs as f32;
        let seen = (seen as f32).min(docs);
        (1.0 + (docs - seen + 0.5) / (seen + 0.5)).ln()
    }
}
