//! Answers in the shapes of the national APIs, so that what was written for them works here.
//!
//! It knows nothing of our own API, of OGC or of pages.

pub mod geo_api;
pub mod geo_shape;
pub mod geocoding;
pub mod territory;
