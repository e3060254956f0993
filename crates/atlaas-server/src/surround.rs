//! What happens around every answer: request id, bounds, rate limit, cross-origin
//! headers, the body of errors, metrics, log.
//!
//! One function rather than a layer each: a layer costs several allocations a request, and a prebuilt
//! tile costs no more than that.

use crate::access_log::Line;
use crate::app::{App, AppState};
use crate::metrics::count::{RouteCounts, UnderWay};
use crate::problem::{ApiError, Rendering};
use crate::{bounds, cors, rate};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

/// Header that names a request, in the log and in the answer.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that a client or a proxy may give, bytes.
const LONGEST_ID: usize = 64;

/// Middleware around every route.
pub async fn every(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let around = Surroundings::begin(&app, &request, app.metrics.matched(&request));
    if request.method() == Method::OPTIONS {
        return around.end(cors::preflight());
    }
    let response = match refusal(&app, &request) {
        None => match bounds::drained(&app.limits, request).await {
            Ok(request) => next.run(request).await,
            Err(status) => status.into_response(),
        },
        Some(refusal) => refusal,
    };
    around.end(response)
}

/// What is known of a request, kept until its answer.
pub struct Surroundings {
    under_way: UnderWay,
    line: Option<Line>,
    rendering: Rendering,
    id: HeaderValue,
}

impl Surroundings {
    /// To be called when a request comes.
    pub fn begin(app: &AppState, request: &Request, route: Arc<RouteCounts>) -> Self {
        Self {
            under_way: UnderWay::begin(route),
            line: Line::of(app, request),
            rendering: Rendering::of(request),
            id: request_id(request),
        }
    }

    /// To be called on its answer, whatever it is.
    pub fn end(self, response: Response) -> Response {
        let mut response = self.rendering.render(response, &self.id);
        let status = response.status().as_u16();
        if let Some(line) = self.line {
            line.write(status, &self.id);
        }
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, self.id);
        cors::apply(headers);
        self.under_way.answered(status);
        response
    }
}

/// Why a request is not let in: longer than it may be, from a client that asks too often.
pub fn refusal(app: &App, request: &Request) -> Option<Response> {
    if let Some(status) = bounds::exceeded(&app.limits, request) {
        return Some(status.into_response());
    }
    rate::refused(app, request)
        .err()
        .map(ApiError::into_response)
}

/// The id that a proxy gave, if it is one to keep, else a new one.
fn request_id(request: &Request) -> HeaderValue {
    let given = request.headers().get(REQUEST_ID);
    let sound = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let kept =
        given.filter(|id| (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(sound));
    kept.cloned().unwrap_or_else(new_id)
}

/// Drawn once a process and then counted: unique, without a call to the system each time.
fn new_id() -> HeaderValue {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("atlaas"));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let id = format!("{:016x}-{count:x}", *PROCESS);
    // Hexadecimal digits and a dash always form a header value.
    HeaderValue::try_from(id).unwrap_or_else(|_| HeaderValue::from_static("0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn asked_with(id: &str) -> Request {
        Request::builder()
            .header(REQUEST_ID, id)
            .body(Body::empty())
            .unwrap()
    }

    #[test]
    fn a_sound_id_is_kept_and_any_other_replaced() {
        let kept = |id: &str| request_id(&asked_with(id)) == id;
        assert!(kept("6f1c2a.b_c-1"));
        for bad in ["", "a b", "a\"b", &"x".repeat(65)] {
            assert!(!kept(bad), "{bad}");
        }
    }

    #[test]
    fn new_ids_are_all_different() {
        assert_ne!(new_id(), new_id());
    }
}
