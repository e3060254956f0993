//! Headers that say on which step of the ladder a query found something, for forms that have no other
//! place for it: CSV, tiles, pictures.
//!
//! `atlaas-elargissement: rayon 30`, `departement`, `region` or `partout`; `atlaas-mots-laisses`: the
//! words that were let go, percent-encoded, separated by commas; `atlaas-sens-proches: 1`: what the words
//! hint at counts too.

use atlaas_engine::Widening;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

const WIDENED: HeaderName = HeaderName::from_static("atlaas-elargissement");
const CLOSE: HeaderName = HeaderName::from_static("atlaas-sens-proches");
const LET_GO: HeaderName = HeaderName::from_static("atlaas-mots-laisses");

/// Says what gave way; nothing when nothing did.
pub fn say(let_go: &[String], close: bool, widening: Option<&Widening>, headers: &mut HeaderMap) {
    if close {
        headers.insert(CLOSE, HeaderValue::from_static("1"));
    }
    if let Some(wider) = widening {
        let said = match wider.rayon_km {
            Some(km) => format!("{} {km}", wider.etape),
            None => wider.etape.to_owned(),
        };
        insert(headers, WIDENED, &said);
    }
    if !let_go.is_empty() {
        let words = let_go
            .iter()
            .map(|word| utf8_percent_encode(word, NON_ALPHANUMERIC).to_string());
        insert(headers, LET_GO, &words.collect::<Vec<_>>().join(","));
    }
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}
