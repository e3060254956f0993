//! Links of a list: the pages beside it, its other forms, the licence.

use crate::formats;
use crate::formats::format::ListFormat;
use crate::wire::links::{Link, license};
use atlaas_engine::{Query, SearchAnswer};

/// The address of a query below a path.
pub fn address(path: &str, query: &Query) -> String {
    let canonical = query.canonical();
    let mark = if canonical.is_empty() { "" } else { "?" };
    format!("{path}{mark}{canonical}")
}

/// Self, the pages beside it, the other forms, the licence.
pub fn list_links(
    base: &str,
    query: &Query,
    found: &SearchAnswer,
    format: &ListFormat,
) -> Vec<Link> {
    let path = |format: &ListFormat| format!("{base}{}", formats::path(format));
    let mut links = vec![Link::new(
        "self",
        address(&path(format), query),
        format.media,
    )];
    if let Some(cursor) = found.answer.next {
        let next = Query {
            after: Some(cursor),
            offset: 0,
            ..query.clone()
        };
        links.push(Link::new(
            "next",
            address(&path(format), &next),
            format.media,
        ));
    }
    if query.offset > 0 {
        let before = Query {
            offset: query.offset.saturating_sub(query.limit),
            ..query.clone()
        };
        links.push(Link::new(
            "prev",
            address(&path(format), &before),
            format.media,
        ));
    }
    let whole = Query {
        after: None,
        offset: 0,
        limit: Query::default().limit,
        ..query.clone()
    };
    let whole = address("", &whole);
    for other in formats::ALL
        .iter()
        .filter(|other| other.name != format.name)
    {
        let href = format!("{}{whole}", path(other));
        links.push(Link::new("alternate", href, other.media));
    }
    links.push(license(base));
    links
}
