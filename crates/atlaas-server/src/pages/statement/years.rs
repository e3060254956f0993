//! The years of a territory: a line, and whether the last whole year differs from the one before by more
//! than chance.

use crate::pages::barometer::charts;
use crate::pages::layout::frame::Frame;
use crate::picture::chart::Caption;
use crate::words::message::Message;
use atlaas_engine::{Barometer, Counted, differ};
use std::collections::BTreeMap;

/// What is told of the years.
pub struct YearsPart {
    /// The chart.
    pub chart: String,
    /// The change, in a sentence; empty where two years are not known.
    pub change: String,
    /// What is said of the year that the sources know in part.
    pub partial: String,
}

/// Of figures by year; `None` without any.
pub fn told(frame: &Frame, found: &Barometer) -> Option<YearsPart> {
    let lang = frame.lang;
    let (name, chart) = charts::charts(frame, found).into_iter().next()?;
    let title = lang.tell(&Message::new(name).with("by", lang.say("page-year").to_lowercase()));
    let partial = found
        .present
        .map(|year| Message::new("barometer-partial").with("year", year));
    Some(YearsPart {
        chart: chart.inline(&Caption {
            title: &title,
            description: lang.say("barometer-chart-beside"),
            source: "",
        }),
        change: change(frame, found).unwrap_or_default(),
        partial: partial.map_or_else(String::new, |message| lang.tell(&message)),
    })
}

/// The last whole year beside the one before.
fn change(frame: &Frame, found: &Barometer) -> Option<String> {
    let whole = found.cells.iter().filter(|cell| !found.is_partial(cell));
    let years = whole.filter_map(|cell| {
        let (_, value) = found.values(cell).next()?;
        Some((value.spelling.parse::<u16>().ok()?, cell.counts.sheets))
    });
    let years: BTreeMap<u16, u32> = years.collect();
    let last = years.keys().next_back().copied();
    let year = found
        .present
        .and_then(|year| year.checked_sub(1))
        .or(last)?;
    let before = year.checked_sub(1)?;
    let of = |year: u16| years.get(&year).copied().unwrap_or(0);
    let (now, then) = (of(year), of(before));
    // One territory, the same inhabitants: only the counts differ.
    let counted = |sheets: u32| Counted::new(sheets, 1.0);
    let beyond = differ(&counted(now)?, &counted(then)?)?;
    let lang = frame.lang;
    let verdict = if beyond {
        "statement-beyond"
    } else {
        "statement-within"
    };
    let change = i64::from(now) - i64::from(then);
    let sign = if change > 0 { "+" } else { "" };
    let message = Message::new("statement-change")
        .with("year", year)
        .with("now", lang.number(now.into()))
        .with("before", before)
        .with("then", lang.number(then.into()))
        .with(
            "change",
            format!("{sign}{}", lang.measure(change as f64, None)),
        )
        .with("verdict", lang.say(verdict));
    Some(lang.tell(&message))
}
