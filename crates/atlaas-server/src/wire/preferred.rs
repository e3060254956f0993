//! What a client prefers, of what there is: the language of `Accept-Language`, a page in `Accept`.

use crate::wire::quality;
use crate::words::language::Language;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE};

/// The best wanted of French and English, the first among equals; French without either.
pub fn language(headers: &HeaderMap) -> Language {
    let mut best = (0.0, Language::French);
    for one in quality::wanted(headers, ACCEPT_LANGUAGE) {
        // The primary subtag (RFC 5646 §2.2.1): `en` of `en-GB`.
        let primary = one.name.split('-').next().unwrap_or_default();
        let language = if primary.eq_ignore_ascii_case("fr") {
            Language::French
        } else if primary.eq_ignore_ascii_case("en") {
            Language::English
        } else {
            continue;
        };
        if one.quality > best.0 {
            best = (one.quality, language);
        }
    }
    best.1
}

/// Whether the client is a browser that shows a page: it names HTML, which programs do not.
pub fn page(headers: &HeaderMap) -> bool {
    quality::wanted(headers, ACCEPT).any(|one| one.is("text/html") && one.quality > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_preferred_of_the_two_languages_is_chosen() {
        for (accept, expected) in [
            ("", Language::French),
            ("en", Language::English),
            ("EN-us", Language::English),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::English),
            ("en ; q=0.3, fr ; q=0.7", Language::French),
            ("fr ; q=0.3, en ; q=0.7", Language::English),
            ("de,fr;q=0.7,en;q=0.3", Language::French),
            ("de;q=x,*", Language::French),
            ("en;q=0", Language::French),
            ("enm, fra", Language::French),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            assert_eq!(language(&headers), expected, "{accept}");
        }
    }

    #[test]
    fn a_page_is_for_those_who_name_it() {
        for (accept, expected) in [
            ("text/html,*/*;q=0.8", true),
            ("TEXT/HTML ; q=0.1", true),
            ("*/*", false),
            ("application/json, text/html;q=0", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(page(&headers), expected, "{accept}");
        }
    }
}
