//! Content codings: what a client accepts, and small bodies compressed for it.

use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use axum::http::{HeaderMap, HeaderValue};
use libdeflater::{CompressionLvl, Compressor, Decompressor};
use std::cell::RefCell;

/// Bodies under this many bytes are sent as they are: one packet either way.
const WORTHWHILE: usize = 1000;
/// Speed over size: dynamic bodies are compressed once a request.
const DYNAMIC_LEVEL: i32 = 3;
/// No tile or page of ours grows beyond this when inflated.
const LARGEST_INFLATED: usize = 64 << 20;

/// A content coding that we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
}

impl Coding {
    /// What to send to this client: gzip when it accepts it (RFC 9110 §12.5.3).
    pub fn accepted(headers: &HeaderMap) -> Self {
        let mut gzip = None;
        let mut any = None;
        for value in headers.get_all(ACCEPT_ENCODING) {
            for range in value.to_str().unwrap_or_default().split(',').take(20) {
                let (name, quality) = range.split_once(';').unwrap_or((range, "q=1"));
                let quality = quality.trim().strip_prefix("q=").unwrap_or("1");
                let accepted = quality.trim().parse::<f32>().unwrap_or(0.0) > 0.0;
                match name.trim() {
                    "gzip" | "x-gzip" => gzip = Some(accepted),
                    "*" => any = Some(accepted),
                    _ => {}
                }
            }
        }
        if gzip.or(any).unwrap_or(false) {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// Name for ETags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
        }
    }

    /// Compresses a body made for one request; short ones stay as they are. Sets the header.
    pub fn encode(self, body: Vec<u8>, headers: &mut HeaderMap) -> Vec<u8> {
        if self == Self::Identity || body.len() < WORTHWHILE {
            return body;
        }
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        gzip(&body)
    }
}

thread_local! {
    static COMPRESSOR: RefCell<Compressor> =
        RefCell::new(Compressor::new(CompressionLvl::new(DYNAMIC_LEVEL).unwrap_or_default()));
}

fn gzip(body: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
        // The bound is what libdeflate asks for: it cannot run out of room.
        let length = compressor.gzip_compress(body, &mut out).unwrap_or(0);
        out.truncate(length);
        out
    })
}

/// Inflates one gzip member, for the rare client that accepts no gzip; `None` when it is damaged.
pub fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    // The last four bytes tell the inflated size (RFC 1952 §2.3.1).
    let size = u32::from_le_bytes(*bytes.last_chunk::<4>()?) as usize;
    if size > LARGEST_INFLATED {
        return None;
    }
    let mut out = vec![0; size];
    let length = Decompressor::new().gzip_decompress(bytes, &mut out).ok()?;
    out.truncate(length);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_only_to_those_who_accept_it() {
        for (sent, expected) in [
            (None, Coding::Identity),
            (Some("gzip, deflate, br"), Coding::Gzip),
            (Some("br"), Coding::Identity),
            (Some("gzip;q=0, *"), Coding::Identity),
            (Some("*"), Coding::Gzip),
            (Some("identity"), Coding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(value) = sent {
                headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(value));
            }
            assert_eq!(Coding::accepted(&headers), expected, "{sent:?}");
        }
    }

    #[test]
    fn what_was_compressed_inflates_to_the_same() {
        let body = b"Atlaas ".repeat(1000);
        let mut headers = HeaderMap::new();
        let packed = Coding::Gzip.encode(body.clone(), &mut headers);
        assert!(packed.len() < body.len() && headers.contains_key(CONTENT_ENCODING));
        assert_eq!(gunzip(&packed), Some(body));
        assert_eq!(gunzip(b"nonsense"), None);
    }
}
