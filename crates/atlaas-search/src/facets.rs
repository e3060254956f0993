//! Exact disjunctive counts: each facet is counted over what all the *other* selections leave.

use crate::{
    answer::{FacetCounts, FacetValue},
    columns::{Column, Columns, ValueId},
    filter::{Filters, Selected},
    fold::{fold, words},
};
use atlaas_model::{DocSet, Facet};
use std::collections::BTreeMap;

/// Which facets to count, and which of their values to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counting {
    /// Facets to count, in the order of [`Facet::ALL`].
    pub facets: Vec<Facet>,
    /// Words that a listed value's name must hold, by facet.
    pub search: BTreeMap<Facet, String>,
}

/// Counts facets over a selection.
pub(crate) fn count(
    columns: &Columns,
    counting: &Counting,
    filters: &Filters,
    selected: &Selected,
) -> Vec<FacetCounts> {
    let mut counts = Vec::new();
    counting
        .facets
        .iter()
        .map(|&facet| {
            let own = filters.selections.iter().position(|(f, _)| *f == facet);
            let docs: &DocSet = own.map_or(&selected.all, |rank| &selected.but_one[rank]);
            let column = columns.of(facet);
            column.count(docs, &mut counts);
            let chosen = filters.selected(facet).unwrap_or(&[]);
            let mut valeurs = list(column, &counts, chosen);
            if let Some(search) = counting.search.get(&facet) {
                valeurs.retain(|value| value.selectionnee || holds(&value.nom, search));
            }
            FacetCounts {
                facette: facet,
                valeurs,
            }
        })
        .collect()
}

/// Counts facets over every document; the counts are the lengths of the columns' lists.
pub(crate) fn count_everything(columns: &Columns, counting: &Counting) -> Vec<FacetCounts> {
    counting
        .facets
        .iter()
        .map(|&facet| {
            let column = columns.of(facet);
            let counts: Vec<u32> = (0..column.values.len() as ValueId)
                .map(|id| column.docs(id).len() as u32)
                .collect();
            let mut valeurs = list(column, &counts, &[]);
            if let Some(search) = counting.search.get(&facet) {
                valeurs.retain(|value| holds(&value.nom, search));
            }
            FacetCounts {
                facette: facet,
                valeurs,
            }
        })
        .collect()
}

/// Values with a count, or selected; most frequent first, then in the column's order.
fn list(column: &Column, counts: &[u32], chosen: &[ValueId]) -> Vec<FacetValue> {
    let mut ids: Vec<ValueId> = (0..column.values.len() as ValueId)
        .filter(|id| counts[usize::from(*id)] > 0 || chosen.contains(id))
        .collect();
    ids.sort_by_key(|&id| std::cmp::Reverse(counts[usize::from(id)]));
    ids.into_iter()
        .map(|id| {
            let value = &column.values[usize::from(id)];
            FacetValue {
                valeur: value.valeur.clone(),
                nom: value.nom.clone(),
                n: counts[usize::from(id)],
                selectionnee: chosen.contains(&id),
            }
        })
        .collect()
}

/// Whether each word begins a word of the name, accents and case ignored.
fn holds(name: &str, search: &str) -> bool {
    let name = words(name);
    words(&fold(search))
        .iter()
        .all(|wanted| name.iter().any(|word| word.text.starts_with(&wanted.text)))
}
