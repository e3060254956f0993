//! `/api/v1/schemas`: every table that is exported, as one package (Data Package 2.0), with its dictionary
//! and what its columns refer to in others.

use crate::api::dictionary::schema::{BY, SCHEMAS};
use crate::api::dictionary::tables::{ExportTable, SHOWN};
use crate::api::fiches::dialect;
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::parameter::parameters;
use crate::describe::query_parameters::Own;
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::stamp::LICENCE;
use crate::formats::table::frictionless::{TableDialect, TableSchema, encoding};
use crate::wire::links;
use crate::wire::media::JSON;
use crate::words::language::Language;
use atlaas_engine::Snapshot;
use atlaas_model::{Kind, Level};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

parameters! {
    /// How tables are written.
    Written = [dialect()]
}

/// The tables.
#[derive(Serialize, ToSchema)]
#[schema(as = Tables)]
struct Package {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    homepage: String,
    /// Name of the snapshot.
    version: String,
    /// When it was built.
    created: String,
    licenses: [PackageLicence; 1],
    resources: Vec<TableResource>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = LicenceDesTables)]
struct PackageLicence {
    name: &'static str,
    path: &'static str,
    title: &'static str,
}

/// A table: its file, how that is written, what its columns are.
#[derive(Serialize, ToSchema)]
#[schema(as = TableExportee)]
struct TableResource {
    name: &'static str,
    title: String,
    /// Address of the CSV; of figures, one that shows them.
    path: String,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    dialect: TableDialect,
    schema: TableSchema,
}

/// `GET /api/v1/schemas`: all tables with their dictionaries.
#[utoipa::path(
    get,
    path = "/api/v1/schemas",
    tag = "Catalogue",
    summary = "Toutes les tables et leurs dictionnaires",
    description = "Un Data Package 2.0 : chaque export CSV avec son adresse, son dialecte, son Table Schema et les colonnes qui renvoient à une autre table.",
    params(Written, Own),
    responses((status = 200, body = Package, content_type = "application/json"), Refused),
    extensions(("x-example" = json!("/api/v1/schemas")))
)]
pub async fn list(call: Call) -> Result<Response, ApiError> {
    call.only(&SERVER_PARAMETERS)?;
    let dialect = Dialect::parse(call.parameter("dialecte"))?;
    let language = call.language();
    let validator = call.validator(&[dialect.as_str(), language.tag()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let package = call
        .heavy(move |snapshot| Ok(Package::new(snapshot, &base, dialect, language)))
        .await?;
    let mut response = call.json(JSON, &package, &validator)?;
    links::apply(&[links::license(&call.base)], response.headers_mut());
    Ok(response)
}

impl Package {
    fn new(snapshot: &Snapshot, base: &str, dialect: Dialect, language: Language) -> Self {
        let manifest = snapshot.manifest();
        let tables = ExportTable::all(snapshot.schema()).into_iter();
        let resources = tables.map(|table| resource(table, snapshot, base, dialect, language));
        Self {
            profile: "https://datapackage.org/profiles/2.0/datapackage.json",
            name: "atlaas",
            title: "Atlaas",
            description: language.say("table-package"),
            homepage: format!("{base}{SCHEMAS}"),
            version: manifest.id.clone(),
            created: manifest.cree.clone(),
            licenses: [PackageLicence {
                name: LICENCE.id,
                path: LICENCE.url,
                title: LICENCE.title,
            }],
            // Figures that cannot be had of these sources, as a comparison without a context, are no table.
            resources: resources.filter_map(Result::ok).collect(),
        }
    }
}

fn resource(
    table: ExportTable,
    snapshot: &Snapshot,
    base: &str,
    dialect: Dialect,
    language: Language,
) -> Result<TableResource, ApiError> {
    let shown = [(BY.to_owned(), SHOWN.to_owned())];
    let fields = table.fields(snapshot, &shown, language)?;
    let schema = TableSchema::new(&fields, table.key(), dialect);
    let mut path = format!("{base}{}", table.csv(snapshot));
    if dialect != Dialect::default() {
        let mark = if path.contains('?') { '&' } else { '?' };
        path.push(mark);
        path.push_str("dialecte=");
        path.push_str(dialect.as_str());
    }
    Ok(TableResource {
        name: table.name(snapshot.schema()),
        title: table.title(snapshot.schema(), language),
        path,
        format: "csv",
        mediatype: "text/csv",
        encoding: encoding(dialect),
        dialect: TableDialect::new(dialect),
        schema: match table {
            ExportTable::Of(kind) => located(kind, schema),
            _ => schema,
        },
    })
}

/// The same, whose fiches lie in territories that are tables beside it. A territory lies in itself.
fn located(kind: Kind, schema: TableSchema) -> TableSchema {
    let wider = Level::ALL.into_iter().filter(|level| kind != *level);
    wider.fold(schema, |schema, level| {
        schema.referring(&format!("code_{level}"), (level.plural(), "code"))
    })
}
