//! `/api/v1/schemas/{table}.json`: the data dictionary of one table.

use crate::api::dictionary::tables::ExportTable;
use crate::api::fiches::dialect;
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Own;
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::table::frictionless::TableSchema;
use crate::wire::described_schema as scope;
use crate::wire::links::{self, Link};
use crate::wire::media::JSON;
use crate::words::message::Message;
use axum::extract::Path;
use axum::response::Response;

/// The parameter that says what figures are told apart by.
pub const BY: &str = "par";
/// Path of the schemas.
pub const SCHEMAS: &str = "/api/v1/schemas";

parameters! {
    /// Which table, and how it is written.
    TableName = [
        Parameter::path("table", Takes::Declared(names()), "Table.").like("communes"),
        Parameter::query("par", Takes::Text, "Pour `barometre` : les dimensions, comme dans le baromètre.").when("Deux au plus ; aucune autre table ne l’admet."),
        dialect(),
    ]
}

/// Names of the tables of the schema in scope.
fn names() -> Vec<&'static str> {
    let schema = scope::schema();
    let all = ExportTable::all(&schema);
    all.into_iter().map(|table| table.name(&schema)).collect()
}

/// `GET /api/v1/schemas/{table}.json`: what each column of a table is.
#[utoipa::path(
    get,
    path = "/api/v1/schemas/{table}.json",
    tag = "Catalogue",
    summary = "Dictionnaire des colonnes d’une table",
    description = "Table Schema (Data Package 2.0) des exports CSV : noms, titres, types, unités, vocabulaires. Une table par type de fiches, `fiches` pour tous ensemble, `barometre`, `comparaison`.",
    params(TableName, Own),
    responses((status = 200, body = TableSchema, content_type = "application/json"), Missing),
    extensions(("x-example" = json!("/api/v1/schemas/communes.json")))
)]
pub async fn one(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    let name = name.strip_suffix(".json").unwrap_or(&name);
    let known = ExportTable::named(call.snapshot.schema(), name);
    let table = known.ok_or_else(|| unknown(name))?;
    let by = by(&call, table)?;
    let dialect = Dialect::parse(call.parameter("dialecte"))?;
    let language = call.language();
    let validator = call.validator(&[dialect.as_str(), language.tag(), &by]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let schema = call
        .heavy(move |snapshot| {
            let by = [(BY.to_owned(), by)];
            let fields = table.fields(snapshot, &by, language)?;
            Ok(TableSchema::new(&fields, table.key(), dialect))
        })
        .await?;
    let mut response = call.json(JSON, &schema, &validator)?;
    let links = [
        Link::new("collection", format!("{}{SCHEMAS}", call.base), JSON),
        links::license(&call.base),
    ];
    links::apply(&links, response.headers_mut());
    Ok(response)
}

/// What the figures of a barometer are told apart by; nothing else is.
fn by(call: &Call, table: ExportTable) -> Result<String, ApiError> {
    let known: Vec<&str> = SERVER_PARAMETERS.into_iter().chain([BY]).collect();
    call.only(&known)?;
    if table != ExportTable::Barometer && call.gives(BY) {
        call.only(&SERVER_PARAMETERS)?;
    }
    Ok(call.parameter(BY).unwrap_or_default().to_owned())
}

fn unknown(name: &str) -> ApiError {
    let name: String = name.chars().take(80).collect();
    ApiError::not_found(Message::new("error-no-table").with("name", name))
}
