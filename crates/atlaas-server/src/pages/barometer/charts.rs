//! Which chart tells which figures: years as a line, places as a strip and a funnel, values by year as small
//! multiples, everything else as bars.

use crate::call::barometer;
use crate::pages::layout::frame::Frame;
use crate::picture::chart::{Chart, Dot, Limit, Mark, Panel, StripMarks};
use atlaas_engine::{Barometer, Cell, Quartiles, RATE_OF, Verdict, rate_limits};

/// Bars of a chart.
const MOST_BARS: usize = 30;
/// Years of a line.
const MOST_YEARS: usize = 40;
/// Panels of small multiples.
const MOST_PANELS: usize = 16;
/// Points along each limit of a funnel.
const STEPS: u32 = 60;

/// The charts of a table of one dimension, with the message that calls each.
pub fn charts(frame: &Frame, found: &Barometer) -> Vec<(&'static str, Chart)> {
    let [dimension] = found.dimensions.as_slice() else {
        let panels = panels(frame, found).into_iter();
        return panels
            .map(|chart| ("barometer-chart-panels", chart))
            .collect();
    };
    let marks = marks(frame, found);
    if dimension.of_years {
        return vec![("barometer-chart-years", Chart::Lines(line(marks)))];
    }
    let mut all = Vec::new();
    // A part of many places would look like all of them: the strip and the funnel have all.
    if !dimension.of_communes || marks.len() <= MOST_BARS {
        let mut bars = marks;
        bars.truncate(MOST_BARS);
        all.push(("barometer-chart-bars", Chart::Bars(bars)));
    }
    if dimension.of_communes && found.cells.len() > 2 {
        all.extend(strip(frame, found).map(|chart| ("barometer-chart-strip", chart)));
        all.extend(funnel(frame, found).map(|chart| ("barometer-chart-funnel", chart)));
    }
    all
}

/// Years in their order, the last ones; those in which nothing was done stand between the others as 0.
fn line(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by(|a, b| a.name.cmp(&b.name));
    let mut years: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        let year = |mark: &Mark| mark.name.parse::<u16>().ok();
        let before = years.last().and_then(year);
        let gap = before.zip(year(&mark)).map(|(before, now)| before + 1..now);
        // Years are bounded where they are read.
        let nothing = gap.into_iter().flatten().map(|year| Mark {
            name: year.to_string(),
            value: 0.0,
            told: "0".to_owned(),
            partial: false,
        });
        years.extend(nothing.collect::<Vec<_>>());
        years.push(mark);
    }
    let beyond = years.len().saturating_sub(MOST_YEARS);
    years.drain(..beyond);
    years
}

/// The values that have most, each by year; `None` where neither dimension is of years, or both are.
fn panels(frame: &Frame, found: &Barometer) -> Option<Chart> {
    let [one, two] = found.dimensions.as_slice() else {
        return None;
    };
    let (values, years, swapped) = match (one.of_years, two.of_years) {
        (false, true) => (one, two, false),
        (true, false) => (two, one, true),
        _ => return None,
    };
    let cell = |value: usize, year: usize| {
        let at = if swapped {
            [year, value]
        } else {
            [value, year]
        };
        found.cell(&at).map_or(0, |cell| cell.counts.sheets)
    };
    let mut spans: Vec<usize> = (0..years.values.len()).collect();
    spans.sort_by(|&a, &b| years.values[a].spelling.cmp(&years.values[b].spelling));
    let spans = &spans[spans.len().saturating_sub(MOST_YEARS)..];
    let mut kept: Vec<(usize, u32)> = (0..values.values.len())
        .map(|value| (value, spans.iter().map(|&year| cell(value, year)).sum()))
        .filter(|(_, sum)| *sum > 0)
        .collect();
    kept.sort_by_key(|(rank, sum)| (std::cmp::Reverse(*sum), *rank));
    kept.truncate(MOST_PANELS);
    let panel = |&(value, _): &(usize, u32)| Panel {
        name: barometer::called(&values.values[value], frame.lang),
        marks: spans
            .iter()
            .map(|&year| {
                let sheets = cell(value, year);
                Mark {
                    name: barometer::called(&years.values[year], frame.lang),
                    value: sheets.into(),
                    told: frame.lang.number(sheets.into()),
                    partial: years.values[year].partial,
                }
            })
            .collect(),
    };
    (!kept.is_empty()).then(|| Chart::Panels(kept.iter().map(panel).collect()))
}

fn marks(frame: &Frame, found: &Barometer) -> Vec<Mark> {
    let mark = |cell: &Cell| {
        let (_, value) = found.values(cell).next()?;
        Some(Mark {
            name: barometer::called(value, frame.lang),
            value: cell.counts.sheets.into(),
            told: frame.lang.number(cell.counts.sheets.into()),
            partial: value.partial,
        })
    };
    found.cells.iter().filter_map(mark).collect()
}

/// How the shrunk rates of places spread.
fn strip(frame: &Frame, found: &Barometer) -> Option<Chart> {
    let rates = found.cells.iter().filter_map(|cell| cell.rate);
    let values: Vec<f64> = rates.map(|rate| rate.smoothed).collect();
    let quartiles = Quartiles::of(values.iter().copied())?;
    let told = |value: f64| (value, frame.lang.figure(value));
    let most = values.iter().copied().fold(0.0_f64, f64::max);
    Some(Chart::Strip(StripMarks {
        quartiles: [quartiles.low, quartiles.median, quartiles.high].map(told),
        most: frame.lang.figure(most),
        axis: frame.lang.say("barometer-per-inhabitants").to_owned(),
        values,
    }))
}

fn funnel(frame: &Frame, found: &Barometer) -> Option<Chart> {
    let dot = |cell: &Cell| {
        let rate = cell.rate?;
        let (_, value) = found.values(cell).next()?;
        Some(Dot {
            name: barometer::called(value, frame.lang),
            base: cell.counts.inhabitants,
            rate: rate.raw,
            outside: match rate.verdict {
                Some(Verdict::Beyond998) => 2,
                Some(Verdict::Beyond95) => 1,
                Some(Verdict::Within) | None => 0,
            },
        })
    };
    let dots: Vec<Dot> = found.cells.iter().filter_map(dot).collect();
    let (sheets, people) = found.cells.iter().filter(|cell| cell.rate.is_some()).fold(
        (0.0, 0.0),
        |(sheets, people), cell| {
            let counts = &cell.counts;
            (
                sheets + f64::from(counts.sheets),
                people + counts.inhabitants,
            )
        },
    );
    if dots.len() < 3 || people <= 0.0 {
        return None;
    }
    let pooled = sheets / people;
    let least = dots
        .iter()
        .map(|dot| dot.base)
        .fold(f64::INFINITY, f64::min)
        * 0.8;
    let most = dots.iter().map(|dot| dot.base).fold(0.0_f64, f64::max) * 1.25;
    let limit = |step: u32| {
        let part = f64::from(step) / f64::from(STEPS);
        let base = least * (most / least).powf(part);
        let limits = rate_limits(pooled, base)?;
        let scaled =
            |interval: atlaas_engine::Interval| (interval.low * RATE_OF, interval.high * RATE_OF);
        Some(Limit {
            base,
            inner: scaled(limits.at_95),
            outer: scaled(limits.at_998),
        })
    };
    let rate = pooled * RATE_OF;
    Some(Chart::Funnel {
        dots,
        limits: (0..=STEPS).filter_map(limit).collect(),
        pooled: (rate, frame.lang.figure(rate)),
        axes: (
            frame.lang.say("barometer-axis-inhabitants").to_owned(),
            frame.lang.say("barometer-per-inhabitants").to_owned(),
        ),
    })
}
