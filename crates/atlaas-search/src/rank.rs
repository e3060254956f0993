//! The order of hits: one table of weights, one total order.

use crate::query::Sort;
use atlaas_model::DocId;

/// A hit's place in the order: greater key first, then lower document (kind, then id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rank {
    pub key: u64,
    pub doc: DocId,
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.key, self.doc).cmp(&(self.key, other.doc))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// An order-preserving key of a score that is not negative.
pub(crate) fn score_key(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

/// A key that is greater the nearer; 0 without a distance.
pub(crate) fn distance_key(distance_km: Option<f64>) -> u64 {
    distance_km.map_or(0, |km| u64::MAX - km.max(0.0).to_bits())
}

/// Whether an order needs the relevance of every hit.
pub(crate) fn needs_score(sort: Sort) -> bool {
    sort == Sort::Relevance
}
