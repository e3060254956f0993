//! A facet as others count by it: its values, and which of them each document bears.

use crate::index::column::{Column, ValueId};
use atlaas_model::DocId;

/// The values of one facet, document by document.
#[derive(Clone, Copy, Debug)]
pub struct FacetValues<'a>(&'a Column);

impl<'a> FacetValues<'a> {
    pub(crate) const fn new(column: &'a Column) -> Self {
        Self(column)
    }

    /// How many values there are.
    pub const fn len(&self) -> usize {
        self.0.values.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.values.is_empty()
    }

    /// The spelling in addresses of a value, and its name for people.
    pub fn value(&self, rank: usize) -> Option<(&'a str, &'a str)> {
        let value = self.0.values.get(rank)?;
        Some((&value.valeur, &value.nom))
    }

    /// The ranks of the values that a document bears.
    pub fn of(&self, doc: DocId) -> &'a [ValueId] {
        self.0.of(doc)
    }
}
