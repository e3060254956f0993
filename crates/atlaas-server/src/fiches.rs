//! `/api/v1/fiches`: the one query as GeoJSON, and single fiches.

use crate::feature::Feature;
use crate::health::SnapshotStamp;
use crate::problem::{ApiError, Bilingual};
use crate::request::Call;
use atlaas_engine::{Comprehension, FacetCounts, Proposal, Query, QueryError, SearchAnswer};
use atlaas_model::FicheId;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;

/// Media type of GeoJSON (RFC 7946).
pub const GEOJSON: &str = "application/geo+json";

/// A link to another form or page of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Relation: `self`, `next`, `prev`, `alternate`…
    pub rel: &'static str,
    /// Absolute URL.
    pub href: String,
    /// Media type behind it.
    #[serde(rename = "type")]
    pub media: &'static str,
}

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
    links: Vec<Link>,
    features: Vec<Feature<'a>>,
}

/// `GET /api/v1/fiches`: one page of what the query matches.
pub async fn list(call: Call) -> Result<Response, ApiError> {
    let query = call.query()?;
    let canonical = query.canonical();
    let validator = call.validator(&[&canonical, GEOJSON]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let base = call.base.clone();
    let body = call
        .heavy(move |snapshot| {
            let found = snapshot.answer(&query)?;
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
                links: links(&base, &query, &found),
                features: hits
                    .iter()
                    .map(|hit| Feature::of_hit(catalogue, hit, &base))
                    .collect(),
            };
            serde_json::to_vec(&collection).map_err(|error| ApiError::internal(&error))
        })
        .await?;
    Ok(call.respond(GEOJSON, body, &validator))
}

/// `GET /api/v1/fiches/{id}`: one fiche as a feature.
pub async fn one(Path(id): Path<String>, call: Call) -> Result<Response, ApiError> {
    call.only(&crate::request::SERVER_PARAMETERS)?;
    let catalogue = call.snapshot.catalogue();
    let doc = id
        .parse::<FicheId>()
        .ok()
        .and_then(|id| catalogue.doc_of(&id));
    let doc = doc.ok_or_else(|| unknown_fiche(&id))?;
    let validator = call.validator(&[]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    call.json(
        GEOJSON,
        &Feature::new(catalogue, doc, &call.base),
        &validator,
    )
}

/// 404 for an id that no fiche bears.
pub fn unknown_fiche(id: &str) -> ApiError {
    let id: String = id.chars().take(80).collect();
    ApiError::not_found(Bilingual::new(
        format!("Aucune fiche ne porte l’identifiant « {id} »."),
        format!("No fiche bears the id \"{id}\"."),
    ))
}

fn links(base: &str, query: &Query, found: &SearchAnswer) -> Vec<Link> {
    let address = |query: &Query| {
        let canonical = query.canonical();
        let mark = if canonical.is_empty() { "" } else { "?" };
        format!("{base}/api/v1/fiches{mark}{canonical}")
    };
    let mut links = vec![Link {
        rel: "self",
        href: address(query),
        media: GEOJSON,
    }];
    if let Some(cursor) = &found.answer.next {
        let next = Query {
            after: Some(*cursor),
            offset: 0,
            ..query.clone()
        };
        links.push(Link {
            rel: "next",
            href: address(&next),
            media: GEOJSON,
        });
    }
    links
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Parameters(mistakes) => Self::parameters(mistakes),
            QueryError::Engine(error) => Self::internal(&error),
        }
    }
}
