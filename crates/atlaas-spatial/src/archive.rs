//! Tile archives: PMTiles version 3, written once and read in place.
//!
//! An archive that we write is clustered (tiles lie in the order of their Hilbert ids), holds equal
//! tiles once, is gzipped throughout, and has the same bytes whatever the order in which the tiles
//! came. The reader decodes the directories once and then answers with slices of the mapped file;
//! it refuses files that are not PMTiles, and nothing in a hostile file makes it panic.
//!
//! Specification: <https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md>.

mod directory;
mod gzip;
mod header;
mod hilbert;
mod mapping;
mod mbtiles;
mod reader;
mod writer;

pub use gzip::{GzipLevel, gunzip, gzip};
pub use mbtiles::write_mbtiles;
pub use reader::Archive;
pub use writer::{ArchiveOptions, ArchiveStats, ArchiveWriter};
