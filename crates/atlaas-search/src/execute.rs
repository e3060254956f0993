//! Running a plan: match, filter, count, order, cut a page, mark its words.

use crate::{
    answer::{Answer, ExplainedWord, Explanation, Hit},
    error::SearchError,
    expand::{Expanded, Means},
    facets,
    filter::Selected,
    gather::{self, Scratch},
    phrase,
    plan::Plan,
    query::Sort,
    query_cursor::Cursor,
    rank::{self, Best, Rank},
    search::Search,
    snippet::Marker,
};
use atlaas_model::{DocId, DocSet};

/// Kilometres from the origin to a document's position.
pub(crate) type Distance<'a> = &'a dyn Fn(DocId) -> Option<f64>;

impl Search {
    /// Runs a plan within a scope (what its areas leave; `None` is everywhere). `distance_km` is
    /// asked only for documents that match.
    pub fn execute(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        distance_km: &dyn Fn(DocId) -> Option<f64>,
    ) -> Result<Answer, SearchError> {
        let mut borrowed = self.scratch();
        let scratch = &mut borrowed.scratch;
        let base = self.base(plan, scope, scratch)?;
        let unconstrained = base.is_none() && plan.filters.is_empty();
        let selected = plan.filters.apply(&self.columns, base);
        let facets = if unconstrained {
            facets::count_everything(&self.columns, &plan.counting)
        } else {
            facets::count(&self.columns, &plan.counting, &plan.filters, &selected)
        };
        let page = self.page(plan, &selected, scratch, distance_km);
        let mut answer = Answer {
            matched: selected.all.len(),
            facets,
            next: page.next,
            ..Answer::default()
        };
        let marker = Marker::new(&plan.words, &self.stems);
        for rank in page.ranks {
            let mut hit = self.hit(plan, rank.doc, scratch, distance_km);
            if !plan.words.is_empty() {
                let fiche = &self.fiches[rank.doc as usize];
                hit.title = marker.whole(&fiche.name);
                hit.text = marker.window(&fiche.text);
            }
            if plan.asked.explain {
                hit.explanation = Some(self.explain(plan, &hit, scratch, distance_km)?);
            }
            answer.hits.push(hit);
        }
        if answer.matched == 0 {
            drop(borrowed);
            answer.proposals = self.propose(plan, scope, distance_km)?;
        }
        Ok(answer)
    }

    /// Every document that matches, without order: for tiles and exports.
    pub fn matching(&self, plan: &Plan, scope: Option<&DocSet>) -> Result<DocSet, SearchError> {
        let mut borrowed = self.scratch();
        let base = self.base(plan, scope, &mut borrowed.scratch)?;
        Ok(plan.filters.apply(&self.columns, base).all)
    }

    /// Every document that matches, in the order asked for; without paging: for exports.
    pub fn ordered(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        distance_km: &dyn Fn(DocId) -> Option<f64>,
    ) -> Result<Vec<DocId>, SearchError> {
        let mut borrowed = self.scratch();
        let base = self.base(plan, scope, &mut borrowed.scratch)?;
        let selected = plan.filters.apply(&self.columns, base);
        let mut ranks: Vec<Rank> = selected
            .all
            .iter()
            .map(|doc| Rank {
                key: self.key(plan, doc, &borrowed.scratch, distance_km),
                doc,
            })
            .collect();
        ranks.sort_unstable();
        Ok(ranks.into_iter().map(|rank| rank.doc).collect())
    }

    /// What text and scope leave; `None` is everything.
    pub(crate) fn base(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        scratch: &mut Scratch,
    ) -> Result<Option<DocSet>, SearchError> {
        if let Some(failure) = &plan.failure {
            return Err(SearchError::Dictionary(failure.to_string()));
        }
        if plan.text.is_empty() {
            return Ok(scope.cloned());
        }
        let mut docs = gather::gather(&self.index, &plan.words, scope, scratch)?;
        for words in &plan.text.phrases {
            docs = phrase::keep(&self.index, words, &docs)?;
        }
        Ok(Some(docs))
    }

    fn page(
        &self,
        plan: &Plan,
        selected: &Selected,
        scratch: &Scratch,
        distance_km: Distance,
    ) -> Page {
        let query = &plan.asked;
        let (skip, limit) = (query.offset as usize, query.limit as usize);
        // One more than is shown tells whether there is a next page.
        let mut best = Best::new(if limit == 0 { 0 } else { skip + limit + 1 });
        let after = query.after.map(|after| Rank {
            key: after.key,
            doc: after.doc,
        });
        for doc in selected.all.iter() {
            let key = self.key(plan, doc, scratch, distance_km);
            let rank = Rank { key, doc };
            if after.is_none_or(|after| after < rank) {
                best.offer(rank);
            }
        }
        let mut ranks = best.into_sorted();
        ranks.drain(..skip.min(ranks.len()));
        let more = ranks.len() > limit;
        ranks.truncate(limit);
        let last = ranks.last().filter(|_| more);
        let next = last.map(|last| {
            Cursor::new(
                last.key,
                last.doc,
                &query.canonical_for_cursor(),
                query.sort,
            )
        });
        Page { ranks, next }
    }

    /// Where a document that matches stands in the order asked for.
    fn key(&self, plan: &Plan, doc: DocId, scratch: &Scratch, distance_km: Distance) -> u64 {
        match plan.asked.sort {
            Sort::Relevance => rank::score_key(self.score(plan, doc, scratch, distance_km)),
            Sort::Distance => rank::distance_key(distance_km(doc)),
            other => self.known.key(other, doc),
        }
    }

    /// The relevance of a document that matches: the product of the parts of `rank.rs`.
    fn score(&self, plan: &Plan, doc: DocId, scratch: &Scratch, distance_km: Distance) -> f32 {
        let at = doc as usize;
        let alone = if plan.words.is_empty() {
            self.known.still[at]
        } else {
            let text = scratch.score(doc) * self.exactness(plan, doc, scratch);
            text * self.known.population[at] * self.known.freshness[at]
        };
        alone * self.proximity(plan, doc, distance_km) * self.named_part(plan, doc)
    }

    fn proximity(&self, plan: &Plan, doc: DocId, distance_km: Distance) -> f32 {
        let distance = plan.near_first.then(|| distance_km(doc)).flatten();
        distance.map_or(1.0, |km| rank::proximity_part(km, &self.weights))
    }

    fn named_part(&self, plan: &Plan, doc: DocId) -> f32 {
        if plan.place == Some(doc) {
            self.weights.named_place
        } else {
            1.0
        }
    }

    fn exactness(&self, plan: &Plan, doc: DocId, scratch: &Scratch) -> f32 {
        let whole = self.known.name[doc as usize] == plan.name;
        let words = plan.words.len() as u32;
        let length = self.index.name_length(doc);
        rank::exactness_part(
            (scratch.name_words(doc), words, length),
            whole,
            &self.weights,
        )
    }

    fn hit(&self, plan: &Plan, doc: DocId, scratch: &Scratch, distance_km: Distance) -> Hit {
        Hit {
            doc,
            score: self.score(plan, doc, scratch, distance_km),
            distance_km: plan.origin.and_then(|_| distance_km(doc)),
            title: None,
            text: None,
            explanation: None,
        }
    }

    fn explain(
        &self,
        plan: &Plan,
        hit: &Hit,
        scratch: &Scratch,
        distance_km: Distance,
    ) -> Result<Explanation, SearchError> {
        let doc = hit.doc;
        let at = doc as usize;
        let wordless = plan.words.is_empty();
        let mots = plan
            .words
            .iter()
            .map(|word| {
                Ok(ExplainedWord {
                    mot: word.written.clone(),
                    moyen: means(word),
                    score: gather::score_of(&self.index, word, doc)?,
                })
            })
            .collect::<Result<_, SearchError>>()?;
        Ok(Explanation {
            texte: if wordless { 1.0 } else { scratch.score(doc) },
            exactitude: if wordless {
                1.0
            } else {
                self.exactness(plan, doc, scratch)
            },
            population: self.known.population[at],
            proximite: self.proximity(plan, doc, distance_km),
            fraicheur: self.known.freshness[at],
            type_de_fiche: self.named_part(plan, doc)
                * if wordless { self.known.kind[at] } else { 1.0 },
            score: hit.score,
            mots,
        })
    }
}

/// A page in its order.
struct Page {
    ranks: Vec<Rank>,
    next: Option<Cursor>,
}

fn means(word: &Expanded) -> &'static str {
    match word.means {
        Means::Known => "connu",
        Means::Prefix => "debut",
        Means::Correction => "correction",
        Means::Unknown => "inconnu",
    }
}
