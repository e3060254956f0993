//! The search of one snapshot: built, opened, asked. It adds nothing of its own.

use crate::{
    answer::{answered::Answer, execute, matches, similar::Likeness},
    climb::ladder::{self, Landing},
    error::SearchError,
    gazetteer::Gazetteer,
    index::{facet_values::FacetValues, writing},
    matching::tuning::Tuning,
    opened::Opened,
    plan::{planned::Plan, steps},
    query::{parameter_error::ParameterError, request::Query},
};
use atlaas_model::{Area, Corpus, DocId, DocSet, Facet, Fiche, Schema, TerritoryIndex};
use std::{path::Path, sync::Arc};

/// Everything that answers queries over one snapshot; immutable, shared between threads.
pub struct Search {
    opened: Opened,
}

impl Search {
    /// Writes the index of the fiches into a directory, which is created and must be empty.
    pub fn build(dir: &Path, fiches: &[Fiche], schema: &Schema) -> Result<(), SearchError> {
        Self::build_tuned(dir, fiches, schema, Tuning::default())
    }

    /// The same, for an ablation.
    pub fn build_tuned(
        dir: &Path,
        fiches: &[Fiche],
        schema: &Schema,
        tuning: Tuning,
    ) -> Result<(), SearchError> {
        writing::build(dir, fiches, schema, tuning.stemming)
    }

    /// Opens what [`Search::build`] wrote; `fiches` must be the same, in the same order.
    pub fn open(
        dir: &Path,
        fiches: Arc<Vec<Fiche>>,
        schema: Arc<Schema>,
    ) -> Result<Self, SearchError> {
        Self::open_tuned(dir, fiches, schema, Tuning::default())
    }

    /// The same, sharing what others have indexed of the fiches.
    pub fn open_corpus(dir: &Path, corpus: Corpus) -> Result<Self, SearchError> {
        Self::open_corpus_tuned(dir, corpus, Tuning::default())
    }

    /// The same, for an ablation.
    pub fn open_tuned(
        dir: &Path,
        fiches: Arc<Vec<Fiche>>,
        schema: Arc<Schema>,
        tuning: Tuning,
    ) -> Result<Self, SearchError> {
        Self::open_corpus_tuned(dir, Corpus::new(fiches, schema), tuning)
    }

    fn open_corpus_tuned(dir: &Path, corpus: Corpus, tuning: Tuning) -> Result<Self, SearchError> {
        let opened = Opened::open(dir, corpus, tuning)?;
        Ok(Self { opened })
    }

    /// Resolves names, understands words, checks values against what exists.
    pub fn plan(&self, query: &Query) -> Result<Plan, Vec<ParameterError>> {
        steps::plan(&self.opened, query)
    }

    /// Where to look when a plan finds nothing: the first step of the ladder that finds something
    /// (`climb.rs`). `None` when none does, or when the words must hold as they are. `select` gives the
    /// documents that lie in all of some areas.
    pub fn climb(
        &self,
        plan: &Plan,
        select: &dyn Fn(&[Area]) -> Option<DocSet>,
    ) -> Result<Option<Landing>, SearchError> {
        ladder::climb(&self.opened, plan, select)
    }

    /// The plan of the step where a ladder ended, as an answer to the query that was asked.
    pub fn plan_of(&self, plan: &Plan, landing: &Landing) -> Option<Plan> {
        ladder::at(&self.opened, plan, landing)
    }

    /// Runs a plan within a scope (what its areas leave; `None` is everywhere). `distance_km` is
    /// asked only for documents that match.
    pub fn execute(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        distance_km: &dyn Fn(DocId) -> Option<f64>,
    ) -> Result<Answer, SearchError> {
        execute::execute(&self.opened, plan, scope, distance_km)
    }

    /// Every document that matches, without order: for tiles and exports.
    pub fn matching(&self, plan: &Plan, scope: Option<&DocSet>) -> Result<DocSet, SearchError> {
        matches::matching(&self.opened, plan, scope)
    }

    /// Every document that matches, in the order asked for; without paging: for exports.
    pub fn ordered(
        &self,
        plan: &Plan,
        scope: Option<&DocSet>,
        distance_km: &dyn Fn(DocId) -> Option<f64>,
    ) -> Result<Vec<DocId>, SearchError> {
        execute::ordered(&self.opened, plan, scope, distance_km)
    }

    /// Fiches of the same kind that resemble one by words and enjeux, near ones first; when too few
    /// share a word, the nearest fill up. Never the fiche itself; empty for an unknown document.
    pub fn similar(&self, doc: DocId, limit: usize) -> Result<Vec<DocId>, SearchError> {
        let opened = &self.opened;
        Likeness { opened }.similar(doc, limit)
    }

    /// The values of a facet, document by document: for those who count otherwise than facets do.
    pub fn facet(&self, facet: Facet) -> FacetValues<'_> {
        FacetValues::new(self.opened.columns.of(facet))
    }

    /// The names of the territories, for suggestions and geocoding.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.opened.gazetteer
    }

    /// The fiches, by document.
    pub fn fiches(&self) -> &Arc<Vec<Fiche>> {
        &self.opened.fiches
    }

    /// The words of the facets.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.opened.schema
    }

    /// Finds territories by code.
    pub fn territories(&self) -> &TerritoryIndex {
        &self.opened.territories
    }
}
