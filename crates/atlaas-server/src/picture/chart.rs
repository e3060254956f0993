//! Charts of figures, as SVG that is read by eyes, by screen readers and on paper: bars, lines,
//! small multiples, a funnel, a strip.
//!
//! Drawn in the colour of the text around, so that they hold in print, in dark and in forced colours; what
//! tells one mark from another is its form, never its colour alone. One that stands alone bears its title,
//! its source and its date.

mod bars;
mod funnel;
mod lines;
mod marks;
mod panels;
mod strip;

use crate::words::escape::escape;
use marks::{LINE, WIDTH};

pub use marks::{Dot, Limit, Mark};
pub use panels::Panel;
pub use strip::StripMarks;

/// What is drawn.
pub enum Chart {
    /// A bar a value.
    Bars(Vec<Mark>),
    /// A point a year.
    Lines(Vec<Mark>),
    /// A small line a value, all on one scale.
    Panels(Vec<Panel>),
    /// How places spread.
    Strip(StripMarks),
    /// Rates by what they are out of, around the rate of all.
    Funnel {
        /// The places.
        dots: Vec<Dot>,
        /// Limits, in the order of their bases.
        limits: Vec<Limit>,
        /// The rate of all, as people write it.
        pooled: (f64, String),
        /// What the two axes are.
        axes: (String, String),
    },
}

/// The words around a chart.
pub struct Caption<'a> {
    /// Title, for those who do not see it too.
    pub title: &'a str,
    /// What it shows, in a sentence.
    pub description: &'a str,
    /// Source and date, printed by a chart that stands alone.
    pub source: &'a str,
}

impl Chart {
    /// As part of a page, whose table beside it says the same.
    pub fn inline(&self, caption: &Caption<'_>) -> String {
        let (height, body) = self.draw();
        format!(
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" font-size=\"14\" fill=\"currentColor\"><title>{}</title><desc>{}</desc>{body}</svg>",
            escape(caption.title),
            escape(caption.description),
        )
    }

    /// As a document of its own.
    pub fn document(&self, caption: &Caption<'_>) -> String {
        let (height, body) = self.draw();
        let whole = height + 3.0 * LINE;
        let foot = whole - 8.0;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {whole:.0}\" width=\"{WIDTH}\" height=\"{whole:.0}\" role=\"img\" font-family=\"DejaVu Sans, sans-serif\" font-size=\"14\" fill=\"#17232b\" color=\"#17232b\"><title>{title}</title><desc>{description}</desc><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"4\" y=\"18\" font-weight=\"bold\">{title}</text><g transform=\"translate(0 {LINE})\">{body}</g><text x=\"4\" y=\"{foot:.0}\" font-size=\"11\">{source}</text></svg>",
            title = escape(caption.title),
            description = escape(caption.description),
            source = escape(caption.source),
        )
    }

    fn draw(&self) -> (f64, String) {
        match self {
            Self::Bars(marks) => bars::draw(marks),
            Self::Lines(marks) => lines::draw(marks),
            Self::Panels(panels) => panels::draw(panels),
            Self::Strip(spread) => strip::draw(spread),
            Self::Funnel {
                dots,
                limits,
                pooled,
                axes,
            } => funnel::draw(dots, limits, pooled, axes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(name: &str, value: f64) -> Mark {
        Mark {
            name: name.to_owned(),
            value,
            told: value.to_string(),
            partial: name == "2024",
        }
    }

    fn charts() -> Vec<Chart> {
        let dot = |base: f64, rate: f64| Dot {
            name: "a<b".to_owned(),
            base,
            rate,
            outside: 2,
        };
        let limit = |base: f64| Limit {
            base,
            inner: (1.0, 3.0),
            outer: (0.0, 4.0),
        };
        vec![
            Chart::Bars(vec![mark("<&>", 3.0), mark("b", 0.0)]),
            Chart::Bars(Vec::new()),
            Chart::Lines(vec![mark("2023", 3.0), mark("2024", 1.0)]),
            Chart::Lines(vec![mark("2023", 0.0)]),
            Chart::Lines(Vec::new()),
            Chart::Strip(StripMarks {
                values: vec![0.0, 2.0, f64::NAN, 7.0],
                quartiles: [1.0, 2.0, 4.5].map(|value| (value, value.to_string())),
                most: "7".to_owned(),
                axis: "a<b".to_owned(),
            }),
            Chart::Strip(StripMarks {
                values: Vec::new(),
                quartiles: [0.0, 0.0, 0.0].map(|value| (value, String::new())),
                most: String::new(),
                axis: String::new(),
            }),
            Chart::Panels(vec![
                Panel {
                    name: "a<b".to_owned(),
                    marks: vec![mark("2022", 1.0), mark("2023", 3.0), mark("2024", 1.0)],
                },
                Panel {
                    name: "b".to_owned(),
                    marks: vec![mark("2024", 0.0)],
                },
                Panel {
                    name: String::new(),
                    marks: Vec::new(),
                },
            ]),
            Chart::Funnel {
                dots: vec![dot(1e3, 2.0), dot(1e6, 5.0), dot(f64::NAN, f64::INFINITY)],
                limits: vec![limit(1e3), limit(1e6)],
                pooled: (2.0, "2".to_owned()),
                axes: ("x".to_owned(), "y".to_owned()),
            },
            Chart::Funnel {
                dots: Vec::new(),
                limits: Vec::new(),
                pooled: (0.0, "0".to_owned()),
                axes: (String::new(), String::new()),
            },
        ]
    }

    #[test]
    fn every_chart_is_well_formed_and_holds_only_numbers() {
        let caption = Caption {
            title: "T <i>",
            description: "D",
            source: "S & t",
        };
        for chart in charts() {
            for svg in [chart.inline(&caption), chart.document(&caption)] {
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
                assert!(!svg.contains("<i>") && !svg.contains("a<b"), "{svg}");
            }
            let document = chart.document(&caption);
            resvg::usvg::Tree::from_str(&document, &resvg::usvg::Options::default()).unwrap();
        }
    }
}
