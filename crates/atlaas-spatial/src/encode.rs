//! Vector tiles as bytes (MVT 2.1): layers, features, values.

mod feature;
mod interner;
mod layer;
#[cfg(test)]
mod tests;
mod value;
mod varint;

pub use feature::{FeatureWriter, GeometryType};
pub use layer::LayerWriter;
pub use varint::varint;
