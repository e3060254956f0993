//! Arcs, each stored once, and territories as unordered sets of signed ones.

use crate::grid::Vertex;

/// An arc as a territory uses it: its number, and whether it is walked backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArcRef(i32);

impl ArcRef {
    /// An arc walked as it is stored.
    pub const fn forward(arc: usize) -> Self {
        Self(arc as i32)
    }

    /// Reads back what [`raw`](Self::raw) gave.
    pub const fn from_raw(raw: i32) -> Self {
        Self(raw)
    }

    /// The number to store: the arc's, complemented when it is walked backwards.
    pub const fn raw(self) -> i32 {
        self.0
    }

    /// The arc's number.
    pub const fn arc(self) -> usize {
        (if self.0 < 0 { !self.0 } else { self.0 }) as usize
    }

    /// Whether the arc is walked from its last vertex to its first.
    pub const fn is_backward(self) -> bool {
        self.0 < 0
    }

    /// The same arc the other way.
    pub const fn reversed(self) -> Self {
        Self(!self.0)
    }
}

/// Arcs one after the other; a closed one repeats its first vertex at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arcs {
    /// Where each arc starts among the vertices, and the end of the last one.
    pub starts: Vec<u32>,
    /// The vertices of all arcs.
    pub vertices: Vec<Vertex>,
}

impl Arcs {
    /// No arc yet, ready for the vertices of the first.
    pub fn start() -> Self {
        Self {
            starts: vec![0],
            vertices: Vec::new(),
        }
    }

    /// Makes an arc of the vertices added since the last one.
    pub fn end_arc(&mut self) {
        self.starts.push(self.vertices.len() as u32);
    }

    /// How many arcs there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The places of an arc's vertices.
    pub fn range(&self, arc: usize) -> std::ops::Range<usize> {
        self.starts[arc] as usize..self.starts[arc + 1] as usize
    }

    /// The vertices of an arc.
    pub fn arc(&self, arc: usize) -> &[Vertex] {
        &self.vertices[self.range(arc)]
    }

    pub fn push(&mut self, arc: impl Iterator<Item = Vertex>) -> usize {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.vertices.extend(arc);
        self.starts.push(self.vertices.len() as u32);
        self.len() - 1
    }
}

/// Sums signed arcs: those walked both ways cancel, which leaves the outer boundary.
pub fn dissolve(arcs: impl Iterator<Item = ArcRef>) -> Vec<ArcRef> {
    let mut arcs: Vec<(usize, i32)> = arcs
        .map(|arc| (arc.arc(), if arc.is_backward() { -1 } else { 1 }))
        .collect();
    arcs.sort_unstable();
    arcs.chunk_by(|a, b| a.0 == b.0)
        .filter_map(|same| {
            let forward = ArcRef::forward(same[0].0);
            match same.iter().map(|arc| arc.1).sum::<i32>() {
                0 => None,
                1.. => Some(forward),
                _ => Some(forward.reversed()),
            }
        })
        .collect()
}
