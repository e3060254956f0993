//! One facet as a column: value ids by document, documents by value, counts.

use atlaas_model::{DocId, DocSet};
use std::{collections::HashMap, ops::Range, sync::Arc};

/// Rank of a value in its column.
pub(crate) type ValueId = u16;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Spelling in URLs.
    pub valeur: Arc<str>,
    /// Name as people read it.
    pub nom: Arc<str>,
}

/// The values of one facet for every document, both ways round.
#[derive(Debug, Default)]
pub(crate) struct Column {
    pub values: Vec<Value>,
    by_name: HashMap<Arc<str>, ValueId>,
    cells: Cells,
    /// Documents outside this range bear no value.
    bearing: Range<DocId>,
    /// `docs[value_starts[value]..value_starts[value + 1]]` are the documents of a value, ascending.
    value_starts: Vec<u32>,
    docs: Vec<DocId>,
}

/// Value ids by document.
#[derive(Debug)]
enum Cells {
    /// At most one value a document; the number of values stands for none.
    Single(Vec<ValueId>),
    /// `ids[starts[doc]..starts[doc + 1]]` are the values of a document.
    Several { starts: Vec<u32>, ids: Vec<ValueId> },
}

impl Default for Cells {
    fn default() -> Self {
        Self::Single(Vec::new())
    }
}

impl Column {
    /// `rows` holds, in the order of documents, ranks of `values`, each at most once a document.
    pub(super) fn build(values: Vec<Value>, rows: &Rows) -> Self {
        let by_name = values
            .iter()
            .zip(0..)
            .map(|(value, id)| (Arc::clone(&value.valeur), id))
            .collect();
        let documents = rows.starts.len() - 1;
        let row = |doc: usize| &rows.ids[rows.starts[doc] as usize..rows.starts[doc + 1] as usize];
        let borne = |doc: &usize| !row(*doc).is_empty();
        let first = (0..documents).find(borne).unwrap_or(0);
        let end = (0..documents).rev().find(borne).map_or(0, |last| last + 1);
        let single = (0..documents).all(|doc| row(doc).len() <= 1);
        let mut column = Self {
            by_name,
            cells: if single {
                let none = values.len() as ValueId;
                let cell = |doc| row(doc).first().copied().unwrap_or(none);
                Cells::Single((0..documents).map(cell).collect())
            } else {
                Cells::Several {
                    starts: rows.starts.clone(),
                    ids: rows.ids.clone(),
                }
            },
            bearing: first as DocId..end as DocId,
            value_starts: vec![0; values.len() + 1],
            docs: vec![0; rows.ids.len()],
            values,
        };
        column.invert(rows);
        column
    }

    fn invert(&mut self, rows: &Rows) {
        for &id in &rows.ids {
            self.value_starts[usize::from(id) + 1] += 1;
        }
        for value in 1..self.value_starts.len() {
            self.value_starts[value] += self.value_starts[value - 1];
        }
        let mut next = self.value_starts.clone();
        for doc in 0..rows.starts.len() - 1 {
            for slot in rows.starts[doc]..rows.starts[doc + 1] {
                let at = &mut next[usize::from(rows.ids[slot as usize])];
                self.docs[*at as usize] = doc as DocId;
                *at += 1;
            }
        }
    }

    /// The id of a value by its spelling in URLs.
    pub fn id(&self, valeur: &str) -> Option<ValueId> {
        self.by_name.get(valeur).copied()
    }

    /// The values of a document.
    pub fn of(&self, doc: DocId) -> &[ValueId] {
        let doc = doc as usize;
        match &self.cells {
            Cells::Single(ids) if usize::from(ids[doc]) == self.values.len() => &[],
            Cells::Single(ids) => std::slice::from_ref(&ids[doc]),
            Cells::Several { starts, ids } => &ids[starts[doc] as usize..starts[doc + 1] as usize],
        }
    }

    /// The documents that bear a value, ascending.
    pub fn docs(&self, value: ValueId) -> &[DocId] {
        let value = usize::from(value);
        &self.docs[self.value_starts[value] as usize..self.value_starts[value + 1] as usize]
    }

    /// The documents that bear any of the values.
    pub fn any_of(&self, values: &[ValueId], universe: u32) -> DocSet {
        let docs = values.iter().flat_map(|&value| self.docs(value));
        DocSet::from_docs(universe, docs.copied())
    }

    /// How many of the documents, given in ascending order, bear each value.
    pub fn count(&self, docs: &[DocId], counts: &mut Vec<u32>) {
        let from = docs.partition_point(|&doc| doc < self.bearing.start);
        let to = docs.partition_point(|&doc| doc < self.bearing.end);
        counts.clear();
        // One more, for documents without a value.
        counts.resize(self.values.len() + 1, 0);
        match &self.cells {
            Cells::Single(ids) => {
                for &doc in &docs[from..to] {
                    counts[usize::from(ids[doc as usize])] += 1;
                }
            }
            Cells::Several { starts, ids } => {
                for &doc in &docs[from..to] {
                    let doc = doc as usize;
                    for &id in &ids[starts[doc] as usize..starts[doc + 1] as usize] {
                        counts[usize::from(id)] += 1;
                    }
                }
            }
        }
        counts.truncate(self.values.len());
    }
}

/// Value ids by document while a column is read.
pub(super) struct Rows {
    pub starts: Vec<u32>,
    pub ids: Vec<ValueId>,
}
