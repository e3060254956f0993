//! Territories: communes, EPCI, départements and régions with their borders, ready to be drawn at
//! any zoom, located in, measured from and stored.
//!
//! Building goes: outlines → clean rings → repaired rings → arcs → dissolved territories → zooms of
//! vertices → label points. Opening a stored file recomputes nothing of that.

mod around;
mod build;
mod collection;
mod content;
mod drawing;
mod encode;
mod find;
mod labels;
mod layers;
mod pyramid;
mod shape;
mod store;
#[cfg(test)]
mod tests;
mod users;

pub use collection::Territories;
pub use layers::{Field, FieldType, LAYERS, LayerInfo};
pub use pyramid::{PyramidStats, TileSink, pyramid_level};
pub use shape::TerritoryAttributes;
