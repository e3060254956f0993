//! The order of hits: the parts of a score, one total order.

use crate::matching::tuning::Weights;
use atlaas_model::DocId;

/// The proximity part.
pub(crate) fn proximity_part(distance_km: f64, weights: &Weights) -> f32 {
    1.0 + weights.proximity * (-(distance_km as f32) / weights.proximity_km).exp2()
}

/// The exactness part: how many of the query's words stand in the name, and how much of the name
/// they are.
pub(crate) fn exactness_part(
    (in_name, words, name_length): (u32, u32, u32),
    whole: bool,
    weights: &Weights,
) -> f32 {
    if whole {
        return 1.0 + weights.exact_name;
    }
    let said = in_name as f32 / words.max(1) as f32;
    let filled = (in_name as f32 / name_length.max(1) as f32).min(1.0);
    1.0 + weights.name_share * said * filled
}

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

/// The best ranks met, at most as many as asked for.
pub(crate) struct Best {
    wanted: usize,
    heap: std::collections::BinaryHeap<Rank>,
}

impl Best {
    /// Keeps `wanted` ranks.
    pub fn new(wanted: usize) -> Self {
        Self {
            wanted,
            heap: std::collections::BinaryHeap::with_capacity(wanted.min(1 << 16)),
        }
    }

    /// Offers a rank.
    pub fn offer(&mut self, rank: Rank) {
        if self.heap.len() < self.wanted {
            self.heap.push(rank);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && rank < *worst
        {
            *worst = rank;
        }
    }

    /// The ranks kept, best first.
    pub fn into_sorted(self) -> Vec<Rank> {
        self.heap.into_sorted_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_keep_the_order_of_what_they_stand_for() {
        assert!(score_key(2.5) > score_key(2.4));
        assert!(score_key(0.0) == score_key(-1.0));
        assert!(distance_key(Some(0.0)) > distance_key(Some(1e-9)));
        assert!(distance_key(Some(20_000.0)) > distance_key(None));
    }

    #[test]
    fn the_whole_name_outweighs_any_share_of_it() {
        let weights = Weights::default();
        let part = |counts, whole| exactness_part(counts, whole, &weights);
        assert!(part((1, 1, 1), true) > part((1, 1, 1), false));
        assert!(part((1, 1, 2), false) > part((1, 2, 2), false));
        assert!((part((0, 2, 3), false) - 1.0).abs() < f32::EPSILON);
    }

    proptest! {
        #[test]
        fn the_best_are_those_of_a_full_sort(
            keys in prop::collection::vec(0_u64..50, 0..200),
            wanted in 0_usize..30,
        ) {
            let mut all: Vec<Rank> =
                keys.iter().zip(0..).map(|(&key, doc)| Rank { key, doc }).collect();
            let mut best = Best::new(wanted);
            for &rank in &all {
                best.offer(rank);
            }
            all.sort();
            all.truncate(wanted);
            prop_assert_eq!(best.into_sorted(), all);
        }
    }
}
