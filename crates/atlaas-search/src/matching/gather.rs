//! From expanded words to the documents that hold them all, with their text scores.
//!
//! Words are taken from the rarest: a document enters with the first word and is lifted one level
//! by each further word it holds; what reaches the top matches. Scores are BM25 by part with one
//! idf a word.

use crate::{
    index::{
        part::Part,
        text_index::{OpenPart, TextIndex},
    },
    matching::expanded::{Expanded, Source},
};
use atlaas_model::{DocId, DocSet};
use std::io;
use tantivy::{DocSet as _, TERMINATED, postings::Postings as _, schema::IndexRecordOption};

/// From how many postings a candidate it is cheaper to seek than to scan.
const SEEK_RATIO: usize = 24;
/// BM25's saturation, as in `text_index.rs`.
const SATURATION: f32 = 2.2;

/// Working memory for one query, one slot a document; reused from query to query.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    level: Vec<u16>,
    name_level: Vec<u16>,
    name_words: Vec<u8>,
    score: Vec<f32>,
    touched: Vec<DocId>,
}

impl Scratch {
    /// Makes room for documents; everything is zero before and after a query.
    pub fn for_docs(mut self, docs: u32) -> Self {
        let docs = docs as usize;
        self.level.resize(docs, 0);
        self.name_level.resize(docs, 0);
        self.name_words.resize(docs, 0);
        self.score.resize(docs, 0.0);
        self
    }

    /// The text score of a document that matched.
    pub fn score(&self, doc: DocId) -> f32 {
        self.score[doc as usize]
    }

    /// How many of the words stand in its name.
    pub fn name_words(&self, doc: DocId) -> u32 {
        u32::from(self.name_words[doc as usize])
    }

    /// Forgets the last query.
    pub fn clear(&mut self) {
        for doc in self.touched.drain(..) {
            let doc = doc as usize;
            self.level[doc] = 0;
            self.name_level[doc] = 0;
            self.name_words[doc] = 0;
            self.score[doc] = 0.0;
        }
    }
}

/// Finds the documents that hold every word, within a set when one is given. Their scores stay in
/// the scratch.
pub(crate) fn gather(
    index: &TextIndex,
    words: &[Expanded],
    within: Option<&DocSet>,
    scratch: &mut Scratch,
) -> io::Result<DocSet> {
    read_all(index, words, within, scratch, Until::Last)?;
    let top = words.len() as u16;
    let matched = scratch
        .touched
        .iter()
        .filter(|&&doc| scratch.level[doc as usize] == top);
    Ok(DocSet::from_docs(index.docs, matched.copied()))
}

/// Whether any document (of a set) holds every word; what is read stays in the scratch.
pub(crate) fn any(
    index: &TextIndex,
    words: &[Expanded],
    within: Option<&DocSet>,
    scratch: &mut Scratch,
) -> io::Result<bool> {
    read_all(index, words, within, scratch, Until::First)
}

/// How far postings are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// To the first document that holds every word.
    First,
    /// To the last posting.
    Last,
}

/// Reads the words into the scratch; with [`Until::First`], whether any document holds them all.
fn read_all(
    index: &TextIndex,
    words: &[Expanded],
    within: Option<&DocSet>,
    scratch: &mut Scratch,
    until: Until,
) -> io::Result<bool> {
    let mut order: Vec<&Expanded> = words.iter().collect();
    order.sort_by_key(|word| word.cost());
    for (word, level) in order.iter().zip(0..) {
        let last = usize::from(level) + 1 == order.len();
        for source in &word.sources {
            let step = Step {
                part: index.part(source.part),
                in_name: matches!(source.part, Part::Name | Part::NameStem),
                weight: word.idf * source.weight * SATURATION,
                level,
                within,
                stop: last && until == Until::First,
            };
            let seek =
                level > 0 && scratch.touched.len() * SEEK_RATIO < source.info.doc_freq as usize;
            let stopped = if seek {
                step.seek(source, scratch)?
            } else {
                step.scan(source, scratch)?
            };
            if stopped {
                return Ok(true);
            }
        }
        if level == 0 {
            scratch.touched.sort_unstable();
        }
    }
    Ok(false)
}

/// What one word adds to the text score of one document.
pub(crate) fn score_of(index: &TextIndex, word: &Expanded, doc: DocId) -> io::Result<f32> {
    let mut score = 0.0;
    for source in &word.sources {
        let part = index.part(source.part);
        let mut postings = part
            .postings
            .read_postings_from_terminfo(&source.info, IndexRecordOption::WithFreqs)?;
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            let frequency = postings.term_freq() as f32;
            let norm = part.norms[usize::from(part.norm_ids[doc as usize])];
            score += word.idf * source.weight * SATURATION * frequency / (frequency + norm);
        }
    }
    Ok(score)
}

/// Reading one source for one word.
struct Step<'a> {
    part: &'a OpenPart,
    in_name: bool,
    weight: f32,
    level: u16,
    within: Option<&'a DocSet>,
    /// Whether the first document that reaches the next level is enough.
    stop: bool,
}

impl Step<'_> {
    fn scan(&self, source: &Source, scratch: &mut Scratch) -> io::Result<bool> {
        let mut block = self
            .part
            .postings
            .read_block_postings_from_terminfo(&source.info, IndexRecordOption::WithFreqs)?;
        while !block.docs().is_empty() {
            let frequencies = block.freqs();
            for (rank, &doc) in block.docs().iter().enumerate() {
                // A part that is indexed without frequencies gives none.
                let frequency = frequencies.get(rank).copied().unwrap_or(1);
                if self.visit(doc, frequency, scratch) && self.stop {
                    return Ok(true);
                }
            }
            block.advance();
        }
        Ok(false)
    }

    fn seek(&self, source: &Source, scratch: &mut Scratch) -> io::Result<bool> {
        let mut postings = self
            .part
            .postings
            .read_postings_from_terminfo(&source.info, IndexRecordOption::WithFreqs)?;
        for rank in 0..scratch.touched.len() {
            let doc = scratch.touched[rank];
            if scratch.level[doc as usize] < self.level {
                continue;
            }
            if postings.doc() < doc {
                postings.seek(doc);
            }
            let found = postings.doc();
            if found == TERMINATED {
                break;
            }
            let lifted = found == doc && self.visit(doc, postings.term_freq(), scratch);
            if lifted && self.stop {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Counts a posting; whether its document stands on the next level.
    fn visit(&self, doc: DocId, frequency: u32, scratch: &mut Scratch) -> bool {
        let at = doc as usize;
        let level = &mut scratch.level[at];
        if *level == self.level {
            if self.level == 0 {
                if self.within.is_some_and(|within| !within.contains(doc)) {
                    return false;
                }
                scratch.touched.push(doc);
            }
            *level += 1;
        } else if *level != self.level + 1 {
            return false;
        }
        let norm = self.part.norms[usize::from(self.part.norm_ids[at])];
        let frequency = frequency as f32;
        scratch.score[at] += self.weight * frequency / (frequency + norm);
        if self.in_name && scratch.name_level[at] <= self.level {
            scratch.name_level[at] = self.level + 1;
            scratch.name_words[at] = scratch.name_words[at].saturating_add(1);
        }
        true
    }
}
