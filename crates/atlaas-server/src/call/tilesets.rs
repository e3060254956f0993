//! Tilesets: read by name, and those that can hold what a query matches.

use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_engine::{Query, Tileset};
use atlaas_model::{Layer, Schema};

pub fn parse_tileset(name: &str, schema: &Schema) -> Result<Tileset, ApiError> {
    Tileset::named(name, schema).ok_or_else(|| {
        let known = Tileset::all(schema).into_iter().map(Tileset::as_str);
        let known = known.collect::<Vec<_>>().join(", ");
        let name: String = name.chars().take(40).collect();
        ApiError::not_found(
            Message::new("error-unknown-tileset")
                .with("name", name)
                .with("known", known),
        )
    })
}

/// The tilesets that can show what the query matches.
pub fn tilesets(query: &Query, schema: &Schema) -> Vec<&'static str> {
    let wanted = |layer: &&Layer| query.kinds.is_empty() || query.kinds.contains(&layer.kind());
    let layers = schema.layers().iter().filter(wanted);
    layers.map(|layer| layer.name.as_str()).collect()
}
