//! The recipe *answer a search*: query → plan → areas as a set of documents → hits and facets.

use crate::error::EngineError;
use crate::snapshot::Snapshot;
use atlaas_model::{Area, DocId, DocSet};
use atlaas_search::{Answer, ParameterError, Plan, Query};

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
        let plan = self.search().plan(query)?;
        let scope = self.scope(&plan);
        let distance = |doc: DocId| plan.origin.and_then(|origin| self.distance_km(doc, origin));
        let answer = self.search().execute(&plan, scope.as_ref(), &distance)?;
        Ok(SearchAnswer { plan, answer })
    }

    /// Every document that a query matches, and how it was resolved: for tiles and exports.
    pub fn matching(&self, query: &Query) -> Result<(Plan, DocSet), QueryError> {
        let plan = self.search().plan(query)?;
        let docs = self.matching_plan(&plan)?;
        Ok((plan, docs))
    }

    /// Every document that a plan matches, for those who have answered its query already.
    pub fn matching_plan(&self, plan: &Plan) -> Result<DocSet, QueryError> {
        let scope = self.scope(plan);
        Ok(self.search().matching(plan, scope.as_ref())?)
    }

    /// Every document that a query matches, in the order it asks for, its page ignored: for exports.
    pub fn ordered(&self, query: &Query) -> Result<(Plan, Vec<DocId>), QueryError> {
        let plan = self.search().plan(query)?;
        let scope = self.scope(&plan);
        let distance = |doc: DocId| plan.origin.and_then(|origin| self.distance_km(doc, origin));
        let docs = self.search().ordered(&plan, scope.as_ref(), &distance)?;
        Ok((plan, docs))
    }

    /// What all areas of a plan leave; `None` when it has none.
    fn scope(&self, plan: &Plan) -> Option<DocSet> {
        let mut scope: Option<DocSet> = None;
        for area in &plan.areas {
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

    fn around_centre(&self, kind: atlaas_model::Kind, code: atlaas_model::Code, km: f64) -> DocSet {
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
