//! HTTP: routes, formats, caching, pages. Algorithms live in the crates behind the engine.
//!
//! [`router()`] is a function of the state, so that tests call it without a socket; [`serve()`] runs
//! it on a listener until told to stop, and reloads when told to.

mod access_log;
mod app;
mod assets;
mod atom;
mod base_map;
mod bounds;
mod client;
mod clusters;
mod conditional;
mod connections;
mod cors;
mod csv_export;
mod encoding;
mod export;
mod feature;
mod fiches;
mod file_name;
mod format;
mod geo_api;
mod geo_shape;
mod geocoding;
mod health;
mod limits;
mod links;
mod metrics;
mod ogc;
mod ogc_items;
mod openapi;
mod operation_parameters;
mod operations;
mod packing;
mod pages;
mod parameters;
mod picture;
mod place_parameters;
mod problem;
mod public;
mod quick;
mod rate;
mod recipes;
mod request;
mod router;
mod sequence;
mod serve;
mod similar;
mod site;
mod sitemap;
mod standing;
mod styles;
mod suggestions;
mod surround;
mod table;
mod tiles;
mod xlsx;

pub use app::{App, AppState};
pub use base_map::{BaseMap, BaseMapError, BaseMapSettings};
pub use limits::Limits;
pub use public::{PublicAddress, PublicAddressError};
pub use quick::Quick;
pub use router::router;
pub use serve::{serve, serve_admin};
pub use site::Site;
