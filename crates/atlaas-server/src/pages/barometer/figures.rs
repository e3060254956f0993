//! The figures of a barometer as people read them: a row for each value, or a grid for pairs of values.

use crate::call::barometer;
use crate::pages::layout::frame::Frame;
use crate::words::message::Message;
use atlaas_engine::{Barometer, Cell, Interval, Verdict};

/// Rows that a page lists; tables of data have them all.
const MOST_ROWS: usize = 120;
/// Columns of a grid.
const MOST_COLUMNS: usize = 16;
/// Rows of a grid.
const MOST_LINES: usize = 40;

/// A value with its figures.
pub struct FigureRow {
    /// Its name.
    pub name: String,
    /// Whether it is the year of the sources.
    pub partial: bool,
    /// Objects, and their list; empty where no query says it.
    pub sheets: (String, String),
    /// Part of all.
    pub part: String,
    /// Active communes, out of those that the part is of.
    pub active: String,
    /// Objects for 10,000 inhabitants, shrunk, with the interval.
    pub rate: String,
    /// The rate with the composition of all; empty where that is not asked for.
    pub standard: String,
    /// Whether that differs by more than chance.
    pub verdict: &'static str,
    /// Objects of an active commune: median and quartiles.
    pub per_active: String,
}

/// A table of two dimensions.
pub struct FigureGrid {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Name of a row, then objects and their list under each column.
    pub lines: Vec<(String, Vec<(String, String)>)>,
    /// Whether some of it is left out.
    pub cut: bool,
}

/// Everything in one sentence, never one number alone; `of_all` is whether rates are out of all communes.
pub fn lead(frame: &Frame, found: &Barometer, of_all: bool) -> String {
    let counts = &found.total.counts;
    let number = |n: u32| frame.lang.number(n.into());
    let name = if of_all {
        "barometer-lead-all"
    } else {
        "barometer-lead"
    };
    let message = Message::new(name)
        .count("n", counts.sheets)
        .with("active", number(counts.active))
        .with("participating", number(counts.participating))
        .with("communes", number(counts.communes));
    frame.lang.tell(&message)
}

/// What makes them.
pub struct Figures<'a> {
    /// The page.
    pub frame: &'a Frame,
    /// What was counted.
    pub found: &'a Barometer,
    /// Whether rates are out of all communes.
    pub of_all: bool,
}

impl Figures<'_> {
    /// The figures of everything.
    pub fn total(&self) -> FigureRow {
        self.total_as(self.frame.lang.say("barometer-total").to_owned())
    }

    /// The same under a name.
    pub fn total_as(&self, name: String) -> FigureRow {
        self.row(name, &self.found.total)
    }

    /// A row for each value of the one dimension, and how many are left out.
    pub fn rows(&self) -> (Vec<FigureRow>, usize) {
        let cells = &self.found.cells;
        let rows = cells
            .iter()
            .take(MOST_ROWS)
            .map(|cell| self.row(self.name(cell), cell));
        (rows.collect(), cells.len().saturating_sub(MOST_ROWS))
    }

    /// The name of the first value of a cell.
    fn name(&self, cell: &Cell) -> String {
        let value = self.found.values(cell).next();
        value.map_or_else(String::new, |(_, value)| {
            barometer::called(value, self.frame.lang)
        })
    }

    /// The figures of a cell under a name.
    pub fn row(&self, name: String, cell: &Cell) -> FigureRow {
        let lang = self.frame.lang;
        let counts = &cell.counts;
        let number = |n: u32| lang.number(n.into());
        let whole = if self.of_all {
            counts.communes
        } else {
            counts.participating
        };
        let told = |rate: f64, interval: Interval| {
            let message = Message::new("barometer-rate")
                .with("rate", lang.figure(rate))
                .with("low", lang.figure(interval.low))
                .with("high", lang.figure(interval.high));
            lang.tell(&message)
        };
        let rate = cell.rate.map(|rate| told(rate.smoothed, rate.interval));
        let standard = cell.standard.map(|one| told(one.rate, one.interval));
        let active = Message::new("barometer-active-of")
            .with("n", number(counts.active))
            .with("all", number(whole));
        let verdict = cell.rate.and_then(|rate| rate.verdict);
        FigureRow {
            name,
            partial: self.found.is_partial(cell),
            sheets: (number(counts.sheets), self.list(cell)),
            part: self.percent(counts.sheets, self.found.total.counts.sheets),
            active: lang.tell(&active),
            rate: rate.unwrap_or_else(|| "–".to_owned()),
            standard: standard.unwrap_or_default(),
            verdict: match verdict {
                None => "",
                Some(Verdict::Within) => lang.say("barometer-within"),
                Some(Verdict::Beyond95) => lang.say("barometer-beyond-95"),
                Some(Verdict::Beyond998) => lang.say("barometer-beyond-998"),
            },
            per_active: counts.per_active.map_or_else(
                || "–".to_owned(),
                |spread| {
                    let message = Message::new("compare-spread")
                        .with("median", lang.figure(spread.median))
                        .with("low", lang.figure(spread.low))
                        .with("high", lang.figure(spread.high));
                    lang.tell(&message)
                },
            ),
        }
    }

    fn list(&self, cell: &Cell) -> String {
        let query = cell.query.as_ref().filter(|_| cell.counts.sheets > 0);
        query.map_or_else(String::new, |query| self.frame.explorer(&query.canonical()))
    }

    fn percent(&self, part: u32, whole: u32) -> String {
        let percent = f64::from(part) * 100.0 / f64::from(whole.max(1));
        self.frame
            .lang
            .measure((percent * 10.0).round() / 10.0, Some("%"))
    }

    /// The pairs of values as a grid; the values that hold most where there are too many.
    pub fn grid(&self) -> Option<FigureGrid> {
        let [one, two] = self.found.dimensions.as_slice() else {
            return None;
        };
        let kept = [self.kept(0, MOST_LINES), self.kept(1, MOST_COLUMNS)];
        let named = |which: usize, rank: usize| {
            let value = &self.found.dimensions[which].values[rank];
            let name = barometer::called(value, self.frame.lang);
            if value.partial {
                format!("{name}\u{a0}*")
            } else {
                name
            }
        };
        let at = |a: usize, b: usize| {
            let cell = self.found.cell(&[a, b]);
            cell.map_or_else(
                || ("0".to_owned(), String::new()),
                |cell| {
                    (
                        self.frame.lang.number(cell.counts.sheets.into()),
                        self.list(cell),
                    )
                },
            )
        };
        let lines = kept[0].iter().map(|&a| {
            let cells = kept[1].iter().map(|&b| at(a, b));
            (named(0, a), cells.collect())
        });
        Some(FigureGrid {
            columns: kept[1].iter().map(|&b| named(1, b)).collect(),
            lines: lines.collect(),
            cut: self.there(0).len() > MOST_LINES || self.there(1).len() > MOST_COLUMNS,
        })
        .filter(|_| !one.values.is_empty() && !two.values.is_empty())
    }

    /// Ranks of the values of a dimension that have anything, with how much.
    fn there(&self, which: usize) -> Vec<(usize, u32)> {
        let mut sums: std::collections::BTreeMap<usize, u32> = std::collections::BTreeMap::new();
        for cell in &self.found.cells {
            *sums.entry(cell.at[which]).or_default() += cell.counts.sheets;
        }
        sums.into_iter().collect()
    }

    /// Those that are shown, in their own order.
    fn kept(&self, which: usize, most: usize) -> Vec<usize> {
        let mut there = self.there(which);
        let of_years = self.found.dimensions[which].of_years;
        if !of_years {
            there.sort_by_key(|(rank, sum)| (std::cmp::Reverse(*sum), *rank));
        }
        there.truncate(most);
        let mut ranks: Vec<usize> = there.into_iter().map(|(rank, _)| rank).collect();
        ranks.sort_unstable();
        ranks
    }
}
