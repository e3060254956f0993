//! A bar a value, its name before it and its figure behind it.

use super::marks::{LINE, Mark, WIDTH, short, write_text};
use std::fmt::Write as _;

/// Room for the names, and for the figures.
const ROOM: (f64, f64) = (230.0, 110.0);

/// Height and body of the chart.
pub fn draw(marks: &[Mark]) -> (f64, String) {
    let most = marks.iter().map(|mark| mark.value).fold(0.0_f64, f64::max);
    let length = WIDTH - ROOM.0 - ROOM.1;
    let mut body = String::new();
    for (rank, mark) in (0_u16..).zip(marks) {
        let top = f64::from(rank) * LINE;
        let width = if most > 0.0 {
            mark.value.max(0.0) / most * length
        } else {
            0.0
        };
        write_text(
            &mut body,
            (ROOM.0 - 8.0, top + 16.0),
            "end",
            &short(&mark.name, 30),
        );
        // A bar that is known in part is hollow.
        let form = if mark.partial {
            "fill=\"none\" stroke=\"currentColor\""
        } else {
            "opacity=\"0.55\""
        };
        let _ = write!(
            body,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"15\" {form}/>",
            ROOM.0,
            top + 3.5
        );
        write_text(
            &mut body,
            (ROOM.0 + width + 6.0, top + 16.0),
            "start",
            &mark.told,
        );
    }
    (f64::from(marks.len() as u32) * LINE + 4.0, body)
}
