//! `/api/v1/fiches.csv-metadata.json`: what lies beside the CSV of a query (CSV on the Web): where its rows
//! come from, and what its columns are.

use crate::api::fiches::dialect;
use crate::api::list::AskedList;
use crate::call::request::Call;
use crate::describe::parameter::parameters;
use crate::describe::query_parameters::{Order, Search};
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::formats::table::csvw::{CSVM_JSON, CsvMetadata};
use crate::wire::links;
use axum::response::Response;

parameters! {
    /// How the CSV is written.
    CsvForm = [dialect()]
}

/// `GET /api/v1/fiches.csv-metadata.json`: what the CSV of the same query is.
#[utoipa::path(
    get,
    path = "/api/v1/fiches.csv-metadata.json",
    tag = "Catalogue",
    summary = "Métadonnées d’un CSV : instantané, requête, date, licence, colonnes",
    description = "À côté du CSV de la même requête, selon CSV on the Web (W3C) : le lien `describedby` des exports y mène.",
    params(Search, Order, CsvForm),
    responses((status = 200, body = CsvMetadata, content_type = "application/csvm+json"), Refused),
    extensions(("x-example" = json!("/api/v1/fiches.csv-metadata.json?type=region")))
)]
pub async fn beside_fiches(call: Call) -> Result<Response, ApiError> {
    let asked = AskedList::beside_csv(&call)?;
    let language = call.language();
    let [canonical, form, dialect, extent] = asked.identity();
    let validator = call.validator(&[canonical, form, dialect, extent, language.tag()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let metadata = call
        .heavy(move |snapshot| asked.csv_metadata(snapshot, &base, language))
        .await?;
    let body = serde_json::to_vec(&metadata).map_err(|error| ApiError::internal(&error))?;
    let mut response = call.respond(CSVM_JSON, body, &validator);
    links::apply(&[links::license(&call.base)], response.headers_mut());
    Ok(response)
}
