//! A box of longitudes and latitudes, as `west,south,east,north`; it may cross the antimeridian.

use crate::{Position, PositionError};
use serde::{Deserialize, Serialize};

/// West, south, east, north in degrees; `west > east` means that the box crosses 180° (RFC 7946 §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bbox {
    /// Western edge, degrees.
    pub west: f64,
    /// Southern edge, degrees.
    pub south: f64,
    /// Eastern edge, degrees.
    pub east: f64,
    /// Northern edge, degrees.
    pub north: f64,
}

/// Why four numbers are not a box.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BboxError {
    /// A corner is not on Earth.
    #[error(transparent)]
    Corner(#[from] PositionError),
    /// South is above north.
    #[error("south {south} is above north {north}; the order is west,south,east,north")]
    UpsideDown {
        /// Southern edge as given.
        south: f64,
        /// Northern edge as given.
        north: f64,
    },
}

impl Bbox {
    /// Checks the corners and their order.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, BboxError> {
        Position::new(west, south)?;
        Position::new(east, north)?;
        if south > north {
            return Err(BboxError::UpsideDown { south, north });
        }
        Ok(Self {
            west,
            south,
            east,
            north,
        })
    }

    /// The same with longitudes beyond ±180°, as a map that was panned around the world gives them:
    /// each is brought back, and a box wider than the world is the world.
    pub fn wrapped(west: f64, south: f64, east: f64, north: f64) -> Result<Self, BboxError> {
        if east - west >= 360.0 {
            return Self::new(-180.0, south, 180.0, north);
        }
        Self::new(on_earth(west), south, on_earth(east), north)
    }

    /// Whether the position lies inside or on the edge.
    pub fn contains(&self, position: Position) -> bool {
        let (longitude, latitude) = (position.longitude(), position.latitude());
        let in_longitude = if self.west <= self.east {
            (self.west..=self.east).contains(&longitude)
        } else {
            longitude >= self.west || longitude <= self.east
        };
        in_longitude && (self.south..=self.north).contains(&latitude)
    }

    /// The smallest box around positions (never across the antimeridian); `None` without any.
    pub fn around(positions: impl IntoIterator<Item = Position>) -> Option<Self> {
        positions
            .into_iter()
            .fold(None, |bbox: Option<Self>, position| {
                let (longitude, latitude) = (position.longitude(), position.latitude());
                Some(match bbox {
                    None => Self {
                        west: longitude,
                        south: latitude,
                        east: longitude,
                        north: latitude,
                    },
                    Some(b) => Self {
                        west: b.west.min(longitude),
                        south: b.south.min(latitude),
                        east: b.east.max(longitude),
                        north: b.north.max(latitude),
                    },
                })
            })
    }
}

/// A longitude between −180° and 180°; one that is there already stays as it was written.
fn on_earth(longitude: f64) -> f64 {
    if longitude.abs() <= 180.0 {
        return longitude;
    }
    let wrapped = (longitude + 180.0).rem_euclid(360.0) - 180.0;
    // Half a centimetre: what subtracting leaves behind is no part of the answer.
    (wrapped * 1e7).round() / 1e7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_from_another_turn_around_the_world_is_brought_back() {
        for ((west, east), expected) in [
            ((4.9, 5.6), (4.9, 5.6)),
            ((364.9, 365.6), (4.9, 5.6)),
            ((-355.1, -354.4), (4.9, 5.6)),
            ((170.0, 190.0), (170.0, -170.0)),
            ((-190.5, -170.0), (169.5, -170.0)),
            ((-200.0, 200.0), (-180.0, 180.0)),
            ((-1000.0, 1000.0), (-180.0, 180.0)),
            ((-180.0, 180.0), (-180.0, 180.0)),
        ] {
            let found = Bbox::wrapped(west, 43.0, east, 44.0).unwrap();
            assert_eq!((found.west, found.east), expected, "{west}..{east}");
        }
        assert!(Bbox::wrapped(0.0, 43.0, 1.0, 91.0).is_err());
    }

    #[test]
    fn a_box_across_the_antimeridian_holds_both_sides() {
        let fiji = Bbox::new(177.0, -20.0, -178.0, -15.0).unwrap();
        assert!(fiji.contains(Position::new(179.0, -17.0).unwrap()));
        assert!(fiji.contains(Position::new(-179.0, -17.0).unwrap()));
        assert!(!fiji.contains(Position::new(0.0, -17.0).unwrap()));
    }

    #[test]
    fn south_above_north_is_refused() {
        assert!(matches!(
            Bbox::new(0.0, 2.0, 1.0, 1.0),
            Err(BboxError::UpsideDown { .. })
        ));
    }

    #[test]
    fn the_box_around_nothing_is_none() {
        assert_eq!(Bbox::around([]), None);
    }
}
