//! A strip: every place as a stroke on one axis, with the middle half of them and their median; it shows how
//! they spread, and puts none before another.

use super::marks::{LINE, WIDTH, write_text};
use std::fmt::Write as _;

const LEFT: f64 = 8.0;
/// Where the axis lies, and how high strokes stand.
const AXIS: f64 = 66.0;
const STROKE: f64 = 30.0;

/// What is spread along the axis.
pub struct StripMarks {
    /// A value a place.
    pub values: Vec<f64>,
    /// First quartile, median, third quartile, each as people write it too.
    pub quartiles: [(f64, String); 3],
    /// The greatest value, as people write it.
    pub most: String,
    /// What the axis is.
    pub axis: String,
}

/// Height and body of the chart.
pub fn draw(spread: &StripMarks) -> (f64, String) {
    let known = spread
        .values
        .iter()
        .copied()
        .filter(|value| value.is_finite());
    let most = known.clone().fold(0.0_f64, f64::max);
    let scale = if most > 0.0 { most } else { 1.0 };
    let right = WIDTH - LEFT;
    let place = |value: f64| LEFT + value.clamp(0.0, scale) / scale * (right - LEFT);
    let mut way = String::new();
    for value in known {
        let _ = write!(way, "M{:.0} {AXIS}v-{STROKE}", place(value));
    }
    let [low, middle, high] = spread.quartiles.each_ref().map(|(value, _)| place(*value));
    let mut body = format!(
        "<path d=\"M{LEFT} {AXIS}H{right}\" stroke=\"currentColor\"/><rect x=\"{low:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{STROKE}\" opacity=\"0.2\"/><path d=\"{way}\" stroke=\"currentColor\" opacity=\"0.6\"/><path d=\"M{middle:.1} {AXIS}v-{:.1}\" stroke=\"currentColor\" stroke-width=\"3\"/>",
        AXIS - STROKE,
        (high - low).max(0.0),
        STROKE + 8.0,
    );
    write_text(&mut body, (LEFT, AXIS + 18.0), "start", "0");
    write_text(&mut body, (right, AXIS + 18.0), "end", &spread.most);
    let told = spread.quartiles.each_ref().map(|(_, told)| told.as_str());
    let told = format!("{} · {} · {}", told[0], told[1], told[2]);
    let anchor = match middle / WIDTH {
        near if near < 0.15 => "start",
        far if far > 0.85 => "end",
        _ => "middle",
    };
    write_text(&mut body, (middle, AXIS - STROKE - 14.0), anchor, &told);
    write_text(
        &mut body,
        (WIDTH / 2.0, AXIS + 18.0),
        "middle",
        &spread.axis,
    );
    (AXIS + LINE + 6.0, body)
}
