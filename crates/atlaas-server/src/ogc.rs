//! OGC API under `/ogc`: Features Part 1 and Tiles core, for GIS software.
//!
//! It knows nothing of pages; how fiches are written is [`crate::formats`].

mod answering;
mod crs;
mod documents;
mod interval;
pub mod items;
pub mod landing;
pub mod queryables;
pub mod tile_matrix;
mod tile_matrix_names;
