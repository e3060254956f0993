//! The recipe *compare two snapshots*: which fiches came, which changed and in what, which went.
//!
//! Fiches are matched by their id. Both sides are in the order of documents, so that one walk along both
//! finds everything, in that order, and holds nothing but ranks; what a fiche changed in is told when it
//! is asked for.

mod fields;
mod side;

pub use fields::{FieldChange, changed_fields};
pub use side::Side;

use atlaas_model::{DocId, Fiche, Kind};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What differs between two lists of fiches, by their ranks in either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Ranks in the new list.
    pub added: Vec<DocId>,
    /// Rank in the old list, then in the new one.
    pub changed: Vec<(DocId, DocId)>,
    /// Ranks in the old list.
    pub removed: Vec<DocId>,
}

/// How many fiches of a kind came, changed, went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = NombresDeChangements)]
pub struct ChangeCounts {
    /// Came.
    pub ajouts: u64,
    /// Changed.
    pub modifications: u64,
    /// Went.
    pub retraits: u64,
}

impl Changes {
    /// Compares two sides, each sorted by kind then id.
    pub fn between(old: &Side, new: &Side) -> Self {
        Self::of(&old.fiches, &new.fiches, |before, after| {
            let fields = changed_fields((before, &old.schema), (after, &new.schema));
            !fields.is_empty()
        })
    }

    /// The same of bare lists; `differ` decides on two fiches of one id that are not the same.
    pub(crate) fn of(
        old: &[Fiche],
        new: &[Fiche],
        differ: impl Fn(&Fiche, &Fiche) -> bool,
    ) -> Self {
        let mut changes = Self::default();
        let (mut left, mut right) = (0, 0);
        loop {
            let order = match (old.get(left), new.get(right)) {
                (None, None) => return changes,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(before), Some(after)) => {
                    (before.kind, &before.id).cmp(&(after.kind, &after.id))
                }
            };
            match order {
                Ordering::Less => changes.removed.push(left as DocId),
                Ordering::Greater => changes.added.push(right as DocId),
                Ordering::Equal => {
                    let (before, after) = (&old[left], &new[right]);
                    if before != after && differ(before, after) {
                        changes.changed.push((left as DocId, right as DocId));
                    }
                }
            }
            left += usize::from(order.is_le());
            right += usize::from(order.is_ge());
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// How many fiches of each kind came, changed, went.
    pub fn counts(&self, old: &Side, new: &Side) -> BTreeMap<Kind, ChangeCounts> {
        let mut counts: BTreeMap<Kind, ChangeCounts> = BTreeMap::new();
        for &doc in &self.added {
            counts.entry(new.kind(doc)).or_default().ajouts += 1;
        }
        for &(_, doc) in &self.changed {
            counts.entry(new.kind(doc)).or_default().modifications += 1;
        }
        for &doc in &self.removed {
            counts.entry(old.kind(doc)).or_default().retraits += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests;
