//! `/api/v1/fiches`: the one query in every form, and single fiches.

use crate::api::export::{self, Order};
use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::error::problem::ApiError;
use crate::formats::atom::{self, Entry, FeedHead};
use crate::formats::csv::Dialect;
use crate::formats::feature::Feature;
use crate::formats::file_name::{file_name, heading};
use crate::formats::format::{Format, LIST};
use crate::formats::stamp::SnapshotStamp;
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use crate::wire::packing::Packer;
use crate::words::language::Bilingual;
use atlaas_engine::{Comprehension, FacetCounts, Proposal, Query, SearchAnswer, Snapshot, Sort};
use atlaas_model::{Facet, FicheId};
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;

/// Room that is made for a page before it is written.
const USUAL_PAGE_BYTES: usize = 48 * 1024;
/// Entries of a feed unless `limit` says otherwise.
const FEED_LIMIT: u32 = 50;

#[derive(Serialize)]
struct FeatureCollection<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "numberMatched")]
    matched: u32,
    #[serde(rename = "numberReturned")]
    returned: usize,
    #[serde(rename = "timeStamp")]
    time_stamp: &'a str,
    snapshot: SnapshotStamp,
    comprehension: &'a Comprehension,
    facettes: &'a [FacetCounts],
    #[serde(skip_serializing_if = "<[Proposal]>::is_empty")]
    propositions: &'a [Proposal],
    links: &'a [Link],
    features: Vec<Feature<'a>>,
}

/// `GET /api/v1/fiches`, with or without an extension: what the query matches.
pub async fn list(call: Call) -> Result<Response, ApiError> {
    let extension = call
        .path
        .strip_prefix(LIST)
        .and_then(|rest| rest.strip_prefix('.'));
    let format = Format::choose(extension, call.parameter("f"), &call.headers)?;
    let dialect = Dialect::parse(call.parameter("dialecte"))?;
    let query = call.query()?;
    match format {
        Format::GeoJson => collection(call, query).await,
        Format::Atom => feed(call, query).await,
        Format::Html => Ok(page(&call, &query)),
        _ => export(call, query, format, dialect).await,
    }
}

async fn collection(call: Call, query: Query) -> Result<Response, ApiError> {
    let validator = call.validator(&[&query.canonical(), GEOJSON]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let (body, links) = call
        .heavy(move |snapshot| {
            let found = snapshot.answer(&query)?;
            let links = list_links(&base, &query, &found, Format::GeoJson);
            let catalogue = snapshot.catalogue();
            let hits = &found.answer.hits;
            let collection = FeatureCollection {
                kind: "FeatureCollection",
                matched: found.answer.matched,
                returned: hits.len(),
                time_stamp: &snapshot.manifest().cree,
                snapshot: SnapshotStamp::of(snapshot),
                comprehension: &found.plan.comprehension,
                facettes: &found.answer.facets,
                propositions: &found.answer.proposals,
                links: &links,
                features: hits
                    .iter()
                    .map(|hit| Feature::of_hit(catalogue, hit, &base))
                    .collect(),
            };
            let mut body = Vec::with_capacity(USUAL_PAGE_BYTES);
            serde_json::to_writer(&mut body, &collection)
                .map_err(|error| ApiError::internal(&error))?;
            Ok((body, links))
        })
        .await?;
    let mut response = call.respond(GEOJSON, body, &validator);
    links::apply(&links, response.headers_mut());
    Ok(response)
}

async fn feed(call: Call, query: Query) -> Result<Response, ApiError> {
    let limit = if call.gives("limit") {
        query.limit
    } else {
        FEED_LIMIT
    };
    let query = Query {
        sort: Sort::Newest,
        limit,
        counted: Some(Vec::new()),
        ..query
    };
    let validator = call.validator(&[&query.canonical(), "atom"]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let (body, links) = call
        .heavy(move |snapshot| {
            let found = snapshot.answer(&query)?;
            let links = list_links(&base, &query, &found, Format::Atom);
            let body = write_feed(snapshot, &base, &query, &found, &links);
            Ok((body.map_err(|error| ApiError::internal(&error))?, links))
        })
        .await?;
    let mut response = call.respond(Format::Atom.media(), body, &validator);
    links::apply(&links, response.headers_mut());
    Ok(response)
}

fn write_feed(
    snapshot: &Snapshot,
    base: &str,
    query: &Query,
    found: &SearchAnswer,
    links: &[Link],
) -> std::io::Result<Vec<u8>> {
    let catalogue = snapshot.catalogue();
    let date = &snapshot.manifest().cree;
    let newest = found
        .answer
        .hits
        .iter()
        .filter_map(|hit| catalogue.fiche(hit.doc).updated)
        .max();
    let updated = newest.map_or_else(|| date.clone(), |day| format!("{day}T00:00:00Z"));
    let head = FeedHead {
        base,
        filter: &query.filter_canonical(),
        title: &heading(snapshot, &found.plan),
        subtitle: &format!("{} fiches, les plus récentes d’abord", found.answer.matched),
        updated: &updated,
        links,
    };
    let urls: Vec<String> = found
        .answer
        .hits
        .iter()
        .map(|hit| format!("{base}/fiche/{}", catalogue.fiche(hit.doc).id))
        .collect();
    let entries = found.answer.hits.iter().zip(&urls).map(|(hit, url)| {
        let fiche = catalogue.fiche(hit.doc);
        let label = |slug: &'_ String| catalogue.vocabulary().label(Facet::Enjeu, slug).to_owned();
        Entry {
            id: fiche.id.as_str(),
            title: &fiche.name,
            summary: &fiche.text,
            updated: fiche.updated,
            otherwise: date,
            url,
            categories: fiche
                .slugs(Facet::Enjeu)
                .iter()
                .map(|slug| (slug.as_str(), label(slug)))
                .collect(),
            coordinates: Feature::new(catalogue, hit.doc, base).coordinates(),
        }
    });
    atom::feed(&head, entries)
}

/// The whole result unless `limit` is given, as a stream.
async fn export(
    call: Call,
    query: Query,
    format: Format,
    dialect: Dialect,
) -> Result<Response, ApiError> {
    let limit = call.gives("limit").then_some(query.limit as usize);
    let page = format!("{limit:?}");
    let validator = call.validator(&[&query.canonical(), format.as_str(), dialect.as_str(), &page]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    if query.after.is_some() {
        return Err(no_cursor());
    }
    let begun = call.app.exports.begin(call.client).await?;
    let (docs, origin, name) = call
        .heavy(move |snapshot| {
            let (plan, mut docs) = snapshot.ordered(&query)?;
            docs.drain(..(query.offset as usize).min(docs.len()));
            docs.truncate(limit.unwrap_or(usize::MAX));
            Ok((
                docs,
                plan.origin,
                file_name(snapshot, &plan, format.as_str()),
            ))
        })
        .await?;
    // A workbook is a zip already.
    let coded = format != Format::Xlsx || call.refuses_plain;
    let packer = coded.then(|| Packer::new(call.coding)).flatten();
    let snapshot = Arc::clone(&call.snapshot);
    let order = Order {
        snapshot,
        base: call.base.clone(),
        docs,
        origin,
        format,
        dialect,
        packer,
    };
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media()));
    if order.packer.is_some() {
        call.coding.mark(headers);
    }
    // A name is made of slugs and a date: always a header value.
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    validator.apply(headers);
    links::apply(&[links::license(&call.base)], headers);
    if !call.is_head {
        let kept = begun.kept(order.docs.len());
        response.extensions_mut().insert(kept);
        *response.body_mut() = export::stream(begun, order);
    }
    Ok(response)
}

fn no_cursor() -> ApiError {
    ApiError::bad_request(Bilingual::new(
        "« apres » ne vaut que pour les pages : un export donne tout, ou « offset » et « limit ».",
        "\"apres\" is for pages only: an export gives everything, or \"offset\" and \"limit\".",
    ))
}

/// The page that shows the same query.
fn page(call: &Call, query: &Query) -> Response {
    let address = address(&format!("{}/", call.base), query);
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::try_from(address) {
        response.headers_mut().insert(LOCATION, value);
    }
    call.validator(&[&query.canonical(), "html"])
        .apply(response.headers_mut());
    response
}

/// `GET /api/v1/fiches/{id}`: one fiche as a feature.
pub async fn one(Path(id): Path<String>, call: Call) -> Result<Response, ApiError> {
    call.only(&SERVER_PARAMETERS)?;
    call.geojson_only()?;
    let catalogue = call.snapshot.catalogue();
    let find = |id: &str| {
        id.parse::<FicheId>()
            .ok()
            .and_then(|id| catalogue.doc_of(&id))
    };
    let bare = || {
        id.strip_suffix(".geojson")
            .or_else(|| id.strip_suffix(".json"))
    };
    let doc = find(&id)
        .or_else(|| find(bare()?))
        .ok_or_else(|| ApiError::unknown_fiche(&id))?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let feature = Feature::new(catalogue, doc, &call.base);
    let links = [
        Link::new("alternate", feature.properties.url.clone(), "text/html"),
        Link::new(
            "self",
            format!("{}{LIST}/{}", call.base, feature.properties.id),
            GEOJSON,
        ),
        links::license(&call.base),
    ];
    let mut response = call.json(GEOJSON, &feature, &validator)?;
    links::apply(&links, response.headers_mut());
    Ok(response)
}

fn address(path: &str, query: &Query) -> String {
    let canonical = query.canonical();
    let mark = if canonical.is_empty() { "" } else { "?" };
    format!("{path}{mark}{canonical}")
}

/// Self, the pages beside it, the other forms, the licence.
fn list_links(base: &str, query: &Query, found: &SearchAnswer, format: Format) -> Vec<Link> {
    let path = |format: Format| match format {
        Format::Html => format!("{base}/"),
        Format::GeoJson => format!("{base}{LIST}"),
        other => format!("{base}{LIST}.{}", other.as_str()),
    };
    let mut links = vec![Link::new(
        "self",
        address(&path(format), query),
        format.media(),
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
            format.media(),
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
            format.media(),
        ));
    }
    let whole = Query {
        after: None,
        offset: 0,
        limit: Query::default().limit,
        ..query.clone()
    };
    let whole = address("", &whole);
    for other in Format::ALL.into_iter().filter(|other| *other != format) {
        let href = format!("{}{whole}", path(other));
        links.push(Link::new("alternate", href, other.media()));
    }
    links.push(links::license(base));
    links
}
