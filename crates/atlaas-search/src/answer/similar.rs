//! Fiches that resemble one: telling words in common, the same category, near ones first.

use crate::{
    error::SearchError,
    index::{part::Part, text_index::OpenPart},
    opened::Opened,
    text::analysis::tokens,
};
use atlaas_model::{DocId, Fiche};
use std::{cmp::Reverse, collections::BTreeMap};
use tantivy::{postings::TermInfo, schema::IndexRecordOption};

/// Telling words of a fiche that are looked for in others.
const MAX_WORDS: usize = 12;
/// Words borne by more than this share of all fiches tell nothing.
const MAX_SHARE: f32 = 0.2;
/// What a word of the fiche's own name weighs beside one of its text.
const NAME_WEIGHT: f32 = 2.0;
/// What sharing all that colours it adds to a score.
const CATEGORY: f32 = 0.5;
/// What being at the same place adds to a score.
const NEAR: f32 = 1.0;
/// Kilometres at which that has halved.
const NEAR_KM: f64 = 20.0;

/// A telling word: its rarity and where to read it.
struct Telling {
    weight: f32,
    name: Option<TermInfo>,
    text: Option<TermInfo>,
}

/// Fiches that are compared with one.
pub(crate) struct Likeness<'a> {
    /// What is open.
    pub opened: &'a Opened,
}

impl Likeness<'_> {
    /// Fiches of the same kind that resemble one by words and category, near ones first; when too few
    /// share a word, the nearest fill up. Never the fiche itself; empty for an unknown document.
    pub fn similar(&self, doc: DocId, limit: usize) -> Result<Vec<DocId>, SearchError> {
        let Some(fiche) = self.opened.fiches.get(doc as usize) else {
            return Ok(Vec::new());
        };
        let mut scores = vec![0.0_f32; self.opened.fiches.len()];
        for word in self.telling(fiche)? {
            let parts = [
                (Part::NameStem, &word.name, NAME_WEIGHT),
                (Part::TextStem, &word.text, 1.0),
            ];
            for (part, info, weight) in parts {
                if let Some(info) = info {
                    let part = self.opened.index.part(part);
                    add(part, info, word.weight * weight, &mut scores)?;
                }
            }
        }
        let mut best: Vec<(Reverse<u32>, DocId)> = (0..)
            .zip(self.opened.fiches.iter())
            .filter(|&(other, found)| other != doc && found.kind == fiche.kind)
            .map(|(other, _)| {
                // A floor lets the nearest fill up.
                let words = scores[other as usize] + 1e-6;
                let score = words * self.same_category(doc, other) * self.nearness(doc, other);
                (Reverse(score.to_bits()), other)
            })
            .collect();
        let limit = limit.min(best.len());
        if limit < best.len() {
            best.select_nth_unstable(limit);
            best.truncate(limit);
        }
        best.sort_unstable();
        Ok(best.into_iter().map(|(_, other)| other).collect())
    }

    fn telling(&self, fiche: &Fiche) -> Result<Vec<Telling>, SearchError> {
        let mut weights: BTreeMap<String, f32> = BTreeMap::new();
        for (text, weight) in [(&fiche.name, NAME_WEIGHT), (&fiche.text, 1.0)] {
            for token in tokens(text).iter().filter(|token| !token.stop) {
                let stem = self.opened.stems.stem(&token.text).into_owned();
                let known = weights.entry(stem).or_insert(weight);
                *known = known.max(weight);
            }
        }
        let docs = self.opened.index.docs as f32;
        let mut words = Vec::new();
        for (stem, weight) in weights {
            let get = |part| self.opened.index.part(part).postings.terms().get(&stem);
            let (name, text) = (get(Part::NameStem)?, get(Part::TextStem)?);
            let frequency = |info: &Option<TermInfo>| info.as_ref().map_or(0, |i| i.doc_freq);
            let seen = frequency(&name).max(frequency(&text)) as f32;
            // A word of this fiche alone leads nowhere.
            if seen > 1.0 && seen <= (docs * MAX_SHARE).max(10.0) {
                words.push(Telling {
                    weight: weight * (docs / seen).ln(),
                    name,
                    text,
                });
            }
        }
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        words.truncate(MAX_WORDS);
        Ok(words)
    }

    fn same_category(&self, doc: DocId, other: DocId) -> f32 {
        let kind = self.opened.fiches[doc as usize].kind;
        let Some(facet) = self.opened.schema.colour(kind) else {
            return 1.0;
        };
        let column = self.opened.columns.of(facet);
        let (own, theirs) = (column.of(doc), column.of(other));
        let shared = own.iter().filter(|id| theirs.contains(id)).count();
        1.0 + CATEGORY * shared as f32 / own.len().max(1) as f32
    }

    fn nearness(&self, doc: DocId, other: DocId) -> f32 {
        match (
            self.opened.positions[doc as usize],
            self.opened.positions[other as usize],
        ) {
            (Some(here), Some(there)) => {
                let halvings = here.distance_km(there) / NEAR_KM;
                1.0 + NEAR * (-halvings as f32).exp2()
            }
            _ => 1.0,
        }
    }
}

fn add(
    part: &OpenPart,
    info: &TermInfo,
    weight: f32,
    scores: &mut [f32],
) -> Result<(), SearchError> {
    let mut block = part
        .postings
        .read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while !block.docs().is_empty() {
        for &doc in block.docs() {
            scores[doc as usize] += weight;
        }
        block.advance();
    }
    Ok(())
}
