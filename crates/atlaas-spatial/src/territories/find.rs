//! Questions about places: which commune is here, what does a territory look like, who are its
//! neighbours. Borders are at full resolution.

use super::collection::Territories;
use super::shape::Shape;
use crate::grid::Vertex;
use crate::rings::{Edge, assemble, crosses_ray};
use atlaas_model::{Bbox, Code, Level, Position, Ring};

impl Territories {
    /// The commune whose polygon holds a position; of overlapping ones, the first by code.
    pub fn locate(&self, position: Position) -> Option<Code> {
        let vertex = Vertex::new(position);
        self.communes_in([vertex.x, vertex.y, vertex.x, vertex.y])
            .map(|rank| &self.shapes[rank as usize])
            .filter(|shape| self.holds(shape, vertex))
            .map(|shape| shape.attributes.code)
            .min()
    }

    /// Whether a vertex lies inside a shape (even-odd).
    pub(super) fn holds(&self, shape: &Shape, vertex: Vertex) -> bool {
        let mut inside = false;
        for arc in &shape.arcs {
            let [_, north, east, south] = self.arc_bounds[arc.arc()];
            if north <= vertex.y && vertex.y <= south && vertex.x <= east {
                for ends in self.arcs.arc(arc.arc()).windows(2) {
                    inside ^= crosses_ray(ends[0], ends[1], vertex);
                }
            }
        }
        inside
    }

    /// The directed edges of a shape at full resolution, on the lattice.
    pub(super) fn edges(&self, shape: &Shape) -> Vec<Edge> {
        let mut edges = Vec::new();
        for arc in &shape.arcs {
            let steps = self.arcs.arc(arc.arc()).windows(2);
            if arc.is_backward() {
                edges.extend(steps.rev().map(|ends| (ends[1], ends[0])));
            } else {
                edges.extend(steps.map(|ends| (ends[0], ends[1])));
            }
        }
        edges
    }

    /// The polygons of a territory, each an exterior ring followed by its holes, as `[longitude,
    /// latitude]` in degrees with six decimals, first positions not repeated, exteriors
    /// anticlockwise and holes clockwise (RFC 7946). `None` without an outline.
    pub fn contour(&self, kind: Level, code: Code) -> Option<Vec<Vec<Ring>>> {
        let shape = self.outlined(kind, code)?;
        let ring = |ring: &Vec<Vertex>| ring.iter().rev().map(|vertex| vertex.lon_lat()).collect();
        let polygons = assemble(self.edges(shape));
        Some(
            polygons
                .iter()
                .map(|polygon| polygon.iter().map(ring).collect())
                .collect(),
        )
    }

    /// The box around a territory; `None` without an outline.
    pub fn bbox(&self, kind: Level, code: Code) -> Option<Bbox> {
        let [west, north, east, south] = self.outlined(kind, code)?.bounds;
        let [west, north] = Vertex { x: west, y: north }.lon_lat();
        let [east, south] = Vertex { x: east, y: south }.lon_lat();
        Some(Bbox {
            west,
            south,
            east,
            north,
        })
    }

    /// The territories of the same kind that share a piece of border, sorted by code.
    pub fn neighbours(&self, kind: Level, code: Code) -> Vec<Code> {
        let Some(shape) = self.outlined(kind, code) else {
            return Vec::new();
        };
        let mut codes: Vec<Code> = shape
            .arcs
            .iter()
            .flat_map(|arc| self.users.of(arc.arc()))
            .map(|&rank| &self.shapes[rank as usize].attributes)
            .filter(|other| other.kind == kind && other.code != code)
            .map(|other| other.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    pub(super) fn outlined(&self, kind: Level, code: Code) -> Option<&Shape> {
        self.shape(kind, code)
            .filter(|shape| !shape.arcs.is_empty())
    }
}
