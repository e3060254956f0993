//! Places on the map as whole numbers: Web Mercator's unit square cut into 2³² parts a side, which is
//! what points and their clusters live on.

use super::mercator::{Point, project, unproject};
use atlaas_model::{Bbox, Position};

/// A place on the square of Web Mercator cut into 2³² by 2³² parts, one centimetre at the equator:
/// whole numbers, so that sums, distances and tile edges are exact on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorldPoint {
    /// From west to east.
    pub x: u32,
    /// From north to south.
    pub y: u32,
}

const WORLD: f64 = 4_294_967_296.0;

impl WorldPoint {
    pub fn of(position: Position) -> Self {
        let Point { x, y } = project(position);
        // A cast from a float stops at the ends of u32.
        Self {
            x: (x * WORLD) as u32,
            y: (y * WORLD) as u32,
        }
    }
}

/// The box of degrees around a box of parts, one part wider on the far sides, so that it holds the
/// positions that fell into these parts.
pub fn degrees(north_west: WorldPoint, south_east: WorldPoint) -> Bbox {
    let corner = |x: f64, y: f64| {
        unproject(Point {
            x: x / WORLD,
            y: y / WORLD,
        })
    };
    let (west, north) = corner(f64::from(north_west.x), f64::from(north_west.y));
    let (east, south) = corner(f64::from(south_east.x) + 1.0, f64::from(south_east.y) + 1.0);
    Bbox {
        west,
        south,
        east,
        north,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_around_a_place_holds_its_position() {
        for (longitude, latitude) in [(2.35, 48.85), (-61.55, 16.24), (179.999, -84.9)] {
            let position = Position::new(longitude, latitude).unwrap();
            let place = WorldPoint::of(position);
            assert!(degrees(place, place).contains(position));
        }
        let corner = WorldPoint::of(Position::new(180.0, -90.0).unwrap());
        assert_eq!((corner.x, corner.y), (u32::MAX, u32::MAX));
    }
}
