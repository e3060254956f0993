//! OGC API under `/ogc`: Features Part 1 and Tiles core, for GIS software.
//!
//! It knows nothing of pages; how fiches are written is [`crate::formats`].

mod documents;
pub mod items;
pub mod landing;
