//! The form of an answer: extension, else `f=`, else `Accept`; what is not offered is refused with
//! the list of what is.

use crate::error::problem::ApiError;
use crate::words::language::Bilingual;
use atlaas_engine::ParameterError;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// Path of the list of fiches, without extension.
pub const LIST: &str = "/api/v1/fiches";

/// A form that a result can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RFC 7946, one page.
    GeoJson,
    /// RFC 8142, one feature a record, the whole result.
    GeoJsonSeq,
    /// One feature a line, the whole result.
    NdJson,
    /// RFC 4180, the whole result.
    Csv,
    /// Office Open XML workbook, the whole result.
    Xlsx,
    /// RFC 4287, newest first.
    Atom,
    /// The page that shows the result.
    Html,
}

impl Format {
    /// Every form of a result, the default first.
    pub const ALL: [Self; 7] = [
        Self::GeoJson,
        Self::Html,
        Self::Csv,
        Self::Xlsx,
        Self::Atom,
        Self::GeoJsonSeq,
        Self::NdJson,
    ];

    /// Value of `f=`, and extension of the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonSeq => "geojsonseq",
            Self::NdJson => "ndjson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Atom => "atom",
            Self::Html => "html",
        }
    }

    /// Media type as it is sent.
    pub const fn media(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::GeoJsonSeq => "application/geo+json-seq",
            Self::NdJson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The form of a name, spelt as people may: `json` is GeoJSON, `excel` a workbook.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        match name.as_str() {
            "json" => Some(Self::GeoJson),
            "geojsons" | "geojsonl" | "seq" => Some(Self::GeoJsonSeq),
            "jsonl" => Some(Self::NdJson),
            "excel" => Some(Self::Xlsx),
            "xml" | "rss" => Some(Self::Atom),
            _ => Self::ALL.into_iter().find(|format| format.as_str() == name),
        }
    }

    /// The form that a request asks for: its extension, else `f=`, else the best of `Accept`.
    pub fn choose(
        extension: Option<&str>,
        f: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<Self, ApiError> {
        if let Some(format) = extension.and_then(Self::named) {
            return Ok(format);
        }
        match f.filter(|name| !name.trim().is_empty()) {
            Some(name) => Self::named(name).ok_or_else(|| unknown(name)),
            None => accepted(headers).ok_or_else(not_acceptable),
        }
    }

    fn matches(self, range: &str) -> Option<u8> {
        let own = self.media().split(';').next().unwrap_or_default();
        let alias = match self {
            Self::GeoJson => "application/json",
            Self::GeoJsonSeq => "application/json-seq",
            Self::NdJson => "application/jsonl",
            Self::Atom => "application/xml",
            _ => own,
        };
        match range {
            "*/*" | "*" => Some(0),
            _ if range == own => Some(3),
            _ if range == alias => Some(2),
            _ => {
                let family = range.strip_suffix("/*")?;
                own.strip_prefix(family)?.starts_with('/').then_some(1)
            }
        }
    }
}

/// The best of what the client accepts: highest quality, then most exact, then our own order; the
/// default without the header, nothing when it excludes everything (RFC 9110 §12.5.1).
fn accepted(headers: &HeaderMap) -> Option<Format> {
    let ranges: Vec<(String, f32)> = headers
        .get_all(ACCEPT)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .filter_map(media_range)
        .take(50)
        .collect();
    if ranges.is_empty() {
        return Some(Format::GeoJson);
    }
    let mut best: Option<(f32, u8, Format)> = None;
    for format in Format::ALL {
        // The most exact range that names a form decides its quality.
        let chosen = ranges
            .iter()
            .filter_map(|(range, quality)| {
                format.matches(range).map(|exactness| (exactness, *quality))
            })
            .max_by_key(|(exactness, _)| *exactness);
        if let Some((exactness, quality)) = chosen.filter(|(_, quality)| *quality > 0.0) {
            let better = best.is_none_or(|(q, e, _)| (quality, exactness) > (q, e));
            if better {
                best = Some((quality, exactness, format));
            }
        }
    }
    best.map(|(_, _, format)| format)
}

fn media_range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts
        .next()
        .filter(|range| !range.is_empty())?
        .to_ascii_lowercase();
    let quality = parts
        .find_map(|part| part.strip_prefix("q="))
        .unwrap_or("1");
    Some((range, quality.trim().parse().unwrap_or(0.0)))
}

fn unknown(name: &str) -> ApiError {
    let names = Format::ALL.map(Format::as_str);
    let mistake = ParameterError::new(
        "f",
        name,
        "Ce format n’existe pas.",
        "There is no such format.",
    );
    ApiError::parameters(vec![mistake.allowed(name, names)])
}

fn not_acceptable() -> ApiError {
    let offered = Format::ALL
        .map(|format| format.media().split(';').next().unwrap_or_default())
        .join(", ");
    ApiError::not_acceptable(Bilingual::new(
        format!("Aucun des formats acceptés n’est proposé ici ; il y a : {offered}."),
        format!("None of the accepted formats is offered here; there is: {offered}."),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

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
        let choose = |extension, f| Format::choose(extension, f, &headers).unwrap();
        assert_eq!(choose(Some("csv"), Some("atom")), Format::Csv);
        assert_eq!(choose(None, Some("atom")), Format::Atom);
        assert_eq!(choose(None, None), Format::Html);
        assert_eq!(choose(None, Some("")), Format::Html);
        assert_eq!(choose(None, Some("JSON")), Format::GeoJson);
    }

    #[test]
    fn accept_is_read_by_quality_then_by_exactness() {
        for (accept, expected) in [
            ("", Some(Format::GeoJson)),
            ("*/*", Some(Format::GeoJson)),
            ("application/json", Some(Format::GeoJson)),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Some(Format::Html),
            ),
            ("text/csv, application/geo+json;q=0.5", Some(Format::Csv)),
            ("application/atom+xml", Some(Format::Atom)),
            ("application/*;q=0.2, text/csv;q=0.1", Some(Format::GeoJson)),
            ("*/*, application/geo+json;q=0", Some(Format::Html)),
            ("text/*", Some(Format::Html)),
            ("image/png", None),
            ("text/html;q=0", None),
        ] {
            assert_eq!(accepted(&accepting(accept)), expected, "{accept}");
        }
    }

    #[test]
    fn what_is_not_offered_is_refused_with_the_list() {
        let error = Format::choose(None, Some("cvs"), &HeaderMap::new()).unwrap_err();
        assert_eq!(error.status(), 400);
        assert_eq!(error.errors()[0].suggestion.as_deref(), Some("csv"));
        assert_eq!(error.errors()[0].valeurs_admises.len(), Format::ALL.len());
        let refused = Format::choose(None, None, &accepting("image/png")).unwrap_err();
        assert_eq!(refused.status(), 406);
    }
}
