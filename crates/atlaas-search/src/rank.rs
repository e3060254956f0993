//! The order of hits: one table of weights, what is known of each fiche beforehand, one total order.

use crate::{analysis::name_key, query::Sort};
use atlaas_model::{DocId, Fiche, Kind};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The score of a hit is the product of six parts, each 1 when it says nothing:
/// `text × exactness × population × proximity × freshness × kind`.
///
/// | weight | value | effect |
/// |---|---|---|
/// | `exact_name` | 5 | the words are the whole name: × (1 + 5) |
/// | `name_share` | 4 | share of the words in the name × share of the name they fill: × (1 + 4 × share) |
/// | `population` | 0.15 | each factor of ten of inhabitants of a territory adds 0.15 |
/// | `proximity` | 2 | at the place asked for: × (1 + 2), falling to × 1 far away |
/// | `proximity_km` | 15 | kilometres at which that bonus has halved |
/// | `freshness` | 0.3 | a fiche changed on the newest day: × (1 + 0.3), falling to × 1 |
/// | `freshness_years` | 3 | years at which that bonus has halved |
/// | `own_content` | 4 | without words, initiatives and colieux stand before territories: × 4 |
/// | `named_place` | 10⁶ | the fiche of the place that was named comes first |
///
/// What the parts of a fiche weigh within `text` is told beside the fields, in `expand.rs`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    pub exact_name: f32,
    pub name_share: f32,
    pub population: f32,
    pub proximity: f32,
    pub proximity_km: f32,
    pub freshness: f32,
    pub freshness_years: f32,
    pub own_content: f32,
    pub named_place: f32,
}

/// The weights in use.
pub(crate) const WEIGHTS: Weights = Weights {
    exact_name: 5.0,
    name_share: 4.0,
    population: 0.15,
    proximity: 2.0,
    proximity_km: 15.0,
    freshness: 0.3,
    freshness_years: 3.0,
    own_content: 4.0,
    named_place: 1e6,
};

/// What ranking needs of each fiche, computed when the snapshot is opened.
#[derive(Debug)]
pub(crate) struct Known {
    /// Population part.
    pub population: Vec<f32>,
    /// Freshness part.
    pub freshness: Vec<f32>,
    /// Kind part without words.
    pub kind: Vec<f32>,
    /// The product of these three.
    pub still: Vec<f32>,
    /// Hash of the name's words.
    pub name: Vec<u64>,
    /// Key of `-date`: greater is newer, 0 is undated.
    date_key: Vec<u32>,
    /// Key of `nom`: greater is earlier.
    name_key: Vec<u32>,
    /// Key of `-population`: inhabitants and one, 0 is none.
    population_key: Vec<u32>,
}

impl Known {
    /// Reads the fiches.
    pub fn build(fiches: &[Fiche]) -> Self {
        let dates: Vec<u32> = fiches.iter().map(date_key).collect();
        let newest = dates.iter().copied().max().unwrap_or(0);
        let names: Vec<String> = fiches.iter().map(|fiche| name_key(&fiche.name)).collect();
        let mut order: Vec<u32> = (0..fiches.len() as u32).collect();
        order.sort_by(|&a, &b| names[a as usize].cmp(&names[b as usize]));
        let mut name_keys = vec![0; fiches.len()];
        let mut key = u32::MAX;
        for (rank, &doc) in order.iter().enumerate() {
            // Equal names share a key, so that their order is that of their ids.
            if rank > 0 && names[doc as usize] != names[order[rank - 1] as usize] {
                key -= 1;
            }
            name_keys[doc as usize] = key;
        }
        let population: Vec<f32> = fiches.iter().map(population_part).collect();
        let freshness: Vec<f32> = dates
            .iter()
            .map(|&date| freshness_part(date, newest))
            .collect();
        let kind: Vec<f32> = fiches.iter().map(|fiche| kind_part(fiche.kind)).collect();
        Self {
            still: (0..fiches.len())
                .map(|doc| population[doc] * freshness[doc] * kind[doc])
                .collect(),
            population,
            freshness,
            kind,
            name: names.iter().map(|name| hash(name)).collect(),
            date_key: dates,
            name_key: name_keys,
            population_key: fiches
                .iter()
                .map(|fiche| fiche.population.map_or(0, |count| count.saturating_add(1)))
                .collect(),
        }
    }

    /// The sort key of a document in an order that does not depend on the query.
    pub fn key(&self, sort: Sort, doc: DocId) -> u64 {
        let doc = doc as usize;
        u64::from(match sort {
            Sort::Newest => self.date_key[doc],
            Sort::Name => self.name_key[doc],
            Sort::Population => self.population_key[doc],
            Sort::Relevance | Sort::Distance => 0,
        })
    }
}

/// A hash of a name's words, to tell at once whether a query is the whole name.
pub(crate) fn hash(name: &str) -> u64 {
    // The keys of `DefaultHasher::new` are fixed.
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Days since the year 0, roughly, from the date of change, else the middle of the year; 0 without.
fn date_key(fiche: &Fiche) -> u32 {
    let (year, day) = match (fiche.updated, fiche.year) {
        (Some(date), _) => (date.year().max(0) as u32, date.day_of_year() as u32),
        (None, Some(year)) => (u32::from(year), 183),
        (None, None) => return 0,
    };
    year * 367 + day
}

fn freshness_part(date: u32, newest: u32) -> f32 {
    if date == 0 {
        return 1.0;
    }
    let years = (newest - date) as f32 / 367.0;
    1.0 + WEIGHTS.freshness * (-years / WEIGHTS.freshness_years).exp2()
}

fn population_part(fiche: &Fiche) -> f32 {
    let inhabitants = fiche.population.unwrap_or(0) as f32;
    1.0 + WEIGHTS.population * (1.0 + inhabitants).log10()
}

fn kind_part(kind: Kind) -> f32 {
    if kind.is_territory() {
        1.0
    } else {
        WEIGHTS.own_content
    }
}

/// The proximity part.
pub(crate) fn proximity_part(distance_km: f64) -> f32 {
    1.0 + WEIGHTS.proximity * (-(distance_km as f32) / WEIGHTS.proximity_km).exp2()
}

/// The exactness part: how many of the query's words stand in the name, and how much of the name
/// they are.
pub(crate) fn exactness_part(in_name: u32, words: u32, name_length: u32, whole: bool) -> f32 {
    if whole {
        return 1.0 + WEIGHTS.exact_name;
    }
    let said = in_name as f32 / words.max(1) as f32;
    let filled = (in_name as f32 / name_length.max(1) as f32).min(1.0);
    1.0 + WEIGHTS.name_share * said * filled
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
        let whole = exactness_part(1, 1, 1, true);
        assert!(whole > exactness_part(1, 1, 1, false));
        assert!(exactness_part(1, 1, 2, false) > exactness_part(1, 2, 2, false));
        assert!((exactness_part(0, 2, 3, false) - 1.0).abs() < f32::EPSILON);
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
