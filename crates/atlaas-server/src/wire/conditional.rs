//! Conditional requests and caching: strong ETags, `304 Not Modified` before any work, `Cache-Control`.

use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// How long a client or proxy may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The address names the snapshot (`?v=`) or a content hash: it never changes.
    Immutable,
    /// May change with the next snapshot.
    UntilReload,
    /// Made of what the client said the address is: for that client alone.
    Private,
    /// To be asked for again each time: a page, which names assets of one build.
    Revalidated,
}

impl Freshness {
    const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::UntilReload => "public, max-age=300, stale-while-revalidate=86400",
            Self::Private => "private, no-cache",
            Self::Revalidated => "public, no-cache",
        })
    }
}

/// What identifies one representation, and how long it may be kept.
#[derive(Clone, Debug)]
pub struct Validator {
    etag: HeaderValue,
    freshness: Freshness,
}

impl Validator {
    /// A strong ETag from whatever determines the bytes: snapshot, address, query, format, encoding.
    pub fn new(parts: &[&str], freshness: Freshness) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
        let mut text = String::with_capacity(26);
        text.push('"');
        for byte in &digest.finalize()[..12] {
            text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
            text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        }
        text.push('"');
        // Quotes and hexadecimal digits always form a header value.
        let etag = HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        Self { etag, freshness }
    }

    /// How long the answer may be kept.
    pub const fn freshness(&self) -> Freshness {
        self.freshness
    }

    /// The same for an answer that is asked for again each time.
    #[must_use]
    pub fn revalidated(self) -> Self {
        let freshness = match self.freshness {
            Freshness::Private => Freshness::Private,
            _ => Freshness::Revalidated,
        };
        Self { freshness, ..self }
    }

    /// The answer `304` when the client has this very representation, to be returned before work.
    pub fn not_modified(&self, request: &HeaderMap) -> Option<Response> {
        let own = self.etag.to_str().unwrap_or_default();
        is_held(request, own).then(|| {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            self.apply(response.headers_mut());
            response
        })
    }

    /// Puts ETag, Cache-Control and Vary on an answer.
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.clone().put_on(headers);
    }

    /// The same where the validator is not needed any more: its tag is not copied.
    pub fn put_on(self, headers: &mut HeaderMap) {
        headers.insert(ETAG, self.etag);
        headers.insert(CACHE_CONTROL, self.freshness.header());
        headers.insert(
            VARY,
            HeaderValue::from_static("accept, accept-encoding, accept-language"),
        );
    }
}

/// Whether `If-None-Match` names this tag, by the weak comparison that it asks for (RFC 9110 §13.1.2).
pub fn is_held(request: &HeaderMap, own: &str) -> bool {
    request.get_all(IF_NONE_MATCH).iter().any(|value| {
        let listed = value.to_str().unwrap_or_default();
        listed
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_tag_and_their_borders_matter() {
        let tag = |parts: &[&str]| Validator::new(parts, Freshness::Immutable).etag;
        assert_eq!(tag(&["a", "b"]), tag(&["a", "b"]));
        assert_ne!(tag(&["a", "b"]), tag(&["ab", ""]));
    }

    #[test]
    fn a_client_that_has_the_representation_gets_304() {
        let validator = Validator::new(&["x"], Freshness::UntilReload);
        let own = validator.etag.to_str().unwrap().to_owned();
        for (sent, expected) in [
            (own.clone(), true),
            (format!("W/{own}"), true),
            (format!("\"other\", {own}"), true),
            ("*".to_owned(), true),
            ("\"other\"".to_owned(), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(IF_NONE_MATCH, sent.parse().unwrap());
            assert_eq!(
                validator.not_modified(&headers).is_some(),
                expected,
                "{sent}"
            );
        }
        assert!(validator.not_modified(&HeaderMap::new()).is_none());
    }
}
