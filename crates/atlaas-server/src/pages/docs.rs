//! `/docs`: every address with a command to copy, and recipes; drawn from the description.

use crate::call::request::Call;
use crate::describe::openapi::{Description, example_of, group_of, operations};
use crate::describe::parameter::CONDITION;
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::recipes::{RECIPES, Recipe};
use crate::describe::responses::Refused;
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::state::limits::Limits;
use crate::words::language::Language;
use askama::Template;
use atlaas_engine::parameters;
use atlaas_model::Schema;
use axum::Extension;
use axum::response::Response;
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter};

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    frame: Frame,
    limits: Limits,
    most_hits: u32,
    recipes: &'static [Recipe],
    groups: Vec<Group>,
    names: Vec<Named>,
    counted: String,
}

/// A thing that has one name in addresses, and other spellings.
struct Named {
    name: &'static str,
    /// Taken for it as well.
    taken: String,
    /// Refused, with the name as an answer.
    refused: String,
}

struct Group {
    name: String,
    operations: Vec<Shown>,
}

/// An address, as the page shows it.
struct Shown {
    path: String,
    summary: String,
    detail: String,
    example: String,
    parameters: Vec<ShownParameter>,
}

struct ShownParameter {
    name: String,
    about: String,
    example: String,
    condition: String,
    required: bool,
}

impl Shown {
    fn new(path: &str, operation: &Operation, base: &str) -> Self {
        let parameters = operation.parameters.iter().flatten();
        Self {
            path: path.to_owned(),
            summary: operation.summary.clone().unwrap_or_default(),
            detail: operation.description.clone().unwrap_or_default(),
            example: example_of(operation, base),
            parameters: parameters
                .filter_map(|parameter| match parameter {
                    RefOr::T(parameter) => Some(ShownParameter::new(parameter)),
                    RefOr::Ref(_) => None,
                })
                .collect(),
        }
    }
}

impl ShownParameter {
    fn new(parameter: &Parameter) -> Self {
        // As it is told to programs. Maps and texts only: this cannot fail.
        let told = serde_json::to_value(parameter).unwrap_or_default();
        let text = |name: &str| match &told[name] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Self {
            name: text("name"),
            about: text("description"),
            example: text("example"),
            condition: text(CONDITION),
            required: told["required"] == true,
        }
    }
}

/// `GET /docs`.
#[utoipa::path(
    get,
    path = "/docs",
    tag = "Images et pages",
    summary = "Documentation : règles, recettes, toutes les adresses",
    description = "",
    params(LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/docs")))
)]
pub async fn page(
    Extension(description): Extension<Description>,
    mut call: Call,
) -> Result<Response, ApiError> {
    call.forget_strangers(|name| name == "lang");
    let mut frame = Frame::new(&call);
    // Written in French only.
    frame.lang = Language::French;
    "API et données ouvertes – Atlaas".clone_into(&mut frame.title);
    "Toutes les adresses de l’Atlaas, avec des exemples à copier."
        .clone_into(&mut frame.description);
    let limits = call.app.limits.clone();
    let most_hits = atlaas_engine::query_limits::MAX_LIMIT;
    answer(&call, frame, &[], move |frame, snapshot| {
        let groups = groups(&description.of(snapshot.schema()), &frame.base);
        let layers = snapshot.schema().layers().iter();
        let counted = layers.filter(|layer| layer.counted);
        let counted = counted.map(|layer| format!("<code>{}</code>", layer.name));
        html(&DocsPage {
            names: names(snapshot.schema()),
            counted: counted.collect::<Vec<_>>().join(", "),
            frame,
            limits,
            most_hits,
            recipes: &RECIPES,
            groups,
        })
    })
    .await
}

/// The parameters of the query that are written otherwise as well.
fn names(schema: &Schema) -> Vec<Named> {
    let all = parameters(schema);
    let stands_for = |name: &str| {
        let others = all.iter().filter(|other| other.instead_of.contains(&name));
        others
            .map(|other| other.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let named = all.iter().map(|parameter| Named {
        name: parameter.name,
        taken: stands_for(parameter.name),
        refused: parameter.aliases.join(", "),
    });
    named
        .filter(|named| !named.taken.is_empty() || !named.refused.is_empty())
        .collect()
}

/// The addresses by subject, in the order of the list.
fn groups(description: &OpenApi, base: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, operation) in operations(description) {
        let shown = Shown::new(path, operation, base);
        let name = group_of(description, operation);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.operations.push(shown),
            None => groups.push(Group {
                name,
                operations: vec![shown],
            }),
        }
    }
    groups
}
