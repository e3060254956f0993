//! Names that no column may take, held against what answers and addresses really use: what the
//! description lists of either, and no declaration made, is reserved.

use crate::demonstration::{get, list_parameters};
use atlaas_model::{Layer, Schema, SchemaError, Vocabulary};
use std::collections::BTreeSet;

/// A layer with one column of that name.
fn declared(name: &str) -> Layer {
    let text = format!(
        "id = \"lampadaire\"\ncouche = \"lampadaires\"\n\
         singulier = {{ fr = \"lampadaire\" }}\npluriel = {{ fr = \"lampadaires\" }}\n\
         titre = {{ fr = \"Lampadaires\" }}\ndescription = {{ fr = \"Lampadaires\" }}\n\
         [[colonne]]\nnom = \"{name}\"\ntype = \"texte\"\n"
    );
    Layer::from_toml(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[tokio::test]
async fn what_answers_and_addresses_use_is_reserved() {
    let schema = Schema::default();
    let columns = schema.layers().iter().flat_map(|layer| &layer.columns);
    let columns = columns.chain(schema.territory_columns());
    let made: BTreeSet<&str> = columns.map(|column| column.name.as_str()).collect();
    let layers: BTreeSet<&str> = schema
        .layers()
        .iter()
        .map(|layer| layer.name.as_str())
        .collect();
    let document = get("/openapi.json").await.json();
    let mut used: BTreeSet<String> = list_parameters(&document)
        .into_iter()
        .map(Into::into)
        .collect();
    collect_properties(
        &document["components"]["schemas"]["FicheProprietes"],
        &mut used,
    );
    let table = get("/api/v1/fiches.csv?type=commune&limit=1").await;
    let table = String::from_utf8(table.body).unwrap();
    let head = table.trim_start_matches('\u{feff}').lines().next().unwrap();
    used.extend(head.split([',', ';']).map(str::to_owned));
    used.retain(|name| {
        let of_declaration = made.contains(name.as_str())
            || layers.contains(name.as_str())
            || schema.bound(name).is_some()
            || name.contains('.');
        !of_declaration
    });
    assert!(used.len() > 60, "{used:?}");
    let free = used.iter().filter(|name| {
        let joined = Schema::new(vec![declared(name)], Vocabulary::default());
        !matches!(joined, Err(SchemaError::Reserved(_)))
    });
    assert_eq!(free.collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(Schema::new(vec![declared("teinte")], Vocabulary::default()).is_ok());
}

/// Names of the properties of an object, those of what it is made of among them.
fn collect_properties(schema: &serde_json::Value, names: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        names.extend(properties.keys().cloned());
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect_properties(part, names);
    }
}
