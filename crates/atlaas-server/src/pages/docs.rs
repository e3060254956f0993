//! `/docs`: every address with a command to copy, and recipes; written from the table of operations.

use crate::call::request::Call;
use crate::describe::operations::{OPERATIONS, Operation, Parameter};
use crate::describe::recipes::{RECIPES, Recipe};
use crate::error::problem::ApiError;
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::state::limits::Limits;
use crate::words::language::Language;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    frame: Frame,
    limits: Limits,
    most_hits: u32,
    recipes: &'static [Recipe],
    groups: Vec<Group>,
}

struct Group {
    name: &'static str,
    operations: Vec<Shown>,
}

struct Shown {
    path: &'static str,
    summary: &'static str,
    detail: &'static str,
    example: &'static str,
    parameters: Vec<&'static Parameter>,
}

impl Shown {
    fn new(operation: &'static Operation) -> Self {
        Self {
            path: operation.path,
            summary: operation.summary,
            detail: operation.detail,
            example: operation.example,
            parameters: operation.all_parameters().collect(),
        }
    }
}

/// `GET /docs`.
pub async fn page(call: Call) -> Result<Response, ApiError> {
    call.only(&["lang"])?;
    let mut frame = Frame::new(&call);
    // Written in French only.
    frame.lang = Language::French;
    "API et données ouvertes – Atlaas".clone_into(&mut frame.title);
    "Toutes les adresses de l’Atlaas, avec des exemples à copier."
        .clone_into(&mut frame.description);
    let limits = call.app.limits.clone();
    let most_hits = atlaas_engine::query_limits::MAX_LIMIT;
    answer(&call, frame, &[], move |frame, _| {
        html(&DocsPage {
            frame,
            limits,
            most_hits,
            recipes: &RECIPES,
            groups: groups(),
        })
    })
    .await
}

fn groups() -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for operation in OPERATIONS {
        match groups.iter_mut().find(|group| group.name == operation.tag) {
            Some(group) => group.operations.push(Shown::new(operation)),
            None => groups.push(Group {
                name: operation.tag,
                operations: vec![Shown::new(operation)],
            }),
        }
    }
    groups
}
