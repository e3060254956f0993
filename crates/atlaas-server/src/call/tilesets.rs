//! Tilesets: read by name, and those that can hold what a query matches.

use crate::error::problem::ApiError;
use crate::words::message::Message;
use atlaas_engine::{Query, Tileset};
use atlaas_model::Kind;

pub fn parse_tileset(name: &str) -> Result<Tileset, ApiError> {
    name.parse().map_err(|()| {
        let known = Tileset::ALL.map(Tileset::as_str).join(", ");
        let name: String = name.chars().take(40).collect();
        ApiError::not_found(
            Message::new("error-unknown-tileset")
                .with("name", name)
                .with("known", known),
        )
    })
}

/// The tilesets that can show what the query matches.
pub fn tilesets(query: &Query) -> Vec<&'static str> {
    let wants = |kind| query.kinds.is_empty() || query.kinds.contains(&kind);
    let mut sets = Vec::new();
    if wants(Kind::Initiative) {
        sets.push("initiatives");
    }
    if wants(Kind::Colieu) {
        sets.push("colieux");
    }
    sets
}
