//! The plan of the site: `/plan` for people, who may look for no word but for a place in a list;
//! `/sitemap.xml`, its parts, and `/robots.txt` for search engines, which may read every page.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::Language as LanguageParameter;
use crate::describe::responses::{Missing, Refused};
use crate::error::problem::ApiError;
use crate::pages::layout::answer as page;
use crate::pages::layout::frame::Frame;
use crate::pages::list::hits;
use crate::wire::conditional::Validator;
use crate::words::escape::escape;
use crate::words::message::Message;
use askama::Template;
use atlaas_engine::{Catalogue, Snapshot};
use atlaas_model::{Code, DocId, Kind, Layer, Level};
use axum::extract::Path;
use axum::response::Response;
use std::collections::BTreeMap;
use std::fmt::Write;

const XML: &str = "application/xml; charset=utf-8";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// Addresses of one part; the protocol allows 50,000.
const PART: usize = 20_000;

parameters! {
    /// A part of the sitemap.
    Part = [Parameter::path("part", Takes::Integer(0, i64::MAX), "Rang de la partie.").like("0")]
}

/// A territory with what is in it.
struct SitemapPage {
    name: String,
    href: String,
    /// `12 initiatives, 3 lieux de médiation`.
    holds: String,
    /// Départements of a région.
    within: Vec<Self>,
}

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage {
    frame: Frame,
    regions: Vec<SitemapPage>,
}

/// `GET /plan`: every kind of page, and every territory down to the départements.
#[utoipa::path(
    get,
    path = "/plan",
    tag = "Images et pages",
    summary = "Plan du site : toutes les pages, par région et par département",
    description = "",
    params(LanguageParameter),
    responses((status = 200, body = String, content_type = "text/html; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/plan")))
)]
pub async fn plan(mut call: Call) -> Result<Response, ApiError> {
    call.forget_strangers(|name| name == "lang");
    let mut frame = Frame::new(&call);
    let lang = frame.lang;
    frame.entitle(lang.say("sitemap-title"), lang.say("sitemap-description"));
    page::answer(&call, frame, &[], |frame, snapshot| {
        let regions = regions(&frame, snapshot.catalogue());
        page::html(&PlanPage { frame, regions })
    })
    .await
}

fn regions(frame: &Frame, catalogue: &Catalogue) -> Vec<SitemapPage> {
    let mut departements: BTreeMap<Code, Vec<SitemapPage>> = BTreeMap::new();
    for doc in catalogue.docs_of(Level::Departement) {
        if let Some(region) = catalogue.fiche(doc).territory.region {
            let own = departements.entry(region).or_default();
            own.push(listed(frame, catalogue, doc));
        }
    }
    let regions = catalogue
        .docs_of(Level::Region)
        .map(|doc| {
            let code = catalogue.fiche(doc).code;
            let within = code.and_then(|code| departements.remove(&code));
            SitemapPage {
                within: by_name(within.unwrap_or_default()),
                ..listed(frame, catalogue, doc)
            }
        })
        .collect();
    by_name(regions)
}

fn listed(frame: &Frame, catalogue: &Catalogue, doc: DocId) -> SitemapPage {
    let fiche = catalogue.fiche(doc);
    let counted = catalogue.contents(doc).filter(|(layer, _)| layer.counted);
    let told = |(layer, n): (&Layer, u32)| frame.lang.counted(catalogue.schema(), layer.kind(), n);
    let parts: Vec<String> = counted.map(told).collect();
    SitemapPage {
        name: fiche.name.clone(),
        href: frame.to(&hits::path(fiche), ""),
        holds: parts.join(", "),
        within: Vec::new(),
    }
}

fn by_name(mut listed: Vec<SitemapPage>) -> Vec<SitemapPage> {
    listed.sort_by_cached_key(|one| atlaas_model::slug(&one.name));
    listed
}

/// `GET /robots.txt`: everything but what is computed for each request.
#[utoipa::path(
    get,
    path = "/robots.txt",
    tag = "Description",
    summary = "Ce que les robots peuvent lire",
    description = "",
    responses((status = 200, body = String, content_type = "text/plain; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/robots.txt")))
)]
pub async fn robots(call: Call) -> Result<Response, ApiError> {
    answer(&call, "text/plain; charset=utf-8", || {
        format!(
            "User-agent: *\nDisallow: /tiles/\nDisallow: /api/\nDisallow: /ogc/\nDisallow: /search\nDisallow: /reverse\n\
             Disallow: /fragments/\nAllow: /\n\nSitemap: {}/sitemap.xml\n",
            call.base
        )
    })
}

/// `GET /sitemap.xml`: the list of the parts.
#[utoipa::path(
    get,
    path = "/sitemap.xml",
    tag = "Description",
    summary = "Plan du site : ses parties",
    description = "",
    responses((status = 200, body = String, content_type = "application/xml; charset=utf-8"), Refused),
    extensions(("x-example" = json!("/sitemap.xml")))
)]
pub async fn index(call: Call) -> Result<Response, ApiError> {
    answer(&call, XML, || {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"{NAMESPACE}\">\n"
        );
        let base = escape(&call.base);
        let day = day_of(&call.snapshot);
        for part in 0..parts(&call.snapshot) {
            // Writing to a String cannot fail.
            _ = writeln!(
                xml,
                "<sitemap><loc>{base}/sitemap/{part}.xml</loc><lastmod>{day}</lastmod></sitemap>"
            );
        }
        xml.push_str("</sitemapindex>\n");
        xml
    })
}

/// `GET /sitemap/{part}.xml`.
#[utoipa::path(
    get,
    path = "/sitemap/{part}.xml",
    tag = "Description",
    summary = "Une partie du plan : une page par fiche",
    description = "",
    params(Part),
    responses((status = 200, body = String, content_type = "application/xml; charset=utf-8"), Missing),
    extensions(("x-example" = json!("/sitemap/0.xml")))
)]
pub async fn part(Path(file): Path<String>, call: Call) -> Result<Response, ApiError> {
    let rank = file
        .strip_suffix(".xml")
        .and_then(|rank| rank.parse::<usize>().ok());
    let rank = rank
        .filter(|rank| *rank < parts(&call.snapshot))
        .ok_or_else(|| ApiError::not_found(Message::new("error-no-part")))?;
    answer(&call, XML, || write_part(&call, rank))
}

fn write_part(call: &Call, rank: usize) -> String {
    let base = escape(&call.base);
    let mut xml =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"{NAMESPACE}\">\n");
    let fiches = call.snapshot.catalogue().fiches();
    for fiche in fiches.iter().skip(rank * PART).take(PART) {
        let address = match (fiche.kind, fiche.code) {
            (Kind::Point(_), _) | (_, None) => format!("fiche/{}", fiche.id),
            (Kind::Territory(level), Some(code)) => format!("{level}/{code}"),
        };
        let changed = fiche
            .updated
            .map(|day| format!("<lastmod>{day}</lastmod>"))
            .unwrap_or_default();
        // Writing to a String cannot fail; ids and codes need no escaping.
        _ = writeln!(xml, "<url><loc>{base}/{address}</loc>{changed}</url>");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn parts(snapshot: &Snapshot) -> usize {
    snapshot.catalogue().fiches().len().div_ceil(PART)
}

fn day_of(snapshot: &Snapshot) -> &str {
    snapshot.manifest().cree.get(..10).unwrap_or_default()
}

fn answer(
    call: &Call,
    media: &'static str,
    body: impl FnOnce() -> String,
) -> Result<Response, ApiError> {
    call.only(&[])?;
    let validator: Validator = call.validator(&[]);
    match validator.not_modified(&call.headers) {
        Some(unchanged) => Ok(unchanged),
        None => Ok(call.respond(media, body().into_bytes(), &validator)),
    }
}
