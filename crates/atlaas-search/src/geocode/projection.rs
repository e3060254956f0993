//! Plane coordinates of the official French systems: Lambert-93 and the overseas UTM zones.
//!
//! Lambert conformal conic with two parallels and transverse Mercator on GRS 80, after IGN's notes
//! NTG 71 and NTG 76 (RGF93, RGAF09, RGFG95, RGR92 and RGM04 are one with WGS 84 to a few
//! centimetres, which is far below what a commune's centre means).

use atlaas_model::Position;

/// First eccentricity of GRS 80.
const ECCENTRICITY: f64 = 0.081_819_191_042_816;
/// Half the longer axis of GRS 80, metres.
const AXIS_M: f64 = 6_378_137.0;

/// Lambert-93 (EPSG:2154): exponent, constant in metres, origin in metres, central meridian.
const LAMBERT_N: f64 = 0.725_607_765_053_267;
const LAMBERT_C_M: f64 = 11_754_255.426_096;
const LAMBERT_X_M: f64 = 700_000.0;
const LAMBERT_Y_M: f64 = 12_655_612.049_876;
const LAMBERT_MERIDIAN: f64 = 3.0;

/// A plane system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plane {
    Lambert93,
    /// Zone and whether south of the equator.
    Utm(u8, bool),
}

/// The easting and northing of a position in metres, in the system that the national address base
/// uses for its département: EPSG:2154 for metropolitan France, 5490 for the Antilles, 2972 for
/// Guyane, 2975 for La Réunion, 4471 for Mayotte; the UTM zone of the position elsewhere.
///
/// ```
/// use atlaas_model::Position;
/// let (x, y) = atlaas_search::project(Position::new(3.0, 46.5)?, "03");
/// assert!((x - 700_000.0).abs() < 0.01 && (y - 6_600_000.0).abs() < 0.01);
/// # Ok::<(), atlaas_model::PositionError>(())
/// ```
pub fn project(position: Position, departement: &str) -> (f64, f64) {
    match plane(position, departement) {
        Plane::Lambert93 => lambert93(position),
        Plane::Utm(zone, south) => utm(position, zone, south),
    }
}

fn plane(position: Position, departement: &str) -> Plane {
    match departement {
        "971" | "972" | "977" | "978" => Plane::Utm(20, false),
        "973" => Plane::Utm(22, false),
        "974" => Plane::Utm(40, true),
        "976" => Plane::Utm(38, true),
        _ if departement.len() < 3 => Plane::Lambert93,
        _ => {
            let zone = ((position.longitude() + 180.0) / 6.0).floor() as u8 % 60 + 1;
            Plane::Utm(zone, position.latitude() < 0.0)
        }
    }
}

/// Isometric latitude.
fn isometric(latitude: f64) -> f64 {
    let sine = latitude.sin();
    sine.atanh() - ECCENTRICITY * (ECCENTRICITY * sine).atanh()
}

fn lambert93(position: Position) -> (f64, f64) {
    // The poles lie at infinity in conic coordinates.
    let latitude = position.latitude().clamp(-89.9, 89.9).to_radians();
    let radius = LAMBERT_C_M * (-LAMBERT_N * isometric(latitude)).exp();
    let angle = LAMBERT_N * (position.longitude() - LAMBERT_MERIDIAN).to_radians();
    (
        LAMBERT_X_M + radius * angle.sin(),
        LAMBERT_Y_M - radius * angle.cos(),
    )
}

/// Transverse Mercator by Krüger's series to the third order of the flattening (under 1 mm within
/// a zone).
fn utm(position: Position, zone: u8, south: bool) -> (f64, f64) {
    const FLATTENING: f64 = 1.0 / 298.257_222_101;
    const SCALE: f64 = 0.9996;
    let n = FLATTENING / (2.0 - FLATTENING);
    let radius = AXIS_M / (1.0 + n) * (1.0 + n * n / 4.0 + n.powi(4) / 64.0);
    let series = [
        n / 2.0 - 2.0 / 3.0 * n * n + 5.0 / 16.0 * n.powi(3),
        13.0 / 48.0 * n * n - 3.0 / 5.0 * n.powi(3),
        61.0 / 240.0 * n.powi(3),
    ];
    let meridian = f64::from(zone) * 6.0 - 183.0;
    let longitude = (position.longitude() - meridian).to_radians();
    let latitude = position.latitude().clamp(-89.9, 89.9).to_radians();
    let tangent = isometric(latitude).sinh();
    let xi = tangent.atan2(longitude.cos());
    let eta = (longitude.sin() / tangent.hypot(longitude.cos())).asinh();
    let (mut east, mut north) = (eta, xi);
    for (term, order) in series.into_iter().zip([2.0, 4.0, 6.0]) {
        east += term * (order * xi).cos() * (order * eta).sinh();
        north += term * (order * xi).sin() * (order * eta).cosh();
    }
    let offset = if south { 10_000_000.0 } else { 0.0 };
    (
        500_000.0 + SCALE * radius * east,
        offset + SCALE * radius * north,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points_fall_where_they_should() {
        // Metropolitan origin and the published corner of NTG 71; UTM central meridians at the
        // equator; the towns from the national address base, rounded there to centimetres of
        // coordinates that are themselves rounded to six decimals.
        for (longitude, latitude, departement, x, y, tolerance) in [
            (3.0, 46.5, "03", 700_000.0, 6_600_000.0, 0.01),
            (57.0, 0.0, "974", 500_000.0, 10_000_000.0, 0.001),
            (45.0, 0.0, "976", 500_000.0, 10_000_000.0, 0.001),
            (-51.0, 0.0, "973", 500_000.0, 0.0, 0.001),
            (-63.0, 0.0, "971", 500_000.0, 0.0, 0.001),
            (2.347, 48.859, "75", 652_089.70, 6_862_305.26, 40.0),
        ] {
            let position = Position::new(longitude, latitude).unwrap();
            let (east, north) = project(position, departement);
            assert!((east - x).abs() < tolerance, "{departement} {east}");
            assert!((north - y).abs() < tolerance, "{departement} {north}");
        }
    }

    #[test]
    fn a_degree_of_latitude_has_its_length_everywhere() {
        for (longitude, latitude, departement) in [
            (-61.5, 16.2, "971"),
            (-52.3, 4.9, "973"),
            (55.4, -20.9, "974"),
            (2.3, 48.8, "75"),
        ] {
            let at = |latitude| project(Position::new(longitude, latitude).unwrap(), departement);
            let (a, b) = (at(latitude), at(latitude + 0.01));
            let length = (a.0 - b.0).hypot(a.1 - b.1);
            assert!((length - 1_109.0).abs() < 5.0, "{departement} {length}");
        }
    }

    #[test]
    fn no_position_gives_what_is_not_a_number() {
        for longitude in [-180.0, -90.0, 0.0, 87.0, 93.0, 180.0] {
            for latitude in [-90.0, -45.0, 0.0, 45.0, 90.0] {
                for departement in ["75", "974", "988", ""] {
                    let position = Position::new(longitude, latitude).unwrap();
                    let (x, y) = project(position, departement);
                    assert!(x.is_finite() && y.is_finite(), "{position:?} {departement}");
                }
            }
        }
    }
}
