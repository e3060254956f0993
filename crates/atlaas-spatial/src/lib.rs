//! Everything that touches a coordinate: projection, topology, clusters, tiles, archives.
//!
//! It knows nothing of HTTP and nothing of tantivy; fiches reach it as positions and properties.

mod error;
mod layer;
pub mod mercator;
mod tile;

pub use error::SpatialError;
pub use layer::{FeatureWriter, GeometryType, LayerWriter};
pub use tile::{DEEPEST_ZOOM, EXTENT, TileId, TileIdError};
