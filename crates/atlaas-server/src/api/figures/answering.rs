//! How figures are answered: as JSON, as CSV with what lies beside it, or as a workbook, each with links to
//! the others.

use crate::api::fiches::dialect;
use crate::api::figures::free_table::{FreeTable, TableStory};
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::stamp::{Provenance, SnapshotStamp};
use crate::formats::table::csvw::CSVM_JSON;
use crate::formats::{csv, xlsx};
use crate::wire::conditional::Validator;
use crate::wire::links::{self, Link};
use crate::wire::media::JSON;
use crate::words::message::Message;
use atlaas_engine::Snapshot;
use axum::response::Response;

/// Forms of an answer.
const FORMS: [&str; 4] = ["json", "csv", "xlsx", METADATA];
/// What lies beside the CSV.
const METADATA: &str = "csv-metadata";

parameters! {
    /// Form of the answer.
    pub FigureForm = [Parameter::query("f", Takes::OneOf(&FORMS), "Format."), dialect()]
}

/// The form that is asked for.
pub fn form(call: &Call) -> Result<&'static str, ApiError> {
    let given = call.parameter("f").map(str::trim).unwrap_or_default();
    if given.is_empty() {
        return Ok("json");
    }
    let found = FORMS.iter().find(|form| **form == given).copied();
    found.ok_or_else(|| {
        let mistake = Refusal::new("f", given, Message::new("mistake-unknown-value"));
        ApiError::parameters(vec![mistake.allowed(given, FORMS)])
    })
}

/// The answer in its form; `path` and `spelt` are the one address of what was asked.
pub fn respond(
    call: &Call,
    (path, spelt): (&str, &str),
    ((form, dialect), body): ((&str, Dialect), Vec<u8>),
    validator: &Validator,
) -> Response {
    let mut response = call.respond(media(form), body, validator);
    let link = |rel, form: &str| {
        let href = format!("{}{}", call.base, address((path, spelt), form, dialect));
        Link::new(rel, href, media(form))
    };
    let others = FORMS.iter().filter(|other| **other != form);
    let relation = |other: &str| match other {
        METADATA => "describedby",
        _ => "alternate",
    };
    let mut all = vec![link("self", form)];
    all.extend(others.map(|other| link(relation(other), other)));
    all.push(links::license(&call.base));
    links::apply(&all, response.headers_mut());
    response
}

/// An answer that has no form but JSON.
pub fn alone(
    call: &Call,
    (path, spelt): (&str, &str),
    body: Vec<u8>,
    validator: &Validator,
) -> Response {
    let mut response = call.respond(JSON, body, validator);
    let href = format!("{}{path}?{spelt}", call.base);
    let all = [Link::new("self", href, JSON), links::license(&call.base)];
    links::apply(&all, response.headers_mut());
    response
}

/// The table of an answer in its form: a workbook, a CSV or what lies beside that.
pub fn written(
    (table, story): (&FreeTable, &TableStory),
    (form, sheet): (&str, &str),
    dialect: Dialect,
) -> Result<Vec<u8>, ApiError> {
    match form {
        "xlsx" => table
            .xlsx(sheet, story)
            .map_err(|error| ApiError::internal(&error)),
        METADATA => {
            serde_json::to_vec(&story.metadata(dialect)).map_err(|error| ApiError::internal(&error))
        }
        _ => Ok(table.csv(dialect)),
    }
}

/// What a table tells of itself: its title, when, and what it answers; `spelt` is the one spelling of that.
pub fn provenance(
    snapshot: &Snapshot,
    title: &str,
    (base, path): (&str, &str),
    (spelt, dialect): (&str, Dialect),
) -> Provenance {
    Provenance {
        title: title.to_owned(),
        stamp: SnapshotStamp::of(snapshot),
        query: spelt.to_owned(),
        address: format!("{base}{}", address((path, spelt), "csv", dialect)),
    }
}

/// The address of an answer in a form; a dialect is one of a CSV, and of what lies beside it.
fn address((path, spelt): (&str, &str), form: &str, dialect: Dialect) -> String {
    let mut address = format!("{path}?{spelt}&f={form}");
    if form.starts_with("csv") && dialect != Dialect::default() {
        address.push_str("&dialecte=");
        address.push_str(dialect.as_str());
    }
    address
}

/// The media type of a form.
fn media(form: &str) -> &'static str {
    match form {
        "csv" => csv::FORMAT.media,
        "xlsx" => xlsx::FORMAT.media,
        METADATA => CSVM_JSON,
        _ => JSON,
    }
}
