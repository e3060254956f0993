//! What charts are made of: figures under names, places, limits, and texts at a place.

use crate::words::escape::escape;
use std::fmt::Write as _;

/// Width of every chart, in its own units.
pub(super) const WIDTH: f64 = 720.0;
/// Height of a line of text.
pub(super) const LINE: f64 = 22.0;

/// A figure under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its name.
    pub name: String,
    /// Its figure.
    pub value: f64,
    /// The figure as people write it.
    pub told: String,
    /// Whether it is known in part.
    pub partial: bool,
}

/// A place in a funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its name, told beside it when it lies outside.
    pub name: String,
    /// What its rate is out of.
    pub base: f64,
    /// Its rate.
    pub rate: f64,
    /// How far outside it lies: 0 within chance, 1 beyond 95 %, 2 beyond 99.8 %.
    pub outside: u8,
}

/// Limits of a funnel at one base: the outer ones and the inner ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// Where on the axis of bases.
    pub base: f64,
    /// 95 %: low and high.
    pub inner: (f64, f64),
    /// 99.8 %: low and high.
    pub outer: (f64, f64),
}

/// A text at a place.
pub(super) fn write_text(out: &mut String, (x, y): (f64, f64), anchor: &str, text: &str) {
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        escape(text)
    );
}

/// A name of at most so many characters.
pub(super) fn short(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut cut: String = name.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}
