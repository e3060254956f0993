//! A measure of a barometer on the territories of a level: each in one of three states, those that have
//! something in classes. The classes of one year are those of all years, so that maps of years compare.

use crate::recipes::barometer::{Barometer, BarometerAsk, Cell};
use crate::recipes::search::QueryError;
use crate::snapshot::Snapshot;
use atlaas_compare::classes;
use atlaas_model::{Facet, Level};
use atlaas_search::Query;

/// Classes of a map, beside the two states without a value.
pub const MAP_CLASSES: usize = 5;

/// What a map can show of each territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Objects.
    Sheets,
    /// Objects for 10,000 inhabitants, shrunk.
    Rate,
    /// Active communes out of those that figures are out of, in per cent.
    Active,
}

impl Measure {
    /// All of them, in the order in which people see them.
    pub const ALL: [Self; 3] = [Self::Sheets, Self::Rate, Self::Active];

    /// What it is of a cell.
    fn of(self, cell: &Cell) -> Option<f64> {
        match self {
            Self::Sheets => Some(f64::from(cell.counts.sheets)),
            Self::Rate => cell.rate.map(|rate| rate.smoothed),
            Self::Active => cell.standing.map(|standing| standing.part * 100.0),
        }
    }
}

/// What is told of a territory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AreaState {
    /// It takes part and has some: the value, and the rank of its class.
    Has(f64, usize),
    /// It takes part and has none.
    Nothing,
    /// It does not take part.
    Absent,
}

/// A map of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Choropleth {
    /// Level of the territories.
    pub level: Level,
    /// What is shown.
    pub measure: Measure,
    /// The figures behind it, one cell a territory.
    pub figures: Barometer,
    /// The state of the territory of each cell.
    pub states: Vec<AreaState>,
    /// Lowest and highest value of each class, the lowest first.
    pub classes: Vec<(f64, f64)>,
    /// Whether the classes are those of all years.
    pub of_all_years: bool,
    /// Whether every commune of the country is counted: a territory without a cell does not take part then.
    pub is_whole: bool,
}

impl Choropleth {
    /// Code and state of each territory, with its cell.
    pub fn areas(&self) -> impl Iterator<Item = (&str, AreaState, &Cell)> {
        let told = self.figures.cells.iter().zip(&self.states);
        told.filter_map(|(cell, state)| {
            let (_, value) = self.figures.values(cell).next()?;
            Some((value.spelling.as_str(), *state, cell))
        })
    }
}

impl Choropleth {
    /// Codes of the territories that do not take part; `None` where these are all that have no other state.
    pub fn absent(&self) -> Option<Vec<&str>> {
        let absent = self
            .areas()
            .filter(|(_, state, _)| *state == AreaState::Absent);
        (!self.is_whole).then(|| absent.map(|(code, ..)| code).collect())
    }
}

impl Snapshot {
    /// A measure of what a query matches, on the territories of a level.
    pub fn choropleth(
        &self,
        (query, of_all): (&Query, bool),
        measure: Measure,
        level: Level,
    ) -> Result<Choropleth, QueryError> {
        let ask = |query: Query, also: Option<Facet>| BarometerAsk {
            query,
            by: std::iter::once(level.as_str())
                .chain(also.map(Facet::as_str))
                .map(str::to_owned)
                .collect(),
            of_all,
            standardised: false,
        };
        let figures = self.barometer(&ask(query.clone(), None))?;
        let mut pooled = None;
        // Communes of all years are more cells than a figure is told of.
        if let Some(year) = self.single_year(query).filter(|_| level != Level::Commune) {
            let mut all = query.clone();
            all.years.remove(&year);
            pooled = Some(self.barometer(&ask(all, Some(year)))?);
        }
        let of_all_years = pooled.is_some();
        let valued = |cell: &Cell| (cell.counts.sheets > 0).then(|| measure.of(cell)).flatten();
        let of = pooled.as_ref().unwrap_or(&figures);
        let cut = classes(of.cells.iter().filter_map(valued), MAP_CLASSES);
        let state = |cell: &Cell| match (valued(cell), &cut) {
            (Some(value), Some(cut)) => AreaState::Has(value, cut.rank(value)),
            _ if cell.counts.participating > 0 => AreaState::Nothing,
            _ => AreaState::Absent,
        };
        let is_whole = figures.total.counts.communes as usize == self.communes().count();
        let states = figures.cells.iter().map(state).collect();
        let cut = cut.map(|cut| cut.lows.into_iter().zip(cut.highs).collect());
        Ok(Choropleth {
            level,
            measure,
            states,
            figures,
            classes: cut.unwrap_or_default(),
            of_all_years,
            is_whole,
        })
    }

    /// The facet of years when a query asks for one year and no other.
    fn single_year(&self, query: &Query) -> Option<Facet> {
        let facet = self.schema().year_facet()?;
        match query.years.get(&facet)?.as_slice() {
            [span] if span.start() == span.end() => Some(facet),
            _ => None,
        }
    }
}
