//! Indicative territories: the Voronoi cell of each centre, cut by a disc of one common radius.
//!
//! 1. Centres are laid on the Mercator plane, in degrees of longitude, and triangulated (Delaunay).
//! 2. The border between two cells lies on the bisector of their centres, between the circumcentres
//!    of the two triangles at it, and within the disc. Both discs cut it at the same two places, so
//!    each border is computed once and given to both cells: they share it bit for bit.
//! 3. Where a cell has no neighbour within the radius, the arc of its own disc closes it.
//! 4. Corners are rounded to 1e-6 degrees, each by itself, which keeps shared corners shared.

use atlaas_model::{Position, Ring};
use spade::{DelaunayTriangulation, HasPosition, Point2, Triangulation, handles::FaceHandle};
use std::f64::consts::TAU;

/// Corners of a whole disc.
const CORNERS: usize = 24;
/// Kilometres of one degree of a great circle.
const DEGREE_KM: f64 = 111.195;

/// The territory of one centre.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VoronoiCell {
    /// Its outline, anticlockwise, not closed; empty when it could not be drawn.
    pub(crate) ring: Ring,
    /// How far from the centre one can go in any direction and still be in the cell.
    pub(crate) free_km: f64,
}

type Point = [f64; 2];

/// A piece of border seen from one of its two cells, anticlockwise.
#[derive(Clone, Copy)]
struct Border {
    from: End,
    to: End,
}

#[derive(Clone, Copy)]
struct End {
    at: Point,
    /// Whether the disc ends the border here, rather than a third cell.
    cut: bool,
}

struct Site {
    at: Point2<f64>,
    rank: usize,
}

impl HasPosition for Site {
    type Scalar = f64;
    fn position(&self) -> Point2<f64> {
        self.at
    }
}

/// The cells of the centres, in their order; `radius` is in degrees of longitude. Centres at the
/// same place share one cell, which the last of them gets.
pub(crate) fn cells(centres: &[Position], radius: f64) -> Vec<VoronoiCell> {
    let planar: Vec<Point> = centres.iter().map(|&centre| project(centre)).collect();
    let sites = planar.iter().zip(0..).map(|(&[x, y], rank)| Site {
        at: Point2::new(x, y),
        rank,
    });
    let mut borders: Vec<Vec<Border>> = vec![Vec::new(); centres.len()];
    let mut nearest = vec![radius; centres.len()];
    let triangulation = DelaunayTriangulation::bulk_load_stable(sites.collect());
    // Only a coordinate that is not finite can fail, and positions are finite.
    let Ok(triangulation) = triangulation as Result<DelaunayTriangulation<Site>, _> else {
        return Vec::new();
    };
    let mut kept = vec![false; centres.len()];
    for vertex in triangulation.vertices() {
        kept[vertex.data().rank] = true;
    }
    for edge in triangulation.undirected_edges() {
        let edge = edge.as_directed();
        let (a, b) = (edge.from().data().rank, edge.to().data().rank);
        let (from, to) = (planar[a], planar[b]);
        let half = distance(from, to) / 2.0;
        for rank in [a, b] {
            nearest[rank] = nearest[rank].min(half);
        }
        let left = edge.face().as_inner().map(|face| corner(&face));
        let right = edge.rev().face().as_inner().map(|face| corner(&face));
        if let Some((right, left)) = border(from, to, radius, (right, left)) {
            borders[a].push(Border {
                from: right,
                to: left,
            });
            borders[b].push(Border {
                from: left,
                to: right,
            });
        }
    }
    (0..centres.len())
        .map(|rank| VoronoiCell {
            ring: if kept[rank] {
                ring(planar[rank], radius, &mut borders[rank])
            } else {
                Ring::new()
            },
            free_km: nearest[rank] * DEGREE_KM * centres[rank].latitude().to_radians().cos(),
        })
        .collect()
}

/// Where three cells meet, and how far that is from each of their centres.
struct Corner {
    at: Point,
    distance: f64,
}

fn corner(face: &FaceHandle<'_, spade::handles::InnerTag, Site, (), (), ()>) -> Corner {
    let centre = face.circumcenter();
    let at = [centre.x, centre.y];
    let [first, ..] = face.positions();
    // Measured once a triangle, so that its three borders agree whether it lies within the radius.
    Corner {
        at,
        distance: distance(at, [first.x, first.y]),
    }
}

/// The border between two centres: its right end and its left end, seen from the first.
fn border(
    from: Point,
    to: Point,
    radius: f64,
    (right, left): (Option<Corner>, Option<Corner>),
) -> Option<(End, End)> {
    let half = distance(from, to) / 2.0;
    if half >= radius {
        return None;
    }
    let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
    let normal = [
        (from[1] - to[1]) / (2.0 * half),
        (to[0] - from[0]) / (2.0 * half),
    ];
    let reach = (radius * radius - half * half).sqrt();
    let along = |at: Point| (at[0] - middle[0]) * normal[0] + (at[1] - middle[1]) * normal[1];
    let cut = |t: f64| End {
        at: [middle[0] + t * normal[0], middle[1] + t * normal[1]],
        cut: true,
    };
    let end = |corner: Option<Corner>, side: f64| match corner {
        Some(corner) if corner.distance <= radius => Some(End {
            at: corner.at,
            cut: false,
        }),
        // The cells part before the disc begins.
        Some(corner) if along(corner.at) * side < 0.0 => None,
        _ => Some(cut(side * reach)),
    };
    Some((end(right, -1.0)?, end(left, 1.0)?))
}

/// Joins the borders of a cell by arcs of its disc.
fn ring(centre: Point, radius: f64, borders: &mut [Border]) -> Ring {
    let angle = |at: Point| (at[1] - centre[1]).atan2(at[0] - centre[0]);
    let middle = |border: &Border| {
        let [from, to] = [border.from.at, border.to.at];
        angle([f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])])
    };
    borders.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut points: Vec<Point> = Vec::with_capacity(borders.len() + CORNERS);
    if borders.is_empty() {
        let half = TAU / CORNERS as f64 / 2.0;
        points.extend(arc(centre, radius, (-half, TAU - half)));
    }
    for (rank, border) in borders.iter().enumerate() {
        points.extend([border.from.at, border.to.at]);
        let next = borders[(rank + 1) % borders.len()].from;
        if border.to.cut || next.cut {
            let start = angle(border.to.at);
            let sweep = (angle(next.at) - start).rem_euclid(TAU);
            // Two ends at one place, in the wrong order by a rounding: no arc, not a whole turn.
            if borders.len() == 1 || sweep < TAU - 0.01 {
                points.extend(arc(centre, radius, (start, start + sweep)));
            }
        }
    }
    let mut ring: Ring = points.into_iter().map(unproject).collect();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 { Ring::new() } else { ring }
}

/// Corners of a disc strictly between two angles, at least a third of a step from both.
fn arc(centre: Point, radius: f64, (start, stop): (f64, f64)) -> impl Iterator<Item = Point> {
    let step = TAU / CORNERS as f64;
    let first = (start / step + 1.0 / 3.0).ceil() as i32;
    let last = (stop / step - 1.0 / 3.0).floor() as i32;
    (first..=last).map(move |rank| {
        let (sine, cosine) = (f64::from(rank) * step).sin_cos();
        [centre[0] + radius * cosine, centre[1] + radius * sine]
    })
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Mercator, in degrees of longitude.
fn project(position: Position) -> Point {
    let latitude = position.latitude().clamp(-85.0, 85.0).to_radians();
    [position.longitude(), latitude.tan().asinh().to_degrees()]
}

fn unproject([x, y]: Point) -> Point {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    [round(x), round(y.to_radians().sinh().atan().to_degrees())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn at(centres: &[(f64, f64)]) -> Vec<Position> {
        centres
            .iter()
            .map(|&(x, y)| Position::new(x, y).unwrap())
            .collect()
    }

    fn edges(ring: &Ring) -> Vec<([u64; 2], [u64; 2])> {
        let bits = |[x, y]: Point| [x.to_bits(), y.to_bits()];
        (0..ring.len())
            .map(|n| (bits(ring[n]), bits(ring[(n + 1) % ring.len()])))
            .collect()
    }

    fn area(ring: &Ring) -> f64 {
        let planar: Vec<Point> = ring
            .iter()
            .map(|&[x, y]| project(Position::new(x, y).unwrap()))
            .collect();
        (0..planar.len())
            .map(|n| {
                let (a, b) = (planar[n], planar[(n + 1) % planar.len()]);
                (a[0] * b[1] - b[0] * a[1]) / 2.0
            })
            .sum()
    }

    /// Area of the union of discs, by counting the points of a grid.
    fn naive_area(centres: &[Position], radius: f64) -> f64 {
        let planar: Vec<Point> = centres.iter().map(|&c| project(c)).collect();
        let steps = 250;
        let bound = |axis: usize, side: f64| {
            let ends = planar.iter().map(|point| side * point[axis]);
            side * (ends.fold(f64::NEG_INFINITY, f64::max) + radius)
        };
        let (low, high) = (
            [bound(0, -1.0), bound(1, -1.0)],
            [bound(0, 1.0), bound(1, 1.0)],
        );
        let side = |axis: usize| (high[axis] - low[axis]) / f64::from(steps);
        let cells = (0..steps).flat_map(|x| (0..steps).map(move |y| [x, y]));
        let count = cells
            .map(|at| [0, 1].map(|axis| low[axis] + (f64::from(at[axis]) + 0.5) * side(axis)))
            .filter(|&at| planar.iter().any(|&centre| distance(centre, at) <= radius))
            .count();
        count as f64 * side(0) * side(1)
    }

    #[test]
    fn a_centre_alone_gets_its_whole_disc() {
        let cells = cells(&at(&[(2.0, 45.0)]), 0.1);
        assert_eq!(cells[0].ring.len(), CORNERS);
        assert!(area(&cells[0].ring) > 0.0);
    }

    #[test]
    fn two_neighbours_share_one_border_exactly() {
        let cells = cells(&at(&[(2.0, 45.0), (2.1, 45.02)]), 0.1);
        let shared: Vec<_> = edges(&cells[0].ring)
            .into_iter()
            .filter(|&(a, b)| edges(&cells[1].ring).contains(&(b, a)))
            .collect();
        assert_eq!(shared.len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn cells_tile_the_union_of_the_discs(
            points in proptest::collection::vec((-20_i32..20, -20_i32..20), 1..40)
        ) {
            let mut points = points;
            points.sort_unstable();
            points.dedup();
            let centres: Vec<Position> = points
                .iter()
                .map(|&(x, y)| Position::new(f64::from(x) * 0.1, 41.0 + f64::from(y) * 0.07).unwrap())
                .collect();
            let radius = 0.23;
            let cells = cells(&centres, radius);
            let mut seen: HashMap<_, i32> = HashMap::new();
            let mut total = 0.0;
            for cell in &cells {
                prop_assert!(cell.ring.len() >= 3);
                prop_assert!(area(&cell.ring) > 0.0);
                total += area(&cell.ring);
                for (a, b) in edges(&cell.ring) {
                    *seen.entry((a, b)).or_default() += 1;
                }
            }
            prop_assert!(seen.values().all(|&count| count == 1), "an edge is used twice in one direction");
            // Discs have 24 corners: a little less than the whole.
            let whole = naive_area(&centres, radius);
            prop_assert!((0.93..1.02).contains(&(total / whole)), "{total} of {whole}");
        }
    }
}
