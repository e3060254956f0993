//! `/sitemap.xml`, its parts, and `/robots.txt`: what search engines may read, which is every page.

use crate::call::request::Call;
use crate::error::problem::ApiError;
use crate::state::app::AppState;
use crate::wire::conditional::Validator;
use crate::words::escape::escape;
use crate::words::language::Bilingual;
use atlaas_engine::Snapshot;
use atlaas_model::Kind;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use std::fmt::Write;

const XML: &str = "application/xml; charset=utf-8";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// Addresses of one part; the protocol allows 50,000.
const PART: usize = 20_000;

/// Routes of the plans of the site.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(index))
        .route("/sitemap/{part}", get(part))
}

/// `GET /robots.txt`: everything but what is computed for each request.
async fn robots(call: Call) -> Result<Response, ApiError> {
    answer(&call, "text/plain; charset=utf-8", || {
        format!(
            "User-agent: *\nDisallow: /tiles/\nDisallow: /api/\nDisallow: /ogc/\nDisallow: /search\nDisallow: /reverse\n\
             Disallow: /fragments/\nAllow: /\n\nSitemap: {}/sitemap.xml\n",
            call.base
        )
    })
}

/// `GET /sitemap.xml`: the list of the parts.
async fn index(call: Call) -> Result<Response, ApiError> {
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
async fn part(Path(file): Path<String>, call: Call) -> Result<Response, ApiError> {
    let rank = file
        .strip_suffix(".xml")
        .and_then(|rank| rank.parse::<usize>().ok());
    let rank = rank
        .filter(|rank| *rank < parts(&call.snapshot))
        .ok_or_else(|| {
            ApiError::not_found(Bilingual::new(
                "Cette partie du plan n’existe pas : voir /sitemap.xml.",
                "There is no such part of the sitemap: see /sitemap.xml.",
            ))
        })?;
    answer(&call, XML, || write_part(&call, rank))
}

fn write_part(call: &Call, rank: usize) -> String {
    let base = escape(&call.base);
    let mut xml =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"{NAMESPACE}\">\n");
    let fiches = call.snapshot.catalogue().fiches();
    for fiche in fiches.iter().skip(rank * PART).take(PART) {
        let address = match (fiche.kind, fiche.code) {
            (Kind::Colieu | Kind::Initiative, _) | (_, None) => format!("fiche/{}", fiche.id),
            (kind, Some(code)) => format!("{kind}/{code}"),
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
