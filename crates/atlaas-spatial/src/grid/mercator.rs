//! Web Mercator (EPSG:3857) as a unit square: 0,0 is north-west, 1,1 south-east.

use super::tile::TileId;
use atlaas_model::{Bbox, Position};
use std::f64::consts::PI;

/// Latitude at which the projection is cut so that the world is square, degrees.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_6;

/// A projected position; both coordinates in `0.0..=1.0`, y grows southwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From west to east.
    pub x: f64,
    /// From north to south.
    pub y: f64,
}

/// Projects a position; latitudes beyond ±85.05° land on the edge.
pub fn project(position: Position) -> Point {
    let latitude = position
        .latitude()
        .clamp(-MAX_LATITUDE, MAX_LATITUDE)
        .to_radians();
    let y = 0.5 - latitude.tan().asinh() / (2.0 * PI);
    Point {
        x: position.longitude() / 360.0 + 0.5,
        y: y.clamp(0.0, 1.0),
    }
}

/// The position of a projected point, as `(longitude, latitude)` in degrees.
pub fn unproject(point: Point) -> (f64, f64) {
    let latitude = ((0.5 - point.y) * 2.0 * PI).sinh().atan().to_degrees();
    ((point.x - 0.5) * 360.0, latitude)
}

/// The box that a tile covers.
pub fn tile_bbox(tile: TileId) -> Bbox {
    let size = 1.0 / f64::from(1_u32 << tile.z());
    let corner = |dx: u32, dy: u32| {
        unproject(Point {
            x: f64::from(tile.x() + dx) * size,
            y: f64::from(tile.y() + dy) * size,
        })
    };
    let ((west, north), (east, south)) = (corner(0, 0), corner(1, 1));
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
    fn projecting_there_and_back_is_the_identity() {
        for (longitude, latitude) in [(0.0, 0.0), (2.35, 48.85), (-61.55, 16.24), (55.45, -20.88)] {
            let back = unproject(project(Position::new(longitude, latitude).unwrap()));
            assert!((back.0 - longitude).abs() < 1e-9 && (back.1 - latitude).abs() < 1e-9);
        }
    }

    #[test]
    fn the_poles_stay_in_the_square() {
        for latitude in [-90.0, 90.0] {
            let point = project(Position::new(180.0, latitude).unwrap());
            assert!((0.0..=1.0).contains(&point.x) && (0.0..=1.0).contains(&point.y));
        }
    }

    #[test]
    fn the_world_tile_covers_the_world() {
        let bbox = tile_bbox(TileId::new(0, 0, 0).unwrap());
        assert!((bbox.west + 180.0).abs() < 1e-9 && (bbox.north - MAX_LATITUDE).abs() < 1e-6);
    }
}
