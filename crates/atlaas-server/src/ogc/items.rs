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
use crate::formats::feature::outline::Outline;
use crate::ogc::crs::{CONTENT_CRS, CRS84, Crs, WEB_MERCATOR};
use crate::ogc::interval::Interval;
use crate::ogc::landing::{CollectionName, collection_id, collection_parameter, kind_of};
use crate::wire::described_schema as scope;
use crate::wire::links::license;
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use crate::words::message::Message;
use atlaas_engine::{Query, Snapshot};
use atlaas_model::{DocId, FacetInfo, FicheId, Kind, Schema};
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;

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
    let named = |info: &FacetInfo| {
        let ends = info
            .bounds()
            .into_iter()
            .flat_map(|(least, most)| [least, most]);
        std::iter::once(info.facet.as_str())
            .chain(ends)
            .collect::<Vec<_>>()
    };
    FILTERS
        .into_iter()
        .chain(declared.flat_map(named))
        .collect()
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
    crs: Crs,
    box_crs: Crs,
    /// What was asked besides the place in the result, for the links to the other pages.
    kept: Vec<(String, String)>,
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
    /// The system of the coordinates that are answered.
    CrsChoice = [
        Parameter::query("crs", Takes::OneOf(&[CRS84, WEB_MERCATOR]), "Système des coordonnées de la réponse (longitude et latitude sans ce paramètre)."),
    ]
}
parameters! {
    /// The system of the coordinates of a box.
    BoxCrs = [
        Parameter::query("bbox-crs", Takes::OneOf(&[CRS84, WEB_MERCATOR]), "Système des coordonnées de bbox."),
    ]
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
    params(CollectionName, Paging, FilterParameters, CrsChoice, BoxCrs, GeoJsonForm, Own),
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
    let (base, crs) = (call.base.clone(), page.crs);
    let (body, links) = call
        .heavy(move |snapshot| {
            let docs = docs_of(snapshot, &page, &query)?;
            let links = page_links(snapshot.schema(), &base, &page, docs.len());
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
            let body = written(&items, page.crs).map_err(|error| ApiError::internal(&error))?;
            Ok((body, links))
        })
        .await?;
    let mut response = call.respond(GEOJSON, body, &validator);
    response.headers_mut().insert(CONTENT_CRS, crs.header());
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
    params(ItsCollection, FicheIdParameter, CrsChoice, GeoJsonForm, Own),
    responses((status = 200, body = Item, content_type = "application/geo+json"), Missing),
    extensions(("x-example" = json!("/ogc/collections/communes/items/commune-13056")))
)]
pub async fn one(
    Path((name, id)): Path<(String, String)>,
    call: Call,
) -> Result<Response, ApiError> {
    let kind = kind_of(call.snapshot.schema(), &name)?;
    call.only(&["crs", "f", "lang", "v"])?;
    call.geojson_only()?;
    let mut mistakes = Vec::new();
    let crs = Crs::read(&call, "crs", &mut mistakes);
    if !mistakes.is_empty() {
        return Err(ApiError::parameters(mistakes));
    }
    let doc = doc_of(&call.snapshot, kind, &id).ok_or_else(|| ApiError::unknown_fiche(&id))?;
    let id = call.snapshot.catalogue().fiche(doc).id.as_str();
    let validator = call.validator(&[&format!("{crs:?}")]);
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
    let item = item(&call.snapshot, doc, &call.base, links.clone());
    let body = written(&item, crs).map_err(|error| ApiError::internal(&error))?;
    let mut response = call.respond(GEOJSON, body, &validator);
    response.headers_mut().insert(CONTENT_CRS, crs.header());
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

/// The document of an id, or of the code of a territory as other services write it.
fn doc_of(snapshot: &Snapshot, kind: Kind, id: &str) -> Option<DocId> {
    let catalogue = snapshot.catalogue();
    let named = id.parse::<FicheId>().ok();
    let named = named.and_then(|id| catalogue.doc_of(&id));
    let coded = || {
        let code = id.parse().ok()?;
        let doc = catalogue.territory(kind.level()?, code)?;
        (catalogue.fiche(doc).code == Some(code)).then_some(doc)
    };
    let of_kind = |doc: &DocId| catalogue.fiche(*doc).kind == kind;
    named.or_else(coded).filter(of_kind)
}

/// A body, its geometries in the system that is asked for.
fn written(body: &impl Serialize, crs: Crs) -> serde_json::Result<Vec<u8>> {
    if crs == Crs::Degrees {
        return serde_json::to_vec(body);
    }
    let mut body = serde_json::to_value(body)?;
    let turn = |feature: &mut Value| {
        if let Some(coordinates) = feature.pointer_mut("/geometry/coordinates") {
            crs.turn(coordinates);
        }
    };
    match body.get_mut("features").and_then(Value::as_array_mut) {
        Some(features) => features.iter_mut().for_each(turn),
        None => turn(&mut body),
    }
    serde_json::to_vec(&body)
}

/// Reads the page and the query; every mistake at once.
fn read(call: &Call, kind: Kind) -> Result<(ItemWindow, Query), ApiError> {
    let filters = filters(call.snapshot.schema());
    let own = [
        "limit", "offset", "datetime", "crs", "bbox-crs", "f", "lang", "v",
    ];
    let allowed: Vec<&str> = own.into_iter().chain(filters.iter().copied()).collect();
    let mut mistakes = call.unknown(&allowed);
    let mut page = read_window(call, kind, &mut mistakes);
    page.days = read_days(call, &mut mistakes);
    let kept = call
        .pairs
        .iter()
        .filter(|(name, _)| filters.contains(&name.as_str()))
        .map(|(name, value)| match name.as_str() {
            // What is no box stays, and is refused as one.
            "bbox" => {
                let flat = flat(value);
                let degrees = page.box_crs.box_in_degrees(&flat);
                (name.clone(), degrees.unwrap_or(flat))
            }
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

/// Which page, in which system, and what its links keep.
fn read_window(call: &Call, kind: Kind, mistakes: &mut Vec<Refusal>) -> ItemWindow {
    let mut kept = call.pairs.clone();
    kept.retain(|(name, _)| !["limit", "offset"].contains(&name.as_str()));
    let mut page = ItemWindow {
        kind,
        limit: USUAL,
        offset: 0,
        days: None,
        crs: Crs::read(call, "crs", mistakes),
        box_crs: Crs::read(call, "bbox-crs", mistakes),
        kept,
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
    page
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

fn page_links(schema: &Schema, base: &str, page: &ItemWindow, total: usize) -> Vec<Link> {
    let collection = format!(
        "{base}/ogc/collections/{}",
        collection_id(schema, page.kind)
    );
    let address = |offset: u32| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("limit", &page.limit.to_string());
        query.append_pair("offset", &offset.to_string());
        let query = query.extend_pairs(&page.kept).finish();
        format!("{collection}/items?{query}")
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
