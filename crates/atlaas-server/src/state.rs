//! What the service holds between requests: the open snapshot, its bounds, its counts, its address.
//!
//! It knows nothing of routes or of answers.

pub mod app;
pub mod base_map;
pub mod exports;
pub mod limits;
pub mod metrics;
pub mod public;
pub mod rate;
pub mod site;
pub mod standing;
pub mod uploads;
pub mod versions;
