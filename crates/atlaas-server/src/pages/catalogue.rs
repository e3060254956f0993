//! `/catalogue`: what is published, as a page for people and as the graph that catalogues of others harvest
//! (DCAT-AP, as its French profile uses it): by `Accept`, or by extension.
//!
//! What is listed is read from the schema and the manifest of the snapshot and from the table of forms.

mod described;
mod files;
mod graph;
mod listing;
mod services;
mod sources;

use crate::call::request::Call;
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::Refused;
use crate::describe::surface::{EXAMPLE, Surface};
use crate::error::body::Problem;
use crate::error::problem::ApiError;
use crate::formats::stamp::LICENCE;
use crate::pages::catalogue::graph::Syntax;
use crate::pages::catalogue::listing::{Listing, PATH};
use crate::pages::layout::answer::{answer, html};
use crate::pages::layout::frame::Frame;
use crate::state::app::AppState;
use crate::wire::links::{self, Link};
use crate::wire::quality;
use crate::words::message::Message;
use askama::Template;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::Response;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::openapi::RefOr;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Operation;
use utoipa_axum::routes;

/// Stands for the public address where nobody tells it: what is in a graph has whole addresses.
const NOWHERE: &str = "http://localhost";

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CataloguePage {
    frame: Frame,
    listing: Listing,
    licence: crate::formats::stamp::Licence,
    syntaxes: Vec<(&'static str, String)>,
}

/// The graph in JSON-LD.
#[derive(utoipa::ToSchema)]
#[schema(as = GrapheJsonLd)]
#[expect(
    dead_code,
    reason = "graphs are written by oxjsonld; this is their shape"
)]
struct JsonLd {
    #[schema(rename = "@context")]
    context: BTreeMap<String, String>,
    #[schema(rename = "@graph")]
    graph: Vec<BTreeMap<String, JsonLdProperty>>,
}

/// The IRI of a thing, or what a property of it is.
#[derive(utoipa::ToSchema)]
#[serde(untagged)]
#[schema(as = ProprieteJsonLd)]
#[expect(
    dead_code,
    reason = "graphs are written by oxjsonld; this is their shape"
)]
enum JsonLdProperty {
    Iri(String),
    Values(Vec<JsonLdValue>),
}

#[derive(utoipa::ToSchema)]
#[schema(as = ValeurJsonLd)]
#[expect(
    dead_code,
    reason = "graphs are written by oxjsonld; this is their shape"
)]
struct JsonLdValue {
    #[schema(rename = "@id")]
    id: Option<String>,
    #[schema(rename = "@value")]
    value: Option<String>,
    #[schema(rename = "@type")]
    kind: Option<String>,
    #[schema(rename = "@language")]
    language: Option<String>,
}

/// The page, and the graph in each syntax.
pub fn addresses() -> Surface<AppState> {
    let chosen = Surface::new().with(routes!(page));
    Syntax::ALL.into_iter().fold(chosen, |surface, syntax| {
        let address = format!("{PATH}.{}", syntax.extension());
        surface.also(&address, routes!(written_graph), |operation| {
            describe(operation, syntax);
        })
    })
}

/// One syntax: nothing to choose.
fn describe(operation: &mut Operation, syntax: Syntax) {
    let address = format!("{PATH}.{}", syntax.extension());
    let example = Extensions::builder().add(EXAMPLE, json!(address));
    operation.extensions = Some(example.build());
    if let Some(RefOr::T(answer)) = operation.responses.responses.get_mut("200") {
        answer.content.retain(|media, _| media == syntax.media());
    }
}

/// `GET /catalogue`: a page for browsers, a graph for others.
#[utoipa::path(
    get,
    path = "/catalogue",
    tag = "Images et pages",
    summary = "Catalogue des données : page, ou graphe DCAT-AP selon Accept",
    description = "Un jeu de données par niveau de territoire et par couche, leurs fichiers, leurs services, leurs sources et licences. Le même graphe en trois syntaxes, par l’en-tête Accept ou par l’extension : `/catalogue.jsonld`, `/catalogue.ttl`, `/catalogue.rdf`. Moissonnable par data.gouv.fr et CKAN.",
    params(LanguageParameter),
    responses(
        (status = 200, content(
            (JsonLd = "application/ld+json"),
            (String = "text/turtle; charset=utf-8"),
            (String = "application/rdf+xml"),
            (String = "text/html; charset=utf-8"),
        )),
        (status = 406, description = "Format non proposé", body = Problem, content_type = "application/problem+json"),
        Refused
    ),
    extensions(("x-example" = json!("/catalogue")))
)]
async fn page(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(is_known);
    match accepted(&call.headers)? {
        Some(syntax) => written(&call, syntax).await,
        None => shown(&call).await,
    }
}

/// The graph in the syntax of the extension.
#[utoipa::path(
    get,
    path = "/catalogue.jsonld",
    tag = "Images et pages",
    summary = "Catalogue des données (DCAT-AP)",
    description = "",
    params(LanguageParameter),
    responses(
        (status = 200, content(
            (JsonLd = "application/ld+json"),
            (String = "text/turtle; charset=utf-8"),
            (String = "application/rdf+xml"),
        )),
        Refused
    ),
    extensions(("x-example" = json!("/catalogue.jsonld")))
)]
async fn written_graph(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(is_known);
    let extension = call.path.rsplit('.').next().unwrap_or_default();
    let named = |syntax: &Syntax| syntax.extension() == extension;
    let syntax = Syntax::ALL.into_iter().find(named);
    written(&call, syntax.unwrap_or(Syntax::JsonLd)).await
}

fn is_known(name: &str) -> bool {
    ["lang", "v"].contains(&name)
}

/// What the client wants most: a syntax, or the page; what is equal goes to the page, then in our order.
fn accepted(headers: &HeaderMap) -> Result<Option<Syntax>, ApiError> {
    let wanted: Vec<_> = quality::wanted(headers, ACCEPT).collect();
    if wanted.is_empty() {
        return Ok(Some(Syntax::JsonLd));
    }
    // A browser names the page; `*/*` alone is a program.
    let named = |names: &[&str]| {
        let of = |name: &&str| {
            wanted
                .iter()
                .find(|one| one.is(name))
                .map(|one| one.quality)
        };
        names.iter().find_map(of)
    };
    let any = named(&["*/*"]).unwrap_or(0.0);
    let mut best: (f32, Option<Syntax>) = (named(&["text/html"]).unwrap_or(0.0), None);
    for syntax in Syntax::ALL {
        let own = bare(syntax.media());
        let quality = named(&[own]).or_else(|| named(syntax.aliases()));
        let quality = quality.unwrap_or(any);
        if quality > best.0 {
            best = (quality, Some(syntax));
        }
    }
    if best.0 > 0.0 {
        return Ok(best.1);
    }
    let offered = Syntax::ALL.map(|syntax| bare(syntax.media())).join(", ");
    let message = Message::new("error-no-format").with("offered", offered);
    Err(ApiError::not_acceptable(message))
}

fn bare(media: &str) -> &str {
    media.split(';').next().unwrap_or_default()
}

fn listed_below(base: &str) -> &str {
    if base.is_empty() { NOWHERE } else { base }
}

async fn written(call: &Call, syntax: Syntax) -> Result<Response, ApiError> {
    let language = call.language();
    let validator = call.validator(&[
        syntax.extension(),
        language.tag(),
        env!("CARGO_PKG_VERSION"),
    ]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = listed_below(&call.base).to_owned();
    let body = call
        .heavy(move |snapshot| {
            let listing = Listing::new(snapshot, &base, language);
            let written = described::graph(&listing).written(syntax);
            written.map_err(|error| ApiError::internal(&error))
        })
        .await?;
    let mut response = call.respond(syntax.media(), body, &validator);
    let address = |syntax: Syntax| format!("{}{PATH}.{}", call.base, syntax.extension());
    let mut all = vec![Link::new("self", address(syntax), syntax.media())];
    let others = Syntax::ALL.into_iter().filter(|other| *other != syntax);
    all.extend(others.map(|other| Link::new("alternate", address(other), other.media())));
    all.push(links::license(&call.base));
    links::apply(&all, response.headers_mut());
    Ok(response)
}

async fn shown(call: &Call) -> Result<Response, ApiError> {
    let mut frame = Frame::new(call);
    let lang = frame.lang;
    let title = Message::new("catalogue-dataset").with("title", lang.say("catalogue-title"));
    frame.entitle(&lang.tell(&title), lang.say("catalogue-description"));
    PATH.clone_into(&mut frame.canonical);
    answer(call, frame, &[], |frame, snapshot| {
        let base = listed_below(&frame.base);
        let syntaxes = Syntax::ALL.map(|syntax| {
            let address = frame.data(&format!("{PATH}.{}", syntax.extension()), "");
            (syntax.title(), address)
        });
        html(&CataloguePage {
            listing: Listing::new(snapshot, base, frame.lang),
            licence: LICENCE,
            syntaxes: syntaxes.to_vec(),
            frame,
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_browser_gets_the_page_and_a_program_the_syntax_that_it_wants() {
        for (accept, expected) in [
            ("", Some(Some("jsonld"))),
            ("*/*", Some(Some("jsonld"))),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Some(None),
            ),
            ("text/turtle", Some(Some("ttl"))),
            ("application/rdf+xml, text/turtle;q=0.5", Some(Some("rdf"))),
            ("application/json", Some(Some("jsonld"))),
            ("text/turtle;q=0, */*", Some(Some("jsonld"))),
            ("image/png", None),
            ("text/html;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            if !accept.is_empty() {
                headers.insert(ACCEPT, HeaderValue::from_static(accept));
            }
            let found = accepted(&headers).ok();
            let found = found.map(|syntax| syntax.map(Syntax::extension));
            assert_eq!(found, expected, "{accept}");
        }
    }
}
