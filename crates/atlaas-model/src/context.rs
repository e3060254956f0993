//! Context of the communes: what is known of them beside their fiches (density, income, change), a
//! table of columns with one row a commune. It says who is like whom; it never holds what is compared
//! (objects of layers, labels).

mod numbers;

use crate::named::named;
use crate::{Code, Wording};
use numbers::Numbers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

named! {
    /// What a column of communes is for the territory that they make up.
    pub enum Merge {
        /// Their sum.
        Sum = "somme",
        /// Their mean, weighted by inhabitants.
        Mean = "moyenne",
        /// The same, of medians: near what the median of all would be, and said so.
        Median = "mediane",
        /// The mean of ranks, weighted by inhabitants.
        Ordinal = "ordinal",
        /// Words without an order: those of a commune alone.
        Nominal = "nominal",
        /// Nothing: it is known of communes only.
        None = "aucune",
    }
}

named! {
    /// What is done to a value before it is compared.
    pub enum Transform {
        /// Nothing.
        Plain = "aucune",
        /// Its natural logarithm: twice as much weighs the same among big ones and small ones.
        Log = "log",
    }
}

/// A column of the context.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContextColumn {
    /// Its name in the source, the year of its values behind it where there are several.
    pub name: String,
    /// What is told of it.
    pub about: ColumnAbout,
    /// The words of a nominal column; a value is the rank of its word here.
    pub terms: Vec<String>,
    values: Numbers,
}

/// What is told of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnAbout {
    /// Title for people.
    pub title: Wording,
    /// Unit of its values.
    pub unit: String,
    /// Year of its values.
    pub year: Option<u16>,
    /// Who made it.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// What it is for the territory that communes make up, where that is said.
    pub merge: Option<Merge>,
    /// What is done to its values before they are compared, when it is compared by itself.
    pub transform: Option<Transform>,
    /// How much it weighs by lens, when it is compared by itself.
    pub weights: BTreeMap<String, f64>,
}

/// The context of the communes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContextTable {
    /// Communes of today, in ascending order; each is a row of every column.
    pub communes: Vec<Code>,
    /// The columns, in the order of the source.
    pub columns: Vec<ContextColumn>,
}

impl ContextColumn {
    /// A column and its values, one a commune; NaN is a missing one.
    pub fn new(name: String, about: ColumnAbout, terms: Vec<String>, values: &[f64]) -> Self {
        Self {
            name,
            about,
            terms,
            values: Numbers::new(values),
        }
    }

    /// The same without its values and words: what is told of it.
    #[must_use]
    pub fn heading(&self) -> Self {
        Self {
            name: self.name.clone(),
            about: self.about.clone(),
            terms: Vec::new(),
            values: Numbers::default(),
        }
    }

    /// What it is for the territory that communes make up.
    pub fn merge(&self) -> Merge {
        let unsaid = if self.terms.is_empty() {
            Merge::None
        } else {
            Merge::Nominal
        };
        self.about.merge.unwrap_or(unsaid)
    }

    /// The values, one a commune; NaN is a missing one.
    pub fn values(&self) -> Vec<f64> {
        self.values.to_vec()
    }

    /// The name without the year: `population` of `population_2021`.
    pub fn stem(&self) -> &str {
        let year = |end: &str| end.len() == 4 && end.bytes().all(|byte| byte.is_ascii_digit());
        match self.name.rsplit_once('_') {
            Some((stem, end)) if year(end) => stem,
            _ => &self.name,
        }
    }

    /// The year of its values: as declared, else as its name ends.
    pub fn vintage(&self) -> Option<u16> {
        self.about.year.or_else(|| {
            let end = self.name.strip_prefix(self.stem())?;
            end.strip_prefix('_')?.parse().ok()
        })
    }
}

impl ContextTable {
    /// Whether every column has a value, or a gap, for every commune.
    pub fn is_sound(&self) -> bool {
        let rows = self.communes.len();
        self.communes.is_sorted()
            && self
                .columns
                .iter()
                .all(|column| column.values.len() == rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_with_its_year_or_has_none() {
        let column = |name: &str| {
            ContextColumn::new(name.to_owned(), ColumnAbout::default(), Vec::new(), &[])
        };
        for (name, stem, year) in [
            ("population_2021", "population", Some(2021)),
            ("densite", "densite", None),
            ("population_15_64_2021", "population_15_64", Some(2021)),
            ("population_15_64", "population_15_64", None),
        ] {
            assert_eq!(column(name).stem(), stem);
            assert_eq!(column(name).vintage(), year);
        }
    }

    #[test]
    fn a_table_with_rows_short_of_communes_is_unsound() {
        let column = ContextColumn::new("a".into(), ColumnAbout::default(), Vec::new(), &[1.0]);
        let mut table = ContextTable {
            communes: vec!["01001".parse().unwrap()],
            columns: vec![column],
        };
        assert!(table.is_sound());
        table.communes.push("01002".parse().unwrap());
        assert!(!table.is_sound());
    }
}
