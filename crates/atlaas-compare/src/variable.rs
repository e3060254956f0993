//! Variables: what is compared, made of columns: one as it is, a ratio of sums, a change over years.

use crate::columns::LevelColumn;
use crate::declared::{DeclaredRatio, DeclaredVariable};
use atlaas_model::{Transform, Wording};
use std::collections::HashMap;

/// A variable by which territories are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name in addresses and answers.
    pub name: String,
    /// Title for people.
    pub title: Wording,
    /// Unit for people.
    pub unit: Wording,
    /// Whether it is compared by its logarithm.
    pub transform: Transform,
    /// The columns it is made of, as the source calls them; empty when the context lacks them.
    pub columns: Vec<String>,
    /// Years of these columns, the oldest first.
    pub years: Vec<u16>,
}

impl Variable {
    /// Whether the context at hand has what it is made of.
    pub const fn is_known(&self) -> bool {
        !self.columns.is_empty()
    }

    /// A value as it is compared: its logarithm, or itself.
    pub fn transformed(&self, value: f64) -> f64 {
        match self.transform {
            Transform::Plain => value,
            Transform::Log if value > 0.0 => value.ln(),
            Transform::Log => f64::NAN,
        }
    }
}

/// A variable and its values at one level.
pub(crate) struct Made {
    pub(crate) columns: Vec<String>,
    pub(crate) years: Vec<u16>,
    pub(crate) values: Vec<f64>,
}

/// Makes a variable out of the columns of a level; without values where they lack.
pub(crate) fn make(declared: &DeclaredVariable, columns: &[LevelColumn], rows: usize) -> Made {
    let maker = Maker { columns };
    let made = if let Some(ratio) = &declared.rapport {
        maker.ratio(ratio)
    } else if let Some(stem) = &declared.evolution {
        maker.change(stem)
    } else {
        maker.plain(&declared.colonne, &declared.ordre)
    };
    made.unwrap_or_else(|| Made {
        columns: Vec::new(),
        years: Vec::new(),
        values: vec![f64::NAN; rows],
    })
}

struct Maker<'a> {
    columns: &'a [LevelColumn],
}

impl Maker<'_> {
    /// The columns of a stem that have any value, the oldest first.
    fn of(&self, stem: &str) -> Vec<&LevelColumn> {
        let has = |column: &&LevelColumn| column.values.iter().any(|value| value.is_finite());
        let known = self
            .columns
            .iter()
            .filter(|column| column.stem == stem || column.name == stem);
        let mut known: Vec<&LevelColumn> = known.filter(has).collect();
        known.sort_by_key(|column| column.year);
        known
    }

    fn latest(&self, stem: &str) -> Option<&LevelColumn> {
        self.of(stem).pop()
    }

    fn plain(&self, stems: &[String], order: &[String]) -> Option<Made> {
        let column = stems.iter().find_map(|stem| self.latest(stem))?;
        let values = if order.is_empty() {
            column.values.clone()
        } else {
            ranked(column, order)
        };
        Some(Made {
            columns: vec![column.name.clone()],
            years: column.year.into_iter().collect(),
            values,
        })
    }

    fn change(&self, stem: &str) -> Option<Made> {
        let vintages = self.of(stem);
        let (oldest, latest) = (vintages.first()?, vintages.last()?);
        let span = f64::from(latest.year?.checked_sub(oldest.year?)?);
        if span <= 0.0 {
            return None;
        }
        let change = |(before, now): (&f64, &f64)| {
            if *before > 0.0 && *now > 0.0 {
                ((now / before).powf(1.0 / span) - 1.0) * 100.0
            } else {
                f64::NAN
            }
        };
        Some(Made {
            columns: vec![oldest.name.clone(), latest.name.clone()],
            years: [oldest.year, latest.year].into_iter().flatten().collect(),
            values: oldest
                .values
                .iter()
                .zip(&latest.values)
                .map(change)
                .collect(),
        })
    }

    fn ratio(&self, ratio: &DeclaredRatio) -> Option<Made> {
        // Every part of the sums must be there: a sum without one of them would be another thing. Those
        // above are the columns at hand, of which one is enough.
        let above: Vec<&LevelColumn> = ratio.plus.iter().filter_map(|s| self.latest(s)).collect();
        let all = |stems: &[String]| -> Option<Vec<&LevelColumn>> {
            stems.iter().map(|stem| self.latest(stem)).collect()
        };
        let (taken, below) = (all(&ratio.moins)?, all(&ratio.sur)?);
        let rows = above.first()?.values.len();
        let sum = |columns: &[&LevelColumn], row: usize| -> f64 {
            columns.iter().map(|column| column.values[row]).sum()
        };
        let value = |row| {
            let under = sum(&below, row);
            let over = sum(&above, row) - sum(&taken, row);
            if under > 0.0 {
                over * ratio.fois / under
            } else {
                f64::NAN
            }
        };
        let used: Vec<&LevelColumn> = [above.as_slice(), &taken, &below].concat();
        let mut years: Vec<u16> = used.iter().filter_map(|column| column.year).collect();
        years.sort_unstable();
        years.dedup();
        Some(Made {
            columns: used.iter().map(|column| column.name.clone()).collect(),
            years,
            values: (0..rows).map(value).collect(),
        })
    }
}

/// The place of each word in an order.
fn ranked(column: &LevelColumn, order: &[String]) -> Vec<f64> {
    let places: HashMap<&str, f64> = order
        .iter()
        .map(String::as_str)
        .zip((0_u32..).map(f64::from))
        .collect();
    let place = |value: &f64| {
        let term = column
            .terms
            .get(*value as usize)
            .filter(|_| value.is_finite());
        let known = term.and_then(|term| places.get(term.as_str()));
        known.copied().unwrap_or(f64::NAN)
    };
    column.values.iter().map(place).collect()
}
