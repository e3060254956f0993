//! How addresses refuse, the same way for all: what stands beside 200 in their descriptions.

use crate::error::body::Problem;
use std::borrow::Cow;
use std::collections::BTreeMap;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

/// Parameters to correct, or too much work under way.
pub enum Refused {}
/// The same, or nothing of that name.
pub enum Missing {}

impl IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([
            problem("400", "Paramètres à corriger"),
            problem("503", "Service occupé : réessayer après Retry-After"),
        ])
    }
}

impl IntoResponses for Missing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = Refused::responses();
        responses.extend([problem("404", "Introuvable")]);
        responses
    }
}

/// What an address that takes parameters answers when these make it longer than is read.
pub fn too_long() -> (String, RefOr<Response>) {
    problem("414", "Adresse trop longue")
}

/// What an address answers when `v` names a snapshot that is not kept.
pub fn not_kept() -> [(String, RefOr<Response>); 2] {
    [
        problem("404", "Instantané inconnu"),
        problem(
            "410",
            "Instantané qui n’est plus gardé : lesquels le sont, lequel est le plus proche",
        ),
    ]
}

/// Bytes that are no text: a tile, a picture, a workbook.
pub enum Binary {}

impl PartialSchema for Binary {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::String))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .into()
    }
}

impl ToSchema for Binary {
    fn name() -> Cow<'static, str> {
        "Octets".into()
    }
}

/// An answer in the form of every error.
fn problem(status: &str, description: &str) -> (String, RefOr<Response>) {
    let schema = Ref::from_schema_name(Problem::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response = ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build();
    (status.to_owned(), RefOr::T(response))
}
