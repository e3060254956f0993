//! `/search/` and `/reverse/`: GeocodeJSON as the national address API answers for municipalities,
//! so that widgets written for it work here by changing their address.

use crate::call::parameters::{LATITUDES, LONGITUDES, ParameterReader};
use crate::call::request::Call;
use crate::describe::parameter::{FLAG, LATITUDE, LONGITUDE, Parameter, Takes, parameters};
use crate::describe::query_parameters::Own;
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::formats::feature::Degrees;
use crate::national::entry::NationalEntry;
use crate::words::message::Message;
use atlaas_engine::{ATTRIBUTION, GeocodeHit, GeocodeRequest, Snapshot};
use atlaas_model::{DocId, Position};
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

const SEARCH: [&str; 10] = [
    "q",
    "limit",
    "autocomplete",
    "type",
    "postcode",
    "citycode",
    "index",
    "lang",
    "v",
    "f",
];
const REVERSE: [&str; 6] = ["limit", "type", "index", "lang", "v", "f"];
/// Types that the national API knows; only municipalities are here.
const TYPES: [&str; 4] = ["municipality", "locality", "street", "housenumber"];
/// Indexes that the national API knows; only addresses are here.
const INDEXES: [&str; 3] = ["address", "poi", "parcel"];
/// Most answers, as in the national API.
const MOST: u32 = 100;
/// Hits that may be nowhere beside those that are asked for.
const SPARE: usize = 10;
/// Fewest and most characters of a text, as in the national API.
const TEXT: std::ops::RangeInclusive<usize> = 1..=200;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GeocodeJSON)]
struct GeocodingAnswer<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    features: Vec<GeocodedPlace>,
    attribution: &'a str,
    licence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    /// Filters that were applied.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    filters: BTreeMap<&'static str, String>,
    /// Where the asker is.
    #[serde(skip_serializing_if = "Option::is_none")]
    center: Option<[Degrees; 2]>,
    limit: u32,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = GeocodeJSONFeature)]
struct GeocodedPlace {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Point,
    properties: GeocodedProperties,
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
struct GeocodedProperties {
    #[serde(flatten)]
    hit: GeocodeHit,
    municipality: String,
    /// Arrondissement, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    /// Always `address`: the index that answers.
    #[serde(rename = "_type")]
    index: &'static str,
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
        Parameter::needed("q", Takes::Text, "Texte : nom, code postal, code INSEE.")
            .like("martigues")
            .when("200 caractères au plus."),
        limit("Réponses."),
        Parameter::query("autocomplete", FLAG, "Le texte est peut-être inachevé (oui sans ce paramètre)."),
        Parameter::query("postcode", Takes::Texts, "Codes postaux.").like("13500"),
        Parameter::query("citycode", Takes::Texts, "Codes INSEE.").like("13056"),
        types(),
        index(),
        Parameter::query("lon", LONGITUDE, "Longitude du demandeur (aussi lng, long, longitude).").when("Avec lat."),
        Parameter::query("lat", LATITUDE, "Latitude du demandeur (aussi latitude).").when("Avec lon."),
    ]
}
parameters! {
    /// Reverse geocoding.
    Reversed = [
        Parameter::needed("lon", LONGITUDE, "Longitude (aussi lng, long, longitude).").like("5.05"),
        Parameter::needed("lat", LATITUDE, "Latitude (aussi latitude).").like("43.4"),
        limit("Sans effet : une position a une commune."),
        types(),
        index(),
    ]
}

fn limit(about: &'static str) -> Parameter {
    Parameter::query("limit", Takes::Integer(1, i64::from(MOST)), about)
}

fn types() -> Parameter {
    let about = "Types ; seules les communes sont connues.";
    Parameter::query("type", Takes::Several(&TYPES), about)
}

fn index() -> Parameter {
    let about = "Index ; seul address est connu.";
    Parameter::query("index", Takes::Several(&INDEXES), about)
}

/// What both ways are narrowed by.
struct WantedPlaces {
    municipalities: bool,
    filters: BTreeMap<&'static str, String>,
}

impl WantedPlaces {
    fn read(reader: &mut ParameterReader<'_>) -> Self {
        let types = reader.several("type", &TYPES);
        let indexes = reader.several("index", &INDEXES);
        let holds = |values: &Option<Vec<&str>>, own: &str| {
            values.as_ref().is_none_or(|values| values.contains(&own))
        };
        let municipalities = holds(&types, "municipality") && holds(&indexes, "address");
        let given = types.filter(|types| !types.is_empty());
        let filters = given.map(|types| ("type", types.join(","))).into_iter();
        Self {
            municipalities,
            filters: filters.collect(),
        }
    }

    fn codes(&mut self, reader: &ParameterReader<'_>, name: &'static str) -> Vec<String> {
        let given = reader.texts(name).unwrap_or_default();
        // There, a plus or a space stands between values as well.
        let codes = given.iter().flat_map(|values| values.split([' ', '+']));
        let codes: Vec<String> = codes
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect();
        if !codes.is_empty() {
            self.filters.insert(name, codes.join(","));
        }
        codes
    }
}

/// `GET /search/`: the municipalities that a text may mean.
#[utoipa::path(
    get,
    path = "/search/",
    tag = "Géocodage",
    summary = "Communes que désigne un texte (GeocodeJSON)",
    description = "",
    params(Geocoded, Own),
    responses((status = 200, body = GeocodingAnswer), Refused),
    extensions(("x-example" = json!("/search/?q=martigues&limit=3")))
)]
pub async fn search(call: Call) -> Result<Response, ApiError> {
    let known: Vec<&str> = SEARCH
        .into_iter()
        .chain(LONGITUDES)
        .chain(LATITUDES)
        .collect();
    let mut reader = ParameterReader::tolerant(&call, &known);
    let q = text(&mut reader);
    let limit = reader.number("limit", 1..=MOST, 5);
    let autocomplete = reader.flag("autocomplete", true);
    let near = reader.position_as_spelt();
    let mut wanted = WantedPlaces::read(&mut reader);
    let postcodes = wanted.codes(&reader, "postcode");
    let citycodes = wanted.codes(&reader, "citycode");
    let ignored = reader.finish()?;
    let asked = (
        &q,
        limit,
        autocomplete,
        near,
        &wanted.filters,
        wanted.municipalities,
    );
    let validator = call.validator(&[&format!("{asked:?}")]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(ignored.say(unchanged));
    }
    let words = q.clone();
    let WantedPlaces {
        municipalities,
        filters,
    } = wanted;
    let features = call
        .heavy(move |snapshot| {
            let request = GeocodeRequest {
                text: &words,
                // Those that are nowhere are left out.
                limit: limit as usize + SPARE,
                autocomplete,
                near,
                postcodes: &postcodes,
                citycodes: &citycodes,
            };
            let hits = municipalities.then(|| snapshot.geocode(&request));
            let placed = hits.into_iter().flatten().filter_map(|hit| {
                let at = position_of(snapshot, &hit)?;
                Some(place(
                    snapshot,
                    hit,
                    at,
                    near.map(|near| metres(near.distance_km(at))),
                ))
            });
            Ok(placed.take(limit as usize).collect())
        })
        .await?;
    let answer = answer(features, Some(&q), filters, near, limit);
    Ok(ignored.say(call.json("application/json", &answer, &validator)?))
}

/// `GET /reverse/`: the municipality at a position: by its boundary, else the nearest.
#[utoipa::path(
    get,
    path = "/reverse/",
    tag = "Géocodage",
    summary = "Commune d’une position (GeocodeJSON)",
    description = "",
    params(Reversed, Own),
    responses((status = 200, body = GeocodingAnswer), Refused),
    extensions(("x-example" = json!("/reverse/?lon=5.05&lat=43.4")))
)]
pub async fn reverse(call: Call) -> Result<Response, ApiError> {
    let known: Vec<&str> = REVERSE
        .into_iter()
        .chain(LONGITUDES)
        .chain(LATITUDES)
        .collect();
    let mut reader = ParameterReader::tolerant(&call, &known);
    for (spellings, example) in [(&LONGITUDES[..], "5.05"), (&LATITUDES[..], "43.4")] {
        if spellings.iter().all(|name| reader.text(name).is_none()) {
            reader.required(spellings[0], example);
        }
    }
    let position = reader.position_as_spelt();
    let limit = reader.number("limit", 1..=MOST, 1);
    let WantedPlaces {
        municipalities,
        filters,
    } = WantedPlaces::read(&mut reader);
    let ignored = reader.finish()?;
    let validator = call.validator(&[&format!(
        "{:?}",
        (position, limit, municipalities, &filters)
    )]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(ignored.say(unchanged));
    }
    let features = call
        .heavy(move |snapshot| {
            let asked = position.filter(|_| municipalities);
            let found = asked.and_then(|at| found_at(snapshot, at));
            Ok(found.into_iter().collect())
        })
        .await?;
    let answer = answer(features, None, filters, position, limit);
    Ok(ignored.say(call.json("application/json", &answer, &validator)?))
}

fn found_at(snapshot: &Snapshot, at: Position) -> Option<GeocodedPlace> {
    let (doc, km) = snapshot.commune_at(at)?;
    let hit = snapshot.geocode_hit(doc)?;
    let own = position_of(snapshot, &hit)?;
    Some(place(snapshot, hit, own, Some(metres(km))))
}

fn metres(km: f64) -> u32 {
    (km * 1000.0).round() as u32
}

/// Where a hit is: by its source, else within its outline; a hit that is nowhere is none.
pub fn position_of(snapshot: &Snapshot, hit: &GeocodeHit) -> Option<Position> {
    hit.position
        .or_else(|| NationalEntry::whole(hit.doc).position(snapshot))
}

/// The commune that an arrondissement is of, by name; `None` for a commune.
fn whole_of(snapshot: &Snapshot, doc: DocId, citycode: &str) -> Option<String> {
    let fiche = snapshot.catalogue().fiche(doc);
    let own = fiche.code.is_some_and(|own| own.as_str() == citycode);
    (!own).then(|| fiche.name.clone())
}

fn place(
    snapshot: &Snapshot,
    mut hit: GeocodeHit,
    at: Position,
    distance: Option<u32>,
) -> GeocodedPlace {
    let whole = whole_of(snapshot, hit.doc, &hit.citycode);
    let district = whole.is_some().then(|| hit.name.clone());
    if let Some(whole) = whole {
        hit.city = whole;
    }
    GeocodedPlace {
        kind: "Feature",
        geometry: Point {
            kind: "Point",
            coordinates: degrees(at),
        },
        properties: GeocodedProperties {
            municipality: hit.city.clone(),
            hit,
            district,
            index: "address",
            distance,
        },
    }
}

fn degrees(at: Position) -> [Degrees; 2] {
    [Degrees(at.longitude()), Degrees(at.latitude())]
}

fn answer<'a>(
    features: Vec<GeocodedPlace>,
    query: Option<&'a str>,
    filters: BTreeMap<&'static str, String>,
    center: Option<Position>,
    limit: u32,
) -> GeocodingAnswer<'a> {
    GeocodingAnswer {
        kind: "FeatureCollection",
        version: "draft",
        features,
        attribution: ATTRIBUTION,
        licence: "Licence Ouverte 2.0",
        query,
        filters,
        center: center.map(degrees),
        limit,
    }
}
