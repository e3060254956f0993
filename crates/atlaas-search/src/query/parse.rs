//! Parameters of a URL → [`Query`], with every mistake told at once.
//!
//! Names are known or refused; single values may be repeated only if they agree; lists may be
//! repeated, separated by commas, or both. An empty value is as if the parameter were absent, so
//! that plain HTML forms work.

use crate::query::{
    aspects,
    centre::Near,
    cursor::Cursor,
    given::Given,
    likeness, limits,
    mistake::Mistake,
    order::Sort,
    parameter_error::ParameterError,
    polygon,
    request::{Query, Range},
    values,
};
use atlaas_model::{ColumnType, Facet, FacetInfo, Level, Position, Schema};
use std::collections::BTreeMap;

impl Query {
    /// Reads decoded `(name, value)` pairs. `extra_allowed` names parameters that belong to the
    /// caller (`f`, `lang`…): they are let through unread. All mistakes are reported, up to
    /// [`limits::MAX_ERRORS`].
    pub fn parse(
        pairs: &[(String, String)],
        schema: &Schema,
        extra_allowed: &[&str],
    ) -> Result<Self, Vec<ParameterError>> {
        let mut given = Given::collect(pairs, schema, extra_allowed);
        let mut query = Self::default();
        read_words(&mut given, &mut query);
        read_place(&mut given, &mut query);
        read_facets(&mut given, &mut query, schema);
        read_page(&mut given, &mut query, schema);
        check_together(&mut given, &query);
        if given.errors.is_empty() {
            Ok(query)
        } else {
            given.errors.truncate(limits::MAX_ERRORS);
            Err(given.errors)
        }
    }
}

fn read_words(given: &mut Given, query: &mut Query) {
    query.q = given.one("q", values::words).flatten();
    query.q_brut = given.one("q_brut", values::flag).unwrap_or(false);
    query.strict = given.one("strict", values::flag).unwrap_or(false);
    query.close = given.one("sens_proches", values::flag).unwrap_or(false);
    query.explain = given.one("explication", values::flag).unwrap_or(false);
}

fn read_place(given: &mut Given, query: &mut Query) {
    query.bbox = given.one("bbox", values::bbox);
    query.polygon = given.one("polygone", polygon::parse);
    query.near = given.one("pres_de", values::near).flatten();
    query.radius_km = given.one("rayon", |v| values::kilometres(v, limits::MIN_RADIUS_KM));
    query.around_km = given.one("autour", |v| values::kilometres(v, 0.0));
    let (has_lat, has_lon) = (given.has("lat"), given.has("lon"));
    let lat = given.one("lat", |v| values::degrees(v, 90.0));
    let lon = given.one("lon", |v| values::degrees(v, 180.0));
    query.position = match (lat, lon) {
        (Some(lat), Some(lon)) => Position::new(lon, lat).ok(),
        _ => None,
    };
    for (present, absent, name) in [(has_lat, !has_lon, "lon"), (has_lon, !has_lat, "lat")] {
        if present && absent {
            given.fail(name, "", Mistake::HalfPosition);
        }
    }
    query.peers = likeness::read(given);
    let by_id = given.many("territoire", values::territory_id);
    for level in Level::ALL {
        let mut values = given.many(level.as_str(), values::territory);
        let own = by_id.iter().filter(|(of, _)| *of == level);
        values.extend(own.map(|(_, code)| code.clone()));
        values.sort();
        values.dedup();
        if !values.is_empty() {
            query.territories.insert(level, values);
        }
    }
}

fn read_facets(given: &mut Given, query: &mut Query, schema: &Schema) {
    query.kinds = given.many("type", |v| values::kind(v, schema));
    query
        .kinds
        .extend(given.many("couches", |v| values::layer(v, schema)));
    query.kinds.sort();
    query.kinds.dedup();
    for info in schema.facets().iter().filter(|info| info.has_terms()) {
        let facet = info.facet;
        let slugs = given.many(facet.as_str(), |v| {
            values::term(facet, v, &schema.vocabulary)
        });
        if !slugs.is_empty() {
            query.facets.insert(facet, slugs);
        }
    }
    for info in schema.facets().iter().filter(|info| info.has_classes()) {
        let classes = given.many(info.facet.as_str(), |value| values::class(value, info));
        if !classes.is_empty() {
            query.facets.insert(info.facet, classes);
        }
    }
    query.or_named = beside(given, "ou_nom", schema);
    query.or_texted = beside(given, "ou_texte", schema);
    for info in schema
        .facets()
        .iter()
        .filter(|info| info.kind == Some(ColumnType::Year))
    {
        let years = values::merge_years(given.many(info.facet.as_str(), values::years));
        if !years.is_empty() {
            query.years.insert(info.facet, years);
        }
    }
    for info in schema.facets().iter().filter(|info| info.is_measured()) {
        read_range(given, query, info);
    }
    query.label_years = values::merge_years(given.many("annee_label", values::years));
    query.aspects = aspects::read(given);
    query.levels = given.many("arobases", values::levels);
    if let Some(values) = given.values.get("facettes") {
        let none = values
            .iter()
            .all(|value| value.is_empty() || *value == "aucune");
        let mut counted = given.many("facettes", |v| values::facet_name(v, schema));
        counted.sort_by_key(|facet| schema.facets().iter().position(|info| info.facet == *facet));
        query.counted = if none {
            Some(Vec::new())
        } else if counted.len() == schema.facets().len() {
            None
        } else {
            Some(counted)
        };
    }
    for info in schema.facets() {
        let name = info.search_parameter();
        if let Some(words) = given.one(name, values::words).flatten() {
            query.facet_search.insert(info.facet, words);
        }
    }
}

/// The ends of one range; the least above the most is a mistake.
fn read_range(given: &mut Given, query: &mut Query, info: &FacetInfo) {
    let Some((least, most)) = info.bounds() else {
        return;
    };
    let range = Range {
        least: given.one(least, |value| values::bound(value, info)),
        most: given.one(most, |value| values::bound(value, info)),
    };
    if let (Some(from), Some(to)) = (&range.least, &range.most)
        && from.value > to.value
    {
        given.fail(least, &from.text.clone(), Mistake::RangeUpsideDown);
    }
    if range != Range::default() {
        query.ranges.insert(info.facet, range);
    }
}

/// Words beside the selections of facets.
fn beside(given: &mut Given, name: &'static str, schema: &Schema) -> BTreeMap<Facet, String> {
    let read = given.many(name, |value| values::beside(value, schema));
    read.into_iter().collect()
}

fn read_page(given: &mut Given, query: &mut Query, schema: &Schema) {
    query.sort = given
        .one("tri", |value| values::sort(value, schema))
        .unwrap_or_default();
    query.limit = given
        .one("limit", |v| values::count(v, limits::MAX_LIMIT))
        .unwrap_or(limits::DEFAULT_LIMIT);
    query.offset = given
        .one("offset", |v| values::count(v, limits::MAX_OFFSET))
        .unwrap_or(0);
    query.after = given.one("apres", |v| {
        v.parse::<Cursor>().map_err(|_| Mistake::Cursor)
    });
    if let Some(after) = query.after
        && given.errors.is_empty()
        && !after.belongs_to(&query.canonical_for_cursor(), query.sort)
    {
        given.fail("apres", &after.to_string(), Mistake::Cursor);
    }
}

/// What is wrong only in combination.
fn check_together(given: &mut Given, query: &Query) {
    if !given.errors.is_empty() {
        return;
    }
    let centred = query.position.is_some() || query.near.is_some() || query.q.is_some();
    if let (Some(radius), false) = (query.radius_km, centred) {
        given.fail("rayon", &radius.to_string(), Mistake::RadiusAlone);
    }
    let selections = query.territories.values().map(Vec::len);
    let territories: usize = selections.clone().sum();
    let most = if selections.len() == 1 {
        limits::MOST_AROUND
    } else {
        1
    };
    let named = matches!(query.near, Some(Near::Name(_))) || query.q.is_some();
    if let Some(margin) = query.around_km
        && (territories > most || (territories == 0 && !named))
    {
        given.fail("autour", &margin.to_string(), Mistake::AroundWhat);
    }
    let placed = centred || territories > 0;
    if query.sort == Sort::Distance && !placed {
        given.fail("tri", "distance", Mistake::DistanceFromNowhere);
    }
    if query.after.is_some() && query.offset > 0 {
        given.fail(
            "offset",
            &query.offset.to_string(),
            Mistake::CursorAndOffset,
        );
    }
}
