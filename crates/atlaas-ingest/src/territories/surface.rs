//! The surface of an outline on the ellipsoid (WGS 84).
//!
//! Each edge encloses a strip with the equator, whose surface is known in closed form for an edge along a
//! parallel (Snyder 1987, 3-12); within an edge the strip is taken to grow evenly. A test
//! compares it with geodesics, which would be one for each of some millions of edges.

use atlaas_model::Ring;

/// Equatorial radius in kilometres.
const RADIUS_KM: f64 = 6378.137;
/// First eccentricity.
const ECCENTRICITY: f64 = 0.081_819_190_842_621_5;

/// Surface in square kilometres of polygons, each an exterior ring followed by its holes.
pub(super) fn km2(polygons: &[Vec<Ring>]) -> f64 {
    let of_polygon = |rings: &Vec<Ring>| {
        let mut surfaces = rings.iter().map(enclosed);
        let exterior = surfaces.next().unwrap_or(0.0);
        exterior - surfaces.sum::<f64>()
    };
    polygons.iter().map(of_polygon).sum::<f64>().max(0.0)
}

fn enclosed(ring: &Ring) -> f64 {
    let Some(&[last_longitude, last_latitude]) = ring.last() else {
        return 0.0;
    };
    let (mut longitude, mut strip) = (last_longitude, strip(last_latitude));
    let mut sum = 0.0;
    for &[next_longitude, latitude] in ring {
        let next = self::strip(latitude);
        // The short way round, across the antimeridian too.
        let turn = (next_longitude - longitude + 540.0).rem_euclid(360.0) - 180.0;
        sum += turn.to_radians() * (strip + next) / 2.0;
        (longitude, strip) = (next_longitude, next);
    }
    (sum * RADIUS_KM * RADIUS_KM / 2.0).abs()
}

/// The strip between the equator and a parallel, for one radian of longitude, in halves of the square of
/// the radius.
fn strip(latitude: f64) -> f64 {
    let sine = latitude.to_radians().sin();
    let part = ECCENTRICITY * sine;
    (1.0 - ECCENTRICITY * ECCENTRICITY) * (sine / (1.0 - part * part) + part.atanh() / ECCENTRICITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::GeodesicArea;
    use proptest::prelude::*;

    /// The geodesic one, after Karney 2013, whichever way rings go.
    fn second_opinion(polygons: &[Vec<Ring>]) -> f64 {
        let of_ring = |ring: &Ring| {
            let at: Vec<(f64, f64)> = ring.iter().map(|&[x, y]| (x, y)).collect();
            let ring = geo::Polygon::new(geo::LineString::from(at), Vec::new());
            ring.geodesic_area_signed().abs() / 1e6
        };
        let of = |rings: &Vec<Ring>| {
            let holes: f64 = rings[1..].iter().map(of_ring).sum();
            of_ring(&rings[0]) - holes
        };
        polygons.iter().map(of).sum()
    }

    /// A ring of so many corners, a few kilometres wide.
    fn around([x, y]: [f64; 2], size: f64, corners: u32) -> Ring {
        let corner = |rank: u32| {
            let turn = f64::from(rank) / f64::from(corners) * std::f64::consts::TAU;
            [x + size * turn.cos(), y + size * turn.sin()]
        };
        (0..corners).map(corner).collect()
    }

    proptest! {
        #[test]
        fn it_is_the_geodesic_one(
            at in [-179.9_f64..179.9, -60.0..70.0],
            size in 0.005_f64..0.2,
            corners in 8_u32..200,
            hole in 0.1_f64..0.9,
        ) {
            let rings = vec![around(at, size, corners), around(at, size * hole, corners)];
            let polygons = vec![rings];
            let (own, geodesic) = (km2(&polygons), second_opinion(&polygons));
            prop_assert!((own / geodesic - 1.0).abs() < 1e-4, "{own} {geodesic}");
        }
    }

    #[test]
    fn the_whole_earth_and_nothing_at_all() {
        let hemisphere = vec![[-90.0, 0.0], [0.0, 0.0], [90.0, 0.0], [180.0, 0.0]];
        let mut octant: Ring = vec![[0.0, 0.0], [90.0, 0.0], [90.0, 90.0], [0.0, 90.0]];
        let eighth = km2(&[vec![octant.clone()]]);
        assert!((eighth - 510_065_621.724 / 8.0).abs() < 1.0, "{eighth}");
        octant.reverse();
        assert!((km2(&[vec![octant]]) - eighth).abs() < 1e-6);
        for nothing in [vec![], vec![[1.0, 2.0]], hemisphere] {
            assert!(km2(&[vec![nothing]]).abs() < 1e-6);
        }
        assert!(km2(&[]).abs() < 1e-9);
    }
}
