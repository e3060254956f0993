//! `/carte.svg` and `/carte.png`: the still map of any query, as a document of its own.

use crate::call::choropleth::{self, ChoroplethAsk, of_ground};
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::PageSearch;
use crate::describe::responses::{Binary, Refused};
use crate::error::problem::ApiError;
use crate::pages::layout::address::{PAGE_PARAMETERS, clean, is_known, parse, value};
use crate::pages::layout::drawing;
use crate::picture::choropleth::{FigureMap, MapWords};
use crate::picture::view::View;
use crate::picture::{CARD, Scene};
use crate::wire::conditional::Validator;
use crate::words::message::Message;
use atlaas_engine::Measure;
use atlaas_model::Level;
use axum::response::Response;
use std::sync::Arc;

/// Least and most pixels on a side.
const SIDES: std::ops::RangeInclusive<u32> = 120..=2000;

/// Communes of a map: more of them are dust, and their groups are shown.
const MOST_OUTLINES: usize = 2500;

parameters! {
    /// Sides of a picture.
    Sides = [side_parameter("largeur", "Largeur, en pixels."), side_parameter("hauteur", "Hauteur, en pixels.")]
}

fn side_parameter(name: &'static str, about: &'static str) -> Parameter {
    let (least, most) = (i64::from(*SIDES.start()), i64::from(*SIDES.end()));
    Parameter::query(name, Takes::Integer(least, most), about)
}

/// `GET /carte.svg`: the still map of any query; `largeur` and `hauteur` in pixels.
#[utoipa::path(
    get,
    path = "/carte.svg",
    tag = "Images et pages",
    summary = "Carte dessinée d’une requête, en SVG",
    description = "",
    params(PageSearch, Sides),
    responses((status = 200, body = String, content_type = "image/svg+xml; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/carte.svg?enjeu=education")))
)]
pub async fn svg(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| is_known(&schema, name));
    let (document, validator) = match picture(&call).await? {
        Painted::Unchanged(response) => return Ok(response),
        Painted::Fresh {
            document,
            validator,
        } => (document, validator),
    };
    Ok(drawing::svg(&call, document, &validator))
}

/// `GET /carte.png`: the same in pixels, for letters, mails and social cards.
#[utoipa::path(
    get,
    path = "/carte.png",
    tag = "Images et pages",
    summary = "Carte dessinée d’une requête",
    description = "",
    params(PageSearch, Sides),
    responses((status = 200, body = Binary, content_type = "image/png"), Refused),
    extensions(("x-example" = json!("/carte.png?enjeu=education")))
)]
pub async fn png(mut call: Call) -> Result<Response, ApiError> {
    let schema = Arc::clone(call.snapshot.schema());
    call.forget_strangers(|name| is_known(&schema, name));
    let (document, validator) = match picture(&call).await? {
        Painted::Unchanged(response) => return Ok(response),
        Painted::Fresh {
            document,
            validator,
        } => (document, validator),
    };
    drawing::png(call, document, &validator).await
}

enum Painted {
    Unchanged(Response),
    Fresh {
        document: String,
        validator: Validator,
    },
}

async fn picture(call: &Call) -> Result<Painted, ApiError> {
    let pairs = clean(&call.pairs);
    let query = parse(&call.snapshot, &pairs).map_err(ApiError::query)?;
    let size = (
        side(&pairs, "largeur", CARD.0)?,
        side(&pairs, "hauteur", CARD.1)?,
    );
    let validator = drawing::validator(call, &pairs);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(Painted::Unchanged(unchanged));
    }
    let lang = call.language();
    let document = match of_ground(&value(&pairs, "fond")) {
        Some(measure) => figure_map(call, &pairs, measure, size).await?,
        None => {
            call.heavy(move |snapshot| {
                let (plan, docs) = snapshot.matching(&query)?;
                let view = View::of(snapshot, &plan, &docs);
                Ok(Scene::of_query(snapshot, &view, &docs, lang).document(size))
            })
            .await?
        }
    };
    Ok(Painted::Fresh {
        document,
        validator,
    })
}

/// The map of a measure of the barometer under the same query.
async fn figure_map(
    call: &Call,
    pairs: &[(String, String)],
    measure: Measure,
    size: (f64, f64),
) -> Result<String, ApiError> {
    let ask = ChoroplethAsk::of(&call.snapshot, pairs, &PAGE_PARAMETERS, Some(measure));
    let mut ask = ask.map_err(ApiError::parameters)?;
    let lang = call.language();
    call.heavy(move |snapshot| {
        let mut map = ask.answer(snapshot)?;
        if map.states.len() > MOST_OUTLINES {
            ask.level = Level::Epci;
            map = ask.answer(snapshot)?;
        }
        let (plan, docs) = snapshot.matching(&map.figures.query)?;
        let view = View::of_places(snapshot, &plan, &docs);
        let words = MapWords {
            title: choropleth::title_by(map.measure, map.level, lang),
            legend: choropleth::legend(&map, lang),
            shades: choropleth::shades(&map),
        };
        Ok(FigureMap::new(snapshot, view, &map, (words, lang)).document(size))
    })
    .await
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
        ApiError::bad_request(
            Message::new("error-side")
                .with("name", name)
                .with("least", least)
                .with("most", most),
        )
    })
}
