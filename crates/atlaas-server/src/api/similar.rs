//! `/api/v1/fiches/{id}/semblables`: fiches that resemble one, near ones first; territories by context.

use crate::call::parameters::ParameterReader;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{FicheId as FicheIdParameter, GeoJsonForm, Own};
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::formats::LIST;
use crate::formats::feature::Feature;
use crate::wire::links::license;
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use atlaas_model::FicheId;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;

const ALLOWED: [&str; 4] = ["limit", "f", "lang", "v"];

/// A plain collection of fiches.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = FichesSemblables)]
pub struct Collection<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "numberReturned")]
    returned: usize,
    features: Vec<Feature<'a>>,
}

impl<'a> Collection<'a> {
    /// Of these features.
    pub const fn new(features: Vec<Feature<'a>>) -> Self {
        Self {
            kind: "FeatureCollection",
            returned: features.len(),
            features,
        }
    }
}

parameters! {
    /// How many.
    Few = [
        Parameter::query("limit", Takes::Integer(1, 50), "Au plus tant (6 sans ce paramètre).").like("5"),
    ]
}

/// `GET /api/v1/fiches/{id}/semblables`: at most `limit` fiches, with their distance.
#[utoipa::path(
    get,
    path = "/api/v1/fiches/{id}/semblables",
    tag = "Recherche",
    summary = "Fiches qui lui ressemblent",
    description = "Par les mots et les termes ; un territoire ressemble à d’autres par son contexte (/api/v1/comparaison dit comment).",
    params(FicheIdParameter, Few, GeoJsonForm, Own),
    responses((status = 200, body = Collection, content_type = "application/geo+json"), Missing),
    extensions(("x-example" = json!("/api/v1/fiches/commune-13056/semblables")))
)]
pub async fn list(Path(id): Path<String>, call: Call) -> Result<Response, ApiError> {
    let mut reader = ParameterReader::new(&call, &ALLOWED);
    let limit = reader.number("limit", 1..=50, 6);
    let _ = reader.finish()?;
    call.geojson_only()?;
    let doc = id
        .parse::<FicheId>()
        .ok()
        .and_then(|id| call.snapshot.catalogue().doc_of(&id));
    let doc = doc.ok_or_else(|| ApiError::unknown_fiche(&id))?;
    let validator = call.validator(&[&limit.to_string()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let body = call
        .heavy(move |snapshot| {
            let catalogue = snapshot.catalogue();
            let origin = catalogue.fiche(doc).position;
            let fiche = catalogue.fiche(doc);
            // A territory resembles others by what it is, not by its name.
            let docs = if fiche.kind.is_territory() {
                snapshot.alike(fiche, limit)
            } else {
                let similar = snapshot.search().similar(doc, limit as usize);
                similar.map_err(|error| ApiError::internal(&error))?
            };
            let feature = |doc| {
                let distance = origin.and_then(|origin| snapshot.distance_km(doc, origin));
                Feature::new(catalogue, doc, &base).distant(distance)
            };
            let collection = Collection::new(docs.into_iter().map(feature).collect());
            serde_json::to_vec(&collection).map_err(|error| ApiError::internal(&error))
        })
        .await?;
    let mut response = call.respond(GEOJSON, body, &validator);
    let up = Link::new("up", format!("{}{LIST}/{id}", call.base), GEOJSON);
    links::apply(&[up, license(&call.base)], response.headers_mut());
    Ok(response)
}
