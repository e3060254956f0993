//! One zoom of the hierarchy: what stands on the map there, and the clusters that formed there.

use super::{
    Hierarchy, Node,
    elements::Elements,
    grid::{Grid, Rows},
};
use crate::points::WorldPoint;
use std::hint::black_box;

/// Searches whose memory is asked for at once.
const AHEAD: usize = 16;

/// A cluster at the zoom at which it formed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    /// Weighted centre.
    pub place: WorldPoint,
    pub count: u32,
    /// The pile that it formed around, by rank.
    pub origin: u32,
    pub north_west: WorldPoint,
    pub south_east: WorldPoint,
    /// Where its parts start in [`Level::parts`].
    first_part: u32,
}

/// A zoom: its clusters are those that formed there, the others are further down.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub elements: Elements,
    /// In the order of their origins.
    pub clusters: Vec<Cluster>,
    /// What the clusters are made of, all of the zoom below.
    parts: Vec<Node>,
    /// Points by category, a row of as many numbers as there are categories for each cluster.
    counts: Vec<u32>,
}

impl Level {
    /// Bytes that a cluster takes, with what it is made of: with one part more than clusters can
    /// have at the mean (parts and clusters together are the nodes of a tree).
    pub const fn bytes_a_cluster(categories: usize) -> usize {
        size_of::<Cluster>() + 2 * size_of::<Node>() + categories * size_of::<u32>()
    }

    /// The greedy step from the zoom below to `zoom`.
    pub fn build(zoom: u8, hierarchy: &Hierarchy) -> Self {
        let below = hierarchy.elements(zoom + 1);
        let grid = Grid::new(&below.places, hierarchy.radius(zoom));
        let mut free = vec![true; below.len()];
        let mut level = Self::default();
        level.elements.places.reserve_exact(below.len());
        level.elements.nodes.reserve_exact(below.len());
        let (mut room, mut parts) = (Vec::new(), Vec::new());
        let mut rows = [Rows::default(); AHEAD];
        for (rank, (&place, &node)) in below.places.iter().zip(&below.nodes).enumerate() {
            if rank % AHEAD == 0 {
                for (rows, &place) in rows.iter_mut().zip(&below.places[rank..]) {
                    *rows = grid.rows(place);
                }
                black_box(rows.iter().fold(0, |sum, rows| sum ^ grid.touch(rows)));
            }
            if !free[rank] {
                continue;
            }
            free[rank] = false;
            parts.clear();
            parts.push(node);
            let search = (place, &rows[rank % AHEAD]);
            let near = grid.take_within(search, &mut free, &mut room);
            parts.extend(near.iter().map(|&other| below.nodes[other as usize]));
            if parts.len() == 1 {
                level.elements.push(place, node);
            } else {
                let node = Node::new(zoom, level.clusters.len() as u32);
                let place = level.join(&parts, hierarchy);
                level.elements.push(place, node);
            }
        }
        level.shrink();
        level
    }

    /// Gives back what the vectors reserved for growing: a hierarchy may stay for long.
    fn shrink(&mut self) {
        self.elements.places.shrink_to_fit();
        self.elements.nodes.shrink_to_fit();
        self.clusters.shrink_to_fit();
        self.parts.shrink_to_fit();
        self.counts.shrink_to_fit();
    }

    /// Adds the cluster of some parts; tells where it stands.
    fn join(&mut self, parts: &[Node], hierarchy: &Hierarchy) -> WorldPoint {
        let categories = hierarchy.table.category_keys().len();
        let row = self.counts.len();
        self.counts.resize(row + categories, 0);
        let (mut sum_x, mut sum_y, mut count) = (0_u64, 0_u64, 0_u32);
        let mut north_west = WorldPoint {
            x: u32::MAX,
            y: u32::MAX,
        };
        let mut south_east = WorldPoint { x: 0, y: 0 };
        for &part in parts {
            let summary = hierarchy.summary(part);
            // Fewer than 2³¹ points at coordinates below 2³² cannot overflow.
            sum_x += u64::from(summary.place.x) * u64::from(summary.count);
            sum_y += u64::from(summary.place.y) * u64::from(summary.count);
            count += summary.count;
            north_west.x = north_west.x.min(summary.north_west.x);
            north_west.y = north_west.y.min(summary.north_west.y);
            south_east.x = south_east.x.max(summary.south_east.x);
            south_east.y = south_east.y.max(summary.south_east.y);
            hierarchy.add_counts(part, &mut self.counts[row..]);
        }
        let place = WorldPoint {
            x: (sum_x / u64::from(count)) as u32,
            y: (sum_y / u64::from(count)) as u32,
        };
        self.clusters.push(Cluster {
            place,
            count,
            origin: hierarchy.summary(parts[0]).origin,
            north_west,
            south_east,
            first_part: self.parts.len() as u32,
        });
        self.parts.extend_from_slice(parts);
        place
    }

    /// Memory in use, vectors as they are reserved.
    #[cfg(test)]
    pub fn size_bytes(&self) -> usize {
        self.elements.places.capacity() * size_of::<WorldPoint>()
            + self.elements.nodes.capacity() * size_of::<Node>()
            + self.clusters.capacity() * size_of::<Cluster>()
            + self.parts.capacity() * size_of::<Node>()
            + self.counts.capacity() * size_of::<u32>()
    }

    /// What a cluster is made of.
    pub fn parts(&self, rank: usize) -> &[Node] {
        let end = self
            .clusters
            .get(rank + 1)
            .map_or(self.parts.len(), |next| next.first_part as usize);
        &self.parts[self.clusters[rank].first_part as usize..end]
    }

    /// Points of a cluster by category.
    pub fn counts(&self, rank: usize, categories: usize) -> &[u32] {
        &self.counts[rank * categories..(rank + 1) * categories]
    }
}

impl Hierarchy {
    /// A pile seen as a cluster, or the cluster itself.
    pub(super) fn summary(&self, node: Node) -> Cluster {
        if node.zoom() <= self.options.deepest_zoom {
            return self.level(node.zoom()).clusters[node.rank()];
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
    pub(super) fn add_counts(&self, node: Node, counts: &mut [u32]) {
        if node.zoom() <= self.options.deepest_zoom {
            let own = self.level(node.zoom()).counts(node.rank(), counts.len());
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
}
