//! The profile: each variable with its value, its peers and all, as figures and as a strip.

use crate::pages::layout::frame::Frame;
use crate::words::message::Message;
use atlaas_engine::{Compared, Comparer, Quartiles};
use atlaas_model::Level;
use std::fmt::Write as _;

/// Width of a strip, in its own units; its scale runs over six spreads.
const WIDTH: f64 = 240.0;
/// Half of that scale.
const REACH: f64 = 3.0;

/// A variable.
pub struct ProfileLine {
    /// Title.
    pub title: String,
    /// Unit, and the years of its values.
    pub unit: String,
    /// Weight, as people write it; empty where it does not count.
    pub weight: String,
    /// Value of the territory.
    pub value: String,
    /// Median and quartiles of the peers.
    pub peers: String,
    /// The same of all.
    pub all: String,
    /// The strip as SVG; empty where nothing can be drawn.
    pub strip: String,
}

/// The lines of the variables that are known at this level.
pub fn lines(
    frame: &Frame,
    comparer: &Comparer,
    compared: &Compared,
    level: Level,
) -> Vec<ProfileLine> {
    let known = comparer.variables().iter().enumerate();
    let known = known.filter(|(rank, _)| comparer.spread(level, *rank).is_some());
    known
        .map(|(rank, variable)| {
            let value = comparer.value(compared.at, rank);
            let peers = compared
                .peers
                .iter()
                .map(|peer| comparer.value(peer.at, rank));
            let quartiles = Quartiles::of(peers.clone());
            let years: Vec<String> = variable.years.iter().map(u16::to_string).collect();
            let unit = frame.lang.of(&variable.unit);
            let weight = compared.weights[rank];
            let strip = Strip {
                comparer,
                level,
                rank,
            };
            ProfileLine {
                title: frame.lang.of(&variable.title).to_owned(),
                unit: match years.as_slice() {
                    [] => unit.to_owned(),
                    years => format!("{unit} ({})", years.join("–")),
                },
                weight: if weight > 0.0 {
                    figure(frame, weight)
                } else {
                    String::new()
                },
                value: figure(frame, value),
                peers: spread(frame, quartiles),
                all: spread(frame, comparer.spread(level, rank)),
                strip: strip.draw(value, peers),
            }
        })
        .collect()
}

/// A number with as many figures as tell something; nothing when it is missing.
pub fn figure(frame: &Frame, number: f64) -> String {
    if !number.is_finite() {
        return frame.lang.say("compare-missing").to_owned();
    }
    frame.lang.figure(number)
}

/// `730 (690 à 790)`; the median alone where the middle half is one value.
pub fn spread(frame: &Frame, quartiles: Option<Quartiles>) -> String {
    let Some(quartiles) = quartiles else {
        return frame.lang.say("compare-missing").to_owned();
    };
    let [low, median, high] =
        [quartiles.low, quartiles.median, quartiles.high].map(|number| figure(frame, number));
    if low == high {
        return median;
    }
    let message = Message::new("compare-spread")
        .with("median", median)
        .with("low", low)
        .with("high", high);
    frame.lang.tell(&message)
}

/// A strip: the middle half of all, a line for each peer, a mark for the territory.
struct Strip<'a> {
    comparer: &'a Comparer,
    level: Level,
    rank: usize,
}

impl Strip<'_> {
    fn draw(&self, own: f64, peers: impl Iterator<Item = f64>) -> String {
        let Some(all) = self.comparer.spread(self.level, self.rank) else {
            return String::new();
        };
        let (Some(low), Some(high)) = (self.place(all.low), self.place(all.high)) else {
            return String::new();
        };
        // What the strip shows stands beside it as text.
        let mut svg = format!(
            "<svg class=\"strip\" viewBox=\"0 0 {WIDTH} 20\" width=\"{WIDTH}\" height=\"20\" aria-hidden=\"true\"><path class=\"axis\" d=\"M0 10H{WIDTH}\"/><rect class=\"all\" x=\"{:.1}\" y=\"5\" width=\"{:.1}\" height=\"10\"/>",
            low.min(high),
            (high - low).abs().max(1.0)
        );
        let mut ticks = String::new();
        for place in peers.filter_map(|value| self.place(value)) {
            // Writing to a String cannot fail.
            let _ = write!(ticks, "M{place:.1} 4v12");
        }
        if !ticks.is_empty() {
            let _ = write!(svg, "<path class=\"peers\" d=\"{ticks}\"/>");
        }
        if let Some(place) = self.place(own) {
            let _ = write!(
                svg,
                "<path class=\"own\" d=\"M{place:.1} 2l5 8l-5 8l-5 -8z\"/>"
            );
        }
        svg.push_str("</svg>");
        svg
    }

    fn place(&self, value: f64) -> Option<f64> {
        let scaled = self.comparer.scaled(self.level, self.rank, value);
        // A mark at the edge stays whole.
        let inner = WIDTH - 12.0;
        scaled
            .is_finite()
            .then(|| 6.0 + (scaled + REACH) / (2.0 * REACH) * inner)
    }
}
