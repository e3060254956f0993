//! The end-to-end tests, as one binary: what the parts promise each other and the world.

mod architecture;
mod demonstration;
mod process;
mod service;
