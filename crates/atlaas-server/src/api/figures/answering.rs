//! How figures are answered: as JSON, as CSV or as a workbook, each with links to the others.

use crate::api::fiches::dialect;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::formats::{csv, xlsx};
use crate::wire::conditional::Validator;
use crate::wire::links::{self, Link};
use crate::wire::media::JSON;
use crate::words::message::Message;
use axum::response::Response;

/// Forms of an answer.
const FORMS: [&str; 3] = ["json", "csv", "xlsx"];

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
    (form, body): (&str, Vec<u8>),
    validator: &Validator,
) -> Response {
    let mut response = call.respond(media(form), body, validator);
    let link = |rel, form: &str| {
        let href = format!("{}{path}?{spelt}&f={form}", call.base);
        Link::new(rel, href, media(form))
    };
    let others = FORMS.iter().filter(|other| **other != form);
    let mut all = vec![link("self", form)];
    all.extend(others.map(|other| link("alternate", other)));
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

/// The media type of a form.
fn media(form: &str) -> &'static str {
    match form {
        "csv" => csv::FORMAT.media,
        "xlsx" => xlsx::FORMAT.media,
        _ => JSON,
    }
}
