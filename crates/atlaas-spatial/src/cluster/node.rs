//! What stands for a symbol within a hierarchy, and what stands for it outside: nodes and feature ids.

use atlaas_model::DocId;

/// A cluster of some zoom, or a pile; the zoom in the highest five bits, the rank there below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node(u32);

const RANK_BITS: u32 = 27;

impl Node {
    pub const fn new(zoom: u8, rank: u32) -> Self {
        Self((zoom as u32) << RANK_BITS | rank)
    }

    pub const fn zoom(self) -> u8 {
        (self.0 >> RANK_BITS) as u8
    }

    pub const fn rank(self) -> usize {
        (self.0 & ((1 << RANK_BITS) - 1)) as usize
    }
}

/// Feature ids carry a zoom in their lowest five bits: this one says a single point.
pub(super) const SINGLE: u64 = 31;

/// The id of the cluster that formed at `zoom` around the point `origin`: stable for a snapshot and
/// a query, unique in a tile and among layers, and below 2⁵³, which is where JavaScript stops.
pub(super) const fn feature_id(origin: DocId, zoom: u64) -> u64 {
    (origin as u64) << 5 | zoom
}
