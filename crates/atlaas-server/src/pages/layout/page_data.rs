//! What the scripts of a page are told, as JSON beside it.

use crate::call::choropleth;
use crate::call::grounds::{self, Ground};
use crate::pages::layout::frame::{Frame, inert_json};
use crate::picture::attribution;
use crate::state::base_map::BaseMap;
use crate::words::escape::escape;
use atlaas_engine::{Measure, Snapshot, parameters};
use atlaas_model::{Layer, Level, Schema, Symbol};
use serde_json::{Map, Value, json};

/// What the scripts of the explorer need to know, as JSON: all there is to choose from.
pub fn page_data(frame: &Frame, snapshot: &Snapshot, base_map: Option<&BaseMap>) -> String {
    let schema = snapshot.schema();
    let mut data = map_data(frame, snapshot, base_map);
    let known = parameters(schema);
    let names: Vec<&str> = known.iter().map(|known| known.name).collect();
    data["parameters"] = json!(names);
    data["groups"] = json!(groups(frame, schema));
    data["grounds"] = grounds(frame, schema).into();
    inert_json(&data)
}

/// The same for an embedded map, which offers no choice: the ground that its address names, if any.
pub fn embed_data(
    frame: &Frame,
    snapshot: &Snapshot,
    base_map: Option<&BaseMap>,
    ground: &str,
) -> String {
    let mut data = map_data(frame, snapshot, base_map);
    let all = grounds(frame, snapshot.schema()).into_iter();
    data["grounds"] = all.filter(|known| known["name"] == ground).collect();
    inert_json(&data)
}

/// What every map needs.
fn map_data(frame: &Frame, snapshot: &Snapshot, base_map: Option<&BaseMap>) -> Value {
    // Leaflet takes attributions as HTML.
    let base_map = base_map.map(|map| {
        json!({ "url": map.url(), "attribution": escape(map.attribution()), "maxZoom": map.max_zoom() })
    });
    let schema = snapshot.schema();
    let layers = schema.layers().iter();
    let legends: Map<String, Value> = layers
        .map(|layer| (layer.name.to_string(), legend(schema, layer)))
        .collect();
    json!({
        "base": frame.prefix,
        "snapshot": frame.snapshot,
        "attribution": attribution(frame.lang, frame.demonstration),
        "basemap": base_map,
        "legends": legends,
        "looks": looks(frame, schema),
    })
}

/// What each layer looks like and is called.
fn looks(frame: &Frame, schema: &Schema) -> Map<String, Value> {
    let look = |layer: &Layer| {
        let colour = layer.coloured_by.and_then(|facet| {
            let mut columns = layer.columns.iter();
            columns.find(|column| column.facet == Some(facet))
        });
        let look = json!({
            "id": layer.id,
            "name": layer.name_key,
            "round": layer.symbol == Symbol::Round,
            "colour": colour.map_or("", |column| column.name.as_str()),
            "title": frame.lang.of(&layer.title),
            "one": frame.lang.of(&layer.singular),
            "many": frame.lang.of(&layer.plural),
        });
        (layer.name.to_string(), look)
    };
    schema.layers().iter().map(look).collect()
}

/// The groups of suggestions beside territories, with their titles: layers, then terms.
fn groups(frame: &Frame, schema: &Schema) -> Vec<(String, String)> {
    let layers = schema.layers().iter().rev();
    let layers = layers.map(|layer| {
        (
            layer.name.to_string(),
            frame.lang.of(&layer.title).to_owned(),
        )
    });
    let terms = schema.facets().iter().filter_map(|info| {
        Some((
            info.suggested?.to_string(),
            frame.lang.of(&info.title).to_owned(),
        ))
    });
    layers.chain(terms).collect()
}

/// What may colour the ground of the map, and what each of its colours means.
fn grounds(frame: &Frame, schema: &Schema) -> Vec<Value> {
    let told = |ground: &Ground<'_>| {
        json!({
            "name": ground.name,
            "title": ground.title(frame.lang),
            "property": ground.property,
            "layer": ground.level.map_or("", Level::plural),
            "starts": ground.starts,
            "legend": ground.legend(frame.lang),
        })
    };
    let measured = |(name, measure, title): (&str, Measure, String)| {
        json!({
            "name": name,
            "title": title,
            "measure": choropleth::name_of(measure),
            "legend": [],
        })
    };
    let figures = choropleth::grounds(frame.lang).into_iter().map(measured);
    let grounds = grounds::grounds(schema);
    grounds.iter().map(told).chain(figures).collect()
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
