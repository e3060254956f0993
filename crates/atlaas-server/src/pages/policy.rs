//! The headers of a page: what it may load, who may frame it, how long it may be kept.

use crate::conditional::Validator;
use crate::request::Call;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

/// Media type of a page.
pub const HTML: &str = "text/html; charset=utf-8";

/// Who may show a page in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Our own pages only.
    Ours,
    /// Any site: that is what embeds are for.
    Anybody,
}

/// Sends a page.
pub fn respond(
    call: &Call,
    html: String,
    language: &'static str,
    framing: Framing,
    validator: &Validator,
) -> Response {
    let mut response = call.respond(HTML, html.into_bytes(), validator);
    secure(&mut response, language, framing);
    response
}

/// Puts the headers of a page on an answer.
pub fn secure(response: &mut Response, language: &'static str, framing: Framing) {
    let headers = response.headers_mut();
    let policy = match framing {
        Framing::Ours => concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; ",
            "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
        ),
        Framing::Anybody => concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; ",
            "form-action 'none'; base-uri 'none'; frame-ancestors *"
        ),
    };
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language));
    // A page names the scripts of this very build: it is kept, but asked for again each time.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("geolocation=(self), camera=(), microphone=()"),
    );
}
