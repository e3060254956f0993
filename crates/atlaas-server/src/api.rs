//! The API of Atlaas: fiches, suggestions, tiles, styles, health. One file an address or a family.
//!
//! Shapes that others defined are elsewhere: [`crate::national`], [`crate::ogc`].

pub mod changes;
pub mod clusters;
pub mod dictionary;
pub mod export;
pub mod extensions;
pub mod fiches;
pub mod figures;
pub mod health;
pub mod list;
pub mod similar;
pub mod styles;
pub mod suggestions;
pub mod tiles;
