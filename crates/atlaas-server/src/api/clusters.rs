//! `/api/v1/grappes/{tileset}/{cluster_id}`: what a cluster of a tile holds, under the same query.

use crate::call::request::Call;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::describe::query_parameters::{Pages, Search};
use crate::describe::responses::Missing;
use crate::error::problem::ApiError;
use crate::formats::feature::Feature;
use crate::wire::described_schema as scope;
use crate::wire::links::{self, Link};
use crate::wire::media::GEOJSON;
use crate::words::message::Message;
use atlaas_engine::{Query, Tileset};
use atlaas_model::{Bbox, Schema};
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Grappe)]
struct OpenedCluster<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    cluster_id: u64,
    bbox: [f64; 4],
    expansion_zoom: u8,
    coincident: bool,
    point_count: usize,
    /// Points by category, those that are not zero.
    counts: BTreeMap<String, u32>,
    #[serde(rename = "numberMatched")]
    matched: usize,
    #[serde(rename = "numberReturned")]
    returned: usize,
    links: &'a [Link],
    features: Vec<Feature<'a>>,
}

parameters! {
    /// A cluster.
    Cluster = [
        Parameter::path("tileset", clustered(), "Jeu de tuiles.").like("initiatives"),
        Parameter::path("cluster_id", Takes::Integer(0, i64::MAX), "Propriété cluster_id d’une grappe."),
    ]
}

/// `GET /api/v1/grappes/{tileset}/{cluster_id}`: its box, the zoom that opens it, its fiches by page.
#[utoipa::path(
    get,
    path = "/api/v1/grappes/{tileset}/{cluster_id}",
    tag = "Tuiles",
    summary = "Ce que contient une grappe d’une tuile",
    description = "Avec les mêmes paramètres que la tuile d’où vient cluster_id.",
    params(Cluster, Search, Pages),
    responses((status = 200, body = OpenedCluster, content_type = "application/geo+json"), Missing),
)]
pub async fn one(
    Path((tileset, id)): Path<(String, String)>,
    call: Call,
) -> Result<Response, ApiError> {
    let schema = call.snapshot.schema();
    let tileset = match Tileset::named(&tileset, schema) {
        Some(known @ Tileset::Layer(_)) => known,
        Some(Tileset::Territoires | Tileset::Atlaas) | None => {
            return Err(unknown_tileset(&tileset, schema));
        }
    };
    let id: u64 = id.parse().map_err(|_| unknown_cluster(&id))?;
    let query = call.query()?;
    let validator = call.validator(&[&query.canonical()]);
    if let Some(unchanged) = validator.not_modified(&call.headers) {
        return Ok(unchanged);
    }
    let (base, path) = (call.base.clone(), call.path.clone());
    let (body, links) = call
        .heavy(move |snapshot| {
            let cluster = snapshot.cluster(tileset, id, &query)?;
            let cluster = cluster.ok_or_else(|| unknown_cluster(&id.to_string()))?;
            let links = page_links(&format!("{base}{path}"), &query, cluster.docs.len());
            let page = cluster
                .docs
                .iter()
                .skip(query.offset as usize)
                .take(query.limit as usize);
            let catalogue = snapshot.catalogue();
            let features: Vec<_> = page
                .map(|&doc| Feature::new(catalogue, doc, &base))
                .collect();
            let Bbox {
                west,
                south,
                east,
                north,
            } = cluster.bbox;
            let answer = OpenedCluster {
                kind: "FeatureCollection",
                cluster_id: id,
                bbox: [west, south, east, north],
                expansion_zoom: cluster.expansion_zoom,
                coincident: cluster.coincident,
                point_count: cluster.docs.len(),
                counts: cluster.counts.into_iter().collect(),
                matched: cluster.docs.len(),
                returned: features.len(),
                links: &links,
                features,
            };
            let body = serde_json::to_vec(&answer).map_err(|error| ApiError::internal(&error))?;
            Ok((body, links))
        })
        .await?;
    let mut response = call.respond(GEOJSON, body, &validator);
    links::apply(&links, response.headers_mut());
    Ok(response)
}

fn page_links(path: &str, query: &Query, total: usize) -> Vec<Link> {
    let address = |query: &Query| {
        let canonical = query.canonical();
        format!(
            "{path}{}{canonical}",
            if canonical.is_empty() { "" } else { "?" }
        )
    };
    let mut links = vec![Link::new("self", address(query), GEOJSON)];
    let end = query.offset.saturating_add(query.limit);
    if (end as usize) < total {
        links.push(Link::new(
            "next",
            address(&Query {
                offset: end,
                ..query.clone()
            }),
            GEOJSON,
        ));
    }
    links
}

/// The tilesets whose clusters can be asked for.
fn clustered() -> Takes {
    let layers = scope::schema();
    let names = layers.layers().iter().map(|layer| layer.name.as_str());
    Takes::Declared(names.collect())
}

fn unknown_tileset(name: &str, schema: &Schema) -> ApiError {
    let name: String = name.chars().take(40).collect();
    let known = schema.layers().iter().map(|layer| layer.name.as_str());
    let message = Message::new("error-unknown-clusters")
        .with("name", name)
        .with("known", known.collect::<Vec<_>>().join(", "));
    ApiError::not_found(message)
}

fn unknown_cluster(id: &str) -> ApiError {
    let id: String = id.chars().take(40).collect();
    ApiError::not_found(Message::new("error-unknown-cluster").with("id", id))
}
