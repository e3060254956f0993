//! The content codings that we write (RFC 9110 §8.4.1).

use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, HeaderValue};

/// A content coding that we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878, windows of 2 MiB at most (RFC 9659 asks for 8).
    Zstd,
}

impl Coding {
    /// Name in headers and for ETags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// Tells the client, unless the body is as it is.
    pub fn mark(self, headers: &mut HeaderMap) {
        if self != Self::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(self.as_str()));
        }
    }
}
