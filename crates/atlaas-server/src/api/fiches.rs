//! `/api/v1/fiches`: the one query in every form, and single fiches.

use crate::api::list::AskedList;
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::error::problem::ApiError;
use crate::formats::LIST;
use crate::formats::feature::Feature;
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use atlaas_model::FicheId;
use axum::extract::Path;
use axum::response::Response;

/// `GET /api/v1/fiches`, with or without an extension: what the query matches.
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
