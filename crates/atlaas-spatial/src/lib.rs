//! Everything that touches a coordinate: projection, topology, clusters, tiles, archives.
//!
//! It knows nothing of HTTP and nothing of tantivy; fiches reach it as positions and properties.

mod archive;
mod cluster;
mod error;
mod layer;
mod mapping;
pub mod mercator;
mod points;
mod select;
mod tile;

pub use archive::{Archive, ArchiveOptions, ArchiveStats, ArchiveWriter, GzipLevel, gunzip, gzip};
pub use cluster::{ClusterDetail, ClusterOptions, Hierarchy, write_points_archive};
pub use error::SpatialError;
pub use layer::{FeatureWriter, GeometryType, LayerWriter};
pub use points::{PointRow, PointTable};
pub use select::{DistancesFrom, SpatialIndex};
pub use tile::{DEEPEST_ZOOM, EXTENT, TileId, TileIdError};
