//! Bounds on a request before anything is done with it: address, headers, body.

use crate::state::limits::Limits;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;

/// The status of a request that is longer than it may be: 414, 431 or 413.
pub fn exceeded(limits: &Limits, request: &Request) -> Option<StatusCode> {
    let uri = request.uri();
    if uri.path().len() + uri.query().map_or(0, str::len) > limits.url_bytes {
        return Some(StatusCode::URI_TOO_LONG);
    }
    if size(request.headers()) > limits.header_bytes {
        return Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    (request.body().size_hint().lower() > limits.body_bytes as u64)
        .then_some(StatusCode::PAYLOAD_TOO_LARGE)
}

/// The request without its body, which no route reads: it is read to its end and dropped.
pub async fn drained(limits: &Limits, request: Request) -> Result<Request, StatusCode> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let patience = Duration::from_secs(limits.request_timeout_s.max(1));
    let whole = Limited::new(body, limits.body_bytes).collect();
    match tokio::time::timeout(patience, whole).await {
        Ok(Ok(_)) => Ok(Request::from_parts(parts, Body::empty())),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        // A chunk that is none, or a client that left.
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn size(headers: &HeaderMap) -> usize {
    let fields = headers.iter();
    fields
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}
