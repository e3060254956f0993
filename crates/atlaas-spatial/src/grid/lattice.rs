//! The integer lattice that all boundaries live on: Web Mercator's unit square cut into 2³⁰ steps,
//! 3.4·10⁻⁷ degrees of longitude each, and the coarser grids that tiles are drawn on.
//!
//! Positions with up to six decimals come back as they were. Everything after this file compares
//! integers, so two communes that share a border share it exactly.

use super::mercator::{Point, project, unproject};
use atlaas_model::Position;
use serde::{Deserialize, Serialize};

/// Bits of a lattice coordinate.
pub const LATTICE_BITS: u32 = 30;
/// Bits of a coordinate inside a tile (a grid of 4096).
pub const TILE_BITS: u32 = 12;
/// The zoom whose grid is the lattice itself.
pub const DEEPEST_GRID: u8 = (LATTICE_BITS - TILE_BITS) as u8;

/// A vertex of the lattice; x eastwards, y southwards, both within `0..=2³⁰`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Vertex {
    /// From west to east.
    pub x: i32,
    /// From north to south.
    pub y: i32,
}

impl Vertex {
    /// The lattice vertex nearest to a position.
    pub fn new(position: Position) -> Self {
        let scale = f64::from(1_u32 << LATTICE_BITS);
        let point = project(position);
        Self {
            x: (point.x * scale).round() as i32,
            y: (point.y * scale).round() as i32,
        }
    }

    /// Longitude and latitude in degrees, rounded to six decimals.
    pub fn lon_lat(self) -> [f64; 2] {
        let (longitude, latitude) = self.lon_lat_exact();
        [longitude, latitude].map(|degrees| (degrees * 1e6).round() / 1e6)
    }

    /// Longitude and latitude in degrees, as they are.
    pub fn lon_lat_exact(self) -> (f64, f64) {
        let scale = f64::from(1_u32 << LATTICE_BITS);
        unproject(Point {
            x: f64::from(self.x) / scale,
            y: f64::from(self.y) / scale,
        })
    }

    /// The coordinates as floating-point numbers of lattice steps.
    pub fn to_f64(self) -> [f64; 2] {
        [f64::from(self.x), f64::from(self.y)]
    }
}

/// Twice the signed area of the triangle `a b c`: positive when `c` lies on the interior side of the
/// edge `a → b` of an exterior ring (to its right on the screen).
pub fn turn(a: Vertex, b: Vertex, c: Vertex) -> i64 {
    let wide = i64::from;
    (wide(b.x) - wide(a.x)) * (wide(c.y) - wide(a.y))
        - (wide(b.y) - wide(a.y)) * (wide(c.x) - wide(a.x))
}

/// Twice the signed area of a ring whose first vertex is not repeated; positive for exteriors.
pub fn area2(ring: &[Vertex]) -> i128 {
    let Some(&origin) = ring.first() else {
        return 0;
    };
    ring.windows(2)
        .map(|pair| i128::from(turn(origin, pair[0], pair[1])))
        .sum()
}

/// Squared distance from a vertex to a segment, in lattice steps.
pub fn distance2(vertex: Vertex, a: Vertex, b: Vertex) -> f64 {
    let (dx, dy) = (
        f64::from(b.x) - f64::from(a.x),
        f64::from(b.y) - f64::from(a.y),
    );
    let (px, py) = (
        f64::from(vertex.x) - f64::from(a.x),
        f64::from(vertex.y) - f64::from(a.y),
    );
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 {
        ((px * dx + py * dy) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (px - t * dx, py - t * dy);
    ex * ex + ey * ey
}

/// The grid of one zoom: 4096 units a tile, each a square of lattice steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// A unit is `2^shift` lattice steps.
    pub shift: u32,
}

impl Grid {
    /// The grid of a zoom; those deeper than [`DEEPEST_GRID`] share the lattice.
    pub fn of_zoom(zoom: u8) -> Self {
        Self {
            shift: u32::from(DEEPEST_GRID - zoom.min(DEEPEST_GRID)),
        }
    }

    /// The unit that a lattice coordinate falls in. Unit `c` holds the coordinates of
    /// `[c·2ˢ − 2ˢ⁻¹, c·2ˢ + 2ˢ⁻¹)`.
    pub const fn unit(self, coordinate: i32) -> i32 {
        match self.shift {
            0 => coordinate,
            shift => ((coordinate as i64 + (1 << (shift - 1))) >> shift) as i32,
        }
    }

    /// The unit square that a vertex falls in.
    pub const fn pixel(self, vertex: Vertex) -> Vertex {
        Vertex {
            x: self.unit(vertex.x),
            y: self.unit(vertex.y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn six_decimals_survive_the_lattice(longitude in -180_000_000..=180_000_000_i32, latitude in -85_000_000..=85_000_000_i32) {
            let (longitude, latitude) = (f64::from(longitude) / 1e6, f64::from(latitude) / 1e6);
            let back = Vertex::new(Position::new(longitude, latitude).unwrap()).lon_lat();
            prop_assert!((back[0] - longitude).abs() < 1e-9 && (back[1] - latitude).abs() < 1e-9);
        }
    }

    #[test]
    fn a_unit_holds_the_coordinates_nearest_to_it() {
        let grid = Grid { shift: 4 };
        for (coordinate, unit) in [(0, 0), (7, 0), (8, 1), (16, 1), (23, 1), (24, 2)] {
            assert_eq!(grid.unit(coordinate), unit, "{coordinate}");
        }
        assert_eq!(Grid::of_zoom(24).unit(5), 5);
    }

    #[test]
    fn exteriors_have_a_positive_area_with_y_southwards() {
        let ring = [(0, 0), (2, 0), (2, 2), (0, 2)].map(|(x, y)| Vertex { x, y });
        assert_eq!(area2(&ring), 8);
    }
}
