//! Errors as clients see them: RFC 9457 problem details, in French, or in English on request.
//!
//! Policy: handlers return [`ApiError`]; whatever is the client's fault names the parameter, what is
//! allowed and the nearest spelling; whatever is ours says nothing of the inside and is logged with
//! the request's id. The body is written by [`Rendering`], the one place that knows the language.

use atlaas_engine::ParameterError;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Seconds that a client is asked to wait when an answer did not begin in time.
const LATE_RETRY_S: u32 = 5;

/// Most characters of a path that an error repeats.
const LONGEST_PATH: usize = 500;

/// A text in the two languages of the service.
#[derive(Clone, Debug)]
pub struct Bilingual {
    /// French, the default.
    pub fr: String,
    /// English, on request.
    pub en: String,
}

impl Bilingual {
    /// Both texts.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            fr: fr.into(),
            en: en.into(),
        }
    }

    fn pick(&self, language: Language) -> &str {
        match language {
            Language::French => &self.fr,
            Language::English => &self.en,
        }
    }
}

/// Language of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The default.
    French,
    /// When the client prefers it.
    English,
}

impl Language {
    /// The first of French and English in `Accept-Language`, by order then quality; else French.
    pub fn of(headers: &HeaderMap) -> Self {
        let accepted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let mut best = (0.0, Self::French);
        for range in accepted.unwrap_or_default().split(',').take(20) {
            let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
            let quality = quality.trim().parse::<f32>().unwrap_or(0.0);
            let language = match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
                Some("fr") => Self::French,
                Some("en") => Self::English,
                _ => continue,
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// The tag for `Content-Language` and `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

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

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    instance: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Mistake<'a>>,
}

#[derive(Serialize)]
struct Mistake<'a> {
    parametre: &'a str,
    valeur: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    valeurs_admises: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'a str>,
}

/// How errors of a request are to be told, kept until its answer is known.
pub struct Rendering {
    language: Language,
    page: bool,
    uri: Uri,
}

impl Rendering {
    /// Reads the language and the form that the client prefers.
    pub fn of(request: &Request) -> Self {
        Self {
            language: Language::of(request.headers()),
            page: wants_page(request.headers()),
            uri: request.uri().clone(),
        }
    }

    /// Writes the body of an error, and gives one to bare 404, 405, 413 and the like; the cause of
    /// one of ours goes to the log with the request's `id`.
    pub fn render(self, mut response: Response, id: &HeaderValue) -> Response {
        let status = response.status();
        if !status.is_client_error() && !status.is_server_error() {
            return response;
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let bare = content_type.is_none_or(|value| value.as_bytes().starts_with(b"text/plain"));
        let error = response
            .extensions_mut()
            .remove::<ApiError>()
            .or_else(|| bare.then(|| generic(status)));
        if let Some(cause) = error.as_ref().and_then(|error| error.cause.as_deref()) {
            tracing::error!(
                id = id.to_str().unwrap_or_default(),
                cause,
                "a request failed"
            );
        }
        let path: String = self.uri.path().chars().take(LONGEST_PATH).collect();
        match error {
            Some(error) if self.page => page_body(&error, self.language, &path, response),
            Some(error) => body(&error, self.language, &path, response),
            None => response,
        }
    }
}

/// Whether the client is a browser that shows a page: it names HTML, which programs do not.
fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"))
}

fn page_body(error: &ApiError, language: Language, path: &str, mut response: Response) -> Response {
    // Upwards from where the browser believes to be, whatever prefix a proxy added.
    let depth = path.matches('/').count().saturating_sub(1);
    let root = if depth == 0 {
        ".".to_owned()
    } else {
        vec![".."; depth].join("/")
    };
    *response.body_mut() = crate::pages::error_page(error, language, &root).into();
    crate::pages::secure(&mut response, language.tag());
    let headers = response.headers_mut();
    headers.remove(axum::http::header::CONTENT_LENGTH);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    wait(error, headers);
    headers.insert(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

fn body(error: &ApiError, language: Language, path: &str, mut response: Response) -> Response {
    let errors = error.errors.iter().map(|mistake| Mistake {
        parametre: &mistake.parametre,
        valeur: &mistake.valeur,
        message: match language {
            Language::French => &mistake.message_fr,
            Language::English => &mistake.message_en,
        },
        valeurs_admises: &mistake.valeurs_admises,
        suggestion: mistake.suggestion.as_deref(),
    });
    let problem = Problem {
        kind: "about:blank",
        title: error.title(language),
        status: error.status.as_u16(),
        detail: error.detail(language),
        instance: path,
        errors: errors.collect(),
    };
    // These are strings and numbers only: nothing that JSON refuses.
    let json = serde_json::to_vec(&problem).unwrap_or_default();
    *response.body_mut() = json.into();
    let headers = response.headers_mut();
    headers.remove(axum::http::header::CONTENT_LENGTH);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept, accept-language"));
    wait(error, headers);
    response
}

fn wait(error: &ApiError, headers: &mut HeaderMap) {
    if let Some(seconds) = error.retry_after_s {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The words for an error that a layer made without us.
fn generic(status: StatusCode) -> ApiError {
    let (title, detail) = match status {
        StatusCode::NOT_FOUND => (
            Bilingual::new("Introuvable", "Not found"),
            Bilingual::new(
                "Cette adresse n’existe pas ; la liste est sur /docs.",
                "There is nothing at this address; see /docs for the list.",
            ),
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            Bilingual::new("Méthode refusée", "Method not allowed"),
            Bilingual::new(
                "Cette adresse ne répond qu’à GET et HEAD.",
                "This address only answers GET and HEAD.",
            ),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            Bilingual::new("Corps trop long", "Payload too large"),
            Bilingual::new("Aucun corps n’est attendu.", "No body is expected."),
        ),
        StatusCode::URI_TOO_LONG => (
            Bilingual::new("Adresse trop longue", "URI too long"),
            Bilingual::new(
                "L’adresse dépasse la longueur admise, donnée sur /docs.",
                "The address is longer than allowed; see /docs for how long it may be.",
            ),
        ),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => (
            Bilingual::new("En-têtes trop longs", "Request header fields too large"),
            Bilingual::new(
                "Les en-têtes dépassent la longueur admise, donnée sur /docs.",
                "The headers are longer than allowed; see /docs for how long they may be.",
            ),
        ),
        StatusCode::SERVICE_UNAVAILABLE => return late(),
        _ => (
            Bilingual::new("Erreur", "Error"),
            Bilingual::new(
                status.canonical_reason().unwrap_or("Erreur"),
                status.canonical_reason().unwrap_or("Error"),
            ),
        ),
    };
    ApiError::new(status, title, detail)
}

/// The answer did not begin in time.
fn late() -> ApiError {
    let title = Bilingual::new("Service occupé", "Service busy");
    let detail = Bilingual::new(
        "La réponse n’a pas pu commencer à temps ; réessayez dans un instant.",
        "The answer could not begin in time; try again in a moment.",
    );
    let error = ApiError::new(StatusCode::SERVICE_UNAVAILABLE, title, detail);
    error.retry_after(LATE_RETRY_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_of_the_two_languages_is_chosen() {
        for (accept, expected) in [
            ("", Language::French),
            ("en", Language::English),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::English),
            ("de,fr;q=0.7,en;q=0.3", Language::French),
            ("de;q=x,*", Language::French),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            assert_eq!(Language::of(&headers), expected, "{accept}");
        }
    }
}
