//! What stands on the map at one zoom, and which of it a tile shows.

use super::node::Node;
use crate::grid::WorldPoint;
use std::{
    ops::Range,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

/// Up to here it is faster to look at every element than to keep them in order.
const SCAN_LIMIT: usize = 32_768;

/// Clusters and piles at one zoom, in the order of first documents.
#[derive(Debug, Default)]
pub(super) struct Elements {
    pub places: Vec<WorldPoint>,
    pub nodes: Vec<Node>,
    /// From north to south, with ranks; made when a second tile is asked for, if there are many.
    by_row: OnceLock<Vec<(WorldPoint, u32)>>,
    asked: AtomicBool,
}

impl Elements {
    /// Memory that each of `count` elements may take.
    pub const fn bytes_each(count: usize) -> usize {
        let order = if count > SCAN_LIMIT {
            size_of::<(WorldPoint, u32)>()
        } else {
            0
        };
        size_of::<WorldPoint>() + size_of::<Node>() + order
    }

    pub fn push(&mut self, place: WorldPoint, node: Node) {
        self.places.push(place);
        self.nodes.push(node);
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The elements that `holds` accepts, all of them at heights within `rows`; in their order.
    pub fn select(
        &self,
        rows: Range<i64>,
        holds: impl Fn(WorldPoint) -> bool,
    ) -> Vec<(WorldPoint, Node)> {
        // One tile of a filter that nobody asks again is not worth putting things in order.
        let again = self.asked.swap(true, Ordering::Relaxed);
        if self.len() <= SCAN_LIMIT || !again {
            let all = self.places.iter().zip(&self.nodes);
            return all
                .filter(|(place, _)| holds(**place))
                .map(|(&place, &node)| (place, node))
                .collect();
        }
        let sorted = self.by_row.get_or_init(|| {
            let mut order: Vec<(WorldPoint, u32)> = self.places.iter().copied().zip(0..).collect();
            order.sort_unstable_by_key(|&(place, rank)| (place.y, rank));
            order
        });
        let first = sorted.partition_point(|(place, _)| i64::from(place.y) < rows.start);
        let mut ranks: Vec<u32> = sorted[first..]
            .iter()
            .take_while(|(place, _)| i64::from(place.y) < rows.end)
            .filter(|(place, _)| holds(*place))
            .map(|&(_, rank)| rank)
            .collect();
        ranks.sort_unstable();
        let element = |rank: u32| (self.places[rank as usize], self.nodes[rank as usize]);
        ranks.into_iter().map(element).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_elements_are_selected_as_few_are() {
        let mut elements = Elements::default();
        for rank in 0..SCAN_LIMIT as u32 + 5000 {
            let (x, y) = (
                rank.wrapping_mul(0x9E37_79B1),
                rank.wrapping_mul(0x85EB_CA6B),
            );
            elements.push(WorldPoint { x, y }, Node::new(3, rank));
        }
        for north in [0, 1 << 20, 3 << 30] {
            let rows = north..north + (1 << 28);
            let holds = |place: WorldPoint| place.x > 1 << 30 && rows.contains(&i64::from(place.y));
            let scanned = elements.select(rows.clone(), holds);
            let searched = elements.select(rows.clone(), holds);
            assert!(!scanned.is_empty());
            assert_eq!(scanned, searched);
        }
        assert!(elements.by_row.get().is_some());
    }
}
