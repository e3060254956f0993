//! Exact disjunctive counts: each facet is counted over what all the *other* selections leave.

use crate::{
    answer::answered::{FacetCounts, FacetValue},
    index::{
        column::{Column, ValueId},
        columns::Columns,
    },
    matching::filter::{Filters, Selected},
    query::request::Query,
    text::fold::{fold, words},
};
use atlaas_model::{DocId, Facet, Schema};
use std::{collections::BTreeMap, sync::Arc};

/// Values of one facet that are listed at most; selected ones always are, and a search inside the
/// facet (`facette.epci=…`) reaches the others. Only EPCI have more.
pub const MAX_LISTED: usize = 150;

/// Which facets to count, and which of their values to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counting {
    /// Facets to count, in the order of the schema.
    pub facets: Vec<Facet>,
    /// Words that a listed value's name must hold, by facet.
    pub search: BTreeMap<Facet, String>,
}

impl Counting {
    /// What a query asks to be counted.
    pub fn of(query: &Query, schema: &Schema) -> Self {
        let all = || schema.facets().iter().map(|info| info.facet).collect();
        Self {
            facets: query.counted.clone().unwrap_or_else(all),
            search: query.facet_search.clone(),
        }
    }
}

/// Counts facets over a selection.
pub(crate) fn count(
    columns: &Columns,
    counting: &Counting,
    filters: &Filters,
    selected: &Selected,
) -> Vec<FacetCounts> {
    let mut counts = Vec::new();
    let everything: Vec<DocId> = selected.all.iter().collect();
    counting
        .facets
        .iter()
        .map(|&facet| {
            let own = filters.selections.iter().position(|own| own.facet == facet);
            let column = columns.of(facet);
            match own {
                None => column.count(&everything, &mut counts),
                Some(rank) => {
                    let docs: Vec<DocId> = selected.but_one[rank].iter().collect();
                    column.count(&docs, &mut counts);
                }
            }
            let chosen = filters.selected(facet).unwrap_or(&[]);
            list(column, &counts, chosen, counting.search.get(&facet)).of(facet)
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
            list(column, &counts, &[], counting.search.get(&facet)).of(facet)
        })
        .collect()
}

/// The values of one facet in listing order, and how many there are besides.
struct ListedValues {
    valeurs: Vec<FacetValue>,
    total: u32,
}

impl ListedValues {
    fn of(self, facette: Facet) -> FacetCounts {
        FacetCounts {
            facette,
            total: self.total,
            valeurs: self.valeurs,
        }
    }
}

/// Values with a count, or selected; most frequent first, then in the column's order.
fn list(
    column: &Column,
    counts: &[u32],
    chosen: &[ValueId],
    search: Option<&String>,
) -> ListedValues {
    let mut ids: Vec<ValueId> = (0..column.values.len() as ValueId)
        .filter(|id| counts[usize::from(*id)] > 0 || chosen.contains(id))
        .filter(|id| {
            let name = &column.values[usize::from(*id)].nom;
            search.is_none_or(|search| chosen.contains(id) || holds(name, search))
        })
        .collect();
    ids.sort_by_key(|&id| std::cmp::Reverse(counts[usize::from(id)]));
    let total = ids.len() as u32;
    let valeurs = ids
        .into_iter()
        .enumerate()
        .filter(|(rank, id)| *rank < MAX_LISTED || chosen.contains(id))
        .map(|(_, id)| {
            let value = &column.values[usize::from(id)];
            FacetValue {
                valeur: Arc::clone(&value.valeur),
                nom: Arc::clone(&value.nom),
                n: counts[usize::from(id)],
                selectionnee: chosen.contains(&id),
            }
        })
        .collect();
    ListedValues { valeurs, total }
}

/// Whether each word begins a word of the name, accents and case ignored.
fn holds(name: &str, search: &str) -> bool {
    let name = words(name);
    words(&fold(search))
        .iter()
        .all(|wanted| name.iter().any(|word| word.text.starts_with(&wanted.text)))
}
