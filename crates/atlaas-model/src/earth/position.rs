//! A place on Earth: longitude then latitude, in degrees (WGS 84), checked when made.

use serde::{Deserialize, Serialize};

/// Mean radius of the Earth in kilometres (IUGG).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A longitude and a latitude in degrees, finite, within ±180 and ±90.
///
/// ```
/// use atlaas_model::Position;
/// let nantes = Position::new(-1.5536, 47.2173)?;
/// let rennes = Position::new(-1.6778, 48.1173)?;
/// assert!((nantes.distance_km(rennes) - 100.5).abs() < 0.5);
/// assert!(Position::new(47.2, f64::NAN).is_err());
/// # Ok::<(), atlaas_model::PositionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    longitude: f64,
    latitude: f64,
}

/// Why two numbers are not a position.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// Longitude not finite or outside ±180 degrees.
    #[error("longitude {0} is not a number between -180 and 180")]
    Longitude(f64),
    /// Latitude not finite or outside ±90 degrees.
    #[error("latitude {0} is not a number between -90 and 90")]
    Latitude(f64),
}

impl Position {
    /// Checks both numbers; longitude comes first.
    pub fn new(longitude: f64, latitude: f64) -> Result<Self, PositionError> {
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(PositionError::Longitude(longitude));
        }
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(PositionError::Latitude(latitude));
        }
        Ok(Self {
            longitude,
            latitude,
        })
    }

    /// Degrees east of Greenwich.
    pub const fn longitude(self) -> f64 {
        self.longitude
    }

    /// Degrees north of the equator.
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Great-circle distance in kilometres on the mean sphere (haversine; error under 0.5 %).
    pub fn distance_km(self, other: Self) -> f64 {
        let half_dlat = ((other.latitude - self.latitude) / 2.0).to_radians().sin();
        let half_dlon = ((other.longitude - self.longitude) / 2.0)
            .to_radians()
            .sin();
        let cosines = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let h = half_dlat * half_dlat + cosines * half_dlon * half_dlon;
        2.0 * EARTH_RADIUS_KM * h.min(1.0).sqrt().asin()
    }
}

impl TryFrom<(f64, f64)> for Position {
    type Error = PositionError;
    fn try_from((longitude, latitude): (f64, f64)) -> Result<Self, PositionError> {
        Self::new(longitude, latitude)
    }
}

impl From<Position> for (f64, f64) {
    fn from(position: Position) -> Self {
        (position.longitude, position.latitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_on_earth_are_positions() {
        for (longitude, latitude, good) in [
            (0.0, 0.0, true),
            (-180.0, 90.0, true),
            (180.0, -90.0, true),
            (180.1, 0.0, false),
            (0.0, 90.5, false),
            (f64::NAN, 0.0, false),
            (0.0, f64::INFINITY, false),
        ] {
            assert_eq!(
                Position::new(longitude, latitude).is_ok(),
                good,
                "{longitude} {latitude}"
            );
        }
    }

    #[test]
    fn a_distance_crosses_the_antimeridian_the_short_way() {
        let east = Position::new(179.9, -14.3).unwrap();
        let west = Position::new(-179.9, -14.3).unwrap();
        assert!(east.distance_km(west) < 25.0);
    }
}
