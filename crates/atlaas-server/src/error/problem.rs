//! Errors as clients see them: RFC 9457 problem details, in French, or in English on request.
//!
//! Policy: handlers return [`ApiError`]; whatever is the client's fault names the parameter, what is
//! allowed and the nearest spelling; whatever is ours says nothing of the inside and is logged with
//! the request's id. The body is written around the answer, where the language is known.

use crate::error::mistake::{Refusal, refusals};
use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::{ParameterError, QueryError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Snapshots that are kept, where another was asked for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = InstantanesGardes)]
pub struct KeptNames {
    /// The one that is nearest in time to what was asked for; the current one where nothing is known of that.
    pub plus_proche: String,
    /// All of them, the current one first.
    pub gardes: Vec<String>,
}

/// An error on its way to the client.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    /// Name of the message that entitles it.
    title: &'static str,
    /// What happened; boxed, because results carry this everywhere.
    detail: Box<Message>,
    errors: Vec<Refusal>,
    retry_after_s: Option<u32>,
    /// Which snapshots would answer, when the one that was asked for does not.
    kept: Option<Box<KeptNames>>,
    /// What went wrong inside, for the log only.
    cause: Option<String>,
}

impl ApiError {
    /// 400 with every mistake of the query string.
    pub fn parameters(errors: Vec<Refusal>) -> Self {
        let detail = Message::new("error-parameters").with("n", errors.len());
        Self {
            errors,
            ..Self::bad_request(detail)
        }
    }

    /// 400 with every mistake of a search.
    pub fn query(mistakes: Vec<ParameterError>) -> Self {
        Self::parameters(refusals(mistakes))
    }

    /// 400 for something that is not a parameter of the query.
    pub fn bad_request(detail: Message) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "error-bad-request", detail)
    }

    /// 404.
    pub fn not_found(detail: Message) -> Self {
        Self::new(StatusCode::NOT_FOUND, "error-not-found", detail)
    }

    /// 404 for an id that no fiche bears.
    pub fn unknown_fiche(id: &str) -> Self {
        let id: String = id.chars().take(80).collect();
        Self::not_found(Message::new("error-unknown-fiche").with("id", id))
    }

    /// 406 when no offered format is acceptable.
    pub fn not_acceptable(detail: Message) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "error-not-acceptable", detail)
    }

    /// 503 when too much heavy work is under way.
    pub fn busy(retry_after_s: u32) -> Self {
        let detail = Message::new("error-busy").with("seconds", retry_after_s);
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, "error-service-busy", detail).retry_after(retry_after_s)
    }

    /// Any status, with the name of its title and what happened.
    pub fn new(status: StatusCode, title: &'static str, detail: Message) -> Self {
        Self {
            status,
            title,
            detail: Box::new(detail),
            errors: Vec::new(),
            retry_after_s: None,
            kept: None,
            cause: None,
        }
    }

    /// The same error, to be tried again after so many seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The same error, with the snapshots that would answer instead.
    #[must_use]
    pub fn answered_by(mut self, kept: KeptNames) -> Self {
        self.kept = Some(Box::new(kept));
        self
    }

    /// Which snapshots would answer instead, when that is what is wrong.
    pub fn kept(&self) -> Option<&KeptNames> {
        self.kept.as_deref()
    }

    /// 500; the cause goes to the log only, with the request's id.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        let detail = Message::new("error-internal-detail");
        Self {
            cause: Some(cause.to_string()),
            ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, "error-internal", detail)
        }
    }

    /// HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// What happened, in one language: the mistake, when there is only one.
    pub fn detail(&self, language: Language) -> String {
        match self.errors.as_slice() {
            [only] => language.tell(&only.mistake),
            _ => language.tell(&self.detail),
        }
    }

    /// Short name of the error, in one language.
    pub fn title(&self, language: Language) -> &'static str {
        language.say(self.title)
    }

    /// What went wrong inside, for the log only.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// Seconds after which to try again, when that may help.
    pub const fn wait_s(&self) -> Option<u32> {
        self.retry_after_s
    }

    /// The mistakes of the query string.
    pub fn errors(&self) -> &[Refusal] {
        &self.errors
    }
}

impl From<atlaas_engine::EngineError> for ApiError {
    fn from(error: atlaas_engine::EngineError) -> Self {
        Self::internal(&error)
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Parameters(mistakes) => Self::query(mistakes),
            QueryError::Engine(error) => Self::internal(&error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
