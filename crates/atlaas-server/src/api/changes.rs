//! `/api/v1/changements`: what came, changed and went, for any query or several, as JSON, as an Atom feed that is
//! paged and archived (RFC 4287, 5005, 6721), as a JSON Feed (1.1).
//!
//! Entries come from the journal, never from the snapshots that happen to be kept: a reader who comes once a year
//! finds all that the journal has, by `next` or by `prev-archive`.

mod atom;
mod document;
mod form;
mod json_feed;
mod told;

use crate::api::changes::document::{ChangesDocument, LIST, Reader};
use crate::api::changes::form::ChangesForm;
use crate::api::changes::told::ChangesAnswer;
use crate::call::changes::{self, AskedChanges, ChangeCut};
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Search;
use crate::describe::responses::{Missing, Refused};
use crate::describe::surface::{EXAMPLE, Surface};
use crate::error::body::Problem;
use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::state::app::AppState;
use crate::wire::conditional::Validator;
use crate::wire::links;
use crate::words::message::Message;
use atlaas_engine::{QueryError, SinceError, Snapshot};
use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::json;
use std::sync::Arc;
use utoipa::openapi::extensions::Extensions;
use utoipa_axum::routes;

parameters! {
    /// From when on, and which of it.
    Cut = [
        Parameter::query("depuis", Takes::Text, "Un jour (`2026-11-01`), un instant (RFC 3339, UTC) ou le nom d’un instantané : ce qui a changé depuis.").when("Un instantané que le journal connaît."),
        Parameter::query("suivre", Takes::Anything, "Une requête de plus à suivre, encodée (`type%3Dcommune%26departement%3D13`), ou l’adresse d’une liste ; à répéter, vingt fois au plus. Rien n’est enregistré.").when("Une requête sans faute, 2 000 octets au plus."),
        Parameter::query("limit", Takes::Integer(1, i64::from(changes::MOST)), "Changements par page (50 sans ce paramètre)."),
        Parameter::query("apres", Takes::Text, "Où la page d’avant s’arrête : tel que le lien `next` l’écrit.").when("Un curseur, tel que `next` l’écrit."),
        Parameter::query("archive", Takes::Text, "Une archive, telle que le lien `prev-archive` la nomme : son contenu ne change plus.").when("Une archive, telle que `prev-archive` la nomme."),
    ]
}

parameters! {
    /// Form of the answer.
    Forms = [Parameter::query("f", Takes::OneOf(&form::NAMES), "Format.").like("json")]
}

/// Every form by its extension, and the one that is asked for.
pub fn addresses() -> Surface<AppState> {
    let chosen = Surface::new().with(routes!(list));
    form::ALL.iter().fold(chosen, |surface, form| {
        let address = format!("{LIST}.{}", form.name);
        surface.also(&address, routes!(list), |operation| {
            operation.summary = Some(form.about.to_owned());
            operation.description = None;
            let example = format!("{LIST}.{}?departement=13", form.name);
            let told = Extensions::builder().add(EXAMPLE, json!(example));
            operation.extensions = Some(told.build());
            operation.responses.responses.remove("303");
            operation.responses.responses.remove("406");
            if let Some(all) = &mut operation.parameters {
                all.retain(|one| match one {
                    utoipa::openapi::RefOr::T(one) => one.name != "f",
                    utoipa::openapi::RefOr::Ref(_) => true,
                });
            }
            if let Some(utoipa::openapi::RefOr::T(answer)) =
                operation.responses.responses.get_mut("200")
            {
                answer.content.retain(|media, _| media == form.media);
            }
        })
    })
}

/// `GET /api/v1/changements`, with or without an extension.
#[utoipa::path(
    get,
    path = "/api/v1/changements",
    tag = "Changements",
    summary = "Ce qui est venu, a changé, est parti : toute la requête, ou plusieurs",
    description = "Le journal garde, à chaque indexation, les fiches ajoutées, modifiées (et dans quels champs) et retirées, depuis son début, treize mois au plus et cent mille changements au plus. Une fiche telle qu’elle est aujourd’hui est suivie quand la requête la trouve ; une fiche retirée, ou un état remplacé depuis, par ce que le journal en garde : type, territoires, position, facettes, nombres, label, mais pas les mots (`mots_non_filtres`). `sortie` : la fiche a changé et ne répond plus à la requête. Les plus récents d’abord. En Atom, une fiche retirée ou sortie est un `at:deleted-entry` (RFC 6721), et `prev-archive` mène à tout ce qui précède (RFC 5005).",
    params(Search, Cut, Forms),
    responses(
        (status = 200, content(
            (ChangesAnswer = "application/json"),
            (String = "application/atom+xml; charset=utf-8"),
            (json_feed::JsonFeed = "application/feed+json"),
        )),
        (status = 303, description = "La page des mêmes changements, pour qui accepte du HTML"),
        (status = 406, description = "Format non proposé", body = Problem, content_type = "application/problem+json"),
        Missing, Refused),
    extensions(("x-example" = json!("/api/v1/changements?departement=13")))
)]
pub async fn list(call: Call) -> Result<Response, ApiError> {
    let form = form::choose(&call)?;
    let schema = Arc::clone(call.snapshot.schema());
    let asked =
        changes::of(&schema, &call.pairs, &SERVER_PARAMETERS).map_err(ApiError::parameters)?;
    let Some(form) = form else {
        return Ok(see_other(
            &asked.address(&format!("{}/changements", call.base), ""),
        ));
    };
    call.read_journal().await?;
    let is_archive = matches!(asked.cut, ChangeCut::Archive(_));
    let validator = validator(&call, &asked, form);
    if !is_archive && let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let (base, hub) = (call.base.clone(), call.app.websub_hub.clone());
    let language = call.language();
    let (body, links) = call
        .heavy(move |snapshot| {
            let followed = follow(snapshot, &asked)?;
            let to = Reader {
                base: &base,
                language,
                hub: hub.as_deref(),
                form: (form.name, form.media),
            };
            let document = ChangesDocument::new(snapshot, (&asked, &followed), to);
            let document = document.ok_or_else(no_archive)?;
            let body = (form.write)(&document).map_err(|error| ApiError::internal(&error))?;
            Ok((body, document.links))
        })
        .await?;
    // What an archive holds does not change with the snapshot: neither does its tag.
    let validator = if is_archive {
        let text = String::from_utf8_lossy(&body);
        let validator = Validator::new(&[&text, call.coding.as_str()], validator.freshness());
        if let Some(unchanged) = validator.not_modified(&call.headers) {
            return Ok(unchanged);
        }
        validator
    } else {
        validator
    };
    let mut response = call.respond(form.media, body, &validator);
    links::apply(&links, response.headers_mut());
    Ok(response)
}

/// What identifies the answer: a snapshot that was built again has a longer journal.
fn validator(call: &Call, asked: &AskedChanges, form: &ChangesForm) -> Validator {
    let runs = call.snapshot.journal().runs();
    let ends = [runs.first(), runs.last()].map(|run| run.map_or(0, |run| run.numero));
    let journal = format!("{ends:?}");
    let cut = format!("{:?}", asked.cut);
    let hub = call.app.websub_hub.as_deref().unwrap_or_default();
    let language = call.language().tag();
    call.validator(&[&journal, &asked.spelt, &cut, form.name, hub, language])
}

fn follow(snapshot: &Snapshot, asked: &AskedChanges) -> Result<atlaas_engine::Followed, ApiError> {
    snapshot
        .followed(&asked.follow)
        .map_err(|error| match error {
            SinceError::Unknown(id) => {
                let unknown = Message::new("mistake-since-unknown");
                ApiError::parameters(vec![Refusal::new("depuis", &id, unknown)])
            }
            SinceError::Query(QueryError::Parameters(mistakes)) => ApiError::query(mistakes),
            SinceError::Query(error) => error.into(),
        })
}

fn no_archive() -> ApiError {
    ApiError::not_found(Message::new("error-no-archive"))
}

fn see_other(page: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(value) = HeaderValue::try_from(page) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}
