//! Still maps: the picture of a query, inline in pages, as `carte.svg` and as `carte.png`.
//!
//! Ground and symbols are drawn in pixels of the picture; what is inline takes its colours from the
//! page's style sheet, what stands alone carries its own. Sizes are bounded, and so is the work.

mod draw;
mod ground;
mod raster;
mod symbols;

use crate::call::request::Call;
use crate::error::problem::{ApiError, Bilingual};
use crate::pages::{Lang, View, attribution, clean, parse, value};
use atlaas_engine::Snapshot;
use atlaas_model::{DocSet, Kind, Position};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;
use draw::Canvas;
use symbols::Symbol;

/// Width and height of a picture in a page, in its own units.
const INLINE: (f64, f64) = (600.0, 560.0);
/// Width and height when none is asked for: what social cards expect.
const CARD: (f64, f64) = (1200.0, 630.0);
/// Least and most pixels on a side.
const SIDES: std::ops::RangeInclusive<u32> = 120..=2000;

/// What a picture shows.
pub struct Scene {
    view: View,
    land: Vec<ground::Outline>,
    zones: Vec<ground::Outline>,
    points: Vec<Symbol>,
    lang: Lang,
    /// What the picture says to those who do not see it.
    pub description: String,
    attribution: &'static str,
}

impl Scene {
    /// The fiches that match a query, over the ground they lie on.
    pub fn of_query(snapshot: &Snapshot, view: &View, docs: &DocSet, lang: Lang) -> Self {
        let points = symbols::of_docs(snapshot, docs);
        let shown = points
            .iter()
            .filter(|point| view.bbox.contains(point.position))
            .count();
        let description = format!(
            "{} {}",
            lang.t(
                "Carte : points dans la zone montrée :",
                "Map: points in the shown area:"
            ),
            lang.number(shown as u64),
        );
        let mut scene = Self::of_ground(snapshot, view.clone(), lang);
        scene.points = points;
        scene.description = description;
        scene
    }

    /// One place.
    pub fn of_place(snapshot: &Snapshot, position: Position, color: &str, lang: Lang) -> Self {
        let mut scene = Self::of_ground(snapshot, View::of_place(position, 8.0), lang);
        scene.points = vec![Symbol::of_place(position, color)];
        lang.t("Carte de situation", "Location map")
            .clone_into(&mut scene.description);
        scene
    }

    /// Metropolitan France without anything on it.
    pub fn of_mainland(snapshot: &Snapshot, lang: Lang) -> Self {
        Self::of_ground(snapshot, View::mainland(), lang)
    }

    fn of_ground(snapshot: &Snapshot, view: View, lang: Lang) -> Self {
        Self {
            land: ground::land(snapshot, view.bbox, draw::seen(view.bbox, CARD)),
            zones: view
                .outlined
                .iter()
                .filter_map(|&(kind, code)| ground::outline(snapshot, kind, code))
                .collect(),
            points: Vec::new(),
            lang,
            description: lang.t("Carte de France", "Map of France").to_owned(),
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

/// `GET /carte.svg`: the still map of any query; `largeur` and `hauteur` in pixels.
pub async fn svg(call: Call) -> Result<Response, ApiError> {
    let (document, validator) = match picture(&call).await? {
        Painted::Unchanged(response) => return Ok(response),
        Painted::Fresh {
            document,
            validator,
        } => (document, validator),
    };
    let mut response = call.respond(
        "image/svg+xml; charset=utf-8",
        document.into_bytes(),
        &validator,
    );
    let headers = response.headers_mut();
    // The document carries its own colours, and nothing that runs.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// `GET /carte.png`: the same in pixels, for letters, mails and social cards.
pub async fn png(call: Call) -> Result<Response, ApiError> {
    let (document, validator) = match picture(&call).await? {
        Painted::Unchanged(response) => return Ok(response),
        Painted::Fresh {
            document,
            validator,
        } => (document, validator),
    };
    let image = call
        .heavy(move |_| raster::png(&document).map_err(|error| ApiError::internal(&error)))
        .await?;
    let mut plain = call;
    // Already compressed.
    plain.coding = crate::wire::encoding::Coding::Identity;
    Ok(plain.respond("image/png", image, &validator))
}

enum Painted {
    Unchanged(Response),
    Fresh {
        document: String,
        validator: crate::wire::conditional::Validator,
    },
}

async fn picture(call: &Call) -> Result<Painted, ApiError> {
    let pairs = clean(&call.pairs);
    let query = parse(&call.snapshot, &pairs).map_err(ApiError::parameters)?;
    let size = (
        side(&pairs, "largeur", CARD.0)?,
        side(&pairs, "hauteur", CARD.1)?,
    );
    let validator = validator(call, &pairs);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(Painted::Unchanged(unchanged));
    }
    let lang = Lang::of(call);
    let document = call
        .heavy(move |snapshot| {
            let (plan, docs) = snapshot.matching(&query)?;
            let view = View::of(snapshot, &plan, &docs);
            Ok(Scene::of_query(snapshot, &view, &docs, lang).document(size))
        })
        .await?;
    Ok(Painted::Fresh {
        document,
        validator,
    })
}

/// What identifies a picture: the query, the size and the language that its address asks for.
fn validator(call: &Call, pairs: &[(String, String)]) -> crate::wire::conditional::Validator {
    let mut parts = vec![Lang::of(call).tag(), env!("CARGO_PKG_VERSION")];
    for (name, value) in pairs {
        parts.extend([name.as_str(), value.as_str()]);
    }
    call.validator(&parts)
}

fn side(pairs: &[(String, String)], name: &str, usual: f64) -> Result<f64, ApiError> {
    let given = value(pairs, name);
    if given.is_empty() {
        return Ok(usual);
    }
    let pixels = given
        .parse::<u32>()
        .ok()
        .filter(|pixels| SIDES.contains(pixels));
    pixels.map(f64::from).ok_or_else(|| {
        let (least, most) = (SIDES.start(), SIDES.end());
        ApiError::bad_request(Bilingual::new(
            format!("`{name}` est un nombre de pixels entre {least} et {most}."),
            format!("`{name}` is a number of pixels between {least} and {most}."),
        ))
    })
}

/// Kinds that are points on the map.
const POINTS: [Kind; 2] = [Kind::Initiative, Kind::Colieu];
