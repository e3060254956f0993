//! Small multiples: one small line a value, all on one scale, so that their heights compare.

use super::lines::write_path;
use super::marks::{LINE, Mark, WIDTH, short, write_text};
use std::fmt::Write as _;

/// Panels in a row.
const ACROSS: usize = 4;
const HEIGHT: f64 = 96.0;
const GAP: f64 = 16.0;

/// A panel: a value and its years.
pub struct Panel {
    /// Name of the value.
    pub name: String,
    /// A figure a year.
    pub marks: Vec<Mark>,
}

/// Height and body of the chart.
pub fn draw(panels: &[Panel]) -> (f64, String) {
    let values = panels.iter().flat_map(|panel| &panel.marks);
    let most = values.map(|mark| mark.value).fold(1.0_f64, f64::max);
    let width = (WIDTH + GAP) / ACROSS as f64 - GAP;
    let mut body = String::new();
    for (rank, panel) in panels.iter().enumerate() {
        let left = (rank % ACROSS) as f64 * (width + GAP);
        let top = (rank / ACROSS) as f64 * (HEIGHT + 2.0 * LINE);
        let _ = write!(body, "<g transform=\"translate({left:.1} {top:.1})\">");
        draw_panel(&mut body, panel, most, width);
        body.push_str("</g>");
    }
    let rows = panels.len().div_ceil(ACROSS) as f64;
    (rows * (HEIGHT + 2.0 * LINE) + 4.0, body)
}

fn draw_panel(body: &mut String, panel: &Panel, most: f64, width: f64) {
    let foot = HEIGHT + 4.0;
    let step = width / panel.marks.len().saturating_sub(1).max(1) as f64;
    let place = |(rank, mark): (usize, &Mark)| {
        let height = mark.value.max(0.0) / most * (HEIGHT - 2.0 * LINE + 8.0);
        (rank as f64 * step, foot - height)
    };
    write_text(body, (0.0, 14.0), "start", &short(&panel.name, 20));
    let _ = write!(
        body,
        "<path d=\"M0 {foot:.1}H{width:.1}\" stroke=\"currentColor\" opacity=\"0.5\"/>"
    );
    let places: Vec<(f64, f64)> = panel.marks.iter().enumerate().map(place).collect();
    let whole = panel.marks.iter().take_while(|mark| !mark.partial).count();
    write_path(body, &places[..whole], "");
    // A year that is known in part hangs on a dashed line.
    write_path(
        body,
        &places[whole.saturating_sub(1)..],
        " stroke-dasharray=\"4 4\"",
    );
    let (Some(first), Some(last)) = (panel.marks.first(), panel.marks.last()) else {
        return;
    };
    write_text(body, (0.0, foot + 16.0), "start", &first.name);
    if panel.marks.len() > 1 {
        write_text(body, (width, foot + 16.0), "end", &last.name);
    }
    let highest = panel.marks.iter().enumerate();
    let highest = highest.max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    if let Some((rank, mark)) = highest {
        let (x, y) = place((rank, mark));
        let anchor = match x / width {
            left if left < 0.25 => "start",
            right if right > 0.75 => "end",
            _ => "middle",
        };
        let _ = write!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
        write_text(body, (x, y - 5.0), anchor, &mark.told);
    }
}
