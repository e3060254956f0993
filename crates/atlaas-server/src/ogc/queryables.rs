//! What the features of a collection can be filtered by, and what they hold, as JSON Schema (OGC API
//! Features Parts 3 and 5): what the schema declares of its layer, and what every fiche has.

use crate::call::request::Call;
use crate::describe::query_parameters::Own;
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::ogc::answering::answer;
use crate::ogc::landing::{CollectionName, Document, collection_id, kind_of};
use atlaas_model::{Column, ColumnType, Kind, Schema};
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Media type of JSON Schema.
const SCHEMA_JSON: &str = "application/schema+json";
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Properties that every schema filters by, and their types.
const FILTERED: [(&str, &str, &str); 7] = [
    ("q", "string", "Mots"),
    ("commune", "string", "Code INSEE de la commune"),
    ("epci", "string", "SIREN de l’EPCI"),
    ("departement", "string", "Numéro du département"),
    ("region", "string", "Code de la région"),
    ("mention", "string", "Mention du label"),
    ("arobases", "integer", "Niveau du label"),
];
/// Properties that fiches of any collection may hold.
const HELD: [(&str, &str, &str); 23] = [
    ("type", "string", "Type de fiche"),
    ("nom", "string", "Nom"),
    ("texte", "string", "Description"),
    ("code", "string", "Code INSEE ou SIREN"),
    ("siren", "string", "SIREN de la commune"),
    ("codes_postaux", "array", "Codes postaux"),
    ("autres_noms", "array", "Autres noms"),
    ("date_maj", "date", "Dernier changement"),
    ("precision", "string", "Précision de la position"),
    ("adresse", "string", "Adresse"),
    ("commune", "string", "Commune"),
    ("code_commune", "string", "Code INSEE de la commune"),
    ("epci", "string", "EPCI"),
    ("code_epci", "string", "SIREN de l’EPCI"),
    ("departement", "string", "Département"),
    ("code_departement", "string", "Numéro du département"),
    ("region", "string", "Région"),
    ("code_region", "string", "Code de la région"),
    ("arobases", "integer", "Niveau du label"),
    ("label_de", "string", "Territoire dont vient le label"),
    ("attributs", "object", "Autres colonnes de la source"),
    ("labels", "array", "Label, année par année"),
    ("url", "string", "Page de la fiche"),
];

/// A JSON Schema of what features are filtered by, or hold.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcSchema)]
struct SchemaDocument {
    #[serde(rename = "$schema")]
    dialect: &'static str,
    #[serde(rename = "$id")]
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    properties: BTreeMap<String, Property>,
    #[serde(rename = "additionalProperties")]
    additional: bool,
}

/// One property.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = OgcPropriete)]
struct Property {
    title: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(rename = "x-ogc-role", skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    /// Unit of its numbers.
    #[serde(rename = "x-ogc-unit", skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

impl Property {
    fn of(kind: &'static str, title: &str) -> Self {
        let (kind, format) = match kind {
            "date" => ("string", Some("date")),
            other => (other, None),
        };
        Self {
            title: title.to_owned(),
            kind: Some(kind),
            format,
            ..Self::default()
        }
    }

    /// What a column of a layer declares.
    fn of_column(column: &Column) -> Self {
        Self {
            unit: column.unit.clone(),
            ..Self::of(type_of(column.kind), &column.title.fr)
        }
    }

    fn geometry(kind: Kind) -> Self {
        let format = match kind {
            Kind::Territory(_) => "geometry-multipolygon",
            Kind::Point(_) => "geometry-point",
        };
        Self {
            title: "Où".to_owned(),
            format: Some(format),
            role: Some("primary-geometry"),
            ..Self::default()
        }
    }
}

const fn type_of(column: ColumnType) -> &'static str {
    match column {
        ColumnType::Number => "number",
        ColumnType::Integer | ColumnType::Year => "integer",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Terms => "array",
        ColumnType::Text
        | ColumnType::LongText
        | ColumnType::Term
        | ColumnType::Link
        | ColumnType::Picture
        | ColumnType::Hours => "string",
    }
}

/// `GET /ogc/collections/{collection}/queryables`.
#[utoipa::path(
    get,
    path = "/ogc/collections/{collection}/queryables",
    tag = "OGC API",
    summary = "Ce par quoi ses objets se filtrent",
    description = "",
    params(CollectionName, Document, Own),
    responses((status = 200, body = SchemaDocument, content_type = "application/schema+json"), Missing),
    extensions(("x-example" = json!("/ogc/collections/initiatives/queryables")))
)]
pub async fn queryables(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    described(call, &name, "queryables", filtered).await
}

/// `GET /ogc/collections/{collection}/schema`.
#[utoipa::path(
    get,
    path = "/ogc/collections/{collection}/schema",
    tag = "OGC API",
    summary = "Ce que ses objets portent",
    description = "",
    params(CollectionName, Document, Own),
    responses((status = 200, body = SchemaDocument, content_type = "application/schema+json"), Missing),
    extensions(("x-example" = json!("/ogc/collections/initiatives/schema")))
)]
pub async fn schema(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    described(call, &name, "schema", held).await
}

async fn described(
    call: Call,
    name: &str,
    which: &'static str,
    properties: fn(&Schema, Kind) -> BTreeMap<String, Property>,
) -> Result<Response, ApiError> {
    let kind = kind_of(call.snapshot.schema(), name)?;
    answer(call, SCHEMA_JSON, move |snapshot, base| {
        let schema = snapshot.schema();
        let collection = collection_id(schema, kind);
        SchemaDocument {
            dialect: DIALECT,
            id: format!("{base}/ogc/collections/{collection}/{which}"),
            kind: "object",
            title: collection.to_owned(),
            properties: properties(schema, kind),
            additional: which == "schema",
        }
    })
    .await
}

/// What the items of a collection are filtered by: their parameters of the same names.
fn filtered(schema: &Schema, kind: Kind) -> BTreeMap<String, Property> {
    let facets = schema.columns(kind).iter().filter_map(|column| {
        let mut property = Property::of_column(column);
        // Asked for one value at a time.
        if property.kind == Some("array") {
            property.kind = Some("string");
        }
        Some((column.facet?.as_str().to_owned(), property))
    });
    let known = FILTERED.into_iter().map(named);
    known.chain(facets).chain([place(kind)]).collect()
}

/// What features hold.
fn held(schema: &Schema, kind: Kind) -> BTreeMap<String, Property> {
    let layer = schema.layer(kind);
    let columns = schema.columns(kind).iter();
    let columns = columns.map(|column| (column.name.to_string(), Property::of_column(column)));
    let counted = schema
        .layers()
        .iter()
        .filter(|layer| layer.counted && kind.is_territory());
    let counts = counted.map(|layer| {
        let count = Property::of("integer", &layer.title.fr);
        (layer.name.to_string(), count)
    });
    let mut id = Property::of("string", "Identifiant");
    id.role = Some("id");
    let own_name = layer.filter(|layer| layer.name_key.as_str() != "nom");
    let own_name = own_name.map(|layer| {
        (
            layer.name_key.to_string(),
            Property::of("string", &layer.singular.fr),
        )
    });
    let known = HELD.into_iter().map(named);
    let all = known.chain(own_name).chain(columns).chain(counts);
    all.chain([("id".to_owned(), id), place(kind)]).collect()
}

fn named((name, kind, title): (&str, &'static str, &str)) -> (String, Property) {
    (name.to_owned(), Property::of(kind, title))
}

fn place(kind: Kind) -> (String, Property) {
    ("geometry".to_owned(), Property::geometry(kind))
}
