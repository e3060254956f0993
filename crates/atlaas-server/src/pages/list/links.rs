//! Links that change a query: a facet value put on or taken off, another order, the next page.

use atlaas_engine::{Query, Sort, query_limits};
use atlaas_model::{Facet, Level, Schema};

/// The query with one value of a facet put on, or taken off when it is there; back on page one.
pub fn toggle(query: &Query, schema: &Schema, facet: Facet, value: &str) -> Query {
    let mut changed = first_page(query);
    match facet {
        Facet::Type => {
            if let Some(kind) = schema.kind(value) {
                flip(&mut changed.kinds, kind);
            }
        }
        Facet::Region => flip_territory(&mut changed, Level::Region, value),
        Facet::Departement => flip_territory(&mut changed, Level::Departement, value),
        Facet::Epci => flip_territory(&mut changed, Level::Epci, value),
        Facet::Arobases => {
            if let Ok(level) = value.parse() {
                flip(&mut changed.levels, level);
            }
        }
        Facet::Column(_) if schema.is_of_years(facet) => {
            if let Ok(year) = value.parse::<u16>() {
                let ranges = changed.years.remove(&facet).unwrap_or_default();
                let mut years: Vec<u16> = ranges.into_iter().flatten().collect();
                flip(&mut years, year);
                if !years.is_empty() {
                    let ranges = years.into_iter().map(|year| year..=year).collect();
                    changed.years.insert(facet, ranges);
                }
            }
        }
        Facet::Mention | Facet::Column(_) => {
            let slugs = changed.facets.entry(facet).or_default();
            flip(slugs, value.to_owned());
            if slugs.is_empty() {
                changed.facets.remove(&facet);
            }
        }
    }
    changed
}

/// The same fiches from the first one, with the page's own choices left out.
pub fn first_page(query: &Query) -> Query {
    Query {
        offset: 0,
        after: None,
        explain: false,
        counted: None,
        facet_search: std::collections::BTreeMap::new(),
        ..query.clone()
    }
}

/// The query in another order.
pub fn sorted(query: &Query, sort: Sort) -> Query {
    Query {
        sort,
        ..first_page(query)
    }
}

/// The page before and the page after, when there are.
pub fn neighbours(query: &Query, matched: u32) -> (Option<Query>, Option<Query>) {
    let at = |offset| Query {
        offset,
        ..first_page(query)
    };
    let before = (query.offset > 0).then(|| at(query.offset.saturating_sub(query.limit)));
    let next = query.offset.saturating_add(query.limit);
    let after =
        (query.limit > 0 && next < matched && next <= query_limits::MAX_OFFSET).then(|| at(next));
    (before, after)
}

/// `name=value` pairs of a query, decoded.
pub fn pairs(canonical: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(canonical.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

fn flip_territory(query: &mut Query, kind: Level, code: &str) {
    let codes = query.territories.entry(kind).or_default();
    flip(codes, code.to_owned());
    if codes.is_empty() {
        query.territories.remove(&kind);
    }
}

fn flip<T: Ord>(values: &mut Vec<T>, value: T) {
    if let Some(rank) = values.iter().position(|known| *known == value) {
        values.remove(rank);
    } else {
        values.push(value);
        values.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_put_on_twice_is_off_again() {
        let start = Query {
            offset: 40,
            ..Query::default()
        };
        for (facet, value, expected) in [
            (Facet::column("enjeu"), "emploi", "enjeu=emploi"),
            (Facet::Type, "colieu", "type=colieu"),
            (Facet::column("annee"), "2015", "annee=2015"),
            (Facet::Arobases, "3", "arobases=3"),
            (Facet::Region, "93", "region=93"),
        ] {
            let schema = Schema::default();
            let on = toggle(&start, &schema, facet, value);
            assert_eq!(on.canonical(), expected);
            assert_eq!(
                toggle(&on, &schema, facet, value).canonical(),
                "",
                "{facet}"
            );
        }
    }

    #[test]
    fn pages_follow_each_other_and_end() {
        let page = |offset| Query {
            offset,
            limit: 20,
            ..Query::default()
        };
        let offsets = |offset, matched| {
            let (before, after) = neighbours(&page(offset), matched);
            (
                before.map(|query| query.offset),
                after.map(|query| query.offset),
            )
        };
        assert_eq!(offsets(0, 10), (None, None));
        assert_eq!(offsets(0, 45), (None, Some(20)));
        assert_eq!(offsets(40, 45), (Some(20), None));
        assert_eq!(offsets(5, 45), (Some(0), Some(25)));
    }
}
