//! The shape of a map style, as far as the specification of MapLibre styles fixes it: what clients of
//! the description read. A test holds every style that is served to it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A MapLibre style, version 8.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StyleDeCarte)]
pub struct MapStyle {
    version: u8,
    name: String,
    /// Which layers belong to which choice, and what to know of the text.
    metadata: Metadata,
    /// Longitude and latitude where the map starts.
    center: [f64; 2],
    zoom: u8,
    /// Address of the signs that names are drawn with; absent without text.
    #[serde(skip_serializing_if = "Option::is_none")]
    glyphs: Option<String>,
    /// Address of the pattern over territories that do not take part; absent without a barometer.
    #[serde(skip_serializing_if = "Option::is_none")]
    sprite: Option<String>,
    sources: BTreeMap<String, Source>,
    layers: Vec<StyleLayer>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StyleMetadata)]
struct Metadata {
    #[serde(rename = "atlaas:choix")]
    choices: BTreeMap<String, Vec<String>>,
    #[serde(rename = "atlaas:texte")]
    text: String,
    /// What the colours of a barometer mean.
    #[serde(rename = "atlaas:legende", skip_serializing_if = "Option::is_none")]
    legend: Option<Vec<StyleLegend>>,
}

/// A colour, or a pattern, and what it means.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StyleLegende)]
struct StyleLegend {
    #[serde(rename = "couleur", skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
    #[serde(rename = "motif", skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(rename = "texte")]
    text: String,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StyleSource)]
struct Source {
    #[serde(rename = "type")]
    kind: String,
    /// Address of the TileJSON.
    url: String,
}

/// A layer; the values of `filter`, `layout` and `paint` are expressions of the specification.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schema(as = StyleCouche)]
struct StyleLayer {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_layer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minzoom: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maxzoom: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<BTreeMap<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paint: Option<BTreeMap<String, Value>>,
}
