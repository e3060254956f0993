//! Measures on the ellipsoid (WGS 84, after Karney 2013), by `geo`.

use super::lattice::Vertex;
use geo::{Coord, GeodesicArea, LineString, Polygon};

/// Perimeter in metres and signed area in square metres of a ring whose first vertex is not repeated;
/// exteriors, which go clockwise on the screen, have a positive area.
pub fn geodesic_measures(ring: impl DoubleEndedIterator<Item = Vertex>) -> (f64, f64) {
    // What goes clockwise counts as negative there.
    let degrees = ring.rev().map(|vertex| {
        let (x, y) = vertex.lon_lat_exact();
        Coord { x, y }
    });
    let ring = LineString::new(degrees.collect());
    Polygon::new(ring, Vec::new()).geodesic_perimeter_area_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Position;

    #[test]
    fn a_degree_has_the_measures_of_the_ellipsoid() {
        let ring = [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]
            .map(|(x, y)| Vertex::new(Position::new(x, y).unwrap()));
        let (perimeter, area) = geodesic_measures(ring.into_iter());
        // 110.574 km of the meridian twice, 111.320 km of the equator, 111.303 km of the first parallel.
        assert!((perimeter - 443_771.0).abs() < 10.0, "{perimeter}");
        assert!((area / 12_308.8e6 - 1.0).abs() < 1e-3, "{area}");
        let (_, hole) = geodesic_measures(ring.into_iter().rev());
        assert!((area + hole).abs() < 1.0, "{hole}");
    }
}
