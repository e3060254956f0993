//! What a document that matches is worth, and why.

use crate::{
    answer::{
        answered::{ExplainedWord, Explanation, Hit},
        rank,
    },
    error::SearchError,
    matching::gather::{self, Scratch},
    opened::Opened,
    plan::planned::Plan,
    query::order::Sort,
};
use atlaas_model::DocId;

/// Kilometres from the origin to a document's position.
pub(crate) type Distance<'a> = &'a dyn Fn(DocId) -> Option<f64>;

/// What a score is made with.
#[derive(Clone, Copy)]
pub(super) struct Scoring<'a> {
    pub opened: &'a Opened,
    pub plan: &'a Plan,
    /// Asked only for documents that match.
    pub distance_km: Distance<'a>,
}

impl Scoring<'_> {
    /// Where a document that matches stands in the order asked for.
    pub fn key(&self, doc: DocId, scratch: &Scratch) -> u64 {
        match self.plan.order {
            Sort::Relevance => rank::score_key(self.score(doc, scratch)),
            Sort::Distance => rank::distance_key((self.distance_km)(doc)),
            Sort::Newest => self.opened.priors.newest(doc),
            Sort::Name => self.opened.priors.name_order(doc),
            Sort::Rising(facet) => {
                let measures = self.opened.columns.measures(facet);
                measures.map_or(0, |measures| measures.falling_key(doc))
            }
            Sort::Falling(facet, _) => {
                let measures = self.opened.columns.measures(facet);
                measures.map_or(0, |measures| measures.key(doc))
            }
        }
    }

    /// The relevance of a document that matches: the product of the parts of `rank.rs`.
    pub fn score(&self, doc: DocId, scratch: &Scratch) -> f32 {
        let at = doc as usize;
        let alone = if self.plan.words.is_empty() {
            self.opened.priors.still[at]
        } else {
            let text = scratch.score(doc) * self.exactness(doc, scratch);
            text * self.opened.priors.population[at] * self.opened.priors.freshness[at]
        };
        alone * self.proximity(doc) * self.named_part(doc) * self.hinted_part(doc)
    }

    fn proximity(&self, doc: DocId) -> f32 {
        let distance = self
            .plan
            .near_first
            .then(|| (self.distance_km)(doc))
            .flatten();
        distance.map_or(1.0, |km| rank::proximity_part(km, &self.opened.weights))
    }

    fn named_part(&self, doc: DocId) -> f32 {
        if self.plan.place == Some(doc) {
            self.opened.weights.named_place
        } else if self.bears_the_words(doc) {
            let length = self.opened.index.name_length(doc).max(1);
            let filled = (self.plan.marked.len() as f32 / length as f32).min(1.0);
            self.opened.weights.named_as_asked * (1.0 + filled)
        } else {
            1.0
        }
    }

    /// What it is worth to be what the words hint at.
    fn hinted_part(&self, doc: DocId) -> f32 {
        let first = self.plan.first.as_ref();
        if first.is_none_or(|first| !first.contains(doc)) {
            1.0
        } else if self.plan.resolved.close {
            // What bears the words themselves, among what they mean.
            self.opened.weights.named_as_asked
        } else {
            self.opened.weights.hinted
        }
    }

    /// Whether its name holds the words by which a facet's term was recognised.
    fn bears_the_words(&self, doc: DocId) -> bool {
        let named = self.plan.named.as_ref();
        named.is_some_and(|named| named.contains(doc))
    }

    fn exactness(&self, doc: DocId, scratch: &Scratch) -> f32 {
        let whole = self.opened.priors.name[doc as usize] == self.plan.name;
        let words = self.plan.words.len() as u32;
        let length = self.opened.index.name_length(doc);
        rank::exactness_part(
            (scratch.name_words(doc), words, length),
            whole,
            &self.opened.weights,
        )
    }

    /// The parts of a hit's score.
    pub fn explain(&self, hit: &Hit, scratch: &Scratch) -> Result<Explanation, SearchError> {
        let doc = hit.doc;
        let at = doc as usize;
        let wordless = self.plan.words.is_empty();
        let mots = self
            .plan
            .words
            .iter()
            .map(|word| {
                Ok(ExplainedWord {
                    mot: word.written.clone(),
                    moyen: word.found_by,
                    score: gather::score_of(&self.opened.index, word, doc)?,
                })
            })
            .collect::<Result<_, SearchError>>()?;
        Ok(Explanation {
            texte: if wordless { 1.0 } else { scratch.score(doc) },
            exactitude: if wordless {
                1.0
            } else {
                self.exactness(doc, scratch)
            },
            population: self.opened.priors.population[at],
            proximite: self.proximity(doc),
            fraicheur: self.opened.priors.freshness[at],
            type_de_fiche: self.named_part(doc)
                * self.hinted_part(doc)
                * if wordless {
                    self.opened.priors.kind[at]
                } else {
                    1.0
                },
            score: hit.score,
            mots,
        })
    }
}
