//! The still map of a measure: territories in classes, those that take part and have nothing plain, those
//! that do not take part hatched; the legend below, since paper has no other.

use crate::picture::attribution;
use crate::picture::canvas::Canvas;
use crate::picture::ground::{self, GroundOutline};
use crate::picture::view::View;
use crate::words::escape::escape;
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{AreaState, Choropleth, Snapshot};
use std::fmt::Write as _;

/// Height of a line of the legend, and of the whole of a line of the foot.
const LINE: f64 = 20.0;
/// Width of a column of the legend.
const COLUMN: f64 = 210.0;
/// Colours of the classes, from few to many; each is darker than the one before, for paper in grey.
pub const SHADES: [&str; 5] = ["#d3e9d6", "#a3d1b5", "#6fb598", "#3f937c", "#166b5c"];
/// The colour of those who take part and have nothing.
const NOTHING: &str = "#f4efe4";
/// Lines over those who do not take part.
const HATCHING: &str = "<defs><pattern id=\"absent\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/><path d=\"M0 0V6\" stroke=\"#8d9aa0\" stroke-width=\"2\"/></pattern></defs>";

/// The words of a map of figures, and the shade of each of its classes, from 1.
pub struct MapWords {
    /// What is shown.
    pub title: String,
    /// What each colour means, first that of those who have nothing.
    pub legend: Vec<String>,
    /// Shades.
    pub shades: Vec<usize>,
}

/// A map of figures, to be drawn.
pub struct FigureMap {
    view: View,
    land: Vec<GroundOutline>,
    /// Outlines by fill.
    filled: Vec<(String, Vec<GroundOutline>)>,
    /// Fill and meaning.
    legend: Vec<(String, String)>,
    title: String,
    description: String,
    foot: Vec<String>,
    lang: Language,
}

impl FigureMap {
    /// What was counted, over the view of its query.
    pub fn new(
        snapshot: &Snapshot,
        view: View,
        map: &Choropleth,
        (words, lang): (MapWords, Language),
    ) -> Self {
        let shade = |rank: usize| words.shades.get(rank).map_or(1, |shade| *shade);
        let fill = |state: AreaState| match state {
            AreaState::Has(_, rank) => SHADES[(shade(rank) - 1).min(SHADES.len() - 1)].to_owned(),
            AreaState::Nothing => NOTHING.to_owned(),
            AreaState::Absent => "url(#absent)".to_owned(),
        };
        let mut filled: Vec<(String, Vec<GroundOutline>)> = Vec::new();
        for (code, state, _) in map.areas() {
            let outline = code.parse().ok();
            let outline = outline.and_then(|code| ground::outline(snapshot, map.level, code));
            let Some(outline) = outline else {
                continue;
            };
            let fill = fill(state);
            match filled.iter_mut().find(|(known, _)| *known == fill) {
                Some((_, all)) => all.push(outline),
                None => filled.push((fill, vec![outline])),
            }
        }
        let fills = (0..map.classes.len()).map(|rank| fill(AreaState::Has(0.0, rank)));
        let fills = std::iter::once(NOTHING.to_owned()).chain(fills);
        let absent = lang.say("choropleth-absent").to_owned();
        let legend = fills
            .zip(words.legend)
            .chain([("url(#absent)".to_owned(), absent)]);
        Self {
            legend: legend.collect(),
            land: ground::land(snapshot, view.bbox, view.bbox),
            description: described(map, &words.title, lang),
            title: words.title,
            foot: foot(snapshot, map, lang),
            view,
            filled,
            lang,
        }
    }

    /// A whole SVG document of a size in pixels.
    pub fn document(&self, (width, height): (f64, f64)) -> String {
        let columns = (width / COLUMN).floor().max(1.0);
        let rows = (self.legend.len() as f64 / columns).ceil();
        let band = (rows + self.foot.len() as f64 + 1.0) * LINE + 8.0;
        let mut canvas = Canvas::new(self.view.bbox, (width, (height - band).max(height / 2.0)));
        for outline in &self.land {
            canvas.outline(outline, "m-land");
        }
        for (fill, outlines) in &self.filled {
            canvas.area(outlines, fill);
        }
        canvas.scale(self.lang);
        let mut body = String::from(HATCHING);
        body.push_str(&canvas.body);
        let top = canvas.height;
        let _ = write!(
            body,
            "<rect y=\"{top:.0}\" width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        );
        write_note(&mut body, (8.0, top + 15.0), &self.title, true);
        for (rank, (fill, text)) in self.legend.iter().enumerate() {
            let (row, column) = ((rank as f64) % rows, ((rank as f64) / rows).floor());
            let (x, y) = (8.0 + column * COLUMN, top + (row + 1.0) * LINE + 3.0);
            let _ = write!(
                body,
                "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"22\" height=\"14\" fill=\"{fill}\" stroke=\"#5c686e\"/>"
            );
            write_note(&mut body, (x + 28.0, y + 12.0), text, false);
        }
        for (rank, text) in self.foot.iter().enumerate() {
            let foot = top + (rows + rank as f64 + 1.0) * LINE + 17.0;
            write_note(&mut body, (8.0, foot), text, false);
        }
        canvas.height = top + band;
        canvas.body = body;
        canvas.document(&self.description)
    }
}

fn write_note(out: &mut String, (x, y): (f64, f64), text: &str, strong: bool) {
    let weight = if strong { " font-weight=\"bold\"" } else { "" };
    let _ = write!(
        out,
        "<text class=\"m-note\" x=\"{x:.0}\" y=\"{y:.0}\"{weight}>{}</text>",
        escape(text)
    );
}

/// What the map says, for those who do not see it: how many are in each state.
fn described(map: &Choropleth, title: &str, lang: Language) -> String {
    let count = |wanted: fn(&AreaState) -> bool| {
        let states = map.states.iter().filter(|state| wanted(state));
        lang.number(states.count() as u64)
    };
    let message = Message::new("choropleth-described")
        .with("measure", title)
        .with("some", count(|state| matches!(state, AreaState::Has(..))))
        .with("none", count(|state| matches!(state, AreaState::Nothing)))
        .with("absent", count(|state| matches!(state, AreaState::Absent)));
    lang.tell(&message)
}

/// Lines below the legend: source, snapshot and day; whom the data is from; of which years the classes are.
fn foot(snapshot: &Snapshot, map: &Choropleth, lang: Language) -> Vec<String> {
    let manifest = snapshot.manifest();
    let day: String = manifest.cree.chars().take(10).collect();
    let date = day.parse().map_or(day, |date| lang.date(date));
    let source = Message::new("barometer-source")
        .with("snapshot", &manifest.id)
        .with("date", date);
    let years = map.of_all_years.then(|| lang.say("choropleth-of-years"));
    [
        lang.tell(&source),
        attribution(lang, manifest.is_demonstration()).to_owned(),
    ]
    .into_iter()
    .chain(years.map(str::to_owned))
    .collect()
}
