//! Distances to the border of a territory, for "within 10 km of the boundary of".
//!
//! Distances are those of chords through a sphere, turned back into arcs: exact to a few metres for
//! the short edges that borders are made of, at any latitude.

use super::{Shape, Territories};
use crate::quantise::Vertex;
use crate::rings::{Edge, crosses_ray};
use atlaas_model::{Code, DocSet, Kind, Position};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

/// Mean radius of the Earth in kilometres (IUGG), as in [`Position::distance_km`].
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A chord of the unit sphere.
struct Chord([[f64; 3]; 2]);

impl RTreeObject for Chord {
    type Envelope = AABB<[f64; 3]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.0[0], self.0[1])
    }
}

impl PointDistance for Chord {
    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        let [a, b] = self.0;
        let along: [f64; 3] = std::array::from_fn(|axis| b[axis] - a[axis]);
        let from: [f64; 3] = std::array::from_fn(|axis| point[axis] - a[axis]);
        let dot = |u: [f64; 3], v: [f64; 3]| u.iter().zip(v).map(|(x, y)| x * y).sum::<f64>();
        let length2 = dot(along, along);
        let share = if length2 > 0.0 {
            (dot(from, along) / length2).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let rest: [f64; 3] = std::array::from_fn(|axis| from[axis] - share * along[axis]);
        dot(rest, rest)
    }
}

fn on_sphere(longitude: f64, latitude: f64) -> [f64; 3] {
    let (longitude, latitude) = (longitude.to_radians(), latitude.to_radians());
    [
        latitude.cos() * longitude.cos(),
        latitude.cos() * longitude.sin(),
        latitude.sin(),
    ]
}

impl Territories {
    /// Kilometres from a position to the nearest border of a territory, inside or outside; `None`
    /// without an outline.
    pub fn distance_to_boundary_km(
        &self,
        kind: Kind,
        code: Code,
        position: Position,
    ) -> Option<f64> {
        let border = self.border(self.outlined(kind, code)?);
        border_distance_km(&border, position)
    }

    /// The documents that lie in a territory or within `margin_km` of its border, by rank in
    /// `positions`. Without an outline, those within `margin_km` of its centre; `None` when it has
    /// neither or is unknown.
    pub fn around(
        &self,
        kind: Kind,
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
        let border = (margin_km > 0.0).then(|| self.border(shape));
        let rows = Rows::new(self, shape);
        let [west, north, east, south] = reach(shape, margin_km);
        let inside = placed().filter(|(position, _)| {
            let vertex = Vertex::new(*position);
            let near = (west..=east).contains(&i64::from(vertex.x))
                && (north..=south).contains(&i64::from(vertex.y));
            near && (rows.holds(vertex)
                || border.as_ref().is_some_and(|border| {
                    border_distance_km(border, *position).is_some_and(|km| km <= margin_km)
                }))
        });
        Some(DocSet::from_docs(universe, inside.map(|(_, doc)| doc)))
    }

    fn border(&self, shape: &Shape) -> RTree<Chord> {
        let chords = self.edges(shape).into_iter().map(|(a, b)| {
            Chord([a, b].map(|vertex| {
                let (longitude, latitude) = vertex.lon_lat_exact();
                on_sphere(longitude, latitude)
            }))
        });
        RTree::bulk_load(chords.collect())
    }
}

fn border_distance_km(border: &RTree<Chord>, position: Position) -> Option<f64> {
    let point = on_sphere(position.longitude(), position.latitude());
    let nearest = border.nearest_neighbor(point)?;
    let chord = nearest.distance_2(&point).sqrt();
    Some(2.0 * EARTH_RADIUS_KM * (chord / 2.0).min(1.0).asin())
}

/// The bounds of a shape grown by a margin, generously.
fn reach(shape: &Shape, margin_km: f64) -> [i64; 4] {
    let [west, north, east, south] = shape.bounds.map(i64::from);
    let (_, north_latitude) = Vertex {
        x: 0,
        y: shape.bounds[1],
    }
    .lon_lat_exact();
    let (_, south_latitude) = Vertex {
        x: 0,
        y: shape.bounds[3],
    }
    .lon_lat_exact();
    let grown = north_latitude.abs().max(south_latitude.abs()) + margin_km / 111.0;
    let shrink = grown.min(89.0).to_radians().cos();
    let steps_per_km = f64::from(1_u32 << 30) / 40_000.0;
    let margin = (margin_km * steps_per_km / shrink * 1.02).ceil() as i64 + 1;
    [west - margin, north - margin, east + margin, south + margin]
}

/// Edges of a shape by rows of latitude, so that asking whether it holds a place looks at few.
struct Rows {
    top: i64,
    height: i64,
    edges: Vec<Vec<Edge>>,
}

impl Rows {
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
