//! Errors as pages, for those who came with a browser.

use crate::call::request::Call;
use crate::error::problem::{ApiError, KeptNames};
use crate::pages::layout::assets;
use crate::wire::media::HTML;
use crate::words::language::Language;
use askama::Template;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage<'a> {
    lang: Language,
    prefix: &'a str,
    sheet: String,
    status: u16,
    title: &'static str,
    detail: String,
    listed: bool,
    mistakes: Vec<(String, String, Option<&'a str>)>,
    /// The same page of snapshots that are kept, the nearest first: their names and addresses.
    instead: Vec<(String, String)>,
}

/// The page of an error; `prefix` is the path under which the service is reached, then path and query of what
/// was asked for.
pub fn error_page(
    error: &ApiError,
    language: Language,
    (prefix, path, query): (&str, &str, &str),
) -> String {
    let lang = language;
    let page = TroublePage {
        lang,
        prefix,
        sheet: assets::address("atlaas.css")
            .map(|path| format!("{prefix}{path}"))
            .unwrap_or_default(),
        status: error.status().as_u16(),
        title: error.title(language),
        detail: error.detail(language),
        // One mistake without a suggestion is what the detail already says.
        listed: error.errors().len() > 1
            || error
                .errors()
                .iter()
                .any(|mistake| mistake.suggestion.is_some()),
        mistakes: error
            .errors()
            .iter()
            .map(|mistake| {
                let message = lang.tell(&mistake.mistake);
                (
                    format!("{}={}", mistake.parametre, mistake.valeur),
                    message,
                    mistake.suggestion.as_deref(),
                )
            })
            .collect(),
        instead: error
            .kept()
            .map(|kept| instead(kept, prefix, path, query))
            .unwrap_or_default(),
    };
    // Text into a page: only a formatter that fails could fail, and a `String` does not.
    page.render().unwrap_or_default()
}

/// The address that was asked for, of each snapshot that is kept.
fn instead(kept: &KeptNames, prefix: &str, path: &str, query: &str) -> Vec<(String, String)> {
    let nearest = std::iter::once(&kept.plus_proche);
    let others = kept.gardes.iter().filter(|name| **name != kept.plus_proche);
    nearest
        .chain(others)
        .map(|name| {
            let pairs = form_urlencoded::parse(query.as_bytes()).filter(|(own, _)| own != "v");
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(pairs).append_pair("v", name);
            (name.clone(), format!("{prefix}{path}?{}", query.finish()))
        })
        .collect()
}

/// A page that must not be kept, compressed as the client likes it.
pub fn plain(call: &Call, html: String) -> Response {
    let mut response = Response::default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(HTML));
    let body = call.coding.encode(html.into_bytes(), headers);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = Body::from(body);
    response
}
