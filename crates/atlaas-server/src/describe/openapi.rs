//! The OpenAPI documents: 3.1 of everything at `/openapi.json`, 3.0 of the OGC part at `/ogc/api`;
//! both made of what handlers say of themselves.

use crate::call::request::Call;
use crate::describe::query_parameters::Own;
use crate::describe::responses::Refused;
use crate::describe::surface::EXAMPLE;
use crate::describe::yaml;
use crate::error::problem::ApiError;
use crate::wire::described_schema as scope;
use atlaas_model::{Kind, Schema};
use axum::Extension;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, Paths};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{
    Components, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, ServerBuilder,
};

/// Media type of an OpenAPI 3.1 document.
const MEDIA: &str = "application/vnd.oai.openapi+json;version=3.1";

/// How the addresses begin that are those of `geo.api.gouv.fr`.
const TERRITORIES: [&str; 5] = [
    "communes",
    "communes_associees_deleguees",
    "epcis",
    "departements",
    "regions",
];

/// Stands in an example for our public address as a value.
const BASE: &str = "{base}";

/// What every address says of itself, for the schema of whoever asks.
#[derive(Clone)]
pub struct Description {
    addresses: fn() -> (Paths, Components),
    /// The last one that was written, and for which schema.
    written: Arc<Mutex<Option<Written>>>,
}

/// A document and the schema that it describes.
type Written = (Arc<Schema>, Arc<OpenApi>);

/// The shape of an OpenAPI document, as far as one reads it to choose an address.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "documents are written by utoipa; this is their shape"
)]
pub struct Definition {
    /// Version of the specification.
    openapi: String,
    info: DefinitionInfo,
    servers: Vec<DefinitionServer>,
    /// Operations by address and method.
    paths: BTreeMap<String, BTreeMap<String, DefinitionOperation>>,
}

#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "documents are written by utoipa; this is their shape"
)]
struct DefinitionInfo {
    title: String,
    version: String,
    description: String,
}

#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "documents are written by utoipa; this is their shape"
)]
struct DefinitionServer {
    url: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(
    dead_code,
    reason = "documents are written by utoipa; this is their shape"
)]
struct DefinitionOperation {
    operation_id: String,
    summary: String,
    tags: Vec<String>,
}

impl Description {
    /// Of what the list of addresses tells.
    pub fn new(addresses: fn() -> (Paths, Components)) -> Self {
        Self {
            addresses,
            written: Arc::default(),
        }
    }

    /// The description for a schema: written once, until another schema is served.
    pub fn of(&self, schema: &Arc<Schema>) -> Arc<OpenApi> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, document)) = &*written
            && (Arc::ptr_eq(known, schema) || known == schema)
        {
            return Arc::clone(document);
        }
        let (paths, components) = scope::with(schema, self.addresses);
        let document = Arc::new(write(paths, components, schema));
        *written = Some((Arc::clone(schema), Arc::clone(&document)));
        document
    }

    /// The OGC operations as OpenAPI 3.0, which clients of that standard read, with the schemas that
    /// they need.
    pub fn ogc(&self, schema: &Arc<Schema>, base: &str) -> Value {
        self.part(schema, base, |first| first == "ogc")
    }

    /// The territories in the shape of the national API, likewise.
    fn territories(&self, schema: &Arc<Schema>, base: &str) -> Value {
        self.part(schema, base, |first| TERRITORIES.contains(&first))
    }

    /// The operations whose path begins with such a word.
    fn part(&self, schema: &Arc<Schema>, base: &str, kept: impl Fn(&str) -> bool) -> Value {
        let mut whole = served_at(&self.of(schema), base);
        let first = |path: &str| path.split('/').nth(1).is_some_and(&kept);
        whole.paths.paths.retain(|path, _| first(path));
        // Maps and texts only: this cannot fail.
        let mut document = serde_json::to_value(whole).unwrap_or_default();
        document["openapi"] = json!("3.0.3");
        if let Some(license) = document["info"]["license"].as_object_mut() {
            license.remove("identifier");
        }
        keep_named(&mut document);
        as_version_3_0(&mut document);
        document
    }
}

fn write(mut paths: Paths, mut components: Components, schema: &Schema) -> OpenApi {
    let tags = plain_tags(&mut paths);
    for (name, values) in [
        (
            "TypeDeFiche",
            schema
                .kinds()
                .into_iter()
                .map(Kind::as_str)
                .collect::<Vec<_>>(),
        ),
        (
            "Facette",
            schema
                .facets()
                .iter()
                .map(|info| info.facet.as_str())
                .collect(),
        ),
    ] {
        let names = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(values));
        components
            .schemas
            .insert(name.to_owned(), names.build().into());
    }
    let layers = schema.layers().iter();
    let layers: Vec<&str> = layers.map(|layer| layer.plural.fr.as_str()).collect();
    let license = LicenseBuilder::new()
        .name("MIT OR Apache-2.0")
        .identifier(Some("MIT OR Apache-2.0"))
        .build();
    let info = InfoBuilder::new()
        .title("Atlaas")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(format!(
            "Territoires français, {} : une requête, toutes les formes. \
             Les erreurs suivent la RFC 9457 ; un paramètre inconnu est une erreur qui nomme le plus proche. \
             `x-condition` dit, d’un paramètre, ce qui décide en plus de la forme de sa valeur ; sans elle, une valeur bien formée n’est jamais refusée. \
             `x-example` est une adresse qui répond. Les champs des réponses sont expliqués en anglais, comme le code dont ces schémas sont tirés.",
            layers.join(", "),
        )))
        .license(Some(license))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components))
        .tags(Some(tags))
        // Nothing has to be asked for.
        .security(Some(Vec::new()))
        .build()
}

/// Gives groups of addresses names that programs can bear, and keeps for people what they are called.
fn plain_tags(paths: &mut Paths) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let operations = paths.paths.values_mut();
    let operations = operations.flat_map(|item| [item.get.as_mut(), item.post.as_mut()]);
    for own in operations
        .flatten()
        .filter_map(|operation| operation.tags.as_mut())
    {
        for tag in own {
            let told = std::mem::replace(tag, plain(tag));
            if tags.iter().all(|known| known.name != *tag) {
                let named = TagBuilder::new().name(tag.as_str());
                tags.push(named.description(Some(told)).build());
            }
        }
    }
    tags
}

/// A name without accents.
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'é' | 'è' | 'ê' => 'e',
        'É' | 'È' | 'Ê' => 'E',
        'à' | 'â' => 'a',
        'ô' => 'o',
        'ç' => 'c',
        other => other,
    };
    name.chars().map(letter).filter(char::is_ascii).collect()
}

/// What people call the group of an operation.
pub fn group_of(document: &OpenApi, operation: &Operation) -> String {
    let name = operation.tags.iter().flatten().next();
    let mut known = document.tags.iter().flatten();
    let told = known.find(|tag| Some(&tag.name) == name);
    told.and_then(|tag| tag.description.clone())
        .unwrap_or_default()
}

/// Every address and its operation, in the order of the list.
pub fn operations(document: &OpenApi) -> impl Iterator<Item = (&str, &Operation)> {
    let paths = document.paths.paths.iter();
    paths.filter_map(|(address, item)| {
        let operation = item.get.as_ref().or(item.post.as_ref())?;
        Some((address.as_str(), operation))
    })
}

/// The document of a service at this public address.
fn served_at(document: &OpenApi, base: &str) -> OpenApi {
    let server = if base.is_empty() { "/" } else { base };
    let mut document = document.clone();
    document.servers = Some(vec![ServerBuilder::new().url(server).build()]);
    document
}

/// The address that shows what an operation does, on this service; empty for none.
pub fn example_of(operation: &Operation, base: &str) -> String {
    let extensions = operation.extensions.as_ref();
    let example = extensions.and_then(|extensions| extensions.get(EXAMPLE));
    let example = example.and_then(Value::as_str).unwrap_or_default();
    let base: String = form_urlencoded::byte_serialize(base.as_bytes()).collect();
    example.replace(BASE, &base)
}

/// `GET /openapi.json`.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "Description",
    summary = "Ce document : OpenAPI 3.1 de toutes les adresses",
    params(Own),
    responses((status = 200, body = Definition, content_type = "application/vnd.oai.openapi+json;version=3.1"), Refused),
    extensions(("x-example" = json!("/openapi.json")))
)]
pub async fn document(
    Extension(description): Extension<Description>,
    call: Call,
) -> Result<Response, ApiError> {
    call.only(&["f", "lang", "v"])?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let document = description.of(call.snapshot.schema());
    call.json(MEDIA, &served_at(&document, &call.base), &validator)
}

/// `GET /definition.yml`: where the national API has its own.
#[utoipa::path(
    get,
    path = "/definition.yml",
    tag = "Description",
    summary = "Les adresses du découpage : OpenAPI 3.0 en YAML, comme geo.api.gouv.fr",
    params(Own),
    responses((status = 200, body = Definition, content_type = "application/yaml"), Refused),
    extensions(("x-example" = json!("/definition.yml")))
)]
pub async fn definition(
    Extension(description): Extension<Description>,
    call: Call,
) -> Result<Response, ApiError> {
    call.only(&["f", "lang", "v"])?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let document = description.territories(call.snapshot.schema(), &call.base);
    let body = yaml::write(&document).into_bytes();
    Ok(call.respond("application/yaml", body, &validator))
}

/// Leaves out the schemas that no operation that is left leads to.
fn keep_named(document: &mut Value) {
    let schemas = document["components"]["schemas"].take();
    let Value::Object(mut schemas) = schemas else {
        return;
    };
    let mut kept = Map::new();
    let mut waiting = names_in(&document["paths"]);
    while let Some(name) = waiting.pop() {
        if let Some(schema) = schemas.remove(&name) {
            waiting.extend(names_in(&schema));
            kept.insert(name, schema);
        }
    }
    document["components"]["schemas"] = Value::Object(kept);
}

fn names_in(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let named = map.get("$ref").and_then(Value::as_str);
            let name = named.and_then(|named| named.strip_prefix("#/components/schemas/"));
            let own = name.map(str::to_owned).into_iter();
            own.chain(map.values().flat_map(names_in)).collect()
        }
        Value::Array(values) => values.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

/// Says in the words of 3.0 what 3.1 takes from JSON Schema: `null` among types is `nullable`, names of
/// properties have no schema.
fn as_version_3_0(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("propertyNames");
            if let Some(Value::Array(types)) = map.get("type") {
                let kept = types.iter().find(|kind| *kind != "null").cloned();
                map.insert("type".to_owned(), kept.unwrap_or_else(|| json!("string")));
                map.insert("nullable".to_owned(), json!(true));
            }
            for name in ["oneOf", "anyOf"] {
                let Some(Value::Array(choices)) = map.get_mut(name) else {
                    continue;
                };
                let before = choices.len();
                choices.retain(|choice| choice["type"] != "null");
                if choices.len() < before {
                    map.insert("nullable".to_owned(), json!(true));
                }
            }
            map.values_mut().for_each(as_version_3_0);
        }
        Value::Array(values) => values.iter_mut().for_each(as_version_3_0),
        _ => {}
    }
}
