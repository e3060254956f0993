//! The barometer as a table: a row for everything, then one for each value or pair of values.

use crate::api::figures::barometer::answer::{AskedBarometer, share, verdict};
use crate::api::figures::free_table::FreeTable;
use crate::call::barometer;
use crate::formats::LIST;
use crate::formats::table::Cell;
use atlaas_engine as engine;
use std::borrow::Cow;

/// Columns after the values.
const FIGURES: [&str; 23] = [
    "fiches",
    "part",
    "actives",
    "participantes",
    "communes",
    "population",
    "pour_10000",
    "pour_10000_lisse",
    "pour_10000_de",
    "pour_10000_a",
    "ecart",
    "pour_10000_standardise",
    "pour_10000_standardise_de",
    "pour_10000_standardise_a",
    "part_active",
    "ecart_part_active",
    "par_active_q1",
    "par_active_mediane",
    "par_active_q3",
    "arobases_1",
    "arobases_2",
    "arobases_3",
    "arobases_4",
];
/// Columns after the objects of each layer.
const LAST: [&str; 4] = ["partielle", "parmi", "liste", "snapshot"];

/// The table of a barometer.
pub fn table(asked: &AskedBarometer<'_>) -> FreeTable {
    let found = asked.found;
    let mut columns = Vec::new();
    for dimension in &found.dimensions {
        columns.push(dimension.name.clone());
        columns.push(format!("{}_nom", dimension.name));
    }
    if columns.is_empty() {
        columns.push("ligne".to_owned());
    }
    columns.extend(FIGURES.map(str::to_owned));
    columns.push("arobases_5".to_owned());
    let layers = asked.snapshot.schema().layers().iter();
    columns.extend(layers.map(|layer| format!("objets_{}", layer.name)));
    columns.extend(LAST.map(str::to_owned));
    let cells = std::iter::once(&found.total).chain(&found.cells);
    FreeTable {
        title: asked.language.say("barometer-title").to_owned(),
        columns,
        rows: cells.map(|cell| row(asked, cell)).collect(),
    }
}

fn row(asked: &AskedBarometer<'_>, cell: &engine::Cell) -> Vec<Cell<'static>> {
    let found = asked.found;
    let mut row = Vec::new();
    for (rank, dimension) in found.dimensions.iter().enumerate() {
        let value = cell
            .at
            .get(rank)
            .and_then(|&rank| dimension.values.get(rank));
        match value {
            Some(value) => {
                row.push(text(&value.spelling));
                row.push(text(&barometer::called(value, asked.language)));
            }
            None => row.extend([text("total"), text(asked.language.say("barometer-total"))]),
        }
    }
    if row.is_empty() {
        row.push(text("total"));
    }
    let counts = &cell.counts;
    let whole = found.total.counts.sheets;
    let rate = cell.rate;
    let standing = cell.standing;
    let standard = cell.standard;
    let spread = counts.per_active;
    row.extend([
        count(counts.sheets),
        Cell::Decimal(share(counts.sheets, whole)),
        count(counts.active),
        count(counts.participating),
        count(counts.communes),
        Cell::Integer(counts.inhabitants as i64),
        decimal(rate.map(|rate| rate.raw)),
        decimal(rate.map(|rate| rate.smoothed)),
        decimal(rate.map(|rate| rate.interval.low)),
        decimal(rate.map(|rate| rate.interval.high)),
        told(rate.and_then(|rate| rate.verdict)),
        decimal(standard.map(|standard| standard.rate)),
        decimal(standard.map(|standard| standard.interval.low)),
        decimal(standard.map(|standard| standard.interval.high)),
        decimal(standing.map(|standing| standing.part)),
        told(standing.and_then(|standing| standing.verdict)),
        decimal(spread.map(|spread| spread.low)),
        decimal(spread.map(|spread| spread.median)),
        decimal(spread.map(|spread| spread.high)),
    ]);
    row.extend(counts.levels.map(count));
    let layers = asked.snapshot.schema().layers().len();
    row.extend((0..layers).map(|rank| count(counts.contents.get(rank).copied().unwrap_or(0))));
    let list = cell.query.as_ref();
    let list = list.map(|query| format!("{}{LIST}?{}", asked.base, query.canonical()));
    row.extend([
        text(if found.is_partial(cell) { "oui" } else { "non" }),
        text(barometer::AMONG[usize::from(asked.ask.of_all)]),
        list.as_deref().map_or(Cell::Empty, text),
        text(asked.snapshot.id()),
    ]);
    row
}

fn text(text: &str) -> Cell<'static> {
    Cell::Text(Cow::Owned(text.to_owned()))
}

fn count(count: u32) -> Cell<'static> {
    Cell::Integer(i64::from(count))
}

fn decimal(number: Option<f64>) -> Cell<'static> {
    number.map_or(Cell::Empty, |number| {
        Cell::Decimal((number * 1e4).round() / 1e4)
    })
}

fn told(found: Option<engine::Verdict>) -> Cell<'static> {
    found.map_or(Cell::Empty, |found| text(verdict(found)))
}
