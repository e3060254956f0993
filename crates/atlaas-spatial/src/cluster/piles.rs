//! Piles: the points of a filter, those at one place together. No zoom separates a pile, so it is
//! clustered as one and shown as one.

use super::elements::Elements;
use super::node::Node;
use crate::points::PointTable;
use atlaas_model::DocSet;

/// The points of a filter by place; piles in the order of their first document.
#[derive(Debug)]
pub(super) struct Piles {
    pub elements: Elements,
    /// Where each pile starts in `rows`; one more than there are piles.
    starts: Vec<u32>,
    /// Rows of the table, pile by pile, in the order of documents within.
    rows: Vec<u32>,
}

impl Piles {
    /// `zoom` is the one that piles bear in their [`Node`]: one below the deepest clusters.
    pub fn new(table: &PointTable, docs: Option<&DocSet>, zoom: u8) -> Self {
        let chosen: Vec<u32> = match docs {
            None => table.all().collect(),
            Some(docs) => table
                .all()
                .filter(|&row| docs.contains(table.row(row).doc))
                .collect(),
        };
        let mut pile_of_place = vec![u32::MAX; table.place_count() as usize];
        let mut elements = Elements::default();
        let mut starts: Vec<u32> = Vec::new();
        let mut piles = Vec::with_capacity(chosen.len());
        for &row in &chosen {
            let pile = &mut pile_of_place[table.place_rank(row) as usize];
            if *pile == u32::MAX {
                *pile = elements.len() as u32;
                elements.push(table.place(row), Node::new(zoom, *pile));
                starts.push(0);
            }
            starts[*pile as usize] += 1;
            piles.push(*pile);
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        starts.push(end);
        // Each start stands at the end of its pile and walks back while the pile is filled.
        let mut rows = vec![0; chosen.len()];
        for (&row, &pile) in chosen.iter().zip(&piles).rev() {
            starts[pile as usize] -= 1;
            rows[starts[pile as usize] as usize] = row;
        }
        Self {
            elements,
            starts,
            rows,
        }
    }

    /// How many piles there are.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// How many points there are.
    pub fn point_count(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The rows of all points, pile by pile.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The rows of one pile, at least one.
    pub fn rows_of(&self, pile: usize) -> &[u32] {
        &self.rows[self.starts[pile] as usize..self.starts[pile + 1] as usize]
    }

    pub fn size_bytes(&self) -> usize {
        self.len() * (Elements::bytes_each(self.len()) + 4) + self.rows.len() * 4
    }
}
