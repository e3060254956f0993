//! What happens around every answer: request id, bounds, rate limit, cross-origin
//! headers, the body of errors, metrics, log.
//!
//! One function rather than a layer each: a layer costs several allocations a request, and a prebuilt
//! tile costs no more than that.

use crate::clients::host::misnamed;
use crate::clients::traffic::Traffic;
use crate::clients::unread::{Kept, Unread, UnreadAnswer};
use crate::error::problem::ApiError;
use crate::serve::access_log::Line;
use crate::serve::bounds;
use crate::serve::cors;
use crate::serve::metered::Metered;
use crate::serve::rendering::Rendering;
use crate::state::app::{App, AppState};
use crate::state::metrics::{CountedUnderWay, RouteCounts};
use crate::state::rate;
use crate::state::uploads::takes_a_file;
use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::{HeaderName, HeaderValue, Method, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

/// Header that names a request, in the log and in the answer.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that a client or a proxy may give, bytes.
const LONGEST_ID: usize = 64;
/// Longest id of ours: two numbers of 64 bits and what stands between them.
const LONGEST_NEW_ID: usize = 16 + 1 + 16;
/// Seconds that a client is asked to wait when no room is left for its answer.
const RETRY_AFTER_S: u32 = 2;

/// Middleware around every route.
pub async fn every(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let around = Surroundings::begin(&app, &request, app.metrics.matched(&request));
    if request.method() == Method::OPTIONS {
        let route = request.extensions().get::<MatchedPath>();
        let posts = route.is_some_and(|route| takes_a_file(route.as_str()));
        return around.end(cors::preflight(posts));
    }
    let response = match refusal(&app, &request) {
        None => match bounds::received(&app, request).await {
            Ok(request) => next.run(request).await,
            Err(refusal) => refusal,
        },
        Some(refusal) => refusal,
    };
    around.end(response)
}

/// What is known of a request, kept until its answer.
pub struct Surroundings {
    under_way: CountedUnderWay,
    line: Option<Line>,
    rendering: Rendering,
    id: HeaderValue,
    unread: Arc<Unread>,
    traffic: Option<Arc<Traffic>>,
    is_http2: bool,
}

impl Surroundings {
    /// To be called when a request comes.
    pub fn begin(app: &App, request: &Request, route: Arc<RouteCounts>) -> Self {
        Self {
            under_way: CountedUnderWay::begin(route),
            line: Line::of(app, request),
            rendering: Rendering::of(request),
            id: request_id(request),
            unread: Arc::clone(&app.unread),
            traffic: request.extensions().get().cloned(),
            is_http2: request.version() == Version::HTTP_2,
        }
    }

    /// To be called on its answer, whatever it is.
    pub fn end(self, mut response: Response) -> Response {
        let kept = response.extensions_mut().remove::<Kept>();
        self.end_keeping(response, kept)
    }

    /// The same where it is known already what the body keeps, or that its length tells.
    pub fn end_keeping(self, response: Response, kept: Option<Kept>) -> Response {
        let response = self.rendering.render(response, &self.id);
        let mut response = self.admit(response, kept);
        let status = response.status().as_u16();
        if let Some(line) = self.line {
            line.write(status, &self.id);
        }
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, self.id);
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        cors::apply(headers);
        self.under_way.answered(status);
        response
    }

    /// Charges an answer with what its body keeps until it is read; refused when there is no room. What
    /// keeps nothing is neither on HTTP/1.1, where it is handed over at once and the connection is busy
    /// until the system has taken it.
    fn admit(&self, response: Response, kept: Option<Kept>) -> Response {
        if response.body().is_end_stream() {
            return response;
        }
        let whole = response.body().size_hint().exact().is_some();
        if kept == Some(Kept::NOTHING) && whole && !self.is_http2 {
            return response;
        }
        let traffic = self.traffic.as_ref();
        let kept = kept.unwrap_or_else(|| length_of(&response));
        if let Some(answer) = self.unread.admit(kept, traffic) {
            return self.metered(response, answer);
        }
        let refusal = ApiError::busy(RETRY_AFTER_S).into_response();
        let refusal = self.rendering.render(refusal, &self.id);
        // Even a refusal may lie unread: without room for its words, its status must do.
        match self.unread.admit_refusal(length_of(&refusal), traffic) {
            Some(answer) => self.metered(refusal, answer),
            None => refusal.map(|_| Body::empty()),
        }
    }

    fn metered(&self, response: Response, answer: Arc<UnreadAnswer>) -> Response {
        response.map(|body| Body::new(Metered::new(body, answer, self.is_http2)))
    }
}

/// What a body of known length keeps; one that is made while it is sent is charged as it goes.
fn length_of(response: &Response) -> Kept {
    Kept::bytes(response.body().size_hint().exact().unwrap_or(0) as usize)
}

/// Why a request is not let in: longer than it may be, from a client that asks too often.
pub fn refusal(app: &App, request: &Request) -> Option<Response> {
    let wrong = misnamed(request).or_else(|| bounds::exceeded(&app.limits, request));
    if let Some(status) = wrong {
        return Some(status.into_response());
    }
    let rate = app.rate.as_ref()?;
    rate::refused(rate, app.public.client(request), request)
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
    let mut id = [0; LONGEST_NEW_ID];
    let mut left = &mut id[..];
    // There is room for both, and hexadecimal digits and a dash always form a header value.
    let written = write!(left, "{:016x}-{count:x}", *PROCESS);
    let length = LONGEST_NEW_ID - left.len();
    written
        .ok()
        .and_then(|()| HeaderValue::from_bytes(&id[..length]).ok())
        .unwrap_or_else(|| HeaderValue::from_static("0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use std::convert::Infallible;

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
        let (one, other) = (new_id(), new_id());
        assert_ne!(one, other);
        for id in [one, other] {
            assert!(id.len() > 17 && request_id(&asked_with(id.to_str().unwrap())) == id);
        }
    }

    #[test]
    fn what_keeps_nothing_is_charged_on_http_2_alone() {
        let bytes = Bytes::from_static(b"mapped");
        let whole = || Body::from(bytes.clone());
        let in_pieces =
            || Body::from_stream(futures_util::stream::iter([Ok::<_, Infallible>("x")]));
        for (body, kept, is_http2, charged) in [
            (whole(), Some(Kept::NOTHING), false, false),
            (whole(), Some(Kept::NOTHING), true, true),
            (whole(), Some(Kept::bytes(1)), false, true),
            (whole(), None, false, true),
            (in_pieces(), None, false, true),
            (in_pieces(), Some(Kept::NOTHING), false, true),
        ] {
            let told = (kept, is_http2, body.size_hint().exact());
            let (unread, traffic) = (Unread::new(1 << 20, 1 << 20), Arc::new(Traffic::default()));
            let around = Surroundings {
                under_way: CountedUnderWay::begin(Arc::default()),
                line: None,
                rendering: Rendering::of(&asked_with("a")),
                id: HeaderValue::from_static("a"),
                unread: Arc::clone(&unread),
                traffic: Some(Arc::clone(&traffic)),
                is_http2,
            };
            let response = around.end_keeping(Response::new(body), kept);
            assert_eq!(unread.used() > 0, charged, "{told:?}");
            assert_eq!(traffic.is_idle(), !charged, "{told:?}");
            drop(response);
            assert_eq!(unread.used(), 0, "{told:?}");
        }
    }
}
