//! Everything that touches a coordinate: projection, topology, clusters, tiles, archives.
//!
//! It knows nothing of HTTP and nothing of tantivy; fiches reach it as positions and properties.

mod archive;
mod clip;
mod cluster;
mod crossing;
mod error;
mod label_point;
mod layer;
mod mapping;
mod mbtiles;
pub mod mercator;
mod points;
mod pyramid;
mod quantise;
mod rank;
mod rings;
mod select;
mod simplify;
mod snap;
mod territories;
mod tile;
mod topology;

pub use archive::{Archive, ArchiveOptions, ArchiveStats, ArchiveWriter, GzipLevel, gunzip, gzip};
pub use cluster::{ClusterDetail, ClusterOptions, Hierarchy, write_points_archive};
pub use error::SpatialError;
pub use layer::{FeatureWriter, GeometryType, LayerWriter};
pub use mbtiles::write_mbtiles;
pub use points::{PointRow, PointTable};
pub use pyramid::{PyramidStats, TileSink, pyramid_level};
pub use select::{DistancesFrom, SpatialIndex};
pub use territories::{Field, FieldType, LAYERS, LayerInfo, Territories, TerritoryAttributes};
pub use tile::{DEEPEST_ZOOM, EXTENT, TileId, TileIdError};
pub use topology::clean::TopologyRemark;
