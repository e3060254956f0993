//! Which chart tells which figures: years as a line, places as a funnel, everything else as bars.

use crate::call::barometer;
use crate::pages::layout::frame::Frame;
use crate::picture::chart::{Chart, Dot, Limit, Mark};
use atlaas_engine::{Barometer, Cell, RATE_OF, Verdict, rate_limits};

/// Bars of a chart.
const MOST_BARS: usize = 30;
/// Years of a line.
const MOST_YEARS: usize = 40;
/// Points along each limit of a funnel.
const STEPS: u32 = 60;

/// The charts of a table of one dimension, with the message that calls each.
pub fn charts(frame: &Frame, found: &Barometer) -> Vec<(&'static str, Chart)> {
    let [dimension] = found.dimensions.as_slice() else {
        return Vec::new();
    };
    let marks = marks(frame, found);
    if dimension.of_years {
        let mut years = marks;
        years.sort_by(|a, b| b.name.cmp(&a.name));
        years.truncate(MOST_YEARS);
        years.reverse();
        return vec![("barometer-chart-years", Chart::Lines(years))];
    }
    let mut bars = marks;
    bars.truncate(MOST_BARS);
    let mut all = vec![("barometer-chart-bars", Chart::Bars(bars))];
    if dimension.of_communes && found.cells.len() > 2 {
        all.extend(funnel(frame, found).map(|chart| ("barometer-chart-funnel", chart)));
    }
    all
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
