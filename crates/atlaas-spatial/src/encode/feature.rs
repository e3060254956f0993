//! One feature being written: geometry as commands of the specification (§4.3), properties as tags.

use super::layer::LayerWriter;
use super::value;
use super::varint::varint;

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

impl LayerWriter {
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
        value::text(&mut self.layer.message, value);
        self.tag(key)
    }

    /// Adds a number that is never negative.
    pub fn uint(&mut self, key: &str, value: u64) -> &mut Self {
        value::uint(&mut self.layer.message, value);
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
