//! The search of one snapshot: build, open, plan, execute.

use crate::{
    answer::{Answer, Comprehension, Hit},
    columns::Columns,
    error::SearchError,
    facets::{self, Counting},
    filter::Filters,
    fold::fold,
    plan::Plan,
    query::{Near, Query, Sort},
    query_cursor::Cursor,
    query_error::ParameterError,
    query_limits::DEFAULT_RADIUS_KM,
    rank::{self, Rank},
};
use atlaas_model::{Area, Code, DocId, DocSet, Facet, Fiche, Kind, TerritoryIndex, Vocabulary};
use std::{path::Path, sync::Arc};

/// Everything that answers queries over one snapshot; immutable, shared between threads.
pub struct Search {
    fiches: Arc<Vec<Fiche>>,
    #[expect(dead_code, reason = "used by the next slice")]
    vocabulary: Arc<Vocabulary>,
    columns: Columns,
    territories: TerritoryIndex,
}

impl Search {
    /// Writes the index of the fiches into a directory, which is created.
    pub fn build(dir: &Path, fiches: &[Fiche], vocabulary: &Vocabulary) -> Result<(), SearchError> {
        let _ = (fiches, vocabulary);
        std::fs::create_dir_all(dir).map_err(|source| SearchError::File {
            path: dir.to_owned(),
            source,
        })
    }

    /// Opens what [`Search::build`] wrote; `fiches` must be the same, in the same order.
    pub fn open(
        dir: &Path,
        fiches: Arc<Vec<Fiche>>,
        vocabulary: Arc<Vocabulary>,
    ) -> Result<Self, SearchError> {
        let _ = dir;
        Ok(Self {
            columns: Columns::build(&fiches, &vocabulary)?,
            territories: TerritoryIndex::new(&fiches),
            fiches,
            vocabulary,
        })
    }

    /// Resolves names, understands words, checks values against what exists.
    pub fn plan(&self, query: &Query) -> Result<Plan, Vec<ParameterError>> {
        let mut plan = Plan {
            areas: Vec::new(),
            origin: query.position,
            comprehension: Comprehension {
                texte: query.q.clone().unwrap_or_default(),
                ..Comprehension::default()
            },
            resolved: query.clone(),
            asked: query.clone(),
            filters: Filters::default(),
            counting: Counting {
                facets: query.counted.clone().unwrap_or(Facet::ALL.to_vec()),
                search: query.facet_search.clone(),
            },
            text: query.q.clone().unwrap_or_default(),
            place: None,
        };
        let mut errors = Vec::new();
        plan.areas.extend(query.bbox.map(Area::Box));
        plan.areas.extend(query.polygon.clone().map(Area::Polygons));
        if let Some(Near::Position(position)) = query.near {
            plan.origin = Some(position);
        }
        if let Some(centre) = plan.origin
            && (query.near.is_some() || query.radius_km.is_some())
        {
            let radius_km = query.radius_km.unwrap_or(DEFAULT_RADIUS_KM);
            plan.areas.push(Area::Disc { centre, radius_km });
            plan.comprehension.rayon = Some(radius_km);
        }
        for (&kind, values) in &query.territories {
            for value in values {
                let code: Option<Code> = value.parse().ok();
                match code.and_then(|code| self.territories.doc(kind, code)) {
                    Some(doc) => {
                        let code = self.fiches[doc as usize].code;
                        if kind == Kind::Commune {
                            plan.filters.communes.extend(code);
                        }
                    }
                    None => errors.push(ParameterError::new(
                        kind.as_str(),
                        value,
                        "Territoire inconnu.",
                        "Unknown territory.",
                    )),
                }
            }
        }
        for facet in Facet::ALL {
            let wanted = query.selected(facet);
            if !wanted.is_empty() {
                let column = self.columns.of(facet);
                let ids = wanted.iter().filter_map(|value| column.id(value)).collect();
                plan.filters.selections.push((facet, ids));
            }
        }
        if errors.is_empty() {
            Ok(plan)
        } else {
            Err(errors)
        }
    }

    fn base(&self, plan: &Plan, scope: Option<&DocSet>) -> Option<DocSet> {
        if plan.text.is_empty() {
            return scope.cloned();
        }
        let wanted = fold(&plan.text);
        let mut set = DocSet::from_docs(
            self.columns.universe,
            self.fiches.iter().zip(0..).filter_map(|(fiche, doc)| {
                let text = fold(&format!("{} {}", fiche.name, fiche.text));
                wanted
                    .split(' ')
                    .all(|word| text.contains(word))
                    .then_some(doc)
            }),
        );
        if let Some(scope) = scope {
            set.intersect(scope);
        }
        Some(set)
    }

    /// Runs a plan within a scope (what its areas leave; `None` is everywhere). `distance_km` is
    /// asked only for documents that matter.
    pub fn execute(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        distance_km: &dyn Fn(DocId) -> Option<f64>,
    ) -> Result<Answer, SearchError> {
        let selected = plan.filters.apply(&self.columns, self.base(plan, scope));
        let query = &plan.asked;
        let mut ranks: Vec<Rank> = selected
            .all
            .iter()
            .map(|doc| Rank {
                key: match query.sort {
                    Sort::Distance => rank::distance_key(distance_km(doc)),
                    _ => 0,
                },
                doc,
            })
            .filter(|rank| {
                query.after.is_none_or(|after| {
                    Rank {
                        key: after.key,
                        doc: after.doc,
                    } < *rank
                })
            })
            .collect();
        ranks.sort_unstable();
        let page: Vec<Rank> = ranks
            .iter()
            .skip(query.offset as usize)
            .take(query.limit as usize)
            .copied()
            .collect();
        let seen = query.offset as usize + page.len();
        let next = page.last().filter(|_| ranks.len() > seen).map(|last| {
            Cursor::new(
                last.key,
                last.doc,
                &query.canonical_for_cursor(),
                query.sort,
            )
        });
        Ok(Answer {
            matched: selected.all.len(),
            hits: page
                .iter()
                .map(|rank| Hit {
                    doc: rank.doc,
                    score: 1.0,
                    distance_km: plan.origin.and_then(|_| distance_km(rank.doc)),
                    title: None,
                    text: None,
                    explanation: None,
                })
                .collect(),
            facets: facets::count(&self.columns, &plan.counting, &plan.filters, &selected),
            next,
            proposals: Vec::new(),
        })
    }

    /// Every document that matches, without order: for tiles and exports.
    pub fn matching(&self, plan: &Plan, scope: Option<&DocSet>) -> Result<DocSet, SearchError> {
        Ok(plan
            .filters
            .apply(&self.columns, self.base(plan, scope))
            .all)
    }

    /// Fiches that resemble one by words and enjeu, near ones first.
    pub fn similar(&self, doc: DocId, limit: usize) -> Vec<DocId> {
        let _ = (doc, limit);
        Vec::new()
    }
}
