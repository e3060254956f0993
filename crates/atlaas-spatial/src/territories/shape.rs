//! One territory: what it is, its signed arcs, its box and where it bears its name.

use crate::grid::Vertex;
use crate::topology::ArcRef;
use atlaas_model::{Code, Level, Name, Position, Territory};
use serde::{Deserialize, Serialize};

/// What a territory is, beside its borders: the properties of its tiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TerritoryAttributes {
    /// Commune, EPCI, département or région.
    pub kind: Level,
    /// INSEE code, or SIREN of an EPCI.
    pub code: Code,
    /// Stable number, unique within a kind ([`Code::feature_id`]).
    pub feature_id: u64,
    /// Name.
    pub name: String,
    /// Inhabitants; 0 when unknown: who has more bears its name sooner.
    pub population: u32,
    /// The numbers that tiles bear.
    pub numbers: Vec<(Name, f64)>,
    /// Level of the latest label, 0 without.
    pub arobases: u8,
    /// How many objects of each layer that is counted lie in it.
    pub counts: Vec<(Name, u32)>,
    /// Where it is, should it have no outline.
    pub centre: Option<Position>,
    /// What it is part of; the parents of communes draw the larger territories.
    pub parents: Territory,
}

/// A territory with its borders.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub attributes: TerritoryAttributes,
    /// Signed arcs, the interior to their right on the screen; empty without an outline.
    pub arcs: Vec<ArcRef>,
    /// West, north, east, south on the lattice; meaningless without arcs.
    pub bounds: [i32; 4],
    pub label: Option<NamePlace>,
    /// One place inside each separate part that is smaller than the rest, so that it is drawn when
    /// it shrinks to nothing.
    pub islets: Vec<Vertex>,
}

/// Where and from when a territory bears its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamePlace {
    pub at: Vertex,
    /// First zoom at which there is room for it.
    pub zoom: u8,
    /// Rank by population among territories of its kind, 1 for the most populous.
    pub rank: u32,
}

pub fn bounds(vertices: &[Vertex]) -> [i32; 4] {
    vertices
        .iter()
        .map(|v| [v.x, v.y, v.x, v.y])
        .reduce(join)
        .unwrap_or_default()
}

pub fn join(a: [i32; 4], b: [i32; 4]) -> [i32; 4] {
    [
        a[0].min(b[0]),
        a[1].min(b[1]),
        a[2].max(b[2]),
        a[3].max(b[3]),
    ]
}

pub fn touch(a: [i32; 4], b: [i32; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
