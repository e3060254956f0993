//! Bounds on a request before anything is done with it: address, headers, body; a file is read here to
//! its end, where no answer is timed yet.

use crate::state::app::App;
use crate::state::limits::Limits;
use crate::state::uploads::sends_a_file;
use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
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
    let most = if has_file(request) {
        limits.file_bytes
    } else {
        limits.body_bytes
    };
    (request.body().size_hint().lower() > most as u64).then_some(StatusCode::PAYLOAD_TOO_LARGE)
}

/// Whether the route that was found takes the body for a file.
fn has_file(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>();
    route.is_some_and(|route| sends_a_file(request.method(), route.as_str()))
}

/// The request once its body is here: a file whole, with its place among those under way, anything else
/// dropped.
pub async fn received(app: &App, mut request: Request) -> Result<Request, Response> {
    if !has_file(&request) {
        let drained = drained(&app.limits, request).await;
        return drained.map_err(IntoResponse::into_response);
    }
    let place = app.uploads.begin().map_err(IntoResponse::into_response)?;
    request.extensions_mut().insert(place);
    let (parts, body) = request.into_parts();
    let patience = Duration::from_secs(app.limits.file_timeout_s.max(1));
    let whole = Limited::new(body, app.limits.file_bytes).collect();
    match tokio::time::timeout(patience, whole).await {
        Ok(Ok(whole)) => Ok(Request::from_parts(parts, Body::from(whole.to_bytes()))),
        Ok(Err(error)) => Err(broken(&*error).into_response()),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT.into_response()),
    }
}

/// The status of a body that did not arrive.
fn broken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> StatusCode {
    if error.is::<LengthLimitError>() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        // A chunk that is none, or a client that left.
        StatusCode::BAD_REQUEST
    }
}

/// The request without its body, which no route reads: it is read to its end and dropped.
async fn drained(limits: &Limits, request: Request) -> Result<Request, StatusCode> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let patience = Duration::from_secs(limits.request_timeout_s.max(1));
    let whole = Limited::new(body, limits.body_bytes).collect();
    match tokio::time::timeout(patience, whole).await {
        Ok(Ok(_)) => Ok(Request::from_parts(parts, Body::empty())),
        Ok(Err(error)) => Err(broken(&*error)),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn size(headers: &HeaderMap) -> usize {
    let fields = headers.iter();
    fields
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}
