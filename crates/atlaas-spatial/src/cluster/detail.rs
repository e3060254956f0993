//! One cluster, opened: what it holds and how far to zoom to see it fall apart.

use super::hierarchy::Hierarchy;
use super::node::{Node, SINGLE, feature_id};
use crate::grid::degrees;
use atlaas_model::{Bbox, DocId, Position};

/// A cluster, looked up by its id.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterDetail {
    /// The id that tiles give as `cluster_id`.
    pub id: u64,
    /// Where its symbol stands.
    pub centre: Position,
    /// The box around its points.
    pub bbox: Bbox,
    /// The first zoom at which it is no longer one symbol; for coincident points, which no zoom
    /// separates, the first at which they stand alone.
    pub expansion_zoom: u8,
    /// Whether all its points are at one place.
    pub coincident: bool,
    /// Its fiches, in ascending order.
    pub docs: Vec<DocId>,
    /// Points by category (`n_{slug}`), those that are not zero.
    pub counts: Vec<(String, u32)>,
}

impl Hierarchy {
    /// Opens a cluster or a pile; `None` when this hierarchy has no such id.
    pub fn cluster(&self, id: u64) -> Option<ClusterDetail> {
        let zoom = (id & SINGLE) as u8;
        let origin = DocId::try_from(id >> 5).ok()?;
        let node = self.find(zoom, origin)?;
        let summary = self.sums().summary(node);
        let bbox = degrees(summary.north_west, summary.south_east);
        let centre = degrees(summary.place, summary.place);
        let keys = self.table.category_keys();
        let mut counts = vec![0; keys.len()];
        self.sums().add_counts(node, &mut counts);
        let mut docs = Vec::with_capacity(summary.count as usize);
        self.collect(node, &mut docs);
        docs.sort_unstable();
        Some(ClusterDetail {
            id,
            centre: Position::new(centre.west, centre.south).ok()?,
            bbox,
            expansion_zoom: self.expansion_zoom(node),
            coincident: summary.north_west == summary.south_east,
            docs,
            counts: keys
                .iter()
                .cloned()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .collect(),
        })
    }

    /// The cluster of `zoom` or the pile of several points that formed around a document.
    fn find(&self, zoom: u8, origin: DocId) -> Option<Node> {
        let doc = |pile: u32| self.table.row(self.piles.rows_of(pile as usize)[0]).doc;
        let rank = if zoom <= self.options.deepest_zoom {
            let clusters = &self.level(zoom).clusters;
            clusters
                .binary_search_by_key(&origin, |cluster| doc(cluster.origin))
                .ok()?
        } else if zoom == self.options.deepest_zoom + 1 {
            let piles: usize = self.piles.len();
            let rank = partition(piles, |pile| doc(pile as u32) < origin);
            let several = rank < piles && self.piles.rows_of(rank).len() > 1;
            (several && doc(rank as u32) == origin).then_some(rank)?
        } else {
            return None;
        };
        Some(Node::new(zoom, rank as u32))
    }

    /// The first zoom at which a node is more than one symbol, or stands alone for good.
    pub(super) const fn expansion_zoom(&self, node: Node) -> u8 {
        let below = node.zoom() + 1;
        let alone = self.options.deepest_zoom + 1;
        if below < alone { below } else { alone }
    }

    /// The id of a node of several points.
    pub(super) fn cluster_id(&self, node: Node, origin: u32) -> u64 {
        let first = self.piles.rows_of(origin as usize)[0];
        feature_id(self.table.row(first).doc, u64::from(node.zoom()))
    }

    pub(super) fn collect(&self, node: Node, docs: &mut Vec<DocId>) {
        if node.zoom() > self.options.deepest_zoom {
            let rows = self.piles.rows_of(node.rank());
            docs.extend(rows.iter().map(|&row| self.table.row(row).doc));
            return;
        }
        // As deep as there are zooms.
        for &part in self.level(node.zoom()).parts(node.rank()) {
            self.collect(part, docs);
        }
    }
}

/// The first of `0..count` that is not `before`, in a range that is sorted by it.
fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
