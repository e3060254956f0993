//! The Earth as a unit sphere: places as vectors, where the straight distance orders as the great-circle
//! distance does, at the poles and across 180° as anywhere.

use atlaas_model::EARTH_RADIUS_KM;
use std::f64::consts::PI;

/// A place on the unit sphere, or near it.
pub type SpherePoint = [f64; 3];

/// The place of a longitude and a latitude in degrees.
pub fn on_sphere(longitude: f64, latitude: f64) -> SpherePoint {
    let (sin_lat, cos_lat) = latitude.to_radians().sin_cos();
    let (sin_lon, cos_lon) = longitude.to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The chord through the unit sphere under so many kilometres of the Earth's surface.
pub fn chord_of_km(km: f64) -> f64 {
    2.0 * (km / EARTH_RADIUS_KM / 2.0).min(PI / 2.0).sin()
}

/// The kilometres of the Earth's surface over a chord.
pub fn km_of_chord(chord: f64) -> f64 {
    2.0 * EARTH_RADIUS_KM * (chord / 2.0).min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Position;

    #[test]
    fn chords_and_kilometres_are_those_of_the_distance_of_positions() {
        for (longitude, latitude) in [(2.35, 48.85), (-61.55, 16.24), (178.0, -14.3), (0.0, 90.0)] {
            let here = Position::new(-178.0, -14.0).unwrap();
            let there = Position::new(longitude, latitude).unwrap();
            let km = here.distance_km(there);
            let (a, b) = (on_sphere(-178.0, -14.0), on_sphere(longitude, latitude));
            let chord = a
                .iter()
                .zip(b)
                .map(|(x, y)| (x - y).powi(2))
                .sum::<f64>()
                .sqrt();
            assert!((km_of_chord(chord) - km).abs() < 1e-6 * km.max(1.0), "{km}");
            assert!((chord_of_km(km) - chord).abs() < 1e-9, "{chord}");
        }
    }
}
