//! The documents of the OGC API that are no data, in the words of the standards; their members stand
//! in the order of the alphabet, in which they have always been written.

use crate::formats::feature::Degrees;
use crate::wire::links::Link;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// The landing page.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcAccueil)]
pub struct Landing {
    pub description: String,
    pub links: Vec<DocumentLink>,
    pub title: &'static str,
}

/// Classes that are held to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcConformite)]
pub struct Conformance {
    #[schema(value_type = Vec<String>)]
    pub conforms_to: [&'static str; 14],
}

/// Every collection.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcCollections)]
pub struct Collections {
    pub collections: Vec<OgcCollection>,
    pub links: Vec<DocumentLink>,
}

/// A collection of features.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcCollection)]
pub struct OgcCollection {
    pub crs: [&'static str; 2],
    pub description: String,
    pub extent: Extent,
    pub id: &'static str,
    pub item_type: &'static str,
    pub storage_crs: &'static str,
    pub links: Vec<DocumentLink>,
    pub title: String,
}

/// Where and when the features of a collection are.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcEtendue)]
pub struct Extent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spatial: Option<Spatial>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporal: Option<Temporal>,
}

/// Boxes around features: west, south, east, north.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcEtendueSpatiale)]
pub struct Spatial {
    pub bbox: [[Degrees; 4]; 1],
    pub crs: &'static str,
}

/// Instants between which features changed.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcEtendueTemporelle)]
pub struct Temporal {
    pub interval: [[String; 2]; 1],
    pub trs: &'static str,
}

/// Every tileset.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcJeuxDeTuiles)]
pub struct Tilesets {
    pub links: Vec<DocumentLink>,
    pub tilesets: Vec<TilesetDocument>,
}

/// A tileset, with the template of the addresses of its tiles.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcJeuDeTuiles)]
pub struct TilesetDocument {
    pub crs: &'static str,
    pub data_type: &'static str,
    pub links: Vec<DocumentLink>,
    pub tile_matrix_set_limits: Vec<TileLimits>,
    #[serde(rename = "tileMatrixSetURI")]
    pub tile_matrix_set_uri: &'static str,
    pub title: &'static str,
}

/// Rows and columns of a zoom.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OgcBornesDeTuiles)]
pub struct TileLimits {
    pub max_tile_col: u32,
    pub max_tile_row: u32,
    pub min_tile_col: u32,
    pub min_tile_row: u32,
    pub tile_matrix: String,
}

/// A link of a document, which may be a template.
#[derive(Serialize, ToSchema)]
#[schema(as = OgcLien)]
pub struct DocumentLink {
    pub href: String,
    pub rel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub templated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Cow<'static, str>>,
    #[serde(rename = "type")]
    pub media: &'static str,
}

impl From<Link> for DocumentLink {
    fn from(link: Link) -> Self {
        Self {
            href: link.href,
            rel: link.rel,
            templated: None,
            title: link.title.map(Cow::Owned),
            media: link.media,
        }
    }
}

/// Links as documents write them.
pub fn written<const N: usize>(links: [Link; N]) -> Vec<DocumentLink> {
    links.map(DocumentLink::from).into()
}
