//! Strata: the class of inhabitants of a territory, refined by a column (the density grid), coarser
//! where too few places are in it. The rule is printed with every answer.

use crate::declared::DeclaredClasses;
use crate::table::Table;

/// How wide the cell of a territory had to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// The class of inhabitants and the exact value of the column.
    Exact,
    /// The class and the group of the value.
    Grouped,
    /// The class alone.
    Class,
    /// The class and so many beside it, on each side.
    Classes(usize),
}

/// The stratum of a territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// The least inhabitants, included.
    pub least: f64,
    /// The most, excluded; none at the top.
    pub most: Option<f64>,
    /// The values of the column, where it counts.
    pub values: Vec<i64>,
    /// How wide it is.
    pub width: Width,
    /// The fewest places that a cell needs.
    pub at_least: usize,
    /// The rows in it, the territory's own among them, in ascending order.
    pub(crate) rows: Vec<usize>,
}

impl Stratum {
    /// How many places are in it, the territory itself not counted.
    pub fn count(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }
}

/// Finds the stratum of a row; `column` is the variable that refines classes.
pub(crate) fn of(
    table: &Table,
    row: usize,
    classes: &DeclaredClasses,
    column: Option<usize>,
    at_least: usize,
) -> Option<Stratum> {
    let own = table.population[row];
    if !own.is_finite() {
        return None;
    }
    let refined = column
        .map(|column| table.value(row, column))
        .filter(|v| v.is_finite());
    let exact = refined.map(|value| value.round() as i64);
    let group = exact.and_then(|value| classes.groupes.iter().find(|g| g.contains(&value)));
    let rank = classes.bornes.partition_point(|&bound| bound <= own);
    let mut widths = Vec::new();
    if let Some(value) = exact {
        widths.push((Width::Exact, vec![value]));
    }
    if let Some(group) = group {
        widths.push((Width::Grouped, group.clone()));
    }
    widths.push((Width::Class, Vec::new()));
    widths.extend((1..=classes.bornes.len()).map(|more| (Width::Classes(more), Vec::new())));
    let cell = |(width, values): (Width, Vec<i64>)| {
        let more = if let Width::Classes(more) = width {
            more
        } else {
            0
        };
        let low = rank.saturating_sub(more);
        let least = low
            .checked_sub(1)
            .map_or(0.0, |below| classes.bornes[below]);
        let most = classes.bornes.get(rank + more).copied();
        let within = table.between(least, most.unwrap_or(f64::INFINITY)).iter();
        let within = within.map(|&row| row as usize);
        let within = within.filter(|&row| most.is_none_or(|most| table.population[row] < most));
        let alike = |&row: &usize| {
            values.is_empty()
                || column.is_some_and(|column| {
                    let value = table.value(row, column);
                    value.is_finite() && values.contains(&(value.round() as i64))
                })
        };
        let mut rows: Vec<usize> = within.filter(alike).collect();
        rows.sort_unstable();
        Stratum {
            least,
            most,
            values,
            width,
            at_least,
            rows,
        }
    };
    let mut last = None;
    for width in widths {
        let stratum = cell(width);
        if stratum.count() >= at_least {
            return Some(stratum);
        }
        last = Some(stratum);
    }
    last
}
