//! What the scripts of a page are told, as JSON beside it.

use crate::pages::layout::frame::{Frame, inert_json};
use crate::picture::attribution;
use crate::state::base_map::BaseMap;
use crate::words::escape::escape;
use atlaas_engine::{Snapshot, parameters};
use atlaas_model::{Layer, Schema};
use serde_json::{Map, Value, json};

/// What scripts need to know, as JSON.
pub fn page_data(frame: &Frame, snapshot: &Snapshot, base_map: Option<&BaseMap>) -> String {
    // Leaflet takes attributions as HTML.
    let base_map = base_map.map(|map| {
        json!({ "url": map.url(), "attribution": escape(map.attribution()), "maxZoom": map.max_zoom() })
    });
    let layers = snapshot.schema().layers().iter();
    let legends: Map<String, Value> = layers
        .map(|layer| (layer.name.to_string(), legend(snapshot.schema(), layer)))
        .collect();
    inert_json(&json!({
        "base": frame.prefix,
        "snapshot": frame.snapshot,
        "attribution": attribution(frame.lang, frame.demonstration),
        "basemap": base_map,
        "parameters": parameters(snapshot.schema()).iter().map(|known| known.name).collect::<Vec<_>>(),
        "legends": legends,
    }))
}

fn legend(schema: &Schema, layer: &Layer) -> Value {
    let terms = layer
        .coloured_by
        .map_or(&[][..], |facet| schema.vocabulary.terms(facet));
    terms
        .iter()
        .enumerate()
        .map(|(rank, term)| (term.slug.clone(), json!([term.nom, term.couleur, rank])))
        .collect()
}
