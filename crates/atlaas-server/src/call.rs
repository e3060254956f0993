//! A request, read once into types: its query string, its parameters, what identifies its answer.
//!
//! It knows nothing of the addresses that are called.

pub mod barometer;
pub mod changes;
pub mod choropleth;
pub mod grounds;
pub mod ignored;
pub mod parameters;
pub mod peers;
pub mod request;
pub mod tilesets;
