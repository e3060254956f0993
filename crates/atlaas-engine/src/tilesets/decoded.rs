//! A vector tile as JSON for people: layers, features, geometry in grid units.
//!
//! It is read by a decoder that is not ours, so it also tells what other programs will see.

use geojson::Geometry;
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// A tile that no decoder reads.
#[derive(Debug, thiserror::Error)]
#[error("not a vector tile: {0}")]
pub struct DecodeError(String);

/// A layer of a tile.
#[derive(Debug, Serialize)]
pub struct DecodedLayer {
    /// Name of the layer.
    pub name: String,
    /// Size of the grid.
    pub extent: u32,
    /// Features, in the order of the tile.
    pub features: Vec<DecodedFeature>,
}

/// A feature of a layer.
#[derive(Debug, Serialize)]
pub struct DecodedFeature {
    /// Stable id, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// GeoJSON geometry in grid units, y downwards.
    pub geometry: Geometry,
    /// Properties, by name.
    pub properties: BTreeMap<String, serde_json::Value>,
}

/// Decodes an uncompressed tile; an empty one has no layers.
pub fn decode(tile: Vec<u8>) -> Result<Vec<DecodedLayer>, DecodeError> {
    let failed = |error: &dyn std::fmt::Display| DecodeError(error.to_string());
    let reader = Reader::new(tile).map_err(|error| failed(&error))?;
    let layers = reader
        .get_layer_metadata()
        .map_err(|error| failed(&error))?;
    let mut decoded = Vec::with_capacity(layers.len());
    for layer in layers {
        let features = reader
            .get_features(layer.layer_index)
            .map_err(|error| failed(&error))?;
        decoded.push(DecodedLayer {
            name: layer.name,
            extent: layer.extent,
            features: features.into_iter().map(feature).collect(),
        });
    }
    Ok(decoded)
}

fn feature(feature: mvt_reader::feature::Feature) -> DecodedFeature {
    let properties = feature.properties.unwrap_or_default();
    DecodedFeature {
        id: feature.id,
        geometry: Geometry::from(&feature.geometry),
        properties: properties
            .into_iter()
            .map(|(name, value)| (name, json(value)))
            .collect(),
    }
}

fn json(value: Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.into(),
        Value::Float(number) => number.into(),
        Value::Double(number) => number.into(),
        Value::Int(number) | Value::SInt(number) => number.into(),
        Value::UInt(number) => number.into(),
        Value::Bool(flag) => flag.into(),
        Value::Null => serde_json::Value::Null,
    }
}
