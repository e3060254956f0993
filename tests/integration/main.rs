//! The end-to-end tests, as one binary: what the parts promise each other and the world.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "every function here is a test or serves one: it fails by panicking and speaks to who runs it"
)]

mod architecture;
mod browser;
mod clusters;
mod demonstration;
mod exports;
mod formats;
mod full_scale;
mod maps;
mod ogc;
mod outlines;
mod pinned;
mod process;
mod quick;
mod schemathesis;
mod service;
mod surface;
mod territory_api;
