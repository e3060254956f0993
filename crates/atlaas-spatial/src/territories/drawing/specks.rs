//! What shrinks to nothing at a zoom and is drawn all the same: the smallest triangle of the tiles'
//! grid for a territory that lost its whole outline, and for each of its parts that stand alone.
//!
//! A part that would touch what is left of its own territory is not drawn: it is part of it by then,
//! and polygons of one feature may not touch along an edge.

use super::borders::Drawing;
use crate::grid::{DEEPEST_GRID, Grid, TILE_BITS, Vertex, turn};
use crate::rings::{Edge, Polygon, cancel_opposites, crosses_ray};
use crate::territories::shape::Shape;

/// A place where a speck may be needed.
struct SpeckSite {
    /// Unit of the tiles' grid.
    at: Vertex,
    /// Whether it stands for the territory as a whole, rather than for a part of it.
    whole: bool,
    /// Whether the territory's drawn surface holds it.
    inside: bool,
    /// Drawn edges that touch its unit square, in units of the tiles' grid.
    near: Vec<Edge>,
}

impl Drawing<'_> {
    /// The units of the tiles' grid where a territory needs a speck; `edges` are its snapped ones.
    /// Beyond the deepest grid nothing shrinks.
    pub(super) fn specks(&self, shape: &Shape, edges: &[Edge]) -> Vec<Vertex> {
        if self.zoom > DEEPEST_GRID || (shape.islets.is_empty() && !self.may_vanish(shape)) {
            return Vec::new();
        }
        let grid = Grid::of_zoom(self.zoom);
        let whole = shape.label.map(|label| (label.at, true)).into_iter();
        let mut candidates: Vec<SpeckSite> = whole
            .chain(shape.islets.iter().map(|&place| (place, false)))
            .map(|(place, whole)| SpeckSite {
                at: grid.pixel(place),
                whole,
                inside: false,
                near: Vec::new(),
            })
            .collect();
        candidates.sort_by_key(|candidate| (candidate.at.y, candidate.at.x));
        candidates.dedup_by_key(|candidate| candidate.at);
        for &(a, b) in edges {
            meet(
                &mut candidates,
                self.in_tile_units(a),
                self.in_tile_units(b),
            );
        }
        let mut specks: Vec<Vertex> = Vec::new();
        for candidate in candidates {
            let at = candidate.at;
            let apart = |other: &Vertex| (other.x - at.x).abs() > 1 || other.y < at.y - 1;
            let alone = !candidate.inside
                && cancel_opposites(candidate.near).is_empty()
                && (!candidate.whole || cancel_opposites(edges.to_vec()).is_empty());
            if alone && specks.iter().rev().all(apart) {
                specks.push(at);
            }
        }
        specks
    }

    /// Whether an outline is so small that nothing of it may be left.
    fn may_vanish(&self, shape: &Shape) -> bool {
        let [west, north, east, south] = shape.bounds;
        let most = 4_i64 << self.grid.shift;
        (i64::from(east) - i64::from(west)).min(i64::from(south) - i64::from(north)) < most
    }

    const fn in_tile_units(&self, vertex: Vertex) -> Vertex {
        Vertex {
            x: vertex.x << self.magnify,
            y: vertex.y << self.magnify,
        }
    }
}

/// Enters an edge into the candidates, sorted by y, whose ray or unit square it meets.
fn meet(candidates: &mut [SpeckSite], a: Vertex, b: Vertex) {
    let (low, high) = (a.y.min(b.y), a.y.max(b.y));
    let first = candidates.partition_point(|candidate| candidate.at.y < low - 1);
    for candidate in &mut candidates[first..] {
        if candidate.at.y > high {
            break;
        }
        candidate.inside ^= crosses_ray(a, b, candidate.at);
        if touches_unit(a, b, candidate.at) {
            candidate.near.push((a, b));
        }
    }
}

/// Whether a segment touches the closed unit square whose north-west corner is `at`.
fn touches_unit(a: Vertex, b: Vertex, at: Vertex) -> bool {
    let apart = |a: i32, b: i32, low: i32| a.max(b) < low || a.min(b) > low + 1;
    if apart(a.x, b.x, at.x) || apart(a.y, b.y, at.y) {
        return false;
    }
    let sides = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| {
        let corner = Vertex {
            x: at.x + dx,
            y: at.y + dy,
        };
        turn(a, b, corner).signum()
    });
    sides != [1; 4] && sides != [-1; 4]
}

/// The smallest triangle at a unit of the tiles' grid, in units of a tile.
pub fn smallest(speck: Vertex, tile: [u32; 2]) -> Polygon {
    let place = |place: i32, tile: u32| (i64::from(place) - (i64::from(tile) << TILE_BITS)) as i32;
    let (x, y) = (place(speck.x, tile[0]), place(speck.y, tile[1]));
    vec![vec![
        Vertex { x, y },
        Vertex { x: x + 1, y },
        Vertex { x, y: y + 1 },
    ]]
}
