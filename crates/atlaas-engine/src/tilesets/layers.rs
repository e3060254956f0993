//! What a tileset says of its layers: for TileJSON, and for the clients of its archive.

use super::points::PointLayers;
use super::tileset::{PREBUILT_ZOOM, Tileset};
use atlaas_model::Schema;
use atlaas_spatial::{FieldType, LAYERS};
use serde::Serialize;
use std::collections::BTreeMap;

/// Attribution of the tiles, shown by every map that uses them.
pub const ATTRIBUTION: &str = "Atlaas, Villes Internet ; IGN, INSEE (Licence Ouverte)";

/// A layer as TileJSON 3.0 describes it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CoucheVectorielle)]
pub struct VectorLayer {
    id: String,
    description: &'static str,
    minzoom: u8,
    maxzoom: u8,
    fields: BTreeMap<String, &'static str>,
}

/// The layers of a tileset.
pub fn vector_layers(tileset: Tileset, points: &PointLayers, schema: &Schema) -> Vec<VectorLayer> {
    let counted = points.iter().filter(|points| points.layer.counted);
    let counts: Vec<&str> = counted.map(|points| points.layer.name.as_str()).collect();
    let columns = schema.territory_columns().iter();
    let numbers = columns.filter(|column| column.in_tiles);
    let numbers: Vec<&str> = numbers.map(|column| column.name.as_str()).collect();
    let mut layers = Vec::new();
    if tileset.has_territories() {
        layers.extend(LAYERS.iter().map(|layer| {
            VectorLayer {
                id: layer.id.to_owned(),
                description: if layer.labels {
                    "Points d’étiquette"
                } else {
                    "Territoires"
                },
                minzoom: layer.min_zoom,
                maxzoom: tileset.max_zoom(),
                fields: layer
                    .fields
                    .iter()
                    .map(|f| (f.name, type_name(f.kind)))
                    .chain(
                        counts
                            .iter()
                            .filter(|_| !layer.labels)
                            .map(|name| (*name, "Number")),
                    )
                    .chain(numbers.iter().map(|name| (*name, "Number")))
                    .map(|(name, kind)| (name.to_owned(), kind))
                    .collect(),
            }
        }));
    }
    for layer in points.of(tileset) {
        layers.push(VectorLayer {
            id: layer.table.layer().to_owned(),
            description: "Points et regroupements",
            minzoom: 0,
            maxzoom: tileset.max_zoom(),
            fields: layer.table.fields().into_iter().collect(),
        });
    }
    layers
}

const fn type_name(kind: FieldType) -> &'static str {
    match kind {
        FieldType::String => "String",
        FieldType::Number => "Number",
    }
}

/// Metadata of an archive, as PMTiles clients read them.
pub fn metadata(tileset: Tileset, points: &PointLayers, schema: &Schema) -> serde_json::Value {
    let mut layers = vector_layers(tileset, points, schema);
    for layer in &mut layers {
        layer.maxzoom = PREBUILT_ZOOM;
    }
    serde_json::json!({
        "name": tileset.as_str(),
        "description": tileset.description(schema),
        "attribution": ATTRIBUTION,
        "type": "overlay",
        "version": "1",
        "vector_layers": layers,
    })
}
