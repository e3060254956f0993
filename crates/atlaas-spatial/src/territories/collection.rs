//! All territories of a snapshot, with what finds one: by code, by box, by place on the lattice.

use super::layers;
use super::shape::{Shape, TerritoryAttributes, bounds, join, touch};
use super::users::Users;
use crate::grid::Vertex;
use crate::topology::Arcs;
use atlaas_model::{Bbox, Code, Level, Position};
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

type CommuneBox = GeomWithData<Rectangle<[i32; 2]>, u32>;

/// All territories of a snapshot.
pub struct Territories {
    pub(super) arcs: Arcs,
    /// First zoom of each vertex, in the order of the arcs' vertices.
    pub(super) vertex_zooms: Vec<u8>,
    /// Sorted by kind then code.
    pub(super) shapes: Vec<Shape>,
    /// First zoom at which each arc is part of a drawn territory.
    pub(super) arc_zooms: Vec<u8>,
    /// West, north, east, south of each arc.
    pub(super) arc_bounds: Vec<[i32; 4]>,
    /// Shapes that use each arc.
    pub(super) users: Users,
    /// Boxes of communes.
    pub(super) communes: RTree<CommuneBox>,
    /// Shapes with an outline that are no communes.
    pub(super) larger: Vec<u32>,
    /// Shapes without an outline.
    pub(super) points: Vec<u32>,
}

impl Territories {
    /// Puts the parts together; everything derived is computed here, in milliseconds.
    pub(super) fn assemble(arcs: Arcs, vertex_zooms: Vec<u8>, mut shapes: Vec<Shape>) -> Self {
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
            } else if shape.attributes.kind == Level::Commune {
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

    pub(super) fn shape(&self, kind: Level, code: Code) -> Option<&Shape> {
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
    pub fn has_outline(&self, kind: Level, code: Code) -> bool {
        self.shape(kind, code)
            .is_some_and(|shape| !shape.arcs.is_empty())
    }

    /// The point that bears a territory's name: the pole of inaccessibility of its largest ring, or
    /// its centre without an outline.
    pub fn label_position(&self, kind: Level, code: Code) -> Option<Position> {
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
    pub(super) fn shapes_in(&self, window: [i32; 4]) -> Vec<u32> {
        let larger = self.larger.iter().copied();
        let mut found: Vec<u32> = larger
            .filter(|&rank| touch(window, self.shapes[rank as usize].bounds))
            .chain(self.communes_in(window))
            .collect();
        found.sort_unstable();
        found
    }

    /// Communes whose box touches a box of the lattice.
    pub(super) fn communes_in(
        &self,
        [west, north, east, south]: [i32; 4],
    ) -> impl Iterator<Item = u32> {
        let envelope = AABB::from_corners([west, north], [east, south]);
        self.communes
            .locate_in_envelope_intersecting(envelope)
            .map(|located| located.data)
    }
}
