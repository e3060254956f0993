//! Territories: communes, EPCI, départements and régions with their borders, ready to be drawn at
//! any zoom, located in, measured from and stored.
//!
//! Building goes: outlines → clean rings → repaired rings → arcs → dissolved territories → zooms of
//! vertices → label points. Opening a stored file recomputes nothing of that.

mod around;
mod build;
mod draw;
mod encode;
mod find;
mod labels;
mod layers;
mod specks;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use draw::Piece;
pub(crate) use encode::{Content, layer_writers};
pub use layers::{Field, FieldType, LAYERS, LayerInfo};

use crate::quantise::Vertex;
use crate::topology::{ArcRef, Arcs};
use atlaas_model::{Bbox, Code, Kind, Position, Territory};
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};
use serde::{Deserialize, Serialize};

/// What a territory is, beside its borders: the properties of its tiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TerritoryAttributes {
    /// Commune, EPCI, département or région.
    pub kind: Kind,
    /// INSEE code, or SIREN of an EPCI.
    pub code: Code,
    /// Stable number, unique within a kind ([`Code::feature_id`]).
    pub feature_id: u64,
    /// Name.
    pub name: String,
    /// Inhabitants; 0 when unknown.
    pub population: u32,
    /// Level of the latest label, 0 without.
    pub arobases: u8,
    /// How many initiatives lie in it.
    pub initiatives: u32,
    /// How many colieux lie in it.
    pub colieux: u32,
    /// Where it is, should it have no outline.
    pub centre: Option<Position>,
    /// What it is part of; the parents of communes draw the larger territories.
    pub parents: Territory,
}

/// A territory with its borders.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    attributes: TerritoryAttributes,
    /// Signed arcs, the interior to their right on the screen; empty without an outline.
    arcs: Vec<ArcRef>,
    /// West, north, east, south on the lattice; meaningless without arcs.
    bounds: [i32; 4],
    label: Option<Label>,
    /// One place inside each separate part that is smaller than the rest, so that it is drawn when
    /// it shrinks to nothing.
    islets: Vec<Vertex>,
}

/// Where and from when a territory bears its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    at: Vertex,
    /// First zoom at which there is room for it.
    zoom: u8,
    /// Rank by population among territories of its kind, 1 for the most populous.
    rank: u32,
}

type Located = GeomWithData<Rectangle<[i32; 2]>, u32>;

/// All territories of a snapshot.
pub struct Territories {
    arcs: Arcs,
    /// First zoom of each vertex, in the order of the arcs' vertices.
    vertex_zooms: Vec<u8>,
    /// Sorted by kind then code.
    shapes: Vec<Shape>,
    /// First zoom at which each arc is part of a drawn territory.
    arc_zooms: Vec<u8>,
    /// West, north, east, south of each arc.
    arc_bounds: Vec<[i32; 4]>,
    /// Shapes that use each arc.
    users: Users,
    /// Boxes of communes.
    communes: RTree<Located>,
    /// Shapes with an outline that are no communes.
    larger: Vec<u32>,
    /// Shapes without an outline.
    points: Vec<u32>,
}

/// The shapes that use each arc: those of arc `a` are `shapes[starts[a]..starts[a + 1]]`.
#[derive(Default)]
struct Users {
    starts: Vec<u32>,
    shapes: Vec<u32>,
}

impl Users {
    fn new(shapes: &[Shape], arcs: usize) -> Self {
        let mut starts = vec![0; arcs + 1];
        for arc in shapes.iter().flat_map(|shape| &shape.arcs) {
            starts[arc.arc() + 1] += 1;
        }
        for arc in 0..arcs {
            starts[arc + 1] += starts[arc];
        }
        let mut next = starts.clone();
        let mut users = vec![0; starts[arcs] as usize];
        for (shape, rank) in shapes.iter().zip(0..) {
            for arc in &shape.arcs {
                let place = &mut next[arc.arc()];
                users[*place as usize] = rank;
                *place += 1;
            }
        }
        Self {
            starts,
            shapes: users,
        }
    }

    fn of(&self, arc: usize) -> &[u32] {
        &self.shapes[self.starts[arc] as usize..self.starts[arc + 1] as usize]
    }
}

impl Territories {
    /// Puts the parts together; everything derived is computed here, in milliseconds.
    fn assemble(arcs: Arcs, vertex_zooms: Vec<u8>, mut shapes: Vec<Shape>) -> Self {
        let arc_bounds: Vec<[i32; 4]> = (0..arcs.len()).map(|arc| bounds(arcs.arc(arc))).collect();
        for shape in &mut shapes {
            shape.bounds = shape
                .arcs
                .iter()
                .map(|arc| arc_bounds[arc.arc()])
                .reduce(join)
                .unwrap_or_default();
        }
        let arc_zooms = layers::arc_zooms(&shapes, arcs.len());
        let users = Users::new(&shapes, arcs.len());
        let mut communes = Vec::with_capacity(shapes.len());
        let (mut larger, mut points) = (Vec::new(), Vec::new());
        for (shape, rank) in shapes.iter().zip(0..) {
            let [west, north, east, south] = shape.bounds;
            if shape.arcs.is_empty() {
                points.push(rank);
            } else if shape.attributes.kind == Kind::Commune {
                let corners = Rectangle::from_corners([west, north], [east, south]);
                communes.push(GeomWithData::new(corners, rank));
            } else {
                larger.push(rank);
            }
        }
        Self {
            arcs,
            vertex_zooms,
            shapes,
            arc_zooms,
            arc_bounds,
            users,
            communes: RTree::bulk_load(communes),
            larger,
            points,
        }
    }

    fn shape(&self, kind: Kind, code: Code) -> Option<&Shape> {
        let found = self.shapes.binary_search_by_key(&(kind, code), |shape| {
            (shape.attributes.kind, shape.attributes.code)
        });
        found.ok().map(|rank| &self.shapes[rank])
    }

    /// How many territories there are, those without an outline included.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The properties of every territory, by kind then code.
    pub fn attributes(&self) -> impl Iterator<Item = &TerritoryAttributes> {
        self.shapes.iter().map(|shape| &shape.attributes)
    }

    /// Whether a territory is known and has an outline.
    pub fn has_outline(&self, kind: Kind, code: Code) -> bool {
        self.shape(kind, code)
            .is_some_and(|shape| !shape.arcs.is_empty())
    }

    /// The point that bears a territory's name: the pole of inaccessibility of its largest ring, or
    /// its centre without an outline.
    pub fn label_position(&self, kind: Kind, code: Code) -> Option<Position> {
        let label = self.shape(kind, code)?.label?;
        let (longitude, latitude) = label.at.lon_lat_exact();
        Position::new(longitude, latitude).ok()
    }

    /// The box around every outline and centre; `None` when there is nothing.
    pub(crate) fn extent(&self) -> Option<Bbox> {
        let outlines = self.shapes.iter().filter(|shape| !shape.arcs.is_empty());
        let corners = outlines.flat_map(|shape| {
            let [west, north, east, south] = shape.bounds;
            [Vertex { x: west, y: north }, Vertex { x: east, y: south }]
        });
        let labels = self
            .shapes
            .iter()
            .filter_map(|shape| shape.label.map(|label| label.at));
        Bbox::around(corners.chain(labels).filter_map(|vertex| {
            let [longitude, latitude] = vertex.lon_lat();
            Position::new(longitude, latitude).ok()
        }))
    }

    /// Shapes whose box touches a box of the lattice, in order.
    fn shapes_in(&self, window: [i32; 4]) -> Vec<u32> {
        let larger = self.larger.iter().copied();
        let mut found: Vec<u32> = larger
            .filter(|&rank| touch(window, self.shapes[rank as usize].bounds))
            .chain(self.communes_in(window))
            .collect();
        found.sort_unstable();
        found
    }

    /// Communes whose box touches a box of the lattice.
    fn communes_in(&self, [west, north, east, south]: [i32; 4]) -> impl Iterator<Item = u32> {
        let envelope = AABB::from_corners([west, north], [east, south]);
        self.communes
            .locate_in_envelope_intersecting(envelope)
            .map(|located| located.data)
    }
}

fn bounds(vertices: &[Vertex]) -> [i32; 4] {
    vertices
        .iter()
        .map(|v| [v.x, v.y, v.x, v.y])
        .reduce(join)
        .unwrap_or_default()
}

fn join(a: [i32; 4], b: [i32; 4]) -> [i32; 4] {
    [
        a[0].min(b[0]),
        a[1].min(b[1]),
        a[2].max(b[2]),
        a[3].max(b[3]),
    ]
}

fn touch(a: [i32; 4], b: [i32; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
