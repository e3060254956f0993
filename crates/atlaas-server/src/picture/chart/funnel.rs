//! A funnel: each place by what its rate is out of, between the limits that chance alone would keep to.
//!
//! Spiegelhalter 2005: instead of a ranking, which is mostly noise where numbers are small.

use super::marks::{Dot, LINE, Limit, WIDTH, short, write_text};
use std::fmt::Write as _;

const HEIGHT: f64 = 320.0;
const LEFT: f64 = 56.0;
/// Room that a name takes.
const NAME: (f64, f64) = (150.0, 16.0);
/// Most places outside that are named.
const NAMED: usize = 12;

/// Height and body of the chart.
pub fn draw(
    dots: &[Dot],
    limits: &[Limit],
    (pooled, told): &(f64, String),
    (across, up): &(String, String),
) -> (f64, String) {
    let known = |dot: &&Dot| dot.base > 0.0 && dot.base.is_finite() && dot.rate.is_finite();
    let dots: Vec<&Dot> = dots.iter().filter(known).collect();
    let scale = Scale::of(&dots, *pooled);
    let mut body = format!(
        "<path d=\"M{LEFT} {LINE}V{HEIGHT}H{WIDTH}\" fill=\"none\" stroke=\"currentColor\" opacity=\"0.5\"/>"
    );
    draw_limits(&mut body, limits, &scale);
    let (_, middle) = scale.place(scale.bases.0, *pooled);
    let _ = write!(
        body,
        "<path d=\"M{LEFT} {middle:.1}H{WIDTH}\" stroke=\"currentColor\"/>"
    );
    write_text(&mut body, (LEFT - 6.0, middle + 5.0), "end", told);
    draw_dots(&mut body, &dots, &scale);
    write_text(&mut body, (WIDTH - 4.0, HEIGHT + 18.0), "end", across);
    write_text(&mut body, (4.0, 14.0), "start", up);
    (HEIGHT + LINE + 6.0, body)
}

/// Places: small within chance, large outside; those far outside by their names, as far as there is room.
fn draw_dots(body: &mut String, dots: &[&Dot], scale: &Scale) {
    let mut ways = [String::new(), String::new()];
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for dot in dots {
        let (x, y) = scale.place(dot.base, dot.rate);
        let _ = write!(ways[usize::from(dot.outside > 0)], "M{x:.0} {y:.0}h.1");
        let free = taken
            .iter()
            .all(|(a, b)| (a - x).abs() > NAME.0 || (b - y).abs() > NAME.1);
        if dot.outside == 2 && free && taken.len() < NAMED {
            taken.push((x, y));
            let (anchor, beside) = if x > WIDTH * 0.75 {
                ("end", -7.0)
            } else {
                ("start", 7.0)
            };
            write_text(body, (x + beside, y + 4.0), anchor, &short(&dot.name, 24));
        }
    }
    for (way, width) in ways.iter().zip([4, 8]) {
        let _ = write!(
            body,
            "<path d=\"{way}\" fill=\"none\" stroke=\"currentColor\" stroke-linecap=\"round\" stroke-width=\"{width}\"/>"
        );
    }
}

/// The four limits, the inner ones dashed, the outer ones dotted.
fn draw_limits(body: &mut String, limits: &[Limit], scale: &Scale) {
    let (least, most) = scale.bases;
    let limits = limits
        .iter()
        .filter(|limit| limit.base >= least && limit.base <= most);
    let mut ways = [const { String::new() }; 4];
    for limit in limits {
        let bounds = [limit.inner.0, limit.inner.1, limit.outer.0, limit.outer.1];
        for (way, bound) in ways.iter_mut().zip(bounds) {
            let (x, y) = scale.place(limit.base, bound);
            let _ = write!(
                way,
                "{}{x:.1} {y:.1}",
                if way.is_empty() { 'M' } else { 'L' }
            );
        }
    }
    for (way, dashes) in ways.iter().zip(["4 3", "4 3", "1 3", "1 3"]) {
        let _ = write!(
            body,
            "<path d=\"{way}\" fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"{dashes}\"/>"
        );
    }
}

/// Bases by their logarithm, rates as they are.
struct Scale {
    bases: (f64, f64),
    most: f64,
}

impl Scale {
    fn of(dots: &[&Dot], pooled: f64) -> Self {
        let least = dots
            .iter()
            .map(|dot| dot.base)
            .fold(f64::INFINITY, f64::min);
        let most = dots.iter().map(|dot| dot.base).fold(0.0_f64, f64::max);
        let rate = dots.iter().map(|dot| dot.rate).fold(pooled, f64::max);
        let bases = if most > 0.0 {
            (least * 0.8, most * 1.25)
        } else {
            (1.0, 10.0)
        };
        Self {
            bases,
            most: if rate > 0.0 { rate * 1.1 } else { 1.0 },
        }
    }

    fn place(&self, base: f64, rate: f64) -> (f64, f64) {
        let (least, most) = self.bases;
        let part = (base / least).ln() / (most / least).ln();
        let x = LEFT + part * (WIDTH - LEFT);
        let y = HEIGHT - (rate / self.most).clamp(0.0, 1.0) * (HEIGHT - LINE);
        (x, y)
    }
}
