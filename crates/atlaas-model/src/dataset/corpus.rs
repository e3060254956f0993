//! The fiches of a snapshot with what finds them: made once when it opens, shared by everything that
//! answers. A copy is four counted references.

use crate::{Fiche, Position, Schema, TerritoryIndex};
use std::sync::Arc;

/// All fiches in document order, their words, their places, and their territories by code.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The fiches, by document.
    pub fiches: Arc<Vec<Fiche>>,
    /// Their layers, facets and words.
    pub schema: Arc<Schema>,
    /// Territories by code.
    pub territories: Arc<TerritoryIndex>,
    /// Where each fiche is, by document: what is read for every fiche lies close together.
    pub positions: Arc<[Option<Position>]>,
}

impl Corpus {
    /// Indexes the fiches.
    pub fn new(fiches: Arc<Vec<Fiche>>, schema: Arc<Schema>) -> Self {
        Self {
            territories: Arc::new(TerritoryIndex::new(&fiches)),
            positions: fiches.iter().map(|fiche| fiche.position).collect(),
            fiches,
            schema,
        }
    }
}
