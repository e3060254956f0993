//! One line a request in the log: method, path, status, time, shortened address, request id.
//!
//! What people search for is theirs: the query string appears at level `debug` only.

use crate::app::AppState;
use crate::client;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tower_http::request_id::RequestId;

/// Most characters of a path that are logged.
const LONGEST_PATH: usize = 200;

/// Middleware: logs every answer under the target `acces`, at level `info`.
pub async fn log(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if !tracing::enabled!(target: "acces", tracing::Level::INFO) {
        return next.run(request).await;
    }
    let start = Instant::now();
    let trust = app.public.trusts_forwarded();
    let client =
        client::address(request.headers(), request.extensions(), trust).map(client::shortened);
    let method = request.method().clone();
    let uri = request.uri().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let id = id
        .as_ref()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    let client = client.map(|client| client.to_string()).unwrap_or_default();
    let path: String = uri.path().chars().take(LONGEST_PATH).collect();
    let us = start.elapsed().as_micros() as u64;
    tracing::info!(target: "acces", %method, path, status = response.status().as_u16(), us, client, id);
    if let Some(query) = uri.query() {
        tracing::debug!(target: "acces", id, query);
    }
    response
}
