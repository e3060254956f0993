//! A facet as the schema has it: its names in addresses, its values and their classes.

use super::column::{ColumnType, Wording};
use crate::{Facet, Name};
use serde::{Deserialize, Serialize};

/// A facet as the schema has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetInfo {
    /// Its public name.
    pub facet: Facet,
    /// What its values are; `None` for those that every schema has.
    pub kind: Option<ColumnType>,
    /// Title for people; empty for those that every schema has, whose titles are words of the pages.
    pub title: Wording,
    /// What it lets one ask for, for the documentation.
    pub help: Wording,
    /// The parameter that searches inside its values.
    pub(super) search: Name,
    /// The parameters of its ranges, when it is measured.
    pub(super) bounds: Option<(Name, Name)>,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// Where the classes of its numbers begin.
    pub classes: Vec<f64>,
    /// Other words by which people say the unit.
    pub spoken: Vec<String>,
    /// The kinds that have it; empty for those that every schema has.
    pub kinds: Vec<Name>,
    /// Under which name its terms are suggested while somebody types, if they are.
    pub suggested: Option<Name>,
    pub(super) telling: u16,
    pub(super) rank: u16,
}

impl FacetInfo {
    /// The parameter that searches inside its values.
    pub const fn search_parameter(&self) -> &'static str {
        self.search.as_str()
    }

    /// Whether it is filtered by ranges: of numbers, or of dates.
    pub fn is_measured(&self) -> bool {
        self.bounds.is_some()
    }

    /// Whether its values are classes: of numbers, the years of days, yes and no.
    pub fn has_classes(&self) -> bool {
        self.is_measured() || self.kind == Some(ColumnType::Boolean)
    }

    /// The parameters that say the least and the most that is wanted.
    pub fn bounds(&self) -> Option<(&'static str, &'static str)> {
        self.bounds
            .map(|(least, most)| (least.as_str(), most.as_str()))
    }

    /// Its classes, as values of the facet: `..10`, `10..20`, `20..`; each holds its lower end.
    pub fn classes(&self) -> impl Iterator<Item = String> {
        let starts = &self.classes;
        let open = (!starts.is_empty()).then(|| format!("..{}", starts[0]));
        let inner = starts
            .windows(2)
            .map(|pair| format!("{}..{}", pair[0], pair[1]));
        let last = starts.last().map(|last| format!("{last}.."));
        open.into_iter().chain(inner).chain(last)
    }

    /// The rank of the class that a number is in, among its classes.
    pub fn class_of(&self, number: f64) -> usize {
        self.classes.partition_point(|start| *start <= number)
    }

    /// A class as people read it, with the unit.
    pub fn class_name(&self, class: &str) -> Option<String> {
        let (least, most) = class
            .split_once("..")
            .filter(|_| !self.classes.is_empty())?;
        let unit = self.unit_behind();
        Some(match (least, most) {
            ("", most) => format!("moins de {}{unit}", french(most)),
            (least, "") => format!("{}{unit} et plus", french(least)),
            (least, most) => format!("{} à {}{unit}", french(least), french(most)),
        })
    }

    /// A range of its numbers as people read it, both ends included.
    pub fn range_name(&self, least: Option<f64>, most: Option<f64>) -> String {
        let unit = self.unit_behind();
        let french = |number: f64| french(&number.to_string());
        match (least, most) {
            (None, None) => String::new(),
            (Some(least), None) => format!("{}{unit} au moins", french(least)),
            (None, Some(most)) => format!("{}{unit} au plus", french(most)),
            (Some(least), Some(most)) => {
                format!("de {} à {}{unit}", french(least), french(most))
            }
        }
    }

    fn unit_behind(&self) -> String {
        let unit = self.unit.as_ref();
        unit.map_or(String::new(), |unit| format!("\u{a0}{unit}"))
    }

    /// Whether its values are words that a query names as they are: terms of a vocabulary.
    pub fn has_terms(&self) -> bool {
        self.facet == Facet::Mention || self.kind.is_some_and(ColumnType::has_terms)
    }
}

/// A number as French readers write it: thousands apart, a comma before decimals.
fn french(number: &str) -> String {
    let (sign, number) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let mut text = String::from(sign);
    for (rank, digit) in whole.chars().enumerate() {
        if rank > 0 && (whole.len() - rank) % 3 == 0 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(',');
        text.push_str(decimals);
    }
    text
}
