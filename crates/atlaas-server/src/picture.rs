//! Still maps: the picture of a query, inline in pages, as `carte.svg` and as `carte.png`.
//!
//! Ground and symbols are drawn in pixels of the picture; what is inline takes its colours from the
//! page's style sheet, what stands alone carries its own. Sizes are bounded, and so is the work.

mod canvas;
pub mod chart;
pub mod choropleth;
mod draw;
mod ground;
pub mod raster;
mod symbols;
pub mod view;

use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::Snapshot;
use atlaas_model::{DocSet, Position};
use canvas::Canvas;
use symbols::Symbol;
use view::View;

pub use symbols::color_of;

/// Width and height of a picture in a page, in its own units.
const INLINE: (f64, f64) = (600.0, 560.0);
/// Width and height when none is asked for: what social cards expect.
pub const CARD: (f64, f64) = (1200.0, 630.0);

/// What a picture shows.
pub struct Scene {
    view: View,
    land: Vec<ground::GroundOutline>,
    zones: Vec<ground::GroundOutline>,
    points: Vec<Symbol>,
    lang: Language,
    /// What the picture says to those who do not see it.
    pub description: String,
    attribution: &'static str,
}

impl Scene {
    /// The fiches that match a query, over the ground they lie on.
    pub fn of_query(snapshot: &Snapshot, view: &View, docs: &DocSet, lang: Language) -> Self {
        let points = symbols::of_docs(snapshot, docs);
        let shown = points
            .iter()
            .filter(|point| view.bbox.contains(point.position))
            .count();
        let description = lang.tell(&Message::new("picture-points").count("n", shown as u64));
        let mut scene = Self::of_ground(snapshot, view.clone(), lang);
        scene.points = points;
        scene.description = description;
        scene
    }

    /// One place.
    pub fn of_place(snapshot: &Snapshot, position: Position, color: &str, lang: Language) -> Self {
        let mut scene = Self::of_ground(snapshot, View::of_place(position, 8.0), lang);
        scene.points = vec![Symbol::of_place(position, color)];
        lang.say("picture-location")
            .clone_into(&mut scene.description);
        scene
    }

    /// Metropolitan France without anything on it.
    pub fn of_mainland(snapshot: &Snapshot, lang: Language) -> Self {
        Self::of_ground(snapshot, View::mainland(), lang)
    }

    fn of_ground(snapshot: &Snapshot, view: View, lang: Language) -> Self {
        Self {
            land: ground::land(snapshot, view.bbox, canvas::seen(view.bbox, CARD)),
            zones: view
                .outlined
                .iter()
                .filter_map(|&(kind, code)| ground::outline(snapshot, kind, code))
                .collect(),
            points: Vec::new(),
            lang,
            description: lang.say("picture-france").to_owned(),
            attribution: attribution(lang, snapshot.manifest().is_demonstration()),
            view,
        }
    }

    /// A figure for a page.
    pub fn inline(&self) -> String {
        let mut canvas = Canvas::new(self.view.bbox, INLINE);
        self.paint(&mut canvas);
        format!(
            "<figure class=\"still\">{}<figcaption>{}</figcaption></figure>",
            canvas.element(&self.description),
            self.attribution
        )
    }

    /// A whole SVG document of a size in pixels.
    pub fn document(&self, size: (f64, f64)) -> String {
        let mut canvas = Canvas::new(self.view.bbox, size);
        self.paint(&mut canvas);
        canvas.credit(self.attribution);
        canvas.document(&self.description)
    }

    fn paint(&self, canvas: &mut Canvas) {
        for outline in &self.land {
            canvas.outline(outline, "m-land");
        }
        for outline in &self.zones {
            canvas.outline(outline, "m-zone");
        }
        if let Some((centre, km)) = self.view.circle {
            canvas.circle(centre, km);
        }
        for symbol in symbols::cluster(&self.points, canvas) {
            canvas.symbol(&symbol, self.lang);
        }
        canvas.scale(self.lang);
    }
}

/// Whom the map owes its data to.
pub fn attribution(lang: Language, demonstration: bool) -> &'static str {
    if demonstration {
        lang.say("page-demonstration-data")
    } else {
        lang.say("picture-attribution")
    }
}
