//! `/search/` and `/reverse/`: GeocodeJSON as the national address API answers for municipalities,
//! so that widgets written for it work here by changing their address.

use crate::call::parameters::ParameterReader;
use crate::call::request::Call;
use crate::describe::parameter::{FLAG, LATITUDE, LONGITUDE, Parameter, Takes, parameters};
use crate::describe::query_parameters::{Asker, Own};
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::formats::feature::Degrees;
use crate::words::message::Message;
use atlaas_engine::{ATTRIBUTION, GeocodeHit, GeocodeRequest};
use axum::response::Response;
use serde::Serialize;

const SEARCH: [&str; 11] = [
    "q",
    "limit",
    "autocomplete",
    "lat",
    "lon",
    "type",
    "postcode",
    "citycode",
    "lang",
    "v",
    "f",
];
const REVERSE: [&str; 7] = ["lat", "lon", "limit", "type", "lang", "v", "f"];
/// Types that the national API knows; only municipalities are here.
const TYPES: [&str; 4] = ["municipality", "locality", "street", "housenumber"];
/// Fewest and most characters of a text, as in the national API.
const TEXT: std::ops::RangeInclusive<usize> = 1..=200;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GeocodeJSON)]
struct Answer<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    features: Vec<Place>,
    attribution: &'a str,
    licence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    limit: u32,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GeocodeJSONFeature)]
struct Place {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Option<Point>,
    properties: Properties,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GeocodeJSONPoint)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [Degrees; 2],
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GeocodeJSONProperties)]
struct Properties {
    #[serde(flatten)]
    hit: GeocodeHit,
    municipality: String,
    /// Metres from the position that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<u32>,
}

/// The text of a request, refused when it is too long.
fn text(reader: &mut ParameterReader<'_>) -> String {
    let q = reader.required("q", "martigues").to_owned();
    if !q.is_empty() && !TEXT.contains(&q.chars().count()) {
        let length = Message::new("mistake-text-length")
            .with("first", TEXT.start())
            .with("last", TEXT.end());
        reader.refuse("q", &q, length);
    }
    q
}

parameters! {
    /// Forward geocoding.
    Geocoded = [
        Parameter::needed("q", Takes::Text, "Nom de commune, code postal, code INSEE.")
            .like("martigues")
            .when("De 1 à 200 caractères."),
        Parameter::query("limit", Takes::Integer(1, 50), "Au plus tant (5 sans ce paramètre).").like("3"),
        Parameter::query("autocomplete", FLAG, "0 : le texte est complet."),
        Parameter::query("type", Takes::OneOf(&TYPES), "Seules les communes sont connues."),
        Parameter::query("postcode", Takes::Text, "Seulement ce code postal."),
        Parameter::query("citycode", Takes::Text, "Seulement ce code INSEE."),
    ]
}
parameters! {
    /// Reverse geocoding.
    Reversed = [
        Parameter::needed("lon", LONGITUDE, "Longitude.").like("5.05"),
        Parameter::needed("lat", LATITUDE, "Latitude.").like("43.4"),
        Parameter::query("limit", Takes::Integer(1, 50), "Sans effet : une position a une commune."),
        Parameter::query("type", Takes::OneOf(&TYPES), "Seules les communes sont connues."),
    ]
}

/// `GET /search/`: the municipalities that a text may mean.
#[utoipa::path(
    get,
    path = "/search/",
    tag = "Géocodage",
    summary = "Communes que désigne un texte (GeocodeJSON)",
    description = "",
    params(Geocoded, Asker, Own),
    responses((status = 200, body = Answer), Refused),
    extensions(("x-example" = json!("/search/?q=martigues&limit=3")))
)]
pub async fn search(call: Call) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::new(&call, &SEARCH);
    let q = text(&mut reader);
    let limit = reader.number("limit", 1..=50, 5);
    let autocomplete = reader.flag("autocomplete", true);
    let near = reader.position();
    let kind = reader.one_of("type", &TYPES);
    let postcode = reader.text("postcode").map(str::to_owned);
    let citycode = reader.text("citycode").map(str::to_owned);
    reader.finish()?;
    let asked = format!(
        "{:?}",
        (&q, limit, autocomplete, near, kind, &postcode, &citycode)
    );
    let validator = call.validator(&[&asked]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let wanted = matches!(kind, None | Some("municipality"));
    let words = q.clone();
    let hits = call
        .heavy(move |snapshot| {
            let request = GeocodeRequest {
                text: &words,
                limit: limit as usize,
                autocomplete,
                near,
                postcode: postcode.as_deref(),
                citycode: citycode.as_deref(),
            };
            Ok(if wanted {
                snapshot.geocode(&request)
            } else {
                Vec::new()
            })
        })
        .await?;
    let distance = |hit: &GeocodeHit| Some(metres(near?.distance_km(hit.position?)));
    let features = hits
        .into_iter()
        .map(|hit| {
            let far = distance(&hit);
            place(hit, far)
        })
        .collect();
    call.json(
        "application/json",
        &answer(features, Some(&q), limit),
        &validator,
    )
}

/// `GET /reverse/`: the municipality at a position: by its boundary, else the nearest.
#[utoipa::path(
    get,
    path = "/reverse/",
    tag = "Géocodage",
    summary = "Commune d’une position (GeocodeJSON)",
    description = "",
    params(Reversed, Own),
    responses((status = 200, body = Answer), Refused),
    extensions(("x-example" = json!("/reverse/?lon=5.05&lat=43.4")))
)]
pub async fn reverse(call: Call) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::new(&call, &REVERSE);
    reader.required("lon", "5.05");
    reader.required("lat", "43.4");
    let position = reader.position();
    let limit = reader.number("limit", 1..=50, 1);
    let kind = reader.one_of("type", &TYPES);
    reader.finish()?;
    let validator = call.validator(&[&format!("{:?}", (position, limit, kind))]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let wanted = matches!(kind, None | Some("municipality"));
    let found = call
        .heavy(move |snapshot| {
            let commune = position
                .filter(|_| wanted)
                .and_then(|at| snapshot.commune_at(at));
            Ok(commune.and_then(|(doc, km)| Some((snapshot.geocode_hit(doc)?, km))))
        })
        .await?;
    let features = found
        .map(|(hit, km)| place(hit, Some(metres(km))))
        .into_iter()
        .collect();
    call.json(
        "application/json",
        &answer(features, None, limit),
        &validator,
    )
}

fn metres(km: f64) -> u32 {
    (km * 1000.0).round() as u32
}

fn place(hit: GeocodeHit, distance: Option<u32>) -> Place {
    let geometry = hit.position.map(|position| Point {
        kind: "Point",
        coordinates: [Degrees(position.longitude()), Degrees(position.latitude())],
    });
    let municipality = hit.city.clone();
    Place {
        kind: "Feature",
        geometry,
        properties: Properties {
            hit,
            municipality,
            distance,
        },
    }
}

fn answer(features: Vec<Place>, query: Option<&str>, limit: u32) -> Answer<'_> {
    Answer {
        kind: "FeatureCollection",
        version: "draft",
        features,
        attribution: ATTRIBUTION,
        licence: "Licence Ouverte 2.0",
        query,
        limit,
    }
}
