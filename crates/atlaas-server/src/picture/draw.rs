//! Drawing: the SVG elements of a picture.

use crate::picture::canvas::Canvas;
use crate::picture::ground::GroundOutline;
use crate::picture::symbols::Drawn;
use crate::words::escape::escape;
use crate::words::language::Language;
use atlaas_model::Position;
use std::fmt::Write as _;

/// Vertices nearer than this to the one before are not drawn, in pixels.
const GRAIN: f64 = 0.9;
/// How far beyond the picture outlines are followed, in pixels.
const BEYOND: f64 = 40.0;
/// Colours of a picture that stands alone.
const OWN_STYLE: &str = ".m-sea{fill:#d8e6eb}.m-land{fill:#fbfaf5;stroke:#8d9aa0;stroke-width:.8}\
.m-zone{fill:none;stroke:#0a5f73;stroke-width:2.5}.m-circle{fill:none;stroke:#0a5f73;stroke-width:2;stroke-dasharray:6 5}\
.m-dot{stroke:#fff;stroke-width:1}.m-disc{fill:#fff;stroke:#0a5f73;stroke-width:3}\
.m-text{fill:#16242b;font-family:'DejaVu Sans',Arial,sans-serif;font-weight:600;text-anchor:middle}\
.m-scale{fill:none;stroke:#16242b;stroke-width:1.5}.m-note{fill:#16242b;font:12px 'DejaVu Sans',Arial,sans-serif}\
.m-back{fill:#fff;fill-opacity:.8}";

impl Canvas {
    /// Draws rings, thinned to what can be seen.
    pub fn outline(&mut self, outline: &GroundOutline, class: &str) {
        let mut path = String::new();
        for ring in outline.iter() {
            self.ring(ring, &mut path);
        }
        if !path.is_empty() {
            let _ = write!(self.body, "<path class=\"{class}\" d=\"{path}\"/>");
        }
    }

    /// Draws the outlines of several territories as one area.
    pub fn area(&mut self, outlines: &[GroundOutline], fill: &str) {
        let mut path = String::new();
        for ring in outlines.iter().flat_map(|outline| outline.iter()) {
            self.ring(ring, &mut path);
        }
        if !path.is_empty() {
            let _ = write!(
                self.body,
                "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"#8d9aa0\" stroke-width=\".5\"/>"
            );
        }
    }

    fn ring(&self, ring: &[[f64; 2]], path: &mut String) {
        // What lies far outside is drawn on a rim around the picture, where nobody sees it.
        let rim = |[x, y]: [f64; 2]| {
            [
                x.clamp(-BEYOND, self.width + BEYOND),
                y.clamp(-BEYOND, self.height + BEYOND),
            ]
        };
        let mut drawn: Vec<[f64; 2]> = Vec::new();
        for &vertex in ring {
            let [x, y] = rim(self.pixel(vertex));
            if drawn
                .last()
                .is_none_or(|last| (x - last[0]).hypot(y - last[1]) >= GRAIN)
            {
                drawn.push([x, y]);
            }
        }
        let on_rim = |&[x, y]: &[f64; 2]| {
            x <= -BEYOND || y <= -BEYOND || x >= self.width + BEYOND || y >= self.height + BEYOND
        };
        if drawn.len() < 3 || drawn.iter().all(on_rim) && !self.surrounds(&drawn) {
            return;
        }
        // Relative tenths of a pixel: half the characters of absolute ones.
        let tenth = |value: f64| (value * 10.0).round() as i64;
        let mut last = [0_i64; 2];
        for (rank, vertex) in drawn.iter().enumerate() {
            let at = vertex.map(tenth);
            let step = [at[0] - last[0], at[1] - last[1]];
            path.push_str(match rank {
                0 => "M",
                1 => "l",
                _ => "",
            });
            push_tenths(path, if rank == 0 { at } else { step }, rank > 1);
            last = at;
        }
        path.push('z');
    }

    /// Whether a ring that is nowhere in the picture may still go around all of it.
    fn surrounds(&self, ring: &[[f64; 2]]) -> bool {
        let spans = |axis: usize, size: f64| {
            ring.iter().any(|vertex| vertex[axis] < 0.0)
                && ring.iter().any(|vertex| vertex[axis] > size)
        };
        spans(0, self.width) && spans(1, self.height)
    }

    /// A dashed circle of so many kilometres.
    pub fn circle(&mut self, centre: Position, km: f64) {
        let [x, y] = self.place([centre.longitude(), centre.latitude()]);
        let radius = km * self.pixels_per_km(centre.latitude());
        let _ = write!(
            self.body,
            "<circle class=\"m-circle\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>"
        );
    }

    /// A point, or a circle with its count.
    pub fn symbol(&mut self, drawn: &Drawn, lang: Language) {
        let (x, y, radius) = (drawn.x, drawn.y, drawn.radius());
        let _ = if drawn.count > 1 {
            let text = lang.number(drawn.count.into());
            let size = if text.len() > 4 { 9.5 } else { 11.0 };
            write!(
                self.body,
                "<circle class=\"m-disc\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>\
                 <text class=\"m-text\" x=\"{x:.1}\" y=\"{:.1}\" font-size=\"{size}\">{text}</text>",
                y + size * 0.36
            )
        } else {
            let fill = if drawn.color.is_empty() {
                "#b4531a"
            } else {
                &drawn.color
            };
            if drawn.round {
                write!(
                    self.body,
                    "<circle class=\"m-dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{fill}\"/>"
                )
            } else {
                let (left, top) = (x - 4.5, y - 4.5);
                write!(
                    self.body,
                    "<rect class=\"m-dot\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"9\" height=\"9\" rx=\"1.5\" fill=\"{fill}\"/>"
                )
            }
        };
    }

    /// A bar of a round number of kilometres.
    pub fn scale(&mut self, lang: Language) {
        let per_km = self.pixels_per_km(self.latitude);
        let widest = self.width / 5.0 / per_km;
        let power = 10_f64.powf(widest.log10().floor());
        let km = [5.0, 2.0, 1.0]
            .into_iter()
            .map(|step| step * power)
            .find(|km| *km <= widest)
            .unwrap_or(power);
        let (left, top) = (12.0, self.height - 12.0);
        let right = left + km * per_km;
        let text = if km < 1.0 {
            format!("{:.0}\u{a0}m", km * 1000.0)
        } else {
            lang.kilometres(km).replace(",0", "").replace(".0", "")
        };
        let _ = write!(
            self.body,
            "<path class=\"m-scale\" d=\"M{left:.1} {:.1}v5H{right:.1}v-5\"/>\
             <text class=\"m-text\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\">{text}</text>",
            top - 5.0,
            f64::midpoint(left, right),
            top - 5.0,
        );
    }

    /// Whom the data is from, in a corner.
    pub fn credit(&mut self, text: &str) {
        let width = text.chars().count() as f64 * 6.9 + 12.0;
        let (left, top) = (self.width - width, self.height - 20.0);
        let _ = write!(
            self.body,
            "<rect class=\"m-back\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"20\"/>\
             <text class=\"m-note\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            left + 6.0,
            self.height - 6.0,
            escape(text)
        );
    }

    /// The picture as an element of a page.
    pub fn element(&self, description: &str) -> String {
        let (width, height) = (self.width, self.height);
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">{}</svg>",
            escape(description),
            self.body
        )
    }

    /// The picture as a document.
    pub fn document(&self, description: &str) -> String {
        let (width, height) = (self.width, self.height);
        let description = escape(description);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{description}\"><title>{description}</title>\
             <style>{OWN_STYLE}</style><rect class=\"m-sea\" width=\"{width}\" height=\"{height}\"/>{}</svg>",
            self.body
        )
    }
}

/// Two tenths as short as they can be written: `1.5-.8`.
fn push_tenths(path: &mut String, pair: [i64; 2], separated: bool) {
    for (rank, tenths) in pair.into_iter().enumerate() {
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
        if (separated || rank == 1) && sign.is_empty() {
            path.push(' ');
        }
        let _ = match (whole, rest) {
            (_, 0) => write!(path, "{sign}{whole}"),
            (0, _) => write!(path, "{sign}.{rest}"),
            _ => write!(path, "{sign}{whole}.{rest}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::ground::world;
    use atlaas_model::Bbox;

    const VIEW: Bbox = Bbox {
        west: -1.0,
        south: 46.0,
        east: 1.0,
        north: 47.0,
    };

    #[test]
    fn numbers_of_a_path_are_short_and_apart() {
        let mut path = String::new();
        push_tenths(&mut path, [15, -8], false);
        push_tenths(&mut path, [20, 5], true);
        assert_eq!(path, "1.5-.8 2 .5");
    }

    #[test]
    fn an_outline_outside_of_the_picture_is_left_out() {
        let mut canvas = Canvas::new(VIEW, (600.0, 560.0));
        let square = |west: f64, south: f64| -> GroundOutline {
            let corners = [
                [west, south],
                [west + 0.2, south],
                [west + 0.2, south + 0.2],
                [west, south + 0.2],
            ];
            vec![corners.map(world).to_vec()].into()
        };
        canvas.outline(&square(20.0, 46.0), "m-land");
        assert_eq!(canvas.body, "");
        canvas.outline(&square(0.0, 46.4), "m-land");
        assert!(
            canvas.body.starts_with("<path class=\"m-land\" d=\"M") && canvas.body.contains('z'),
            "{}",
            canvas.body
        );
    }

    #[test]
    fn the_scale_is_a_round_number_of_kilometres() {
        let mut canvas = Canvas::new(VIEW, (600.0, 560.0));
        canvas.scale(Language::French);
        assert!(canvas.body.contains("20\u{a0}km"), "{}", canvas.body);
    }
}
