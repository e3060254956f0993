//! One line a request in the log: method, path, status, time, shortened address, request id.
//!
//! What people search for is theirs: the query string appears at level `debug` only.

use crate::clients::address;
use crate::state::app::App;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Uri};
use std::net::IpAddr;
use std::time::Instant;

/// Most characters of a path that are logged.
const LONGEST_PATH: usize = 200;

/// What a request was, kept until its answer is known.
pub struct Line {
    start: Instant,
    client: Option<IpAddr>,
    method: Method,
    uri: Uri,
}

impl Line {
    /// What to tell of a request; nothing when nobody listens to the target `acces`, level `info`.
    pub fn of(app: &App, request: &Request) -> Option<Self> {
        if !tracing::enabled!(target: "acces", tracing::Level::INFO) {
            return None;
        }
        let client = app.public.client(request);
        Some(Self {
            start: Instant::now(),
            client: client.map(address::shortened),
            method: request.method().clone(),
            uri: request.uri().clone(),
        })
    }

    /// Logs the answer.
    pub fn write(self, status: u16, id: &HeaderValue) {
        let id = id.to_str().unwrap_or_default();
        let client = self.client.map(|client| client.to_string());
        let client = client.unwrap_or_default();
        let path: String = self.uri.path().chars().take(LONGEST_PATH).collect();
        let us = self.start.elapsed().as_micros() as u64;
        let method = self.method;
        tracing::info!(target: "acces", %method, path, status, us, client, id);
        if let Some(query) = self.uri.query() {
            tracing::debug!(target: "acces", id, query);
        }
    }
}
