//! The columns of the context for each level: those of communes as they are, those of wider territories
//! as sums or means of their communes.
//!
//! A sum counts the communes that have a value, and is missing when these hold less than nine in ten of
//! the inhabitants; a mean likewise, from half of them.

use atlaas_model::{Code, ContextColumn, ContextTable, DocId, Fiche, Level, Merge};
use std::collections::HashMap;

/// The part of the inhabitants whose communes must have a value for a sum to stand.
const COVERED_SUM: f64 = 0.9;
/// The same for a mean.
const COVERED_MEAN: f64 = 0.5;
/// Names of the columns that the territories themselves give.
pub(crate) const OWN_POPULATION: &str = "fiche:population";
pub(crate) const OWN_AREA: &str = "fiche:surface";

/// A column of one level.
pub(crate) struct LevelColumn {
    pub(crate) name: String,
    pub(crate) stem: String,
    pub(crate) year: Option<u16>,
    /// The words of a nominal column.
    pub(crate) terms: Vec<String>,
    /// One a territory; NaN is a missing one.
    pub(crate) values: Vec<f64>,
}

/// The territories of one level, in the order of their codes.
pub(crate) struct Places<'a> {
    pub(crate) level: Level,
    pub(crate) fiches: Vec<(Code, &'a Fiche)>,
    /// Their documents.
    pub(crate) docs: Vec<DocId>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(fiches: &'a [Fiche], level: Level) -> Self {
        let places = fiches.iter().zip(0..);
        let places = places.filter(|(fiche, _)| fiche.kind == level);
        let mut places: Vec<_> = places
            .filter_map(|(fiche, doc)| Some(((fiche.code?, fiche), doc)))
            .collect();
        places.sort_by_key(|((code, _), _)| *code);
        let (fiches, docs) = places.into_iter().unzip();
        Self {
            level,
            fiches,
            docs,
        }
    }

    pub(crate) fn codes(&self) -> Vec<Code> {
        self.fiches.iter().map(|(code, _)| *code).collect()
    }

    pub(crate) fn population(&self) -> Vec<f64> {
        let inhabitants = |fiche: &Fiche| fiche.population().map_or(f64::NAN, f64::from);
        self.fiches.iter().map(|(_, f)| inhabitants(f)).collect()
    }

    fn area(&self) -> Vec<f64> {
        let area = |fiche: &Fiche| fiche.surface_km2().unwrap_or(f64::NAN);
        self.fiches.iter().map(|(_, f)| area(f)).collect()
    }
}

/// The columns of a level, its own ones first.
pub(crate) fn columns(
    context: &ContextTable,
    communes: &Places<'_>,
    places: &Places<'_>,
) -> Vec<LevelColumn> {
    let own = |name: &str, values: Vec<f64>| LevelColumn {
        name: name.to_owned(),
        stem: name.to_owned(),
        year: None,
        terms: Vec::new(),
        values,
    };
    let mut all = vec![
        own(OWN_POPULATION, places.population()),
        own(OWN_AREA, places.area()),
    ];
    let rows: HashMap<Code, usize> = context.communes.iter().copied().zip(0..).collect();
    let groups = Groups::of(communes, places);
    for column in &context.columns {
        let values = column.values();
        let value = |code: &Code| rows.get(code).map_or(f64::NAN, |&row| values[row]);
        let of_communes: Vec<f64> = communes
            .fiches
            .iter()
            .map(|(code, _)| value(code))
            .collect();
        let values = match &groups {
            None => of_communes,
            Some(groups) => groups.merge(column, &of_communes),
        };
        all.push(LevelColumn {
            name: column.name.clone(),
            stem: column.stem().to_owned(),
            year: column.vintage(),
            terms: column.terms.clone(),
            values,
        });
    }
    all
}

/// Which territory each commune is part of.
struct Groups {
    /// Rank of the territory by rank of the commune.
    of: Vec<Option<usize>>,
    population: Vec<f64>,
    count: usize,
}

impl Groups {
    fn of(communes: &Places<'_>, places: &Places<'_>) -> Option<Self> {
        if places.level == Level::Commune {
            return None;
        }
        let ranks: HashMap<Code, usize> = places.codes().into_iter().zip(0..).collect();
        let rank = |fiche: &Fiche| ranks.get(&fiche.territory.at(places.level)?).copied();
        Some(Self {
            of: communes.fiches.iter().map(|(_, f)| rank(f)).collect(),
            population: communes.population(),
            count: places.fiches.len(),
        })
    }

    fn merge(&self, column: &ContextColumn, values: &[f64]) -> Vec<f64> {
        let mean = match column.merge() {
            Merge::Sum => false,
            Merge::Mean | Merge::Median | Merge::Ordinal => true,
            // Words are told apart after this: the mean of their ranks would mean nothing.
            Merge::Nominal | Merge::None => return vec![f64::NAN; self.count],
        };
        self.merged(values, mean)
    }

    /// Sums, or means weighted by inhabitants.
    fn merged(&self, values: &[f64], mean: bool) -> Vec<f64> {
        let mut sums = vec![0.0; self.count];
        let (mut known, mut whole) = (vec![0.0; self.count], vec![0.0; self.count]);
        for ((group, value), inhabitants) in self.of.iter().zip(values).zip(&self.population) {
            let Some(group) = *group else { continue };
            // A village without inhabitants or of unknown ones still counts a little.
            let weight = if *inhabitants > 0.0 {
                *inhabitants
            } else {
                1.0
            };
            whole[group] += weight;
            if value.is_finite() {
                sums[group] += if mean { value * weight } else { *value };
                known[group] += weight;
            }
        }
        let least = if mean { COVERED_MEAN } else { COVERED_SUM };
        let merged = sums.iter().zip(known.iter().zip(&whole));
        let merged = merged.map(|(sum, (known, whole))| {
            if *whole <= 0.0 || known / whole < least {
                f64::NAN
            } else if mean {
                sum / known
            } else {
                *sum
            }
        });
        merged.collect()
    }
}
