//! A vector tile taken apart as it lies in its bytes: names and values numbered as they are, tags and
//! features in their order. It reads what we and others wrote, for comparison, and nothing hostile.

use std::io;

/// A layer as it lies.
#[derive(Debug)]
pub struct RawLayer {
    /// Its name.
    pub name: String,
    /// Names of properties, by number.
    pub keys: Vec<String>,
    /// Values, by number.
    pub values: Vec<RawValue>,
    /// Features, in order.
    pub features: Vec<RawFeature>,
}

/// The types of values that our tiles hold.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// A text.
    Text(String),
    /// A number that is never negative.
    Uint(u64),
    /// A yes or no.
    Bool(bool),
}

/// A feature as it lies.
#[derive(Debug)]
pub struct RawFeature {
    /// Its id.
    pub id: Option<u64>,
    /// Whether its parts are rings; else they are points.
    pub is_polygon: bool,
    /// Rings, first positions not repeated; or all points as one part.
    pub parts: Vec<Vec<[i32; 2]>>,
    /// Numbers of names and values.
    pub tags: Vec<[u32; 2]>,
}

impl RawLayer {
    /// The properties of a feature: names and values, in order.
    pub fn properties<'a>(
        &'a self,
        feature: &'a RawFeature,
    ) -> impl Iterator<Item = (&'a str, &'a RawValue)> {
        let pairs = feature.tags.iter();
        pairs.map(|&[key, value]| {
            let (key, value) = (key as usize, value as usize);
            (self.keys[key].as_str(), &self.values[value])
        })
    }

    /// Whether values are numbered as features first bear them.
    pub fn values_come_as_first_used(&self) -> bool {
        let mut next = 0;
        let tags = self.features.iter().flat_map(|feature| &feature.tags);
        tags.map(|tag| tag[1]).all(|value| {
            next += u32::from(value == next);
            value < next
        })
    }
}

/// Takes an uncompressed tile apart.
pub fn take_apart(tile: &[u8]) -> io::Result<Vec<RawLayer>> {
    let mut layers = Vec::new();
    let mut fields = Fields(tile);
    while let Some((number, field)) = fields.next()? {
        if let (3, Field::Bytes(bytes)) = (number, field) {
            layers.push(layer(bytes)?);
        }
    }
    Ok(layers)
}

fn layer(bytes: &[u8]) -> io::Result<RawLayer> {
    let mut layer = RawLayer {
        name: String::new(),
        keys: Vec::new(),
        values: Vec::new(),
        features: Vec::new(),
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut fields = Fields(bytes);
    while let Some((number, field)) = fields.next()? {
        match (number, field) {
            (1, Field::Bytes(bytes)) => layer.name = text(bytes),
            (2, Field::Bytes(bytes)) => layer.features.push(feature(bytes)?),
            (3, Field::Bytes(bytes)) => layer.keys.push(text(bytes)),
            (4, Field::Bytes(bytes)) => layer.values.push(value(bytes)?),
            _ => {}
        }
    }
    Ok(layer)
}

fn value(bytes: &[u8]) -> io::Result<RawValue> {
    match Fields(bytes).next()? {
        Some((1, Field::Bytes(bytes))) => {
            Ok(RawValue::Text(String::from_utf8_lossy(bytes).into_owned()))
        }
        Some((5, Field::Number(number))) => Ok(RawValue::Uint(number)),
        Some((7, Field::Number(number))) => Ok(RawValue::Bool(number != 0)),
        _ => Err(io::Error::other("a value of a type that we do not write")),
    }
}

fn feature(bytes: &[u8]) -> io::Result<RawFeature> {
    let (mut id, mut kind) = (None, 0);
    let (mut tags, mut geometry) = (Vec::new(), Vec::new());
    let mut fields = Fields(bytes);
    while let Some((number, field)) = fields.next()? {
        match (number, field) {
            (1, Field::Number(number)) => id = Some(number),
            (2, Field::Bytes(bytes)) => tags = packed(bytes)?,
            (3, Field::Number(number)) => kind = number,
            (4, Field::Bytes(bytes)) => geometry = packed(bytes)?,
            _ => {}
        }
    }
    let (tags, _) = tags.as_chunks::<2>();
    Ok(RawFeature {
        id,
        is_polygon: kind == 3,
        parts: parts(&geometry),
        tags: tags.to_vec(),
    })
}

/// The commands of a geometry walked (specification, §4.3).
fn parts(commands: &[u32]) -> Vec<Vec<[i32; 2]>> {
    let mut parts: Vec<Vec<[i32; 2]>> = Vec::new();
    let mut at = [0_i32; 2];
    let mut rest = commands.iter().copied();
    while let Some(command) = rest.next() {
        let (id, count) = (command & 7, command >> 3);
        if id == 7 {
            continue;
        }
        if id == 1 {
            parts.push(Vec::new());
        }
        for _ in 0..count {
            for coordinate in &mut at {
                let zigzag = rest.next().unwrap_or_default();
                *coordinate += (zigzag >> 1) as i32 ^ -((zigzag & 1) as i32);
            }
            parts.last_mut().into_iter().for_each(|part| part.push(at));
        }
    }
    parts
}

fn packed(bytes: &[u8]) -> io::Result<Vec<u32>> {
    let mut fields = Fields(bytes);
    let mut numbers = Vec::with_capacity(bytes.len());
    while !fields.0.is_empty() {
        numbers.push(fields.varint()? as u32);
    }
    Ok(numbers)
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protocol buffer message.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn next(&mut self) -> io::Result<Option<(u64, Field<'a>)>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let number = self.varint()?;
        let field = match tag & 7 {
            0 => Field::Number(number),
            2 => {
                let (bytes, rest) = self.0.split_at_checked(number as usize).ok_or_else(cut)?;
                self.0 = rest;
                Field::Bytes(bytes)
            }
            _ => return Err(io::Error::other("a field of a type that we do not write")),
        };
        Ok(Some((tag >> 3, field)))
    }

    fn varint(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or_else(cut)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(number)
    }
}

fn cut() -> io::Error {
    io::Error::other("the tile is cut short")
}
