//! One zoom of the hierarchy: what stands on the map there, and the clusters that formed there.

use super::elements::Elements;
use super::node::Node;
use crate::grid::WorldPoint;

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
    pub first_part: u32,
}

/// A zoom: its clusters are those that formed there, the others are further down.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub elements: Elements,
    /// In the order of their origins.
    pub clusters: Vec<Cluster>,
    /// What the clusters are made of, all of the zoom below.
    pub parts: Vec<Node>,
    /// Points by category, a row of as many numbers as there are categories for each cluster.
    pub counts: Vec<u32>,
}

impl Level {
    /// Bytes that a cluster takes, with what it is made of: with one part more than clusters can
    /// have at the mean (parts and clusters together are the nodes of a tree).
    pub const fn bytes_a_cluster(categories: usize) -> usize {
        size_of::<Cluster>() + 2 * size_of::<Node>() + categories * size_of::<u32>()
    }

    /// Gives back what the vectors reserved for growing: a hierarchy may stay for long.
    pub fn shrink(&mut self) {
        self.elements.places.shrink_to_fit();
        self.elements.nodes.shrink_to_fit();
        self.clusters.shrink_to_fit();
        self.parts.shrink_to_fit();
        self.counts.shrink_to_fit();
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
