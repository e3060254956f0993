//! Content codings: what a client accepts, and bodies compressed for it (RFC 9110 §12.5.3).
//!
//! Levels were chosen by measurement (bench `codings`): zstd at level 3 costs half of what gzip does
//! and is never larger, so it comes first among equals; brotli is a tenth smaller than gzip for five
//! times its cost, which pays on the slow lines of those whose browser has no zstd.

use crate::wire::coding::Coding;
use crate::wire::packing::{self, Packer, Packing};
use crate::wire::quality;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use libdeflater::{CompressionLvl, Compressor};
use std::cell::RefCell;

/// Bodies under this many bytes are sent as they are: one packet either way.
const WORTHWHILE: usize = 1000;
/// Bodies beyond this many bytes are compressed while they are sent, a piece at a time: none keeps a
/// thread from the tiles for more than a few milliseconds.
const LARGE: usize = 512 * 1024;
/// Speed over size: dynamic bodies are compressed once a request.
const GZIP_LEVEL: i32 = 3;
/// The first quality that beats gzip by more than it costs on a slow line.
const BROTLI_QUALITY: i32 = 5;
/// Levels beyond cost twice as much for a few percent.
const ZSTD_LEVEL: i32 = 3;

/// What to send to one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The best coding for both sides.
    pub coding: Coding,
    /// The client refuses bodies without a coding (`identity;q=0`): short ones are compressed too.
    pub always: bool,
}

impl Coding {
    /// Those of dynamic bodies, the best for us first.
    const OURS: [Self; 4] = [Self::Zstd, Self::Brotli, Self::Gzip, Self::Identity];

    /// What to send of a tile, which lies as gzip: gzip when the client accepts it.
    pub fn accepted(headers: &HeaderMap) -> Self {
        if Weights::of(headers).weight(Self::Gzip) > 0.0 {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// Compresses a body made for one request; short ones stay as they are. Sets the header.
    pub fn encode(self, body: Vec<u8>, headers: &mut HeaderMap) -> Vec<u8> {
        if body.len() < WORTHWHILE {
            return body;
        }
        self.pack(body, headers)
    }

    /// Compresses and sets the header; the body as it is when there is no memory for more.
    fn pack(self, body: Vec<u8>, headers: &mut HeaderMap) -> Vec<u8> {
        let packed = match self {
            Self::Identity => None,
            Self::Gzip => gzip(&body),
            Self::Brotli => packing::brotli(&body, BROTLI_QUALITY),
            Self::Zstd => zstd(&body),
        };
        packed.map_or(body, |packed| {
            self.mark(headers);
            packed
        })
    }
}

impl Accepted {
    /// The best of what the client accepts: highest quality, then our own order; `None` when it
    /// refuses everything that we can send, the body as it is included.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let weights = Weights::of(headers);
        let mut best: Option<(f32, Coding)> = None;
        for coding in Coding::OURS {
            let weight = weights.weight(coding);
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, coding));
            }
        }
        best.map(|(_, coding)| Self {
            coding,
            always: weights.weight(Coding::Identity) == 0.0,
        })
    }

    /// A whole body for this client, with its header: as it is when short, in one go, or, when
    /// large, compressed while it is sent.
    pub fn body(self, body: Vec<u8>, headers: &mut HeaderMap) -> Body {
        if self.coding == Coding::Identity || (body.len() < WORTHWHILE && !self.always) {
            return Body::from(body);
        }
        let large = body.len() > LARGE;
        match large.then(|| Packer::new(self.coding)).flatten() {
            Some(packer) => {
                self.coding.mark(headers);
                Body::new(Packing::new(body, packer))
            }
            None => Body::from(self.coding.pack(body, headers)),
        }
    }
}

/// Qualities that `Accept-Encoding` gives; absent where it names nothing.
#[derive(Default)]
struct Weights {
    gzip: Option<f32>,
    brotli: Option<f32>,
    zstd: Option<f32>,
    identity: Option<f32>,
    any: Option<f32>,
}

impl Weights {
    /// Quality of a body without a coding that nothing was said of: good enough, and the last resort.
    const UNSAID: f32 = 1e-6;

    fn of(headers: &HeaderMap) -> Self {
        let mut weights = Self::default();
        for one in quality::wanted(headers, ACCEPT_ENCODING) {
            let slot = if one.is("gzip") || one.is("x-gzip") {
                &mut weights.gzip
            } else if one.is("br") {
                &mut weights.brotli
            } else if one.is("zstd") {
                &mut weights.zstd
            } else if one.is("identity") {
                &mut weights.identity
            } else if one.is("*") {
                &mut weights.any
            } else {
                continue;
            };
            *slot = Some(one.quality);
        }
        weights
    }

    fn weight(&self, coding: Coding) -> f32 {
        match coding {
            Coding::Gzip => self.gzip.or(self.any).unwrap_or(0.0),
            Coding::Brotli => self.brotli.or(self.any).unwrap_or(0.0),
            Coding::Zstd => self.zstd.or(self.any).unwrap_or(0.0),
            // Only a refusal takes it away: of itself, or of everything unnamed.
            Coding::Identity => match (self.identity, self.any) {
                (Some(own), _) => own,
                (None, Some(0.0)) => 0.0,
                (None, _) => Self::UNSAID,
            },
        }
    }
}

thread_local! {
    static GZIP: RefCell<Compressor> =
        RefCell::new(Compressor::new(CompressionLvl::new(GZIP_LEVEL).unwrap_or_default()));
    static ZSTD: RefCell<Option<zstd::bulk::Compressor<'static>>> =
        RefCell::new(zstd::bulk::Compressor::new(ZSTD_LEVEL).ok());
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    GZIP.with_borrow_mut(|compressor| {
        let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
        let length = compressor.gzip_compress(body, &mut out).ok()?;
        out.truncate(length);
        Some(out)
    })
}

fn zstd(body: &[u8]) -> Option<Vec<u8>> {
    ZSTD.with_borrow_mut(|compressor| compressor.as_mut()?.compress(body).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::http::header::CONTENT_ENCODING;
    use std::io::Read;

    fn accepting(sent: Option<&'static str>) -> HeaderMap {
        sent.map(|value| (ACCEPT_ENCODING, HeaderValue::from_static(value)))
            .into_iter()
            .collect()
    }

    #[test]
    fn tiles_are_sent_as_gzip_only_to_those_who_accept_it() {
        for (sent, expected) in [
            (None, Coding::Identity),
            (Some("gzip, deflate, br"), Coding::Gzip),
            (Some("br"), Coding::Identity),
            (Some("gzip;q=0, *"), Coding::Identity),
            (Some("*"), Coding::Gzip),
            (Some("identity"), Coding::Identity),
        ] {
            assert_eq!(Coding::accepted(&accepting(sent)), expected, "{sent:?}");
        }
    }

    #[test]
    fn the_client_s_qualities_come_first_then_what_costs_us_least() {
        for (sent, expected) in [
            (None, Some((Coding::Identity, false))),
            (Some(""), Some((Coding::Identity, false))),
            (Some("gzip, deflate, br, zstd"), Some((Coding::Zstd, false))),
            (Some("gzip, deflate, br"), Some((Coding::Brotli, false))),
            (Some("x-gzip"), Some((Coding::Gzip, false))),
            (Some("GZIP;Q=0.9, br ; q=0.8"), Some((Coding::Gzip, false))),
            (
                Some("zstd;q=0.1, br;q=0.2, gzip;q=0.3"),
                Some((Coding::Gzip, false)),
            ),
            (Some("*"), Some((Coding::Zstd, false))),
            (Some("*, zstd;q=0"), Some((Coding::Brotli, false))),
            (
                Some("identity, gzip;q=0.5"),
                Some((Coding::Identity, false)),
            ),
            (Some("gzip;q=0"), Some((Coding::Identity, false))),
            (Some("gzip;q=2"), Some((Coding::Identity, false))),
            (Some("deflate"), Some((Coding::Identity, false))),
            (Some("identity;q=0, gzip"), Some((Coding::Gzip, true))),
            (Some("gzip, *;q=0"), Some((Coding::Gzip, true))),
            (Some("identity;q=0"), None),
            (Some("*;q=0"), None),
            (
                Some("*;q=0, identity;q=0.1"),
                Some((Coding::Identity, false)),
            ),
        ] {
            let accepted = Accepted::of(&accepting(sent));
            let found = accepted.map(|accepted| (accepted.coding, accepted.always));
            assert_eq!(found, expected, "{sent:?}");
        }
    }

    #[test]
    fn what_was_compressed_inflates_to_the_same() {
        let body = b"Atlaas ".repeat(1000);
        let packed = |coding: Coding| {
            let mut headers = HeaderMap::new();
            let packed = coding.encode(body.clone(), &mut headers);
            assert_eq!(headers[CONTENT_ENCODING], coding.as_str());
            assert!(packed.len() < body.len() / 10);
            packed
        };
        let mut inflated = Vec::new();
        let gzip = packed(Coding::Gzip);
        let mut reader = flate2::read::GzDecoder::new(&gzip[..]);
        reader.read_to_end(&mut inflated).unwrap();
        assert_eq!(inflated, body);
        assert_eq!(zstd::decode_all(&packed(Coding::Zstd)[..]).unwrap(), body);
        let mut inflated = Vec::new();
        let mut reader = &packed(Coding::Brotli)[..];
        brotli::BrotliDecompress(&mut reader, &mut inflated).unwrap();
        assert_eq!(inflated, body);
    }

    #[test]
    fn a_short_body_is_compressed_only_for_those_who_refuse_it_plain() {
        let sent = |always| {
            let mut headers = HeaderMap::new();
            let coding = Coding::Gzip;
            let _body = Accepted { coding, always }.body(b"court".to_vec(), &mut headers);
            headers.contains_key(CONTENT_ENCODING)
        };
        assert!(sent(true) && !sent(false));
    }
}
