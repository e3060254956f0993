//! What the ranking knows of each fiche beforehand, whatever is asked.

use crate::{matching::tuning::Weights, text::analysis::name_key};
use atlaas_model::{DocId, Fiche, Kind, SourceDate};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What ranking needs of each fiche, computed when the snapshot is opened.
#[derive(Debug)]
pub(crate) struct Priors {
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
    /// The same of what is no territory.
    titles: HashSet<u64>,
    /// Key of `-date`: greater is newer, 0 is undated.
    date_key: Vec<u32>,
    /// Key of `nom`: greater is earlier.
    name_key: Vec<u32>,
}

impl Priors {
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
            titles: fiches
                .iter()
                .zip(&names)
                .filter(|(fiche, _)| !fiche.kind.is_territory())
                .map(|(_, name)| hash(name))
                .collect(),
            name: names.iter().map(|name| hash(name)).collect(),
            date_key: dates,
            name_key: name_keys,
        }
    }

    /// Whether anything but a territory is called so, by the hash of its words.
    pub fn is_title(&self, name: u64) -> bool {
        self.titles.contains(&name)
    }

    /// Sort key: greater is newer, 0 is undated.
    pub fn newest(&self, doc: DocId) -> u64 {
        self.date_key[doc as usize].into()
    }

    /// Sort key: greater is earlier in the alphabet.
    pub fn name_order(&self, doc: DocId) -> u64 {
        self.name_key[doc as usize].into()
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
    let year = fiche.year().filter(|&year| !source_date.doubts_year(year));
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
    let inhabitants = fiche.population().unwrap_or(0) as f32;
    1.0 + weights.population * (1.0 + inhabitants).log10()
}

fn kind_part(kind: Kind, weights: &Weights) -> f32 {
    if kind.is_territory() {
        1.0
    } else {
        weights.own_content
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{Name, Value};

    #[test]
    fn a_date_in_the_future_makes_nothing_fresh_and_nothing_else_old() {
        let dated = |updated: &str, year: Option<u16>| {
            let id = atlaas_model::FicheId::of_row(Kind::point("initiative"), "1").unwrap();
            let mut fiche = Fiche::new(id, Kind::point("initiative"), "X".to_owned());
            fiche.updated = updated.parse().ok();
            if let Some(year) = year {
                fiche.values.set(Name::known("annee"), Value::Year(year));
            }
            fiche
        };
        let sound = ["2014-01-01", "2023-06-01", "2024-12-28"];
        let sound: Vec<Fiche> = sound.iter().map(|day| dated(day, None)).collect();
        let weights = Weights::default();
        let before = Priors::build(&sound, &weights);
        for doubted in [
            dated("2049-01-01", None),
            dated("", Some(2049)),
            dated("2049-01-01", Some(2049)),
        ] {
            let mut fiches = sound.clone();
            fiches.push(doubted);
            let with = Priors::build(&fiches, &weights);
            assert_eq!(with.freshness[..3], before.freshness[..]);
            assert!((with.freshness[3] - 1.0).abs() < f32::EPSILON);
            assert_eq!(with.newest(3), 0);
        }
        // The year is left when only the day of change is doubted.
        let mut fiches = sound;
        fiches.push(dated("2049-01-01", Some(2020)));
        let with = Priors::build(&fiches, &weights);
        assert!(with.newest(0) < with.newest(3));
        assert!(with.newest(3) < with.newest(1));
    }
}
