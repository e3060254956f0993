//! A query made ready to run: names resolved, words understood, constraints turned into ids.

use crate::{answer::Comprehension, facets::Counting, filter::Filters, query::Query};
use atlaas_model::{Area, DocId, Position};

/// A query with everything resolved. The engine turns [`Plan::areas`] into one set of documents
/// (each area must hold) and gives it to `execute` as the scope.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Areas that a fiche must lie in, all of them; empty is no constraint.
    pub areas: Vec<Area>,
    /// Where distances are measured from.
    pub origin: Option<Position>,
    /// How the query was understood.
    pub comprehension: Comprehension,
    /// The query with what was understood made explicit: territories by code, place and facets as
    /// parameters. [`Query::filter_canonical`] of it is the key under which results can be cached.
    pub resolved: Query,
    /// As it was asked, for cursors.
    pub(crate) asked: Query,
    pub(crate) filters: Filters,
    pub(crate) counting: Counting,
    /// The words to search for.
    pub(crate) text: String,
    /// The fiche of the place that was named: first among the hits.
    pub(crate) place: Option<DocId>,
}
