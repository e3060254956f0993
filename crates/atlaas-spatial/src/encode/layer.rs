//! Writes layers of vector tiles (MVT 2.1) straight into bytes: one pass, one buffer a layer,
//! names and values interned as they come. It knows the wire format and nothing of geometry: rings
//! arrive clean, wound and clipped. Whole tiles are layers one after the other.
//!
//! Specification: <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>.

use super::interner::Interner;
use super::value;
use super::varint::{varint, varint_length};
use crate::grid::EXTENT;
use std::borrow::Cow;

/// A layer being written; version 2, extent [`EXTENT`].
///
/// ```
/// use atlaas_spatial::{GeometryType, LayerWriter};
/// let mut layer = LayerWriter::new("communes");
/// layer
///     .feature(Some(13056), GeometryType::Polygon)
///     .ring(&[[0, 0], [10, 0], [10, 10]])
///     .text("nom", "Martigues")
///     .uint("population", 48_568)
///     .end();
/// let mut tile = Vec::new();
/// layer.finish(&mut tile);
/// assert!(!tile.is_empty());
/// ```
#[derive(Debug)]
pub struct LayerWriter {
    name: Cow<'static, str>,
    pub(super) features: Vec<u8>,
    pub(super) keys: Interner,
    pub(super) values: Interner,
    pub(super) tags: Vec<u8>,
    pub(super) geometry: Vec<u8>,
    pub(super) message: Vec<u8>,
}

impl LayerWriter {
    /// An empty layer; names are unique in a tile.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            features: Vec::new(),
            keys: Interner::default(),
            values: Interner::default(),
            tags: Vec::new(),
            geometry: Vec::new(),
            message: Vec::new(),
        }
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Gives a text a place among the layer's values before any feature bears it: values that stand
    /// together and are numbered in the order of the features compress better.
    pub fn declare_text(&mut self, value: &str) {
        value::text(&mut self.message, value);
        self.values.intern(&self.message);
    }

    /// The same for a number that is never negative.
    pub fn declare_uint(&mut self, value: u64) {
        value::uint(&mut self.message, value);
        self.values.intern(&self.message);
    }

    /// Appends the layer to a tile, and empties it for the next one; an empty layer adds nothing.
    pub fn finish(&mut self, tile: &mut Vec<u8>) {
        if !self.is_empty() {
            let length = 2
                + 1
                + varint_length(self.name.len() as u64)
                + self.name.len()
                + self.features.len()
                + self.keys.field_length()
                + self.values.field_length()
                + 1
                + varint_length(u64::from(EXTENT));
            tile.reserve(length + 8);
            tile.push(0x1a);
            varint(tile, length as u64);
            tile.extend([0x78, 2]);
            tile.push(0x0a);
            varint(tile, self.name.len() as u64);
            tile.extend_from_slice(self.name.as_bytes());
            tile.extend_from_slice(&self.features);
            self.keys.write(0x1a, tile);
            self.values.write(0x22, tile);
            tile.push(0x28);
            varint(tile, u64::from(EXTENT));
        }
        self.features.clear();
        self.keys.clear();
        self.values.clear();
    }
}
