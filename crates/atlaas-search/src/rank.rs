//! The order of hits: what is known of each fiche beforehand, one total order.

use crate::{analysis::name_key, query::Sort, tuning::Weights};
use atlaas_model::{DocId, Fiche, Kind, SourceDate};
use std::hash::{DefaultHasher, Hash, Hasher};

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
    pub fn build(fiches: &[Fiche], weights: &Weights) -> Self {
        let source_date = SourceDate::of(fiches);
        let dates: Vec<u32> = fiches
            .iter()
            .map(|fiche| date_key(fiche, source_date))
            .collect();
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
        let population: Vec<f32> = fiches
            .iter()
            .map(|fiche| population_part(fiche, weights))
            .collect();
        let freshness: Vec<f32> = dates
            .iter()
            .map(|&date| freshness_part(date, newest, weights))
            .collect();
        let kind: Vec<f32> = fiches
            .iter()
            .map(|fiche| kind_part(fiche.kind, weights))
            .collect();
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
/// A date after the sources' own counts as none.
fn date_key(fiche: &Fiche, source_date: SourceDate) -> u32 {
    let updated = fiche.updated.filter(|&day| !source_date.doubts_day(day));
    let year = fiche.year.filter(|&year| !source_date.doubts_year(year));
    let (year, day) = match (updated, year) {
        (Some(date), _) => (date.year().max(0) as u32, date.day_of_year() as u32),
        (None, Some(year)) => (u32::from(year), 183),
        (None, None) => return 0,
    };
    year * 367 + day
}

fn freshness_part(date: u32, newest: u32, weights: &Weights) -> f32 {
    if date == 0 {
        return 1.0;
    }
    let years = (newest - date) as f32 / 367.0;
    1.0 + weights.freshness * (-years / weights.freshness_years).exp2()
}

fn population_part(fiche: &Fiche, weights: &Weights) -> f32 {
    let inhabitants = fiche.population.unwrap_or(0) as f32;
    1.0 + weights.population * (1.0 + inhabitants).log10()
}

fn kind_part(kind: Kind, weights: &Weights) -> f32 {
    if kind.is_territory() {
        1.0
    } else {
        weights.own_content
    }
}

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
    fn a_date_in_the_future_makes_nothing_fresh_and_nothing_else_old() {
        let dated = |updated: &str, year: Option<u16>| {
            let id = atlaas_model::FicheId::of_row(Kind::Initiative, "1").unwrap();
            let mut fiche = Fiche::new(id, Kind::Initiative, "X".to_owned());
            fiche.updated = updated.parse().ok();
            fiche.year = year;
            fiche
        };
        let sound = ["2014-01-01", "2023-06-01", "2024-12-28"];
        let sound: Vec<Fiche> = sound.iter().map(|day| dated(day, None)).collect();
        let weights = Weights::default();
        let before = Known::build(&sound, &weights);
        for doubted in [
            dated("2049-01-01", None),
            dated("", Some(2049)),
            dated("2049-01-01", Some(2049)),
        ] {
            let mut fiches = sound.clone();
            fiches.push(doubted);
            let with = Known::build(&fiches, &weights);
            assert_eq!(with.freshness[..3], before.freshness[..]);
            assert!((with.freshness[3] - 1.0).abs() < f32::EPSILON);
            assert_eq!(with.key(Sort::Newest, 3), 0);
        }
        // The year is left when only the day of change is doubted.
        let mut fiches = sound;
        fiches.push(dated("2049-01-01", Some(2020)));
        let with = Known::build(&fiches, &weights);
        assert!(with.key(Sort::Newest, 0) < with.key(Sort::Newest, 3));
        assert!(with.key(Sort::Newest, 3) < with.key(Sort::Newest, 1));
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
