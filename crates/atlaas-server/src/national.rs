//! Answers in the shapes of the national APIs, so that what was written for them works here.
//!
//! It knows nothing of our own API, of OGC or of pages.

pub mod completion;
pub mod entry;
pub mod geo_api;
pub mod geo_shape;
pub mod geocoding;
pub mod narrowing;
pub mod part_types;
mod row_stream;
pub mod tables;
pub mod territory;
