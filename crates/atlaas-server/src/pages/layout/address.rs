//! The address of a page, as forms and pasted links give it.

use atlaas_engine::{ParameterError, Query, Snapshot, is_parameter};
use atlaas_model::Schema;

/// Parameters of pages, beside those of a search.
pub const PAGE_PARAMETERS: [&str; 14] = [
    "lang", "fiche", "carte", "fond", "maille", "mesure", "parmi", "v", "f", "dialecte", "integre",
    "hauteur", "largeur", "titre",
];

/// Whether a parameter says something to a page of results.
pub fn is_known(schema: &Schema, name: &str) -> bool {
    let name = name.trim_start_matches("amp;");
    PAGE_PARAMETERS.contains(&name) || is_parameter(schema, name)
}

/// Parameters as a form or a pasted address gives them: `&amp;` that was escaped once too often is
/// read as meant, and a radius without a centre, which any empty form sends, says nothing.
pub fn clean(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let named = |(name, value): &(String, String)| {
        (name.trim_start_matches("amp;").to_owned(), value.clone())
    };
    let mut pairs: Vec<_> = pairs
        .iter()
        .map(named)
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let centred = pairs
        .iter()
        .any(|(name, _)| ["q", "pres_de", "lat"].contains(&name.as_str()));
    pairs.retain(|(name, _)| centred || name != "rayon");
    pairs
}

/// The query of cleaned parameters.
pub fn parse(
    snapshot: &Snapshot,
    pairs: &[(String, String)],
) -> Result<Query, Vec<ParameterError>> {
    Query::parse(pairs, snapshot.schema(), &PAGE_PARAMETERS)
}

/// The value of a page parameter; empty without.
pub fn value(pairs: &[(String, String)], name: &str) -> String {
    pairs
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}

/// What of the service a map can stand for, by the path of a page.
pub enum Mapped<'a> {
    /// A query, in the address of the page.
    Query,
    /// One parameter with its value.
    One(&'a str, &'a str),
}

/// What a map can stand for; `None` for pages that are no map.
pub fn mapped(path: &str) -> Option<Mapped<'_>> {
    let path = path.trim_matches('/');
    let safe = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    match path.split_once('/') {
        None if matches!(path, "" | "embed") => Some(Mapped::Query),
        Some((kind @ ("fiche" | "commune" | "epci" | "departement" | "region"), code))
            if safe(code) =>
        {
            Some(Mapped::One(kind, code))
        }
        Some(("comparer", id)) if safe(id) => Some(Mapped::One("semblables_a", id)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_add_to_an_address_is_not_known() {
        for (name, known) in [
            ("q", true),
            ("amp;enjeu", true),
            ("facette.enjeu", true),
            ("fiche", true),
            ("fbclid", false),
            ("utm_source", false),
            ("gclid", false),
            ("", false),
        ] {
            assert_eq!(is_known(&Schema::default(), name), known, "{name}");
        }
    }

    #[test]
    fn an_address_that_was_escaped_twice_is_read_as_meant() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let sent = [
            pair("commune", "13056"),
            pair("amp;enjeu", "education"),
            pair("q", " "),
            pair("rayon", "20"),
        ];
        assert_eq!(
            clean(&sent),
            [pair("commune", "13056"), pair("enjeu", "education")]
        );
    }
}
