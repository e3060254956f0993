//! The list in each of its forms, by extension or by `f=`: the same handler, described by what the table
//! of forms says.

use crate::api::fiches;
use crate::describe::parameter::Parameter;
use crate::describe::query_parameters::{Order, Pages, Search, page_cuts};
use crate::describe::responses::Binary;
use crate::describe::surface::{EXAMPLE, Surface};
use crate::formats::format::{Content, ListFormat};
use crate::formats::{self, LIST, csv};
use crate::state::app::AppState;
use atlaas_engine::Query;
use serde_json::json;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{self, Operation};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use utoipa_axum::routes;

/// The list in whichever form is asked for, and in each by its extension (`/api/v1/fiches.csv`).
pub fn addresses() -> Surface<AppState> {
    let chosen = Surface::new().also(LIST, routes!(fiches::list), describe_choice);
    formats::ALL.iter().fold(chosen, |surface, format| {
        let address = format!("{LIST}.{}", format.name);
        surface.also(&address, routes!(fiches::list), |operation| {
            describe(operation, format);
        })
    })
}

/// Every form that has bytes, at one address.
fn describe_choice(operation: &mut Operation) {
    let named = formats::ALL.iter().filter(|format| has_bytes(format));
    let extensions: Vec<String> = named
        .clone()
        .map(|format| format!(".{}", format.name))
        .collect();
    operation.description = Some(format!(
        "Une seule requête, toutes les formes : ajouter {} à l’adresse, ou f=, ou l’en-tête Accept. Sans limit, les exports donnent tout le résultat.",
        one_of(&extensions)
    ));
    if let Some(answer) = answer(operation) {
        for format in named {
            add_content(answer, format);
        }
    }
}

/// One form: nothing to choose, nothing to refuse; a page is elsewhere.
fn describe(operation: &mut Operation, format: &ListFormat) {
    operation.summary = Some(format.about.to_owned());
    operation.description = None;
    operation.extensions = (!format.example.is_empty()).then(|| {
        let address = format!("{LIST}.{}?{}", format.name, format.example);
        Extensions::builder().add(EXAMPLE, json!(address)).build()
    });
    operation.parameters = Some(parameters(format).into_iter().map(RefOr::T).collect());
    let useless = if has_bytes(format) { "303" } else { "200" };
    operation.responses.responses.remove("406");
    operation.responses.responses.remove(useless);
    if let Some(answer) = answer(operation) {
        add_content(answer, format);
        answer.content.retain(|media, _| media == &told(format));
    }
}

const fn has_bytes(format: &ListFormat) -> bool {
    !matches!(format.content, Content::Elsewhere)
}

fn answer(operation: &mut Operation) -> Option<&mut Response> {
    match operation.responses.responses.get_mut("200")? {
        RefOr::T(answer) => Some(answer),
        RefOr::Ref(_) => None,
    }
}

/// A form that has no schema yet is bytes, or text.
fn add_content(answer: &mut Response, format: &ListFormat) {
    let schema = match format.content {
        Content::Whole { packed: true, .. } => Ref::from_schema_name(Binary::name()).into(),
        _ => String::schema(),
    };
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let known = answer.content.entry(told(format));
    known.or_insert(RefOr::T(content));
}

/// The media type as it is described: without what it says of the rows.
fn told(format: &ListFormat) -> String {
    let media = format.media;
    media.split("; header").next().unwrap_or(media).to_owned()
}

/// Pages of a result, or all of it; a form that asks its own query of the address is only cut.
fn parameters(format: &ListFormat) -> Vec<path::Parameter> {
    let mut all = Search::into_params(|| None);
    let own = match format.content {
        Content::Page { ask, .. } => ask(Query::default(), None),
        _ => Query::default(),
    };
    all.extend(match format.content {
        Content::Whole { .. } => Order::into_params(|| None),
        _ if own == Query::default() => Pages::into_params(|| None),
        _ => page_cuts(own.limit)
            .iter()
            .map(Parameter::described)
            .collect(),
    });
    if format.name == csv::FORMAT.name {
        all.push(fiches::dialect().described());
    }
    all
}

/// `.csv, .xlsx ou .gpx`.
fn one_of(names: &[String]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} ou {last}", others.join(", ")),
        _ => names.concat(),
    }
}
