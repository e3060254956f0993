//! Errors as they are sent: problem details (RFC 9457), or a page for those who came with a browser.
//!
//! The one place that writes the body of an error, since it knows the language and the address.

use crate::error::body::{Mistake, Problem};
use crate::error::problem::ApiError;
use crate::pages;
use crate::wire::preferred;
use crate::words::language::Language;
use crate::words::message::Message;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;

/// Seconds that a client is asked to wait when an answer did not begin in time.
const LATE_RETRY_S: u32 = 5;
/// Most characters of a path that an error repeats.
const LONGEST_PATH: usize = 500;

/// How errors of a request are to be told, kept until its answer is known.
pub struct Rendering {
    language: Language,
    page: bool,
    uri: Uri,
}

impl Rendering {
    /// Reads the language and the form that the client prefers.
    pub fn of(request: &Request) -> Self {
        Self {
            language: preferred::language(request.headers()),
            page: preferred::page(request.headers()),
            uri: request.uri().clone(),
        }
    }

    /// Writes the body of an error, and gives one to bare 404, 405, 413 and the like; the cause of
    /// one of ours goes to the log with the request's `id`.
    pub fn render(&self, mut response: Response, id: &HeaderValue) -> Response {
        let status = response.status();
        if !status.is_client_error() && !status.is_server_error() {
            return response;
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let bare = content_type.is_none_or(|value| value.as_bytes().starts_with(b"text/plain"));
        let error = response
            .extensions_mut()
            .remove::<ApiError>()
            .or_else(|| bare.then(|| generic(status)));
        if let Some(cause) = error.as_ref().and_then(ApiError::cause) {
            tracing::error!(
                id = id.to_str().unwrap_or_default(),
                cause,
                "a request failed"
            );
        }
        let path: String = self.uri.path().chars().take(LONGEST_PATH).collect();
        match error {
            Some(error) if self.page => {
                let here = (path.as_str(), self.uri.query().unwrap_or_default());
                page_body(&error, self.language, here, response)
            }
            Some(error) => body(&error, self.language, &path, response),
            None => response,
        }
    }
}

fn page_body(
    error: &ApiError,
    language: Language,
    (path, query): (&str, &str),
    mut response: Response,
) -> Response {
    // Upwards from where the browser believes to be, whatever prefix a proxy added.
    let depth = path.matches('/').count().saturating_sub(1);
    let root = if depth == 0 {
        ".".to_owned()
    } else {
        vec![".."; depth].join("/")
    };
    *response.body_mut() = pages::error_page(error, language, (&root, path, query)).into();
    pages::secure(&mut response, language.tag());
    let headers = response.headers_mut();
    headers.remove(axum::http::header::CONTENT_LENGTH);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    wait(error, headers);
    headers.insert(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

fn body(error: &ApiError, language: Language, path: &str, mut response: Response) -> Response {
    let errors = error.errors().iter().map(|mistake| Mistake {
        parametre: &mistake.parametre,
        valeur: &mistake.valeur,
        message: language.tell(&mistake.mistake),
        valeurs_admises: &mistake.valeurs_admises,
        suggestion: mistake.suggestion.as_deref(),
    });
    let problem = Problem {
        kind: "about:blank",
        title: error.title(language),
        status: error.status().as_u16(),
        detail: error.detail(language),
        instance: path,
        errors: errors.collect(),
        instantanes: error.kept(),
    };
    // These are strings and numbers only: nothing that JSON refuses.
    let json = serde_json::to_vec(&problem).unwrap_or_default();
    *response.body_mut() = json.into();
    let headers = response.headers_mut();
    headers.remove(axum::http::header::CONTENT_LENGTH);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept, accept-language"));
    wait(error, headers);
    response
}

fn wait(error: &ApiError, headers: &mut HeaderMap) {
    if let Some(seconds) = error.wait_s() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The words for an error that a layer made without us.
fn generic(status: StatusCode) -> ApiError {
    let (title, detail) = match status {
        StatusCode::NOT_FOUND => ("error-not-found", "error-no-address"),
        StatusCode::METHOD_NOT_ALLOWED => ("error-method", "error-method-detail"),
        StatusCode::PAYLOAD_TOO_LARGE => ("error-body", "error-body-detail"),
        StatusCode::URI_TOO_LONG => ("error-address", "error-address-detail"),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ("error-headers", "error-headers-detail"),
        StatusCode::SERVICE_UNAVAILABLE => return late(),
        _ => return other(status),
    };
    ApiError::new(status, title, Message::new(detail))
}

/// An error that has no words of its own but those of HTTP.
fn other(status: StatusCode) -> ApiError {
    let detail = match status.canonical_reason() {
        Some(reason) => Message::new("error-other-detail").with("reason", reason),
        None => Message::new("error-other"),
    };
    ApiError::new(status, "error-other", detail)
}

/// The answer did not begin in time.
fn late() -> ApiError {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let error = ApiError::new(status, "error-service-busy", Message::new("error-late"));
    error.retry_after(LATE_RETRY_S)
}
