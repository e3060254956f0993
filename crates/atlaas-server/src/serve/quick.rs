//! The shortest way to a prebuilt tile: answered before the router, in one step without waiting.
//!
//! Whatever is not a sound address of a prebuilt tile goes on to the router, which answers prebuilt
//! tiles just the same: a test compares the two.

use crate::api::tiles::{self, Sent};
use crate::clients::unread::Kept;
use crate::error::problem::ApiError;
use crate::serve::surround::{Surroundings, refusal};
use crate::state::app::AppState;
use crate::state::metrics::RouteCounts;
use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use futures_util::future::Either;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::Service;

/// A router behind the short way.
#[derive(Clone)]
pub struct Quick {
    app: AppState,
    router: Router,
    /// Known beforehand: not looked up once a request.
    route: Arc<RouteCounts>,
}

impl Quick {
    /// Puts the short way in front of the router of the same service.
    pub fn new(app: AppState, router: Router) -> Self {
        let route = app.metrics.route(tiles::TILE);
        Self { app, router, route }
    }

    fn prebuilt(&self, request: &Request) -> Option<Response> {
        if request.method() != Method::GET || !request.uri().path().starts_with("/tiles/") {
            return None;
        }
        let snapshot = self.app.snapshot();
        let address = tiles::prebuilt_address(&snapshot, request.uri())?;
        let around = Surroundings::begin(&self.app, request, Arc::clone(&self.route));
        // Nothing but what a request is refused for, and a slice of the archive: whatever goes wrong in
        // it is this request's alone.
        let answer = catch_unwind(AssertUnwindSafe(|| match refusal(&self.app, request) {
            Some(refusal) => (refusal, None),
            None => told(tiles::prebuilt(&snapshot, address, request.headers())),
        }));
        let failed = |_| told(Err(ApiError::internal(&"a prebuilt tile panicked")));
        let (response, kept) = answer.unwrap_or_else(failed);
        Some(around.end_keeping(response, kept))
    }
}

/// An answer and what its body keeps, side by side: on the response it would cost more than the rest.
fn told(tile: Result<Sent, ApiError>) -> (Response, Option<Kept>) {
    match tile {
        Ok(Sent { response, kept }) => (response, kept),
        Err(error) => (error.into_response(), None),
    }
}

impl Service<Request> for Quick {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match self.prebuilt(&request) {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.router.call(request)),
        }
    }
}
