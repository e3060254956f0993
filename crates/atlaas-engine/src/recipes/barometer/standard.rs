//! Rates standardised by classes of inhabitants: what each territory would have with the composition of all
//! of them together, so that villages are not compared with towns.

use super::dimension::{Dimension, STRATUM};
use super::figures::RATE_OF;
use super::tally::{Counts, MOST_CELLS, Tally};
use crate::communes::Communes;
use crate::recipes::search::QueryError;
use crate::snapshot::Snapshot;
use atlaas_compare::{Counted, Interval, StratumCount, standardised};
use atlaas_search::{Mistake, ParameterError};

/// Name of what asks for it.
const PARAMETER: &str = "standardise";

/// A rate for 10,000 inhabitants with the composition of the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellStandard {
    /// The rate.
    pub rate: f64,
    /// 95 % interval.
    pub interval: Interval,
    /// Classes of the reference in which the territory has nobody.
    pub left_out: usize,
    /// Their share of the reference, 0 to 1.
    pub share_left_out: f64,
}

/// The dimensions that it counts by: the asked one beside the classes, and the classes alone.
pub struct Standard<'a> {
    both: Vec<Dimension<'a>>,
    classes: Vec<Dimension<'a>>,
}

impl<'a> Standard<'a> {
    /// Of what is asked; `None` when nothing is to be standardised.
    pub fn asked(
        snapshot: &'a Snapshot,
        communes: &'a Communes,
        (by, standardised): (&[String], bool),
    ) -> Result<Option<Self>, QueryError> {
        if !standardised {
            return Ok(None);
        }
        let named = |name: &str| Dimension::named(snapshot, communes, name);
        let [name] = by else {
            return Err(of_what());
        };
        let asked = named(name).filter(|one| one.of_communes && one.name != STRATUM);
        let (Some(asked), Some(beside), Some(alone)) = (asked, named(STRATUM), named(STRATUM))
        else {
            return Err(of_what());
        };
        let cells = asked.values.len() * beside.values.len();
        if cells > MOST_CELLS {
            let most = Mistake::TooManyValues { most: MOST_CELLS };
            return Err(vec![ParameterError::new(PARAMETER, name, most)].into());
        }
        Ok(Some(Self {
            both: vec![asked, beside],
            classes: vec![alone],
        }))
    }

    /// Room for what it counts.
    pub fn tallies(&self, communes: &'a Communes, of_all: bool) -> [Tally<'_>; 2] {
        [&self.both, &self.classes].map(|by| Tally::new(by, communes, of_all))
    }
}

fn of_what() -> QueryError {
    vec![ParameterError::new(
        PARAMETER,
        STRATUM,
        Mistake::StandardOfWhat,
    )]
    .into()
}

/// The rates of the values of the asked dimension, from its counts in each class and those of each class.
pub fn of_values(both: &[Counts], classes: &[Counts]) -> Vec<Option<CellStandard>> {
    let width = classes.len().max(1);
    both.chunks(width)
        .map(|of_value| {
            let strata = of_value.iter().zip(classes).map(|(counts, class)| {
                Some(StratumCount {
                    group: Counted::new(counts.sheets, counts.inhabitants)?,
                    reference: class.inhabitants,
                })
            });
            let found = standardised(&strata.collect::<Option<Vec<_>>>()?)?;
            Some(CellStandard {
                rate: found.rate * RATE_OF,
                interval: Interval {
                    low: found.interval.low * RATE_OF,
                    high: found.interval.high * RATE_OF,
                },
                left_out: found.left_out,
                share_left_out: found.share_left_out,
            })
        })
        .collect()
}
