//! A plan: a query with everything resolved, ready to run.

use crate::{
    matching::{expanded::Expanded, filter::Filters, query_words::QueryWords},
    plan::comprehension::Comprehension,
    query::{order::Sort, request::Query},
};
use atlaas_model::{Area, DocId, DocSet, Position, Schema};
use std::{io, sync::Arc};

/// A place that the words of a query name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// Its fiche.
    pub doc: DocId,
    /// Where it lies, when that is known.
    pub position: Option<Position>,
    /// Kilometres around it that were looked at; 0 inside it.
    pub radius_km: f64,
    /// Other places of its name, the likeliest first.
    pub homonyms: Vec<DocId>,
    /// Places of the same level that were named beside it: any of them was meant.
    pub also: Vec<DocId>,
}

impl Spot {
    /// A place of which no homonym is known.
    pub const fn at(doc: DocId, position: Option<Position>, radius_km: f64) -> Self {
        Self {
            doc,
            position,
            radius_km,
            homonyms: Vec::new(),
            also: Vec::new(),
        }
    }

    /// The place and those beside it.
    pub fn docs(&self) -> impl Iterator<Item = DocId> + '_ {
        std::iter::once(self.doc).chain(self.also.iter().copied())
    }
}

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
    /// The words to search for, with the terms that answer them.
    pub(crate) words: Vec<Expanded>,
    /// What the words were read from.
    pub(crate) text: QueryWords,
    /// The words as one name, hashed.
    pub(crate) name: u64,
    /// Why the dictionaries could not be read.
    pub(crate) failure: Option<Arc<io::Error>>,
    /// Fiches whose name holds the words by which a facet's term was recognised: first among the hits.
    pub(crate) named: Option<DocSet>,
    /// Those words, for marking.
    pub(crate) marked: Vec<Expanded>,
    /// Whether some words hint at more than themselves.
    pub(crate) hints: bool,
    /// Fiches that bear what the words hint at, or the words when what they hint at counts: before
    /// others that match as well.
    pub(crate) first: Option<DocSet>,
    /// The order of the hits.
    pub(crate) order: Sort,
    /// The place that the words name, from which one may look further.
    pub(crate) spot: Option<Spot>,
    /// The fiche of the place that was named: first among the hits.
    pub(crate) place: Option<DocId>,
    /// Whether nearness to the origin raises the score.
    pub(crate) near_first: bool,
}

impl Plan {
    /// Whether its words told kinds of fiches, years or levels.
    pub(crate) fn is_framed(&self, schema: &Schema) -> bool {
        let mut told = self.comprehension.facettes.iter();
        told.any(|found| found.is_frame(schema))
    }

    /// Whether its words named a term of a facet.
    pub(crate) fn names_a_term(&self, schema: &Schema) -> bool {
        let mut told = self.comprehension.facettes.iter();
        told.any(|found| !found.is_frame(schema))
    }
}
