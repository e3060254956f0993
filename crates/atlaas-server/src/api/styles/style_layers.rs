//! Layers of points that a style was not written for: drawn as those that it draws, in a colour of their
//! own.

use atlaas_model::{Layer, Schema};
use serde_json::{Map, Value, json};

/// Colours of layers beyond those that the styles are written for; each has a contrast of at least 3 on
/// the grounds of all styles.
const COLOURS: [&str; 6] = [
    "#b34a00", "#0b6bcb", "#a3216b", "#4f7a00", "#6b4f9e", "#8a5a00",
];

/// Adds sources and layers for what the schema has and the style has not; `points` is the style's list of
/// the layers that draw points.
pub fn complete(document: &mut Value, points: &mut Vec<Value>, schema: &Schema) {
    let known =
        |document: &Value, layer: &Layer| document["sources"].get(layer.name.as_str()).is_some();
    let missing: Vec<&Layer> = schema
        .layers()
        .iter()
        .filter(|layer| !known(document, layer))
        .collect();
    let models = models(document, points);
    for (layer, colour) in missing.into_iter().zip(COLOURS.into_iter().cycle()) {
        let name = layer.name.as_str();
        if let Some(sources) = document["sources"].as_object_mut() {
            let url = format!("{{base}}/tiles/{name}.json");
            sources.insert(name.to_owned(), json!({ "type": "vector", "url": url }));
        }
        for model in &models {
            let drawn = like(model, name, colour);
            points.push(drawn["id"].clone());
            if let Some(layers) = document["layers"].as_array_mut() {
                layers.push(drawn);
            }
        }
    }
}

/// The layers that draw the points of the first source that the style was written for.
fn models(document: &Value, points: &[Value]) -> Vec<Value> {
    let layers = document["layers"].as_array();
    let of_points = |layer: &&Value| points.contains(&layer["id"]);
    let drawing: Vec<&Value> = layers.into_iter().flatten().filter(of_points).collect();
    let first = drawing.first().map(|layer| &layer["source"]);
    let same = drawing
        .iter()
        .filter(|layer| Some(&layer["source"]) == first);
    same.map(|layer| (*layer).clone()).collect()
}

/// The same for another source.
fn like(model: &Value, name: &str, colour: &str) -> Value {
    let mut layer = model.clone();
    let id = model["id"].as_str().unwrap_or_default();
    let part = id.rsplit_once('-').map_or(id, |(_, part)| part);
    layer["id"] = format!("{name}-{part}").into();
    layer["source"] = name.into();
    layer["source-layer"] = name.into();
    let paint = layer["paint"].as_object_mut();
    if let Some(fill) =
        paint.and_then(|paint: &mut Map<String, Value>| paint.get_mut("circle-color"))
    {
        *fill = colour.into();
    }
    layer
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Vocabulary;

    #[test]
    fn a_layer_that_no_style_knows_is_drawn_as_the_others() {
        let text = "id = \"arbre\"\ncouche = \"arbres\"\nsingulier = { fr = \"arbre\" }\npluriel = { fr = \"arbres\" }";
        let mut layers = Schema::shipped_layers();
        layers.push(Layer::from_toml(text).unwrap());
        let schema = Schema::new(layers, Vocabulary::default()).unwrap();
        let style = |id: &str, source: &str| json!({ "id": id, "source": source, "paint": { "circle-color": "#000" } });
        let mut document = json!({
            "sources": { "colieux": {}, "initiatives": {} },
            "layers": [style("colieux-points", "colieux"), style("colieux-nombres", "colieux"), style("initiatives-points", "initiatives")],
        });
        let mut points: Vec<Value> = ["colieux-points", "colieux-nombres", "initiatives-points"]
            .map(Value::from)
            .to_vec();
        complete(&mut document, &mut points, &schema);
        assert_eq!(points[3..], ["arbres-points", "arbres-nombres"]);
        let added = &document["layers"].as_array().unwrap()[3..];
        assert!(added.iter().all(
            |layer| layer["source"] == "arbres" && layer["paint"]["circle-color"] == COLOURS[0]
        ));
        assert_eq!(
            document["sources"]["arbres"]["url"],
            "{base}/tiles/arbres.json"
        );
        let before = document.clone();
        complete(&mut document, &mut points, &schema);
        assert_eq!(document, before, "what is there is not added twice");
    }
}
