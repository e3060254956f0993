//! The recipes: what an open snapshot answers, through the same query and the same code.

mod places;
mod search;
mod tile;
mod tilejson;

pub use search::{QueryError, SearchAnswer};
pub use tilejson::TileJson;
