//! The recipe *answer a search*: query → plan → areas as a set of documents → hits and facets.

use crate::error::EngineError;
use crate::landings::Climbed;
use crate::snapshot::Snapshot;
use atlaas_model::{Area, DocId, DocSet};
use atlaas_search::{Answer, Landing, ParameterError, Plan, Query};
use std::sync::Arc;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The query is wrong: every mistake in it.
    #[error("the query has {} mistakes, the first in `{}`", .0.len(), .0.first().map_or("", |mistake| &mistake.parametre))]
    Parameters(Vec<ParameterError>),
    /// The snapshot failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<Vec<ParameterError>> for QueryError {
    fn from(mistakes: Vec<ParameterError>) -> Self {
        Self::Parameters(mistakes)
    }
}

impl From<atlaas_search::SearchError> for QueryError {
    fn from(error: atlaas_search::SearchError) -> Self {
        Self::Engine(error.into())
    }
}

/// A search answered.
#[derive(Debug)]
pub struct SearchAnswer {
    /// How the query was understood and resolved.
    pub plan: Plan,
    /// Hits, facets, totals.
    pub answer: Answer,
}

impl Snapshot {
    /// Answers a search: one page of hits with exact totals and facets.
    pub fn answer(&self, query: &Query) -> Result<SearchAnswer, QueryError> {
        let (plan, answer) = self.settle(query, |plan, scope| {
            let distance = |doc| plan.origin.and_then(|origin| self.distance_km(doc, origin));
            let answer = self.search().execute(plan, scope, &distance)?;
            let found = answer.matched > 0;
            Ok((answer, found))
        })?;
        Ok(SearchAnswer { plan, answer })
    }

    /// Every document that a query matches, and how it was resolved: for tiles and exports.
    pub fn matching(&self, query: &Query) -> Result<(Plan, DocSet), QueryError> {
        self.settle(query, |plan, scope| {
            let docs = self.search().matching(plan, scope)?;
            let found = !docs.is_empty();
            Ok((docs, found))
        })
    }

    /// Every document that a plan matches, for those who have answered its query already.
    pub fn matching_plan(&self, plan: &Plan) -> Result<DocSet, QueryError> {
        let scope = self.scope(&plan.areas);
        Ok(self.search().matching(plan, scope.as_ref())?)
    }

    /// Every document that a query matches, in the order it asks for, its page ignored: for exports.
    pub fn ordered(&self, query: &Query) -> Result<(Plan, Vec<DocId>), QueryError> {
        self.settle(query, |plan, scope| {
            let distance = |doc| plan.origin.and_then(|origin| self.distance_km(doc, origin));
            let docs = self.search().ordered(plan, scope, &distance)?;
            let found = !docs.is_empty();
            Ok((docs, found))
        })
    }

    /// Runs a query as it was asked and, when it finds nothing, on the step of the ladder that finds
    /// something. The step is decided once for all forms of a query and kept.
    fn settle<T>(
        &self,
        query: &Query,
        run: impl Fn(&Plan, Option<&DocSet>) -> Result<(T, bool), QueryError>,
    ) -> Result<(Plan, T), QueryError> {
        let plan = self.search().plan(query)?;
        if let Some(peers) = &plan.resolved.peers {
            self.check_peers(peers)?;
        }
        let at = |plan: &Plan| run(plan, self.scope(&plan.areas).as_ref());
        if !query.may_climb() {
            let (answer, _) = at(&plan)?;
            return Ok((plan, answer));
        }
        let key = query.filter_canonical();
        let end = if let Some(end) = self.landings().get(&key) {
            end
        } else {
            let (answer, found) = at(&plan)?;
            if found {
                return Ok((plan, answer));
            }
            let landing = self.search().climb(&plan, &|areas| self.scope(areas))?;
            let end = landing.map_or(Climbed::Nowhere, |one| Climbed::To(Arc::new(one)));
            self.landings().keep(key, end.clone());
            if matches!(end, Climbed::Nowhere) {
                return Ok((plan, answer));
            }
            end
        };
        let landing = end.landing();
        let stepped = landing.and_then(|landing| self.search().plan_of(&plan, &landing));
        let plan = stepped.unwrap_or(plan);
        let (answer, _) = at(&plan)?;
        Ok((plan, answer))
    }

    /// The step of the ladder on which a query that was answered found something; `None` when it found
    /// something as it was asked, or nothing at all.
    pub fn landing(&self, query: &Query) -> Option<Arc<Landing>> {
        if !query.may_climb() {
            return None;
        }
        self.landings().get(&query.filter_canonical())?.landing()
    }

    /// What all of some areas leave; `None` when there is none.
    fn scope(&self, areas: &[Area]) -> Option<DocSet> {
        let mut scope: Option<DocSet> = None;
        for area in areas {
            let docs = self.select(area);
            match &mut scope {
                Some(scope) => scope.intersect(&docs),
                None => scope = Some(docs),
            }
        }
        scope
    }

    /// The documents in an area. A territory without a polygon is taken as its fiches and a disc
    /// around its centre.
    pub fn select(&self, area: &Area) -> DocSet {
        if let Some(docs) = self.spatial().select(area) {
            return docs;
        }
        if let Area::Peers(peers) = area {
            return self.in_peers(peers);
        }
        if let Area::Aspect(aspect) = area {
            return self.of_aspect(aspect);
        }
        if let Area::Any(areas) = area {
            let mut docs = DocSet::empty(self.catalogue().len());
            for area in areas {
                docs.union(&self.select(area));
            }
            return docs;
        }
        let Area::Around {
            kind,
            code,
            margin_km,
        } = *area
        else {
            return DocSet::empty(self.catalogue().len());
        };
        let around = self
            .territories()
            .around(kind, code, margin_km, self.positions());
        around.unwrap_or_else(|| self.around_centre(kind, code, margin_km))
    }

    fn around_centre(
        &self,
        kind: atlaas_model::Level,
        code: atlaas_model::Code,
        km: f64,
    ) -> DocSet {
        let catalogue = self.catalogue();
        let inside = catalogue.fiches().iter().zip(0..);
        let inside = inside.filter(|(fiche, _)| fiche.territory.at(kind) == Some(code));
        let mut docs = DocSet::from_docs(catalogue.len(), inside.map(|(_, doc)| doc));
        let centre = catalogue
            .territory(kind, code)
            .and_then(|doc| catalogue.fiche(doc).position);
        let disc = centre.filter(|_| km > 0.0).map(|centre| Area::Disc {
            centre,
            radius_km: km,
        });
        if let Some(near) = disc.and_then(|disc| self.spatial().select(&disc)) {
            docs.union(&near);
        }
        docs
    }
}
