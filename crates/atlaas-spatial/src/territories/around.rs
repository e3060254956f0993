//! Distances to the border of a territory, for "within 10 km of the boundary of".
//!
//! Distances are those of chords through a sphere, turned back into arcs: exact to a few metres for
//! the short edges that borders are made of, at any latitude.

use super::collection::Territories;
use super::shape::Shape;
use crate::grid::{SpherePoint, Vertex, chord_of_km, km_of_chord, on_sphere};
use crate::rings::{Edge, crosses_ray};
use atlaas_model::{Code, DocSet, Level, Position};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

/// Chords in a run: a tree of runs is made many times faster than one of chords, and asks each run
/// for little more.
const RUN: usize = 16;

/// Chords of the unit sphere, one after the other along a border.
struct Run<'a> {
    places: &'a [SpherePoint],
    bounds: AABB<SpherePoint>,
}

impl<'a> Run<'a> {
    fn new(places: &'a [SpherePoint]) -> Self {
        let bounds = AABB::from_points(places);
        Self { places, bounds }
    }
}

impl RTreeObject for Run<'_> {
    type Envelope = AABB<SpherePoint>;
    fn envelope(&self) -> Self::Envelope {
        self.bounds
    }
}

impl PointDistance for Run<'_> {
    fn distance_2(&self, point: &SpherePoint) -> f64 {
        let chords = self.places.windows(2);
        let distances = chords.map(|ends| chord_distance_2(ends[0], ends[1], *point));
        distances.fold(f64::INFINITY, f64::min)
    }
}

/// Squared distance of a place from a chord.
fn chord_distance_2(a: SpherePoint, b: SpherePoint, point: SpherePoint) -> f64 {
    let along: SpherePoint = std::array::from_fn(|axis| b[axis] - a[axis]);
    let from: SpherePoint = std::array::from_fn(|axis| point[axis] - a[axis]);
    let dot = |u: SpherePoint, v: SpherePoint| u.iter().zip(v).map(|(x, y)| x * y).sum::<f64>();
    let length2 = dot(along, along);
    let share = if length2 > 0.0 {
        (dot(from, along) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let rest: SpherePoint = std::array::from_fn(|axis| from[axis] - share * along[axis]);
    dot(rest, rest)
}

impl Territories {
    /// Kilometres from a position to the nearest border of a territory, inside or outside; `None`
    /// without an outline.
    pub fn distance_to_boundary_km(
        &self,
        kind: Level,
        code: Code,
        position: Position,
    ) -> Option<f64> {
        let lines = self.lines(self.outlined(kind, code)?);
        let point = on_sphere(position.longitude(), position.latitude());
        let border = border(&lines);
        let nearest = border.nearest_neighbor(point)?;
        let chord = nearest.distance_2(&point).sqrt();
        Some(km_of_chord(chord))
    }

    /// The documents that lie in a territory or within `margin_km` of its border, by rank in
    /// `positions`. Without an outline, those within `margin_km` of its centre; `None` when it has
    /// neither or is unknown.
    pub fn around(
        &self,
        kind: Level,
        code: Code,
        margin_km: f64,
        positions: &[Option<Position>],
    ) -> Option<DocSet> {
        let shape = self.shape(kind, code)?;
        let universe = positions.len() as u32;
        let placed = || {
            positions
                .iter()
                .zip(0..)
                .filter_map(|(p, doc)| p.map(|p| (p, doc)))
        };
        if shape.arcs.is_empty() {
            let centre = shape.attributes.centre?;
            let near = placed().filter(|(position, _)| position.distance_km(centre) <= margin_km);
            return Some(DocSet::from_docs(universe, near.map(|(_, doc)| doc)));
        }
        let lines = if margin_km > 0.0 {
            self.lines(shape)
        } else {
            Vec::new()
        };
        let border = border(&lines);
        let chord2 = chord_of_km(margin_km).powi(2);
        let near = |position: Position| {
            let point = on_sphere(position.longitude(), position.latitude());
            border
                .locate_within_distance(point, chord2)
                .next()
                .is_some()
        };
        let rows = EdgeRows::new(self, shape);
        let reach = Reach::new(shape, margin_km);
        let inside = placed().filter(|(position, _)| {
            reach.holds(*position) && (rows.holds(Vertex::new(*position)) || near(*position))
        });
        Some(DocSet::from_docs(universe, inside.map(|(_, doc)| doc)))
    }

    /// The border of a shape, arc by arc.
    fn lines(&self, shape: &Shape) -> Vec<Vec<SpherePoint>> {
        let place = |vertex: &Vertex| {
            let (longitude, latitude) = vertex.lon_lat_exact();
            on_sphere(longitude, latitude)
        };
        let arcs = shape.arcs.iter().map(|arc| self.arcs.arc(arc.arc()));
        arcs.map(|arc| arc.iter().map(place).collect()).collect()
    }
}

fn border(lines: &[Vec<SpherePoint>]) -> RTree<Run<'_>> {
    let mut runs = Vec::new();
    for line in lines {
        // The last place of a run is the first of the next.
        let starts = (0..line.len().saturating_sub(1)).step_by(RUN);
        runs.extend(starts.map(|start| Run::new(&line[start..(start + RUN + 1).min(line.len())])));
    }
    RTree::bulk_load(runs)
}

/// The bounds of a shape grown by a margin, generously, in degrees.
struct Reach {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Reach {
    fn new(shape: &Shape, margin_km: f64) -> Self {
        let [west, north, east, south] = shape.bounds;
        let (west, north) = Vertex { x: west, y: north }.lon_lat_exact();
        let (east, south) = Vertex { x: east, y: south }.lon_lat_exact();
        let margin = margin_km / 111.0 * 1.02 + 1e-6;
        let widest = (north.abs().max(south.abs()) + margin).min(89.0);
        let margin_across = margin / widest.to_radians().cos();
        Self {
            west: west - margin_across,
            south: south - margin,
            east: east + margin_across,
            north: north + margin,
        }
    }

    fn holds(&self, position: Position) -> bool {
        (self.west..=self.east).contains(&position.longitude())
            && (self.south..=self.north).contains(&position.latitude())
    }
}

/// Edges of a shape by rows of latitude, so that asking whether it holds a place looks at few.
struct EdgeRows {
    top: i64,
    height: i64,
    edges: Vec<Vec<Edge>>,
}

impl EdgeRows {
    const COUNT: i64 = 512;

    fn new(territories: &Territories, shape: &Shape) -> Self {
        let [_, north, _, south] = shape.bounds.map(i64::from);
        let height = (south - north) / Self::COUNT + 1;
        let mut rows = vec![Vec::new(); Self::COUNT as usize];
        for (a, b) in territories.edges(shape) {
            let row = |y: i32| (i64::from(y) - north) / height;
            for row in row(a.y.min(b.y))..=row(a.y.max(b.y)) {
                rows[row as usize].push((a, b));
            }
        }
        Self {
            top: north,
            height,
            edges: rows,
        }
    }

    fn holds(&self, vertex: Vertex) -> bool {
        let row = (i64::from(vertex.y) - self.top).div_euclid(self.height);
        let edges = usize::try_from(row)
            .ok()
            .and_then(|row| self.edges.get(row));
        edges.is_some_and(|edges| {
            let crossed = |edge: &&Edge| crosses_ray(edge.0, edge.1, vertex);
            edges.iter().filter(crossed).count() % 2 == 1
        })
    }
}
