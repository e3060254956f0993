//! The end-to-end tests, as one binary: what the parts promise each other and the world.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "every function here is a test or serves one: it fails by panicking and speaks to who runs it"
)]

mod architecture;
mod barometer;
mod browser;
mod callers;
mod catalogue;
mod changes;
mod clusters;
mod comparison;
mod damaged;
mod declared;
mod demonstration;
mod dictionary;
mod every_route;
mod exports;
mod figure_maps;
mod formats;
mod full_scale;
mod generated_clients;
mod labels;
mod ladder;
mod maps;
mod metrics;
mod named;
mod ogc;
mod original_definition;
mod outlines;
mod pinned;
mod privacy;
mod process;
mod proxy;
mod quick;
mod readback;
mod recipes;
mod refusals;
mod rooms;
mod schemathesis;
mod service;
mod silent;
mod socket;
mod styles;
mod surface;
mod tables;
mod territory_api;
mod territory_columns;
mod tools;
mod words;
