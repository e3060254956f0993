//! Everything that touches a coordinate: projection, topology, clusters, tiles, archives.
//!
//! It knows nothing of HTTP and nothing of tantivy; fiches reach it as positions and properties.

mod archive;
mod cluster;
mod encode;
mod error;
mod grid;
mod nearby;
mod points;
mod rings;
mod territories;
mod topology;

pub use archive::{
    Archive, ArchiveOptions, ArchiveStats, ArchiveWriter, GzipLevel, gunzip, gzip, write_mbtiles,
};
pub use cluster::{ClusterDetail, ClusterOptions, Hierarchy, write_points_archive};
pub use encode::{FeatureWriter, GeometryType, LayerWriter};
pub use error::SpatialError;
pub use grid::{DEEPEST_ZOOM, EXTENT, TileId, TileIdError, mercator};
pub use nearby::{DistancesFrom, SpatialIndex};
pub use points::{PointRow, PointTable, Property, PropertyType, TableHead};
pub use territories::{
    Field, FieldType, LAYERS, LayerInfo, PyramidStats, Territories, TerritoryAttributes, TileSink,
    pyramid_level,
};
pub use topology::TopologyRemark;
