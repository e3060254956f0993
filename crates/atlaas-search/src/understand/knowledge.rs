//! What is known when a place is looked for.

use super::terms::TermIndex;
use crate::gazetteer::Gazetteer;
use atlaas_model::Position;

/// What a place is looked for with.
#[derive(Clone, Copy)]
pub(crate) struct Knowledge<'a> {
    /// The names.
    pub(crate) gazetteer: &'a Gazetteer,
    /// The terms of the facets.
    pub(crate) terms: &'a TermIndex,
    /// Where the user is.
    pub(crate) near: Option<Position>,
}
