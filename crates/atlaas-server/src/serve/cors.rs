//! Cross-origin rules: every public answer may be read from any page; nothing depends on who asks.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

const METHODS: HeaderValue = HeaderValue::from_static("GET,HEAD,OPTIONS");
/// Where a file is taken.
const POSTING: HeaderValue = HeaderValue::from_static("POST,OPTIONS");
const ANY: HeaderValue = HeaderValue::from_static("*");
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "etag,link,content-length,content-encoding,content-disposition,retry-after,x-request-id,atlaas-parametres-ignores,atlaas-elargissement,atlaas-mots-laisses",
);
/// How long a browser may remember the answer to a preflight, seconds: as long as it will.
const A_DAY: HeaderValue = HeaderValue::from_static("86400");

/// Lets scripts of any page read the answer and its useful headers.
pub fn apply(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

/// The answer to `OPTIONS`, a browser's question before a request that is not simple.
pub fn preflight(posts: bool) -> Response {
    let methods = if posts { POSTING } else { METHODS };
    let mut response = Response::default();
    let headers = response.headers_mut();
    headers.insert(ALLOW, methods.clone());
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, ANY);
    headers.insert(ACCESS_CONTROL_MAX_AGE, A_DAY);
    response
}
