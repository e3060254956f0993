//! Tilesets: read by name, and those that can hold what a query matches.

use crate::call::request::{Call, SERVER_PARAMETERS};
use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_engine::{Query, Tileset};
use atlaas_model::{Layer, Schema};

/// Parameters of a style and of the libraries that show it, which some of these copy to everything that the
/// style leads to: there they change nothing.
pub const STYLE_PARAMETERS: [&str; 6] = ["fond", "maille", "parmi", "texte", "access_token", "key"];

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

/// The query of tiles and of what tells of them.
pub fn tile_query(call: &Call) -> Result<Query, ApiError> {
    let own: Vec<&str> = SERVER_PARAMETERS
        .into_iter()
        .chain(STYLE_PARAMETERS)
        .collect();
    Query::parse(&call.pairs, call.snapshot.schema(), &own).map_err(ApiError::query)
}

/// The tilesets that can show what the query matches.
pub fn tilesets(query: &Query, schema: &Schema) -> Vec<&'static str> {
    let wanted = |layer: &&Layer| query.kinds.is_empty() || query.kinds.contains(&layer.kind());
    let layers = schema.layers().iter().filter(wanted);
    layers.map(|layer| layer.name.as_str()).collect()
}
