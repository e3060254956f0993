//! The end-to-end tests, as one binary: what the parts promise each other and the world.

mod architecture;
mod browser;
mod clusters;
mod demonstration;
mod formats;
mod full_scale;
mod ogc;
mod process;
mod schemathesis;
mod service;
mod surface;
mod territory_api;
