//! A point a year and a line through them; a year that is known in part hangs on a dashed one.

use super::marks::{LINE, Mark, WIDTH, write_text};
use std::fmt::Write as _;

const HEIGHT: f64 = 220.0;
const LEFT: f64 = 24.0;
/// Years are written one in so many when there are many.
const MOST_NAMES: usize = 14;

/// Height and body of the chart.
pub fn draw(marks: &[Mark]) -> (f64, String) {
    let most = marks
        .iter()
        .map(|mark| mark.value)
        .fold(0.0_f64, f64::max)
        .max(1.0);
    let step = (WIDTH - 2.0 * LEFT) / f64::from(marks.len().saturating_sub(1).max(1) as u32);
    let place = |rank: usize, mark: &Mark| {
        let x = LEFT + step * f64::from(rank as u32);
        let y = HEIGHT - (mark.value.max(0.0) / most) * (HEIGHT - 2.0 * LINE);
        (x, y)
    };
    let mut body =
        format!("<path d=\"M0 {HEIGHT}H{WIDTH}\" stroke=\"currentColor\" opacity=\"0.5\"/>");
    let whole: Vec<(f64, f64)> = marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| !mark.partial)
        .map(|(rank, mark)| place(rank, mark))
        .collect();
    write_path(&mut body, &whole, "");
    let every = marks.len().div_ceil(MOST_NAMES).max(1);
    for (rank, mark) in marks.iter().enumerate() {
        let (x, y) = place(rank, mark);
        if mark.partial && rank > 0 {
            let before = place(rank - 1, &marks[rank - 1]);
            write_path(&mut body, &[before, (x, y)], " stroke-dasharray=\"4 4\"");
        }
        let form = if mark.partial {
            " fill=\"none\" stroke=\"currentColor\""
        } else {
            ""
        };
        let _ = write!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"{form}/>");
        if (marks.len() - 1 - rank).is_multiple_of(every) {
            write_text(&mut body, (x, HEIGHT + 18.0), "middle", &mark.name);
            write_text(&mut body, (x, y - 9.0), "middle", &mark.told);
        }
    }
    (HEIGHT + LINE + 6.0, body)
}

/// A line through points.
pub(super) fn write_path(out: &mut String, points: &[(f64, f64)], more: &str) {
    let mut way = String::new();
    for (rank, (x, y)) in points.iter().enumerate() {
        let _ = write!(way, "{}{x:.1} {y:.1}", if rank == 0 { 'M' } else { 'L' });
    }
    if !way.is_empty() {
        let _ = write!(
            out,
            "<path d=\"{way}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"{more}/>"
        );
    }
}
