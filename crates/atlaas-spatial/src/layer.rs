//! Writes layers of vector tiles (MVT 2.1) straight into bytes: one pass, one buffer a layer,
//! names and values interned as they come. It knows the wire format and nothing of geometry: rings
//! arrive clean, wound and clipped. Whole tiles are layers one after the other.
//!
//! Specification: <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>.

use crate::EXTENT;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::{borrow::Cow, hash::BuildHasher};

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// What the geometry of a feature is made of; the number is the one of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryType {
    /// One position or several.
    Point = 1,
    /// Rings: each exterior one followed by its holes.
    Polygon = 3,
}

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
    features: Vec<u8>,
    keys: Interner,
    values: Interner,
    tags: Vec<u8>,
    geometry: Vec<u8>,
    message: Vec<u8>,
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

    /// Opens a feature; it enters the layer at [`FeatureWriter::end`].
    pub fn feature(&mut self, id: Option<u64>, geometry: GeometryType) -> FeatureWriter<'_> {
        self.tags.clear();
        self.geometry.clear();
        FeatureWriter {
            layer: self,
            id,
            geometry,
            cursor: [0, 0],
        }
    }

    /// Gives a text a place among the layer's values before any feature bears it: values that stand
    /// together and are numbered in the order of the features compress better.
    pub fn declare_text(&mut self, value: &str) {
        text_value(&mut self.message, value);
        self.values.intern(&self.message);
    }

    /// The same for a number that is never negative.
    pub fn declare_uint(&mut self, value: u64) {
        uint_value(&mut self.message, value);
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

/// A feature being written. Geometry and properties come in any order; a feature that is dropped
/// without [`end`](Self::end), or that ends without geometry, leaves no trace.
#[derive(Debug)]
pub struct FeatureWriter<'a> {
    layer: &'a mut LayerWriter,
    id: Option<u64>,
    geometry: GeometryType,
    cursor: [i32; 2],
}

impl FeatureWriter<'_> {
    /// Adds positions, in grid units from the tile's north-west corner, y southwards. Once a feature.
    pub fn points(&mut self, positions: &[[i32; 2]]) -> &mut Self {
        if !positions.is_empty() {
            self.command(MOVE_TO, positions.len() as u32);
            for &position in positions {
                self.step(position);
            }
        }
        self
    }

    /// Adds a ring whose first position is not repeated at the end: exterior rings have a positive
    /// area (clockwise on the screen), holes a negative one. Fewer than three positions are no ring
    /// and add nothing.
    pub fn ring(&mut self, positions: &[[i32; 2]]) -> &mut Self {
        if let [first, rest @ ..] = positions
            && rest.len() >= 2
        {
            self.command(MOVE_TO, 1);
            self.step(*first);
            self.command(LINE_TO, rest.len() as u32);
            for &position in rest {
                self.step(position);
            }
            self.command(CLOSE_PATH, 1);
        }
        self
    }

    /// Adds a text.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        text_value(&mut self.layer.message, value);
        self.tag(key)
    }

    /// Adds a number that is never negative.
    pub fn uint(&mut self, key: &str, value: u64) -> &mut Self {
        uint_value(&mut self.layer.message, value);
        self.tag(key)
    }

    /// Adds a number that may be negative.
    pub fn int(&mut self, key: &str, value: i64) -> &mut Self {
        varint(self.value(0x30), ((value << 1) ^ (value >> 63)) as u64);
        self.tag(key)
    }

    /// Adds a number with a fraction.
    pub fn double(&mut self, key: &str, value: f64) -> &mut Self {
        self.value(0x19).extend(value.to_le_bytes());
        self.tag(key)
    }

    /// Adds a yes or no.
    pub fn bool(&mut self, key: &str, value: bool) -> &mut Self {
        self.value(0x38).push(u8::from(value));
        self.tag(key)
    }

    /// Puts the feature into its layer; tells whether it had a geometry.
    pub fn end(&mut self) -> bool {
        let layer = &mut *self.layer;
        if layer.geometry.is_empty() {
            return false;
        }
        let message = &mut layer.message;
        message.clear();
        // The type first, which some readers want before the geometry; then what compresses best.
        message.extend([0x18, self.geometry as u8, 0x22]);
        varint(message, layer.geometry.len() as u64);
        message.extend_from_slice(&layer.geometry);
        if let Some(id) = self.id {
            message.push(0x08);
            varint(message, id);
        }
        if !layer.tags.is_empty() {
            message.push(0x12);
            varint(message, layer.tags.len() as u64);
            message.extend_from_slice(&layer.tags);
        }
        layer.features.push(0x12);
        varint(&mut layer.features, message.len() as u64);
        layer.features.extend_from_slice(message);
        // A second `end` must not write the feature twice.
        layer.tags.clear();
        layer.geometry.clear();
        self.cursor = [0, 0];
        true
    }

    fn command(&mut self, id: u32, count: u32) {
        varint(&mut self.layer.geometry, u64::from(count << 3 | id));
    }

    fn step(&mut self, position: [i32; 2]) {
        for (to, from) in position.into_iter().zip(self.cursor) {
            let delta = to.wrapping_sub(from);
            let zigzag = ((delta << 1) ^ (delta >> 31)) as u32;
            varint(&mut self.layer.geometry, u64::from(zigzag));
        }
        self.cursor = position;
    }

    /// Starts the message of a value with its field.
    fn value(&mut self, field: u8) -> &mut Vec<u8> {
        self.layer.message.clear();
        self.layer.message.push(field);
        &mut self.layer.message
    }

    /// Ties the value in `message` to a key.
    fn tag(&mut self, key: &str) -> &mut Self {
        let layer = &mut *self.layer;
        let key = layer.keys.intern_next(key.as_bytes());
        let value = layer.values.intern(&layer.message);
        varint(&mut layer.tags, u64::from(key));
        varint(&mut layer.tags, u64::from(value));
        self
    }
}

/// The message of a text among the values of a layer.
fn text_value(message: &mut Vec<u8>, value: &str) {
    message.clear();
    message.push(0x0a);
    varint(message, value.len() as u64);
    message.extend_from_slice(value.as_bytes());
}

fn uint_value(message: &mut Vec<u8>, value: u64) {
    message.clear();
    message.push(0x28);
    varint(message, value);
}

/// Byte strings, each kept once, numbered in the order in which they came.
#[derive(Debug, Default)]
struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// The one after the one that was asked for last.
    next: u32,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    fn get<'a>(bytes: &'a [u8], ends: &[u32], rank: u32) -> &'a [u8] {
        let start = rank
            .checked_sub(1)
            .map_or(0, |before| ends[before as usize]);
        &bytes[start as usize..ends[rank as usize] as usize]
    }

    /// As [`intern`](Self::intern), for byte strings that come in the same order again and again.
    fn intern_next(&mut self, wanted: &[u8]) -> u32 {
        let next = if (self.next as usize) < self.ends.len() {
            self.next
        } else {
            0
        };
        let known = !self.ends.is_empty() && Self::get(&self.bytes, &self.ends, next) == wanted;
        let rank = if known { next } else { self.intern(wanted) };
        self.next = rank + 1;
        rank
    }

    fn intern(&mut self, wanted: &[u8]) -> u32 {
        let Self {
            bytes,
            ends,
            table,
            hasher,
            next: _,
        } = self;
        let hash = hasher.hash_one(wanted);
        let same = |&rank: &u32| Self::get(bytes, ends, rank) == wanted;
        if let Some(&rank) = table.find(hash, same) {
            return rank;
        }
        let rank = ends.len() as u32;
        bytes.extend_from_slice(wanted);
        ends.push(bytes.len() as u32);
        table.insert_unique(hash, rank, |&rank| {
            hasher.hash_one(Self::get(bytes, ends, rank))
        });
        rank
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len() as u32).map(|rank| Self::get(&self.bytes, &self.ends, rank))
    }

    /// Bytes that [`Self::write`] appends.
    fn field_length(&self) -> usize {
        let lengths = self
            .iter()
            .map(|item| 1 + varint_length(item.len() as u64) + item.len());
        lengths.sum()
    }

    fn write(&self, field: u8, out: &mut Vec<u8>) {
        for item in self.iter() {
            out.push(field);
            varint(out, item.len() as u64);
            out.extend_from_slice(item);
        }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.table.clear();
        self.next = 0;
    }
}

/// Appends a number, seven bits a byte, lowest first.
pub(crate) fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

const fn varint_length(number: u64) -> usize {
    (64 - (number | 1).leading_zeros()).div_ceil(7) as usize
}

#[cfg(test)]
mod tests;
