//! Everything that touches a coordinate: projection, topology, clusters, tiles, archives.
//!
//! It knows nothing of HTTP and nothing of tantivy; fiches reach it as positions and properties.

pub mod mercator;
mod tile;

pub use tile::{DEEPEST_ZOOM, EXTENT, TileId, TileIdError};
