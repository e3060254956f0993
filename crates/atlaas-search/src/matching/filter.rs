//! Which fiches a query leaves: facet selections and territories as sets, combined once.

use crate::index::{column::ValueId, columns::Columns};
use atlaas_model::{Code, DocSet, Facet};

/// The constraints of a query that columns can decide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filters {
    /// Facet selections; a facet without selection is absent.
    pub selections: Vec<Selection>,
    /// Communes, any of which; empty is no constraint.
    pub communes: Vec<Code>,
    /// Who was given a label in some years, when that is asked for.
    pub labelled: Option<DocSet>,
    /// What words hint at, all of them.
    pub meanings: Vec<Meaning>,
}

/// What some words mean, themselves included.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    /// The words as they were written.
    pub written: String,
    pub docs: DocSet,
}

/// What is selected under one facet.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    pub facet: Facet,
    /// Values that no fiche has are left out: with nothing beside, an empty list matches nothing.
    pub values: Vec<ValueId>,
    /// Documents that count as well, though they bear none of the values.
    pub beside: Option<DocSet>,
}

impl Selection {
    /// The documents that it leaves.
    pub fn docs(&self, columns: &Columns) -> DocSet {
        let mut docs = columns
            .of(self.facet)
            .any_of(&self.values, columns.universe);
        if let Some(beside) = &self.beside {
            docs.union(beside);
        }
        docs
    }
}

/// The documents left, and what is left when one facet's own selection is lifted.
pub(crate) struct Selected {
    /// All constraints hold.
    pub all: DocSet,
    /// Per selected facet, in the order of [`Filters::selections`]: all constraints but its own.
    pub but_one: Vec<DocSet>,
}

impl Filters {
    /// Whether there is no constraint.
    pub fn is_empty(&self) -> bool {
        self.selections.is_empty()
            && self.communes.is_empty()
            && self.labelled.is_none()
            && self.meanings.is_empty()
    }

    /// Applies the constraints to what text and places have left; `None` is every document.
    pub fn apply(&self, columns: &Columns, base: Option<DocSet>) -> Selected {
        let mut base = base.unwrap_or_else(|| DocSet::full(columns.universe));
        if !self.communes.is_empty() {
            base.intersect(&columns.in_communes(&self.communes));
        }
        if let Some(labelled) = &self.labelled {
            base.intersect(labelled);
        }
        for meaning in &self.meanings {
            base.intersect(&meaning.docs);
        }
        let sets: Vec<DocSet> = self
            .selections
            .iter()
            .map(|selection| selection.docs(columns))
            .collect();
        let but_one = (0..sets.len())
            .map(|lifted| {
                let mut left = base.clone();
                for (rank, set) in sets.iter().enumerate() {
                    if rank != lifted {
                        left.intersect(set);
                    }
                }
                left
            })
            .collect();
        for set in &sets {
            base.intersect(set);
        }
        Selected { all: base, but_one }
    }

    /// The values selected under a facet.
    pub fn selected(&self, facet: Facet) -> Option<&[ValueId]> {
        self.selections
            .iter()
            .find(|selection| selection.facet == facet)
            .map(|selection| selection.values.as_slice())
    }
}
