//! What the nodes of a hierarchy add up to: places, counts, boxes.

use super::level::{Cluster, Level};
use super::node::Node;
use super::piles::Piles;
use crate::points::PointTable;
use std::sync::OnceLock;

/// Reads the zooms that are made: a node is known only once its zoom is.
pub(super) struct Sums<'a> {
    pub table: &'a PointTable,
    pub piles: &'a Piles,
    pub levels: &'a [OnceLock<Level>],
}

impl Sums<'_> {
    /// A pile seen as a cluster, or the cluster itself.
    pub fn summary(&self, node: Node) -> Cluster {
        if let Some(level) = self.level_of(node) {
            return level.clusters[node.rank()];
        }
        let place = self.piles.elements.places[node.rank()];
        Cluster {
            place,
            count: self.piles.rows_of(node.rank()).len() as u32,
            origin: node.rank() as u32,
            north_west: place,
            south_east: place,
            first_part: 0,
        }
    }

    /// Adds the points of a node by category.
    pub fn add_counts(&self, node: Node, counts: &mut [u32]) {
        if let Some(level) = self.level_of(node) {
            let own = level.counts(node.rank(), counts.len());
            for (sum, count) in counts.iter_mut().zip(own) {
                *sum += count;
            }
            return;
        }
        for &row in self.piles.rows_of(node.rank()) {
            for &category in self.table.categories(row) {
                counts[usize::from(category)] += 1;
            }
        }
    }

    /// The zoom of a cluster; none for a pile.
    fn level_of(&self, node: Node) -> Option<&Level> {
        self.levels.get(usize::from(node.zoom()))?.get()
    }
}
