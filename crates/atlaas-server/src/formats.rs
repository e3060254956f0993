//! Fiches on the wire: the shape of one, each form that a list of them takes, and which form a request
//! asks for: by extension, else `f=`, else `Accept`; what is not offered is refused with the list of
//! what is.
//!
//! A form is one file that fills in a [`ListFormat`] and one line of [`ALL`]. It is given fiches and
//! writes bytes; it knows nothing of the request that asks for it.

pub mod atom;
pub mod csv;
pub mod csv_dialect;
pub mod feature;
pub mod file_name;
pub mod format;
pub mod geojson;
pub mod gpx;
pub mod html;
pub mod proposal;
pub mod sequence;
pub mod stamp;
pub mod table;
pub mod xlsx;
pub mod xml;

use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::wire::offered::{self, Offered};
use crate::words::message::Message;
use axum::http::HeaderMap;
use format::{Content, ListFormat};

/// Path of the list of fiches, without extension.
pub const LIST: &str = "/api/v1/fiches";

/// Every form of a list, the default first.
pub const ALL: &[&ListFormat] = &[
    &geojson::FORMAT,
    &html::FORMAT,
    &csv::FORMAT,
    &xlsx::FORMAT,
    &gpx::FORMAT,
    &atom::FORMAT,
    &sequence::GEOJSON_SEQ,
    &sequence::ND_JSON,
];

/// The default.
const DEFAULT: &ListFormat = ALL[0];

/// Names of all forms, as `f=` takes them.
pub const NAMES: [&str; ALL.len()] = {
    let mut names = [""; ALL.len()];
    let mut rank = 0;
    while rank < names.len() {
        names[rank] = ALL[rank].name;
        rank += 1;
    }
    names
};

/// Path of a list in a form; the default has no extension.
pub fn path(format: &ListFormat) -> String {
    match format.content {
        Content::Elsewhere => "/".to_owned(),
        _ if format.name == DEFAULT.name => LIST.to_owned(),
        _ => format!("{LIST}.{}", format.name),
    }
}

/// The form that a request asks for: its extension, else `f=`, else the best of `Accept`.
pub fn choose(
    extension: Option<&str>,
    f: Option<&str>,
    headers: &HeaderMap,
) -> Result<&'static ListFormat, ApiError> {
    if let Some(format) = extension.and_then(named) {
        return Ok(format);
    }
    match f.filter(|name| !name.trim().is_empty()) {
        Some(name) => named(name).ok_or_else(|| unknown(name)),
        None => accepted(headers).ok_or_else(not_acceptable),
    }
}

/// The form of a name, spelt as people may: `json` is GeoJSON, `excel` a workbook.
fn named(name: &str) -> Option<&'static ListFormat> {
    let name = name.trim().to_ascii_lowercase();
    let of = |format: &&&ListFormat| format.name == name || format.spellings.contains(&&*name);
    ALL.iter().find(of).copied()
}

/// The best of what the client accepts; nothing when it excludes everything.
fn accepted(headers: &HeaderMap) -> Option<&'static ListFormat> {
    let forms = ALL.iter().map(|format| Offered {
        media: format.media,
        aliases: format.aliases,
    });
    offered::best(headers, forms).map(|rank| ALL[rank])
}

fn unknown(name: &str) -> ApiError {
    let mistake = Refusal::new("f", name, Message::new("mistake-format"));
    ApiError::parameters(vec![mistake.allowed(name, NAMES)])
}

fn not_acceptable() -> ApiError {
    let media: Vec<&str> = ALL
        .iter()
        .map(|format| offered::bare(format.media))
        .collect();
    let offered = media.join(", ");
    ApiError::not_acceptable(Message::new("error-no-format").with("offered", offered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::http::header::ACCEPT;

    fn accepting(accept: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        headers
    }

    #[test]
    fn the_extension_wins_over_f_and_f_over_accept() {
        let headers = accepting("text/html");
        let chosen = |extension, f| choose(extension, f, &headers).unwrap().name;
        assert_eq!(chosen(Some("csv"), Some("atom")), "csv");
        assert_eq!(chosen(None, Some("atom")), "atom");
        assert_eq!(chosen(None, None), "html");
        assert_eq!(chosen(None, Some("")), "html");
        assert_eq!(chosen(None, Some("JSON")), "geojson");
    }

    #[test]
    fn accept_is_read_by_quality_then_by_exactness() {
        for (accept, expected) in [
            ("", Some("geojson")),
            ("*/*", Some("geojson")),
            ("application/json", Some("geojson")),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Some("html"),
            ),
            ("text/csv, application/geo+json;q=0.5", Some("csv")),
            ("application/atom+xml", Some("atom")),
            ("application/*;q=0.2, text/csv;q=0.1", Some("geojson")),
            ("*/*, application/geo+json;q=0", Some("html")),
            ("text/*", Some("html")),
            ("TEXT/CSV ; q = 0.9, */*;q=0.1", Some("csv")),
            ("image/png", None),
            ("text/html;q=0", None),
        ] {
            let found = accepted(&accepting(accept)).map(|format| format.name);
            assert_eq!(found, expected, "{accept}");
        }
    }

    #[test]
    fn what_is_not_offered_is_refused_with_the_list() {
        let error = choose(None, Some("cvs"), &HeaderMap::new()).err().unwrap();
        assert_eq!(error.status(), 400);
        assert_eq!(error.errors()[0].suggestion.as_deref(), Some("csv"));
        assert_eq!(error.errors()[0].valeurs_admises.len(), ALL.len());
        let refused = choose(None, None, &accepting("image/png")).err().unwrap();
        assert_eq!(refused.status(), 406);
    }

    #[test]
    fn every_name_and_spelling_leads_to_one_form_with_a_path_of_its_own() {
        let spelt = ALL.iter().flat_map(|format| {
            let spellings = format.spellings.iter().copied();
            spellings
                .chain([format.name])
                .map(|name| (name, format.name))
        });
        let mut seen = std::collections::BTreeSet::new();
        for (spelling, name) in spelt {
            assert!(seen.insert(spelling), "{spelling} twice");
            assert_eq!(named(spelling).unwrap().name, name, "{spelling}");
        }
        let paths: std::collections::BTreeSet<_> = ALL.iter().map(|format| path(format)).collect();
        assert_eq!(paths.len(), ALL.len());
    }
}
