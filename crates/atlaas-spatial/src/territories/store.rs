//! Territories as a file: little-endian arrays of integers, then the attributes. Reading checks every
//! index, so that a file that is cut short or damaged is refused and never believed.

use super::collection::Territories;
use super::shape::{NamePlace, Shape, TerritoryAttributes};
use crate::error::SpatialError;
use crate::grid::{LATTICE_BITS, Vertex, WHOLE_ZOOM};
use crate::topology::{ArcRef, Arcs};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// Name and version of the format; the last digit changes with the layout.
const MAGIC: &[u8; 8] = b"ATLTERR1";

#[derive(Serialize, Deserialize)]
struct Record {
    attributes: TerritoryAttributes,
    label: Option<NamePlace>,
    islets: Vec<Vertex>,
    arcs: u32,
}

impl Territories {
    /// Writes the territories to a file; the same territories give the same bytes.
    pub fn write(&self, path: &Path) -> Result<(), SpatialError> {
        let bytes = self
            .to_bytes()
            .map_err(|reason| SpatialError::format(path, reason))?;
        fs::write(path, bytes).map_err(SpatialError::io("write", path))
    }

    /// Reads a file of [`write`](Self::write).
    pub fn open(path: &Path) -> Result<Self, SpatialError> {
        let bytes = fs::read(path).map_err(SpatialError::io("read", path))?;
        Self::from_bytes(&bytes).map_err(|reason| SpatialError::format(path, reason))
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, String> {
        let records: Vec<Record> = self.shapes.iter().map(Record::of).collect();
        let records = postcard::to_stdvec(&records).map_err(|error| error.to_string())?;
        let refs: Vec<ArcRef> = self
            .shapes
            .iter()
            .flat_map(|shape| &shape.arcs)
            .copied()
            .collect();
        let mut bytes = MAGIC.to_vec();
        for count in [
            self.arcs.len(),
            self.arcs.vertices.len(),
            refs.len(),
            records.len(),
        ] {
            bytes.extend((count as u32).to_le_bytes());
        }
        let lengths = (0..self.arcs.len()).map(|arc| self.arcs.range(arc).len() as u32);
        bytes.extend(lengths.flat_map(u32::to_le_bytes));
        bytes.extend(
            self.arcs
                .vertices
                .iter()
                .flat_map(|vertex| vertex.x.to_le_bytes()),
        );
        bytes.extend(
            self.arcs
                .vertices
                .iter()
                .flat_map(|vertex| vertex.y.to_le_bytes()),
        );
        bytes.extend(&self.vertex_zooms);
        bytes.extend(refs.iter().flat_map(|arc| arc.raw().to_le_bytes()));
        bytes.extend(records);
        Ok(bytes)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let mut reader = Bytes(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return Err("not a territories file of this version; run index again".into());
        }
        let [arcs, vertices, refs, records] = [
            reader.count()?,
            reader.count()?,
            reader.count()?,
            reader.count()?,
        ];
        let arcs = read_arcs(&mut reader, arcs, vertices)?;
        let vertex_zooms = reader.take(vertices)?.to_vec();
        let refs: Vec<ArcRef> = reader.integers(refs)?.map(ArcRef::from_raw).collect();
        let records: Vec<Record> =
            postcard::from_bytes(reader.take(records)?).map_err(|_| damaged("attributes"))?;
        if !reader.0.is_empty() {
            return Err(damaged("its end"));
        }
        if vertex_zooms.iter().any(|&zoom| zoom > WHOLE_ZOOM) {
            return Err(damaged("zooms of vertices"));
        }
        let shapes = shapes(records, &refs, arcs.len())?;
        Ok(Self::assemble(arcs, vertex_zooms, shapes))
    }
}

impl Record {
    fn of(shape: &Shape) -> Self {
        Self {
            attributes: shape.attributes.clone(),
            label: shape.label,
            islets: shape.islets.clone(),
            arcs: shape.arcs.len() as u32,
        }
    }
}

fn damaged(part: &str) -> String {
    format!("{part} cannot be read: the file is cut short or damaged; run index again")
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (head, tail) = self
            .0
            .split_at_checked(length)
            .ok_or_else(|| damaged("a part"))?;
        self.0 = tail;
        Ok(head)
    }

    fn integers(&mut self, count: usize) -> Result<impl Iterator<Item = i32> + use<'a>, String> {
        let length = count.checked_mul(4).ok_or_else(|| damaged("a count"))?;
        let (words, _) = self.take(length)?.as_chunks::<4>();
        Ok(words.iter().map(|word| i32::from_le_bytes(*word)))
    }

    fn count(&mut self) -> Result<usize, String> {
        Ok(self.integers(1)?.next().unwrap_or_default() as u32 as usize)
    }
}

fn read_arcs(reader: &mut Bytes, arcs: usize, vertices: usize) -> Result<Arcs, String> {
    let lengths: Vec<u32> = reader.integers(arcs)?.map(|length| length as u32).collect();
    let xs = reader.integers(vertices)?;
    let ys = reader.integers(vertices)?;
    let vertices: Vec<Vertex> = xs.zip(ys).map(|(x, y)| Vertex { x, y }).collect();
    let world = 0..=1 << LATTICE_BITS;
    if !vertices
        .iter()
        .all(|v| world.contains(&v.x) && world.contains(&v.y))
    {
        return Err(damaged("a border"));
    }
    let mut starts = Vec::with_capacity(arcs + 1);
    let mut total: u64 = 0;
    starts.push(0);
    for length in lengths {
        total += u64::from(length);
        if length < 2 || total > vertices.len() as u64 {
            return Err(damaged("a border"));
        }
        starts.push(total as u32);
    }
    if total != vertices.len() as u64 {
        return Err(damaged("a border"));
    }
    Ok(Arcs { starts, vertices })
}

fn shapes(records: Vec<Record>, mut refs: &[ArcRef], arcs: usize) -> Result<Vec<Shape>, String> {
    let key = |record: &Record| (record.attributes.kind, record.attributes.code);
    let sorted = records.is_sorted_by(|a, b| key(a) < key(b));
    if !sorted || refs.iter().any(|arc| arc.arc() >= arcs) {
        return Err(damaged("a territory"));
    }
    let world = 0..=1 << LATTICE_BITS;
    let mut shapes = Vec::with_capacity(records.len());
    for record in records {
        let places = record
            .islets
            .iter()
            .chain(record.label.as_ref().map(|label| &label.at));
        for at in places {
            if !world.contains(&at.x) || !world.contains(&at.y) {
                return Err(damaged("a label"));
            }
        }
        let (own, rest) = refs
            .split_at_checked(record.arcs as usize)
            .ok_or_else(|| damaged("a territory"))?;
        refs = rest;
        shapes.push(Shape {
            attributes: record.attributes,
            arcs: own.to_vec(),
            bounds: [0; 4],
            label: record.label,
            islets: record.islets,
        });
    }
    if refs.is_empty() {
        Ok(shapes)
    } else {
        Err(damaged("a territory"))
    }
}
