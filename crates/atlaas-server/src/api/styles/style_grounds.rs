//! Grounds that a style was not written for: drawn as the first count that it draws, with the property and
//! the classes of their own.

use crate::call::grounds::{Ground, grounds};
use atlaas_model::{Level, Schema};
use serde_json::{Value, json};

/// Adds layers for the grounds that the schema has and the style has not; `choices` says which layers belong
/// to which ground.
pub fn complete(document: &mut Value, choices: &mut Value, schema: &Schema) {
    let all = grounds(schema);
    let written = |ground: &&Ground| choices.get(ground.name).is_some();
    let Some(model) = all.iter().find(|ground| ground.counts() && written(ground)) else {
        return;
    };
    let models = layers_of(document, &choices[model.name]);
    let Some(mut at) = models.last().map(|(at, _)| at + 1) else {
        return;
    };
    let missing: Vec<&Ground> = all.iter().filter(|ground| !written(ground)).collect();
    for ground in missing {
        let drawn = models.iter().filter(|(_, layer)| {
            let level = ground.level.map(Level::plural);
            level.is_none_or(|level| layer["source-layer"] == level)
        });
        let mut ids = Vec::new();
        for (_, layer) in drawn {
            let layer = like(layer, model, ground);
            ids.push(layer["id"].clone());
            if let Some(layers) = document["layers"].as_array_mut() {
                layers.insert(at.min(layers.len()), layer);
                at += 1;
            }
        }
        choices[ground.name] = ids.into();
    }
}

/// The layers of a choice and where they stand.
pub fn layers_of(document: &Value, ids: &Value) -> Vec<(usize, Value)> {
    let layers = document["layers"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate();
    let ids = ids.as_array();
    let own = layers.filter(|(_, layer)| ids.is_some_and(|ids| ids.contains(&layer["id"])));
    own.map(|(at, layer)| (at, layer.clone())).collect()
}

fn like(layer: &Value, model: &Ground, ground: &Ground) -> Value {
    let mut layer = layer.clone();
    let id = layer["id"].as_str().unwrap_or_default();
    let part = id.strip_prefix(model.name).unwrap_or(id).to_owned();
    layer["id"] = format!("{}{part}", ground.name).into();
    let Some(steps) = layer["paint"]["fill-color"].as_array_mut() else {
        return layer;
    };
    // `["step", what, colour of nothing, start, colour, start, colour…]`
    if let Some(what) = steps.get_mut(1) {
        *what = json!(["coalesce", ["get", ground.property], 0]);
    }
    if !ground.counts() {
        let mut starts = ground.starts.iter();
        for start in steps.iter_mut().skip(3).step_by(2) {
            match starts.next() {
                Some(own) => *start = (*own).into(),
                None => break,
            }
        }
        steps.truncate(3 + 2 * ground.starts.len());
    }
    layer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_of_the_schema_has_layers_of_its_own() {
        let text = include_str!("../../../../../tiles/clair.json");
        let mut document: Value = serde_json::from_str(text).unwrap();
        let mut choices = document["metadata"]["atlaas:choix"].clone();
        let schema = Schema::default();
        complete(&mut document, &mut choices, &schema);
        for ground in grounds(&schema) {
            let layers = layers_of(&document, &choices[ground.name]);
            assert!(!layers.is_empty(), "{}", ground.name);
            for (_, layer) in layers {
                let told = layer["paint"]["fill-color"].to_string();
                assert!(told.contains(&format!("\"{}\"", ground.property)), "{told}");
                let steps = layer["paint"]["fill-color"].as_array().unwrap();
                let starts: Vec<u64> = steps[3..]
                    .iter()
                    .step_by(2)
                    .filter_map(Value::as_u64)
                    .collect();
                assert!(
                    starts.is_sorted_by(|a, b| a < b) && steps.len() % 2 == 1,
                    "{told}"
                );
            }
        }
        let ids: Vec<&str> = document["layers"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|layer| layer["id"].as_str())
            .collect();
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len());
    }
}
