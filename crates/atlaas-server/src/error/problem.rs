//! Errors as clients see them: RFC 9457 problem details, in French, or in English on request.
//!
//! Policy: handlers return [`ApiError`]; whatever is the client's fault names the parameter, what is
//! allowed and the nearest spelling; whatever is ours says nothing of the inside and is logged with
//! the request's id. The body is written around the answer, where the language is known.

use crate::words::language::{Bilingual, Language};
use atlaas_engine::{ParameterError, QueryError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// An error on its way to the client.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    /// Title and detail; boxed, because results carry this everywhere.
    texts: Box<[Bilingual; 2]>,
    errors: Vec<ParameterError>,
    retry_after_s: Option<u32>,
    /// What went wrong inside, for the log only.
    cause: Option<String>,
}

impl ApiError {
    /// 400 with every mistake of the query string.
    pub fn parameters(errors: Vec<ParameterError>) -> Self {
        let count = errors.len();
        let detail = match errors.as_slice() {
            [only] => Bilingual::new(only.message_fr.clone(), only.message_en.clone()),
            _ => Bilingual::new(
                format!("{count} paramètres sont à corriger, voir « errors »."),
                format!("{count} parameters need correcting, see \"errors\"."),
            ),
        };
        let title = Bilingual::new("Requête incorrecte", "Bad request");
        Self {
            errors,
            ..Self::new(StatusCode::BAD_REQUEST, title, detail)
        }
    }

    /// 400 for something that is not a parameter of the query.
    pub fn bad_request(detail: Bilingual) -> Self {
        let title = Bilingual::new("Requête incorrecte", "Bad request");
        Self::new(StatusCode::BAD_REQUEST, title, detail)
    }

    /// 404.
    pub fn not_found(detail: Bilingual) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            Bilingual::new("Introuvable", "Not found"),
            detail,
        )
    }

    /// 404 for an id that no fiche bears.
    pub fn unknown_fiche(id: &str) -> Self {
        let id: String = id.chars().take(80).collect();
        Self::not_found(Bilingual::new(
            format!("Aucune fiche ne porte l’identifiant « {id} »."),
            format!("No fiche bears the id \"{id}\"."),
        ))
    }

    /// 406 when no offered format is acceptable.
    pub fn not_acceptable(detail: Bilingual) -> Self {
        let title = Bilingual::new("Format non proposé", "Not acceptable");
        Self::new(StatusCode::NOT_ACCEPTABLE, title, detail)
    }

    /// 503 when too much heavy work is under way.
    pub fn busy(retry_after_s: u32) -> Self {
        let title = Bilingual::new("Service occupé", "Service busy");
        let detail = Bilingual::new(
            format!("Trop de calculs en cours ; réessayez dans {retry_after_s} s."),
            format!("Too much work under way; try again in {retry_after_s} s."),
        );
        Self {
            retry_after_s: Some(retry_after_s),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, title, detail)
        }
    }

    /// Any status, with its texts.
    pub fn new(status: StatusCode, title: Bilingual, detail: Bilingual) -> Self {
        Self {
            status,
            texts: Box::new([title, detail]),
            errors: Vec::new(),
            retry_after_s: None,
            cause: None,
        }
    }

    /// The same error, to be tried again after so many seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// 500; the cause goes to the log only, with the request's id.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        let title = Bilingual::new("Erreur interne", "Internal error");
        let detail = Bilingual::new(
            "Une erreur est survenue de notre côté ; elle est consignée.",
            "Something failed on our side; it has been logged.",
        );
        Self {
            cause: Some(cause.to_string()),
            ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, title, detail)
        }
    }

    /// HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// What happened, in one language.
    pub fn detail(&self, language: Language) -> &str {
        self.texts[1].pick(language)
    }

    /// Short name of the error, in one language.
    pub fn title(&self, language: Language) -> &str {
        self.texts[0].pick(language)
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
    pub fn errors(&self) -> &[ParameterError] {
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
            QueryError::Parameters(mistakes) => Self::parameters(mistakes),
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
