//! `/api/v1/fiches`: the one query in every form, and single fiches.

use crate::api::list::AskedList;
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{
    FicheId as FicheIdParameter, GeoJsonForm, Own, Pages, Search,
};
use crate::describe::responses::{Missing, Refused};
use crate::error::body::Problem;
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::feature::Feature;
use crate::formats::geojson::FeatureCollection;
use crate::formats::{self, LIST};
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use atlaas_model::FicheId;
use axum::extract::Path;
use axum::response::Response;

parameters! {
    /// Form of a list.
    ListForm = [
        Parameter::query("f", Takes::OneOf(&formats::NAMES), "Format.").like("geojson"),
        dialect(),
    ]
}

/// Dialect of a CSV.
pub fn dialect() -> Parameter {
    let about = "Dialecte du CSV ; excel-fr : point-virgule, virgule décimale, lisible d’un double clic, sans formule active.";
    Parameter::query("dialecte", Takes::OneOf(&Dialect::NAMES), about).like("excel-fr")
}

/// `GET /api/v1/fiches`, with or without an extension: what the query matches. Its other forms are
/// described by their table.
#[utoipa::path(
    get,
    path = "/api/v1/fiches",
    tag = "Recherche",
    summary = "Fiches qui répondent à une requête",
    description = "",
    params(Search, Pages, ListForm),
    responses(
        (status = 200, body = FeatureCollection, content_type = "application/geo+json"),
        (status = 303, description = "La page du même résultat, pour qui accepte du HTML"),
        (status = 406, description = "Format non proposé", body = Problem, content_type = "application/problem+json"), Refused),
    extensions(("x-example" = json!("/api/v1/fiches?q=m%C3%A9diation%20num%C3%A9rique%20dans%20le%20cantal&limit=5")))
)]
pub async fn list(call: Call) -> Result<Response, ApiError> {
    let asked = AskedList::read(&call)?;
    let validator = call.validator(&asked.identity());
    if let Some(unchanged) = asked.unchanged(&call, &validator) {
        return Ok(unchanged);
    }
    let answer = asked.answer(&call).await?;
    Ok(answer.respond(&call, &validator))
}

/// `GET /api/v1/fiches/{id}`: one fiche as a feature.
#[utoipa::path(
    get,
    path = "/api/v1/fiches/{id}",
    tag = "Recherche",
    summary = "Une fiche",
    description = "",
    params(FicheIdParameter, GeoJsonForm, Own),
    responses((status = 200, body = Feature, content_type = "application/geo+json"), Missing),
    extensions(("x-example" = json!("/api/v1/fiches/commune-13056")))
)]
pub async fn one(Path(id): Path<String>, call: Call) -> Result<Response, ApiError> {
    call.only(&SERVER_PARAMETERS)?;
    call.geojson_only()?;
    let catalogue = call.snapshot.catalogue();
    let find = |id: &str| {
        id.parse::<FicheId>()
            .ok()
            .and_then(|id| catalogue.doc_of(&id))
    };
    let bare = || {
        id.strip_suffix(".geojson")
            .or_else(|| id.strip_suffix(".json"))
    };
    let doc = find(&id)
        .or_else(|| find(bare()?))
        .ok_or_else(|| ApiError::unknown_fiche(&id))?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let feature = Feature::new(catalogue, doc, &call.base);
    let links = [
        Link::new("alternate", feature.properties.url.clone(), "text/html"),
        Link::new(
            "self",
            format!("{}{LIST}/{}", call.base, feature.properties.id),
            GEOJSON,
        ),
        links::license(&call.base),
    ];
    let mut response = call.json(GEOJSON, &feature, &validator)?;
    links::apply(&links, response.headers_mut());
    Ok(response)
}
