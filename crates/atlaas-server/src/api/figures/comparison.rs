//! `/api/v1/comparaison`: a territory beside those that resemble it by context, as JSON and as tables.

mod answer;
mod diagnosis;
mod table;

use crate::api::fiches::dialect;
use crate::api::figures::comparison::answer::{AskedComparison, ComparisonAnswer};
use crate::call::peers;
use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Likeness, Own};
use crate::describe::responses::{Binary, Refused};
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::formats::csv_dialect::Dialect;
use crate::formats::{csv, xlsx};
use crate::wire::links::{self, Link};
use crate::wire::media::JSON;
use crate::words::message::Message;
use atlaas_engine::peers_pairs;
use atlaas_model::PeersOf;
use axum::response::Response;

/// Address of comparisons.
const PATH: &str = "/api/v1/comparaison";
/// Forms of the answer.
const FORMS: [&str; 3] = ["json", "csv", "xlsx"];

parameters! {
    /// Which territory.
    OfPlace = [
        Parameter::query("territoire", Takes::Text, "Territoire, par identifiant.").when("Un territoire, et un seul : territoire, commune, epci, departement, region ou semblables_a.").like("commune-13056"),
        Parameter::query("commune", Takes::Text, "Code INSEE ou nom.").when("À la place de territoire."),
        Parameter::query("epci", Takes::Text, "SIREN ou nom.").when("À la place de territoire."),
        Parameter::query("departement", Takes::Text, "Numéro ou nom.").when("À la place de territoire."),
        Parameter::query("region", Takes::Text, "Code ou nom.").when("À la place de territoire."),
        Parameter::query("semblables_a", Takes::Text, "Le même identifiant, comme dans la requête.").when("À la place de territoire."),
    ]
}
parameters! {
    /// Form of the answer.
    Form = [Parameter::query("f", Takes::OneOf(&FORMS), "Format."), dialect()]
}

/// `GET /api/v1/comparaison`: who resembles a territory, why, and what they have.
#[utoipa::path(
    get,
    path = "/api/v1/comparaison",
    tag = "Comparaison",
    summary = "Un territoire à côté de ceux qui lui ressemblent",
    description = "Les semblables sont choisis par le contexte seul (population, densité, revenu…), jamais par les fiches ni par le label : `semblables_a` en fait un filtre de toutes les requêtes. `/semblables`, lui, ressemble par les mots.",
    params(OfPlace, Likeness, Form, Own),
    responses(
        (status = 200, content(
            (ComparisonAnswer = "application/json"),
            (String = "text/csv; charset=utf-8"),
            (Binary = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Refused
    ),
    extensions(("x-example" = json!("/api/v1/comparaison?commune=13056&n=20")))
)]
pub async fn compare(call: Call) -> Result<Response, ApiError> {
    let ask = peers::read(&call)?;
    let form = form(&call)?;
    let dialect = Dialect::parse(call.parameter("dialecte"))?;
    let language = call.language();
    let spelt = spelt(&ask);
    let validator = call.validator(&[&spelt, form, dialect.as_str(), language.tag()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let body = call
        .heavy(move |snapshot| {
            let compared = snapshot.compare(&ask)?;
            let diagnosis = snapshot.diagnose(&compared);
            let asked = AskedComparison {
                snapshot,
                ask: &ask,
                compared: &compared,
                diagnosis: &diagnosis,
                base: &base,
                language,
            };
            match form {
                "csv" => Ok(table::table(&asked).csv(dialect)),
                "xlsx" => table::table(&asked)
                    .xlsx("Comparaison")
                    .map_err(|error| ApiError::internal(&error)),
                _ => serde_json::to_vec(&ComparisonAnswer::new(&asked))
                    .map_err(|error| ApiError::internal(&error)),
            }
        })
        .await?;
    let mut response = call.respond(media(form), body, &validator);
    let link = |rel, form: &str| {
        let href = format!("{}{PATH}?{spelt}&f={form}", call.base);
        Link::new(rel, href, media(form))
    };
    let others = FORMS.iter().filter(|other| **other != form);
    let mut all = vec![link("self", form)];
    all.extend(others.map(|other| link("alternate", other)));
    all.push(links::license(&call.base));
    links::apply(&all, response.headers_mut());
    Ok(response)
}

/// The media type of a form.
fn media(form: &str) -> &'static str {
    match form {
        "csv" => csv::FORMAT.media,
        "xlsx" => xlsx::FORMAT.media,
        _ => JSON,
    }
}

fn form(call: &Call) -> Result<&'static str, ApiError> {
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

/// The one spelling of what is asked.
fn spelt(ask: &PeersOf) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("territoire", &format!("{}-{}", ask.level, ask.code));
    query.extend_pairs(peers_pairs(ask));
    query.finish()
}
