//! The OpenAPI documents: 3.1 of everything at `/openapi.json`, 3.0 of the OGC part at `/ogc/api`;
//! both written from the table of operations.

use crate::call::request::Call;
use crate::describe::operations::{Kind, OPERATIONS, Operation, Parameter};
use crate::error::problem::ApiError;
use axum::response::Response;
use serde_json::{Value, json};
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HttpMethod, InfoBuilder, LicenseBuilder, OpenApi,
    OpenApiBuilder, PathItem, PathsBuilder, Ref, RefOr, Required, ResponseBuilder,
    ResponsesBuilder, ServerBuilder,
};

/// Media type of an OpenAPI 3.1 document.
const MEDIA: &str = "application/vnd.oai.openapi+json;version=3.1";

/// `GET /openapi.json`.
pub async fn document(call: Call) -> Result<Response, ApiError> {
    call.only(&["f", "lang", "v"])?;
    let validator = call.validator(&[]);
    match validator.not_modified(&call.headers) {
        Some(unchanged) => Ok(unchanged),
        None => call.json(MEDIA, &openapi(&call.base, |_| true), &validator),
    }
}

/// `GET /ogc/api`: the OGC operations as OpenAPI 3.0, which clients of that standard read.
pub fn ogc_definition(base: &str) -> Value {
    let whole = openapi(base, |operation| operation.path.starts_with("/ogc"));
    // Maps and texts only: this cannot fail.
    let mut document = serde_json::to_value(whole).unwrap_or_default();
    document["openapi"] = json!("3.0.3");
    if let Some(license) = document["info"]["license"].as_object_mut() {
        license.remove("identifier");
    }
    document
}

/// The document of the operations that are kept.
pub fn openapi(base: &str, keep: impl Fn(&Operation) -> bool) -> OpenApi {
    let paths = OPERATIONS
        .iter()
        .filter(|operation| keep(operation))
        .fold(PathsBuilder::new(), |paths, one| {
            paths.path(one.path, PathItem::new(HttpMethod::Get, operation(one)))
        });
    let license = LicenseBuilder::new()
        .name("MIT OR Apache-2.0")
        .identifier(Some("MIT OR Apache-2.0"))
        .build();
    let info = InfoBuilder::new()
        .title("Atlaas")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Territoires français, lieux de médiation numérique et initiatives numériques : une requête, toutes les formes. \
             Les erreurs suivent la RFC 9457 ; un paramètre inconnu est une erreur qui nomme le plus proche. \
             `x-condition` dit, d’un paramètre, ce qui décide en plus de la forme de sa valeur ; sans elle, une valeur bien formée n’est jamais refusée.",
        ))
        .license(Some(license))
        .build();
    let server = if base.is_empty() { "/" } else { base };
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url(server).build()]))
        .paths(paths.build())
        .components(Some(components()))
        .build()
}

fn operation(one: &Operation) -> utoipa::openapi::path::Operation {
    let mut responses = ResponsesBuilder::new().response("200", success(one));
    for status in one.others {
        responses = responses.response(status.to_string(), other(*status));
    }
    let builder = OperationBuilder::new()
        .tag(one.tag)
        .summary(Some(one.summary))
        .operation_id(Some(one.id()))
        .responses(responses.build());
    let builder = if one.detail.is_empty() {
        builder
    } else {
        builder.description(Some(one.detail))
    };
    one.all_parameters()
        .fold(builder, |builder, one| builder.parameter(parameter(one)))
        .build()
}

fn success(one: &Operation) -> utoipa::openapi::Response {
    one.media
        .iter()
        .fold(
            ResponseBuilder::new().description(one.summary),
            |response, media| {
                let content = match *media {
                    "application/geo+json" => {
                        ContentBuilder::new().schema(Some(Ref::from_schema_name("GeoJSON")))
                    }
                    media if media.ends_with("json") => ContentBuilder::new().schema(Some(any())),
                    _ => ContentBuilder::new(),
                };
                response.content(
                    media.split("; header").next().unwrap_or(media),
                    content.build(),
                )
            },
        )
        .build()
}

fn other(status: u16) -> utoipa::openapi::Response {
    let problem = || {
        ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Probleme")))
            .build()
    };
    let described = |text: &str| ResponseBuilder::new().description(text);
    match status {
        204 => described("Rien ici").build(),
        303 => described("La page du même résultat, pour qui accepte du HTML").build(),
        400 => described("Paramètres à corriger")
            .content("application/problem+json", problem())
            .build(),
        404 => described("Introuvable")
            .content("application/problem+json", problem())
            .build(),
        406 => described("Format non proposé")
            .content("application/problem+json", problem())
            .build(),
        _ => described("Service occupé : réessayer après Retry-After")
            .content("application/problem+json", problem())
            .build(),
    }
}

fn parameter(one: &Parameter) -> utoipa::openapi::path::Parameter {
    let place = if one.in_path {
        ParameterIn::Path
    } else {
        ParameterIn::Query
    };
    let required = if one.required {
        Required::True
    } else {
        Required::False
    };
    let builder = ParameterBuilder::new()
        .name(one.name)
        .parameter_in(place)
        .required(required)
        .description(Some(one.about))
        .schema(Some(schema(one)));
    let example = match (one.kind, one.example) {
        (_, "") => None,
        (Kind::Integer(..) | Kind::Number(..), text) => serde_json::from_str(text).ok(),
        (_, text) => Some(json!(text)),
    };
    let builder = builder.example(example);
    if one.condition.is_empty() {
        return builder.build();
    }
    // What a schema cannot say: what else decides.
    let told = Extensions::builder().add("x-condition", one.condition);
    builder.extensions(Some(told.build())).build()
}

fn schema(one: &Parameter) -> Schema {
    let full = typed(one);
    let numeric = matches!(one.kind, Kind::Integer(..) | Kind::Number(..));
    if !numeric || one.required {
        return full;
    }
    // An empty value is as if the parameter were absent: plain HTML forms send those.
    let empty = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .max_length(Some(0))
        .build();
    Schema::AnyOf(
        AnyOfBuilder::new()
            .item(full)
            .item(Schema::Object(empty))
            .build(),
    )
}

fn typed(one: &Parameter) -> Schema {
    let kind = one.kind;
    let empty = (!one.required).then_some("");
    let object = ObjectBuilder::new();
    Schema::Object(match kind {
        Kind::Text | Kind::Texts => object
            .schema_type(SchemaType::Type(Type::String))
            .max_length(Some(500))
            .build(),
        Kind::Version => object
            .schema_type(SchemaType::Type(Type::String))
            .max_length(Some(64))
            .build(),
        Kind::Several(values) => {
            let one = values.join("|");
            let pattern = format!("^(({one})(,({one}))*)?$");
            object
                .schema_type(SchemaType::Type(Type::String))
                .pattern(Some(pattern))
                .build()
        }
        Kind::OneOf(values) => object
            .schema_type(SchemaType::Type(Type::String))
            .enum_values(Some(values.iter().copied().chain(empty)))
            .build(),
        Kind::Integer(first, last) => object
            .schema_type(SchemaType::Type(Type::Integer))
            .minimum(Some(first as f64))
            .maximum(Some(last as f64))
            .build(),
        Kind::Number(first, last) => object
            .schema_type(SchemaType::Type(Type::Number))
            .minimum(Some(first))
            .maximum(Some(last))
            .build(),
    })
}

/// Any JSON.
fn any() -> RefOr<Schema> {
    RefOr::T(Schema::Object(
        ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .build(),
    ))
}

fn components() -> utoipa::openapi::Components {
    let text = || {
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::String))
            .build()
    };
    let number = || {
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::Integer))
            .build()
    };
    let kinds = ["Feature", "FeatureCollection"];
    let kind = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .enum_values(Some(kinds))
        .build();
    let geojson = ObjectBuilder::new()
        .description(Some("RFC 7946"))
        .property("type", kind)
        .required("type")
        .build();
    let problem = ObjectBuilder::new()
        .description(Some("RFC 9457"))
        .property("type", text())
        .property("title", text())
        .property("status", number())
        .property("detail", text())
        .property("instance", text())
        .required("title")
        .required("status")
        .required("detail")
        .build();
    ComponentsBuilder::new()
        .schema("GeoJSON", Schema::Object(geojson))
        .schema("Probleme", Schema::Object(problem))
        .build()
}
