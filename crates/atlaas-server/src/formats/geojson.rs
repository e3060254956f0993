//! GeoJSON (RFC 7946): one page of an answer with its totals, its facets and how it was understood.

use crate::formats::feature::Feature;
use crate::formats::format::{AnswerPage, Content, ListFormat, Offer};
use crate::formats::proposal::ProposalView;
use crate::formats::stamp::SnapshotStamp;
use crate::wire::links::Link;
use crate::wire::media::GEOJSON;
use atlaas_engine::{Comprehension, FacetCounts};
use serde::Serialize;
use std::io;

/// A page of features.
pub const FORMAT: ListFormat = ListFormat {
    name: "geojson",
    about: "Une page du résultat, en GeoJSON",
    example: "type=region",
    media: GEOJSON,
    spellings: &["json"],
    aliases: &["application/json"],
    offers: &[Offer {
        text: |_| "GeoJSON",
        query: "",
    }],
    content: Content::Page {
        ask: |query, _| query,
        write,
    },
};

/// Room that is made for a page before it is written.
const USUAL_PAGE_BYTES: usize = 48 * 1024;

/// A page of features.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Fiches)]
pub struct FeatureCollection<'a> {
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    propositions: Vec<ProposalView<'a>>,
    links: &'a [Link],
    features: Vec<Feature<'a>>,
}

fn write(page: &AnswerPage<'_>) -> io::Result<Vec<u8>> {
    let (snapshot, found) = (page.snapshot, page.found);
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
        propositions: ProposalView::of(snapshot.schema(), &found.answer.proposals),
        links: page.links,
        features: hits
            .iter()
            .map(|hit| Feature::of_hit(catalogue, hit, page.base))
            .collect(),
    };
    let mut body = Vec::with_capacity(USUAL_PAGE_BYTES);
    serde_json::to_writer(&mut body, &collection)?;
    Ok(body)
}
