//! `/geocodage/completion`: what a text that is being typed may become, in the shape of the completion
//! of the Géoplateforme, for communes.

use crate::call::parameters::ParameterReader;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Own;
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::formats::feature::Degrees;
use crate::national::geocoding::position_of;
use crate::national::territory::zone;
use crate::words::message::Message;
use atlaas_engine::{GeocodeHit, GeocodeRequest, Snapshot};
use atlaas_model::Position;
use axum::response::Response;
use serde::Serialize;

const KNOWN: [&str; 8] = [
    "text",
    "terr",
    "type",
    "maximumResponses",
    "lonlat",
    "bbox",
    "lang",
    "v",
];
/// Kinds of answers there; a commune can be either.
const TYPES: [&str; 2] = ["StreetAddress", "PositionOfInterest"];
/// Most answers, as there.
const MOST: u32 = 15;
/// Names that are looked up where answers are narrowed.
const LOOKED_UP: usize = 100;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Completion)]
struct CompletionAnswer {
    /// Always `OK`.
    status: &'static str,
    results: Vec<Found>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = CompletionResultat)]
struct Found {
    /// `StreetAddress` or `PositionOfInterest`.
    country: &'static str,
    /// `municipality` or `commune`.
    kind: &'static str,
    city: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    #[serde(rename = "poiType", skip_serializing_if = "Vec::is_empty")]
    poi_type: Vec<&'static str>,
    zipcode: String,
    street: String,
    /// Whether it is in metropolitan France.
    metropole: bool,
    fulltext: String,
    /// Longitude.
    x: Degrees,
    /// Latitude.
    y: Degrees,
    /// From 1, the most important.
    classification: u8,
}

parameters! {
    /// What is being typed.
    Typed = [
        Parameter::needed("text", Takes::Text, "Texte en cours de frappe.").like("martig").when("200 caractères au plus."),
        Parameter::query("terr", Takes::Texts, "METROPOLE, DOMTOM, numéros de département, codes postaux ou INSEE."),
        Parameter::query("type", Takes::Several(&TYPES), "Sous quelle forme les communes sont données."),
        Parameter::query("maximumResponses", Takes::Integer(1, i64::from(MOST)), "Réponses (10 sans ce paramètre)."),
        Parameter::query("lonlat", Takes::Text, "Position du demandeur : longitude,latitude.").like("5.05,43.4")
            .when("Deux nombres dans leurs bornes."),
        Parameter::query("bbox", Takes::Text, "Cadre : ouest,sud,est,nord.").when("Quatre nombres."),
    ]
}

/// What answers are narrowed to.
#[derive(Debug)]
struct CompletionBounds {
    text: String,
    near: Option<Position>,
    territories: Option<Vec<String>>,
    bbox: Option<[f64; 4]>,
    as_place: bool,
    limit: usize,
}

impl CompletionBounds {
    fn read(reader: &mut ParameterReader<'_>) -> Self {
        let text = reader.required("text", "martig").to_owned();
        if text.chars().count() > 200 {
            let length = Message::new("mistake-text-length")
                .with("first", 1)
                .with("last", 200);
            reader.refuse("text", &text, length);
        }
        let lonlat = numbers::<2>(reader, "lonlat");
        let near = lonlat.and_then(|[lon, lat]| Position::new(lon, lat).ok());
        if lonlat.is_some() && near.is_none() {
            reader.refuse(
                "lonlat",
                "",
                Message::new("mistake-degrees-number").with("most", 180),
            );
        }
        let territories = reader.texts("terr");
        let types = reader.several("type", &TYPES);
        Self {
            text,
            near,
            territories: territories.map(|all| all.into_iter().map(str::to_owned).collect()),
            bbox: numbers::<4>(reader, "bbox"),
            as_place: types.is_some_and(|types| !types.contains(&"StreetAddress")),
            limit: reader.number("maximumResponses", 1..=MOST, 10) as usize,
        }
    }

    fn find(&self, snapshot: &Snapshot) -> Vec<Found> {
        let hits = snapshot.geocode(&GeocodeRequest {
            text: &self.text,
            limit: LOOKED_UP,
            autocomplete: true,
            near: self.near,
            postcodes: &[],
            citycodes: &[],
        });
        let placed = hits.into_iter().filter_map(|hit| {
            let at = position_of(snapshot, &hit)?;
            let kept = self.keeps(snapshot, &hit, at);
            kept.then(|| self.found(snapshot, hit, at))
        });
        placed.take(self.limit).collect()
    }

    fn keeps(&self, snapshot: &Snapshot, hit: &GeocodeHit, at: Position) -> bool {
        let fiche = snapshot.catalogue().fiche(hit.doc);
        let departement = fiche.territory.departement;
        let is_metropole = zone(fiche) == "metro";
        let lies_in = |asked: &String| match asked.as_str() {
            "METROPOLE" => is_metropole,
            "DOMTOM" => !is_metropole,
            code => {
                departement.is_some_and(|own| own.as_str() == code)
                    || hit.citycode == code
                    || fiche.postcodes.iter().any(|own| own == code)
            }
        };
        let in_box = |[west, south, east, north]: [f64; 4]| {
            (west..=east).contains(&at.longitude()) && (south..=north).contains(&at.latitude())
        };
        self.territories
            .as_ref()
            .is_none_or(|all| all.iter().any(lies_in))
            && self.bbox.is_none_or(in_box)
    }

    fn found(&self, snapshot: &Snapshot, hit: GeocodeHit, at: Position) -> Found {
        let metropole = zone(snapshot.catalogue().fiche(hit.doc)) == "metro";
        let place = self.as_place;
        let fulltext = match (place, hit.postcode.is_empty()) {
            (_, true) => hit.name.clone(),
            (true, false) => format!("{}, {}", hit.name, hit.postcode),
            (false, false) => format!("{} {}", hit.postcode, hit.name),
        };
        Found {
            country: TYPES[usize::from(place)],
            kind: if place { "commune" } else { "municipality" },
            names: if place {
                vec![hit.name.clone()]
            } else {
                Vec::new()
            },
            poi_type: if place {
                vec!["commune", "administratif"]
            } else {
                Vec::new()
            },
            street: if place {
                hit.name.clone()
            } else {
                String::new()
            },
            city: hit.name,
            zipcode: hit.postcode,
            metropole,
            fulltext,
            x: Degrees(at.longitude()),
            y: Degrees(at.latitude()),
            classification: classification(hit.population),
        }
    }
}

/// From 1 for the largest towns to 7.
const fn classification(population: u32) -> u8 {
    match population {
        200_000.. => 1,
        50_000.. => 2,
        20_000.. => 3,
        10_000.. => 4,
        5_000.. => 5,
        1_000.. => 6,
        _ => 7,
    }
}

/// So many numbers, separated by commas.
fn numbers<const N: usize>(reader: &mut ParameterReader<'_>, name: &str) -> Option<[f64; N]> {
    let text = reader.text(name)?;
    let numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok());
    let numbers: Option<Vec<f64>> = numbers
        .map(|one| one.filter(|one| one.is_finite()))
        .collect();
    let found = numbers.and_then(|numbers| numbers.try_into().ok());
    if found.is_none() {
        reader.refuse(name, text, Message::new("mistake-numbers").with("count", N));
    }
    found
}

/// `GET /geocodage/completion`.
#[utoipa::path(
    get,
    path = "/geocodage/completion",
    tag = "Géocodage",
    summary = "Communes qu’un texte en cours de frappe peut désigner",
    description = "",
    params(Typed, Own),
    responses((status = 200, body = CompletionAnswer), Refused),
    extensions(("x-example" = json!("/geocodage/completion?text=martig&maximumResponses=3")))
)]
pub async fn complete(call: Call) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::tolerant(&call, &KNOWN);
    let narrowing = CompletionBounds::read(&mut reader);
    let ignored = reader.finish()?;
    let validator = call.validator(&[&format!("{narrowing:?}")]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(ignored.say(unchanged));
    }
    let results = call
        .heavy(move |snapshot| Ok(narrowing.find(snapshot)))
        .await?;
    let answer = CompletionAnswer {
        status: "OK",
        results,
    };
    Ok(ignored.say(call.json("application/json", &answer, &validator)?))
}
