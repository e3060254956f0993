//! Items of the OGC collections: pages of features, and single ones.
//!
//! The filters are those of the search, through the same query: `bbox`, `q`, territories, facets,
//! years, levels; and `datetime` over the day of the last change. A feature without a day matches
//! every `datetime`, as the standard asks.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{FicheId as FicheIdParameter, GeoJsonForm, Own, named};
use crate::describe::responses::Missing;
use crate::error::mistake::{Refusal, refusals};
use crate::error::problem::ApiError;
use crate::formats::feature::Feature;
use crate::formats::outline::Outline;
use crate::ogc::landing::{CollectionName, collection_id, collection_parameter, kind_of};
use crate::wire::described_schema as scope;
use crate::wire::links::license;
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use crate::words::message::Message;
use atlaas_engine::{Query, Snapshot};
use atlaas_model::{DocId, FicheId, Kind, Schema};
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use serde::Serialize;

/// Features of a page.
const USUAL: u32 = 10;
/// Most features of a page; a larger `limit` is taken as this one, as the standard asks.
pub const MOST: u32 = 1_000;
/// Filters that every schema has, besides `limit`, `offset` and `datetime`.
const FILTERS: [&str; 8] = [
    "bbox",
    "q",
    "commune",
    "epci",
    "departement",
    "region",
    "mention",
    "arobases",
];

/// Filters, with those that the schema declares.
fn filters(schema: &Schema) -> Vec<&'static str> {
    let declared = schema.facets().iter().filter(|info| info.kind.is_some());
    let declared = declared.map(|info| info.facet.as_str());
    FILTERS.into_iter().chain(declared).collect()
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = OgcObjets)]
struct Items<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "timeStamp")]
    time_stamp: &'a str,
    #[serde(rename = "numberMatched")]
    matched: usize,
    #[serde(rename = "numberReturned")]
    returned: usize,
    links: &'a [Link],
    features: Vec<Item<'a>>,
}

/// A feature with the outline of a territory instead of its centre, where there is one.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = OgcObjet)]
struct Item<'a> {
    #[serde(flatten)]
    feature: Feature<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
}

/// A page of a collection.
#[derive(Clone, Debug)]
struct ItemWindow {
    kind: Kind,
    limit: u32,
    offset: u32,
    days: Option<Interval>,
}

/// Days, both included; open where absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval {
    first: Option<Date>,
    last: Option<Date>,
}

impl Interval {
    /// `2024-01-01`, `2024-01-01T00:00:00Z/..`, `../2024-12-31`.
    fn parse(text: &str) -> Option<Self> {
        let day = |text: &str| match text {
            "" | ".." => Some(None),
            _ => day_of(text).map(Some),
        };
        match text.split_once('/') {
            None => day(text)?.map(|day| Self {
                first: Some(day),
                last: Some(day),
            }),
            Some((first, last)) => {
                let interval = Self {
                    first: day(first)?,
                    last: day(last)?,
                };
                let ordered = interval
                    .first
                    .zip(interval.last)
                    .is_none_or(|(first, last)| first <= last);
                ordered.then_some(interval)
            }
        }
    }

    fn holds(self, day: Option<Date>) -> bool {
        day.is_none_or(|day| {
            self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
        })
    }
}

/// A date, or an instant of RFC 3339, which counts by its day.
fn day_of(text: &str) -> Option<Date> {
    if text.len() > 10 {
        text.parse::<jiff::Timestamp>().ok()?;
    }
    text.get(..10)?.parse().ok()
}

/// `bbox` of six numbers, heights included, without its heights.
fn flat(bbox: &str) -> String {
    match bbox.split(',').collect::<Vec<_>>()[..] {
        [west, south, low, east, north, high]
            if low.trim().parse::<f64>().is_ok() && high.trim().parse::<f64>().is_ok() =>
        {
            [west, south, east, north].join(",")
        }
        _ => bbox.to_owned(),
    }
}

parameters! {
    /// Filters, as those of a search.
    FilterParameters = named(&filters(&scope::schema()))
}
parameters! {
    /// The collection of an item.
    ItsCollection = [collection_parameter("communes")]
}
parameters! {
    /// Pages of a collection, and the days of its features.
    Paging = [
        Parameter::query("datetime", Takes::Text, "Jour ou intervalle du dernier changement.")
            .like("2024-01-01/..")
            .when("Une date, un instant ou un intervalle, le début avant la fin."),
        Parameter::query(
            "limit",
            Takes::Integer(1, i64::from(u32::MAX)),
            "Objets par page (10 sans ce paramètre, 1 000 au plus).",
        )
        .like("5"),
        Parameter::query("offset", Takes::Integer(0, i64::from(u32::MAX)), "Objets à passer."),
    ]
}

/// `GET /ogc/collections/{collection}/items`.
#[utoipa::path(
    get,
    path = "/ogc/collections/{collection}/items",
    tag = "OGC API",
    summary = "Ses objets, par pages",
    description = "",
    params(CollectionName, Paging, FilterParameters, GeoJsonForm, Own),
    responses((status = 200, body = Items, content_type = "application/geo+json"), Missing),
    extensions(("x-example" = json!("/ogc/collections/colieux/items?bbox=4.9,43.3,5.6,43.6")))
)]
pub async fn list(Path(name): Path<String>, call: Call) -> Result<Response, ApiError> {
    let kind = kind_of(call.snapshot.schema(), &name)?;
    let (page, query) = read(&call, kind)?;
    let validator = call.validator(&[&format!("{page:?}"), &query.canonical()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let (body, links) = call
        .heavy(move |snapshot| {
            let docs = docs_of(snapshot, &page, &query)?;
            let links = page_links(snapshot.schema(), &base, &page, &query, docs.len());
            let shown = docs
                .iter()
                .skip(page.offset as usize)
                .take(page.limit as usize);
            let features: Vec<Item> = shown
                .map(|&doc| item(snapshot, doc, &base, Vec::new()))
                .collect();
            let items = Items {
                kind: "FeatureCollection",
                time_stamp: &snapshot.manifest().cree,
                matched: docs.len(),
                returned: features.len(),
                links: &links,
                features,
            };
            let body = serde_json::to_vec(&items).map_err(|error| ApiError::internal(&error))?;
            Ok((body, links))
        })
        .await?;
    let mut response = call.respond(GEOJSON, body, &validator);
    links::apply(&links, response.headers_mut());
    Ok(response)
}

/// `GET /ogc/collections/{collection}/items/{id}`.
#[utoipa::path(
    get,
    path = "/ogc/collections/{collection}/items/{id}",
    tag = "OGC API",
    summary = "Un objet",
    description = "",
    params(ItsCollection, FicheIdParameter, GeoJsonForm, Own),
    responses((status = 200, body = Item, content_type = "application/geo+json"), Missing),
    extensions(("x-example" = json!("/ogc/collections/communes/items/commune-13056")))
)]
pub async fn one(
    Path((name, id)): Path<(String, String)>,
    call: Call,
) -> Result<Response, ApiError> {
    let kind = kind_of(call.snapshot.schema(), &name)?;
    call.only(&["f", "lang", "v"])?;
    call.geojson_only()?;
    let doc = id
        .parse::<FicheId>()
        .ok()
        .and_then(|id| call.snapshot.catalogue().doc_of(&id));
    let of_kind = |doc: &DocId| call.snapshot.catalogue().fiche(*doc).kind == kind;
    let doc = doc
        .filter(of_kind)
        .ok_or_else(|| ApiError::unknown_fiche(&id))?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let collection = format!(
        "{}/ogc/collections/{}",
        call.base,
        collection_id(call.snapshot.schema(), kind)
    );
    let links = vec![
        Link::new("self", format!("{collection}/items/{id}"), GEOJSON),
        Link::new("collection", collection, "application/json"),
        Link::new(
            "alternate",
            format!("{}/fiche/{id}", call.base),
            "text/html",
        ),
        license(&call.base),
    ];
    let mut response = call.json(
        GEOJSON,
        &item(&call.snapshot, doc, &call.base, links.clone()),
        &validator,
    )?;
    links::apply(&links, response.headers_mut());
    Ok(response)
}

fn item<'a>(snapshot: &'a Snapshot, doc: DocId, base: &str, links: Vec<Link>) -> Item<'a> {
    let mut feature = Feature::new(snapshot.catalogue(), doc, base);
    let fiche = snapshot.catalogue().fiche(doc);
    if let Some(outline) = Outline::of(snapshot, fiche) {
        feature.outline(outline.in_several());
    }
    Item { feature, links }
}

/// Reads the page and the query; every mistake at once.
fn read(call: &Call, kind: Kind) -> Result<(ItemWindow, Query), ApiError> {
    let filters = filters(call.snapshot.schema());
    let own = ["limit", "offset", "datetime", "f", "lang", "v"];
    let allowed: Vec<&str> = own.into_iter().chain(filters.iter().copied()).collect();
    let mut mistakes = call.unknown(&allowed);
    let mut page = ItemWindow {
        kind,
        limit: USUAL,
        offset: 0,
        days: None,
    };
    for (name, slot, least) in [
        ("limit", &mut page.limit, 1),
        ("offset", &mut page.offset, 0),
    ] {
        if let Some(value) = call.parameter(name).filter(|value| !value.is_empty()) {
            match value.parse::<u32>() {
                Ok(number) if number >= least => *slot = number,
                _ => {
                    let whole = Message::new("mistake-whole-number-from").with("least", least);
                    mistakes.push(Refusal::new(name, value, whole));
                }
            }
        }
    }
    page.limit = page.limit.min(MOST);
    page.days = read_days(call, &mut mistakes);
    let kept = call
        .pairs
        .iter()
        .filter(|(name, _)| filters.contains(&name.as_str()))
        .map(|(name, value)| match name.as_str() {
            "bbox" => (name.clone(), flat(value)),
            _ => (name.clone(), value.clone()),
        });
    let mut pairs: Vec<(String, String)> = kept.collect();
    // Words are words here: a GIS filters, it does not ask.
    pairs.extend([
        ("type".to_owned(), kind.to_string()),
        ("q_brut".to_owned(), "1".to_owned()),
    ]);
    match Query::parse(&pairs, call.snapshot.schema(), &[]) {
        Ok(query) if mistakes.is_empty() => Ok((page, query)),
        Ok(_) => Err(ApiError::parameters(mistakes)),
        Err(more) => Err(ApiError::parameters(
            mistakes.into_iter().chain(refusals(more)).collect(),
        )),
    }
}

/// `datetime`, and `f`, which can only be GeoJSON.
fn read_days(call: &Call, mistakes: &mut Vec<Refusal>) -> Option<Interval> {
    let geojson = ["json", "geojson"];
    if let Some(f) = call
        .parameter("f")
        .filter(|f| !f.is_empty() && !geojson.contains(f))
    {
        let mistake = Refusal::new("f", f, Message::new("mistake-geojson-only"));
        mistakes.push(mistake.allowed(f, geojson));
    }
    let value = call.parameter("datetime")?;
    let days = Interval::parse(value);
    if days.is_none() {
        let interval = Message::new("mistake-interval");
        mistakes.push(Refusal::new("datetime", value, interval));
    }
    days
}

fn docs_of(snapshot: &Snapshot, page: &ItemWindow, query: &Query) -> Result<Vec<DocId>, ApiError> {
    let catalogue = snapshot.catalogue();
    let (_, docs) = snapshot.matching(query)?;
    let holds = |doc: &DocId| {
        page.days
            .is_none_or(|days| days.holds(catalogue.fiche(*doc).updated))
    };
    Ok(docs.iter().filter(holds).collect())
}

fn page_links(
    schema: &Schema,
    base: &str,
    page: &ItemWindow,
    query: &Query,
    total: usize,
) -> Vec<Link> {
    let collection = format!(
        "{base}/ogc/collections/{}",
        collection_id(schema, page.kind)
    );
    let without = Query {
        kinds: Vec::new(),
        q_brut: false,
        ..query.clone()
    };
    let filter = without.filter_canonical();
    let days = page.days.map(|days| {
        let day = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
        format!("&datetime={}/{}", day(days.first), day(days.last))
    });
    let days = days.unwrap_or_default();
    let joint = if filter.is_empty() { "" } else { "&" };
    let address = |offset: u32| {
        format!(
            "{collection}/items?limit={}&offset={offset}{days}{joint}{filter}",
            page.limit
        )
    };
    let mut links = vec![Link::new("self", address(page.offset), GEOJSON)];
    let end = page.offset.saturating_add(page.limit);
    if (end as usize) < total {
        links.push(Link::new("next", address(end), GEOJSON));
    }
    if page.offset > 0 {
        links.push(Link::new(
            "prev",
            address(page.offset.saturating_sub(page.limit)),
            GEOJSON,
        ));
    }
    links.push(Link::new("collection", collection, "application/json"));
    links.push(license(base));
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn datetime_is_a_day_or_an_interval_open_at_either_end() {
        let (a, b) = (date(2024, 1, 1), date(2024, 12, 31));
        for (text, expected) in [
            ("2024-01-01", Some((Some(a), Some(a)))),
            (
                "2024-01-01T10:00:00Z/2024-12-31T00:00:00Z",
                Some((Some(a), Some(b))),
            ),
            ("2024-01-01/..", Some((Some(a), None))),
            ("../2024-12-31", Some((None, Some(b)))),
            ("/2024-12-31", Some((None, Some(b)))),
            ("2024-12-31/2024-01-01", None),
            ("hier", None),
            ("2024-01-01 et demi", None),
            ("", None),
            ("..", None),
        ] {
            let parsed = Interval::parse(text).map(|interval| (interval.first, interval.last));
            assert_eq!(parsed, expected, "{text}");
        }
        assert!(
            Interval {
                first: Some(a),
                last: None
            }
            .holds(None)
        );
        assert!(
            !Interval {
                first: Some(b),
                last: None
            }
            .holds(Some(a))
        );
    }
}
