//! The little geometry that reading needs: how far a position lies from an outline, and a centre
//! for a commune that no file gives one. Distances are in kilometres, on a plane laid through the
//! position: right to a per cent within a hundred kilometres, and only asked for that.

use atlaas_model::{Bbox, Outline, Position, Ring};

/// Kilometres of one degree of latitude on the mean sphere.
const DEGREE_KM: f64 = 111.195;

/// The box around an outline; `None` when it has no vertex.
pub(crate) fn bbox(outline: &Outline) -> Option<Bbox> {
    let exteriors = outline.polygons.iter().filter_map(|rings| rings.first());
    let mut vertices = exteriors.flatten().copied();
    let [west, south] = vertices.next()?;
    let first = Bbox::new(west, south, west, south).ok()?;
    Some(vertices.fold(first, |bbox, [longitude, latitude]| Bbox {
        west: bbox.west.min(longitude),
        south: bbox.south.min(latitude),
        east: bbox.east.max(longitude),
        north: bbox.north.max(latitude),
    }))
}

/// Distance from a position to a box that does not cross the antimeridian; 0 inside.
pub(crate) fn distance_to_bbox_km(bbox: &Bbox, position: Position) -> f64 {
    let nearest = Position::new(
        position.longitude().clamp(bbox.west, bbox.east),
        position.latitude().clamp(bbox.south, bbox.north),
    );
    nearest.map_or(f64::INFINITY, |nearest| nearest.distance_km(position))
}

/// Distance from a position to an outline; 0 inside.
pub(crate) fn distance_to_outline_km(outline: &Outline, position: Position) -> f64 {
    let rings = || outline.polygons.iter().flatten();
    let at = [position.longitude(), position.latitude()];
    if rings().filter(|ring| crosses(ring, at)).count() % 2 == 1 {
        return 0.0;
    }
    let scale = [
        DEGREE_KM * position.latitude().to_radians().cos(),
        DEGREE_KM,
    ];
    let local = |vertex: [f64; 2]| {
        [
            (vertex[0] - at[0]) * scale[0],
            (vertex[1] - at[1]) * scale[1],
        ]
    };
    rings()
        .flat_map(edges)
        .map(|(from, to)| distance_to_origin(local(from), local(to)))
        .fold(f64::INFINITY, f64::min)
}

/// A position inside the largest polygon of an outline: its centroid, or where the horizontal line
/// through the centroid runs longest inside.
pub(crate) fn centre(outline: &Outline) -> Option<Position> {
    let largest = outline
        .polygons
        .iter()
        .filter(|rings| !rings.is_empty())
        .max_by(|a, b| centroid(&a[0]).1.abs().total_cmp(&centroid(&b[0]).1.abs()))?;
    let ([longitude, latitude], _) = centroid(&largest[0]);
    let inside = |at| largest.iter().filter(|ring| crosses(ring, at)).count() % 2 == 1;
    if inside([longitude, latitude]) {
        return Position::new(longitude, latitude).ok();
    }
    let mut crossings: Vec<f64> = largest
        .iter()
        .flat_map(edges)
        .filter(|(from, to)| (from[1] > latitude) != (to[1] > latitude))
        .map(|(from, to)| crossing(from, to, latitude))
        .collect();
    crossings.sort_by(f64::total_cmp);
    let widest = crossings
        .chunks_exact(2)
        .max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    let longitude = widest.map_or(largest[0][0][0], |span| f64::midpoint(span[0], span[1]));
    Position::new(longitude, latitude).ok()
}

/// Centroid of a ring and twice its signed area, in degrees.
fn centroid(ring: &Ring) -> ([f64; 2], f64) {
    let Some(&[x0, y0]) = ring.first() else {
        return ([0.0, 0.0], 0.0);
    };
    let (mut x, mut y, mut area) = (0.0, 0.0, 0.0);
    for (from, to) in edges(ring) {
        let (from, to) = ([from[0] - x0, from[1] - y0], [to[0] - x0, to[1] - y0]);
        let cross = from[0] * to[1] - to[0] * from[1];
        x += (from[0] + to[0]) * cross;
        y += (from[1] + to[1]) * cross;
        area += cross;
    }
    if area == 0.0 {
        return ([x0, y0], 0.0);
    }
    ([x0 + x / (3.0 * area), y0 + y / (3.0 * area)], area)
}

fn edges(ring: &Ring) -> impl Iterator<Item = ([f64; 2], [f64; 2])> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().copied().zip(next.copied())
}

/// Whether a ray from `at` to the east crosses the ring an odd number of times.
fn crosses(ring: &Ring, at: [f64; 2]) -> bool {
    let crossings = edges(ring).filter(|&(from, to)| {
        (from[1] > at[1]) != (to[1] > at[1]) && at[0] < crossing(from, to, at[1])
    });
    crossings.count() % 2 == 1
}

/// Longitude where an edge meets a parallel that it crosses.
fn crossing(from: [f64; 2], to: [f64; 2], latitude: f64) -> f64 {
    from[0] + (latitude - from[1]) / (to[1] - from[1]) * (to[0] - from[0])
}

fn distance_to_origin(from: [f64; 2], to: [f64; 2]) -> f64 {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (-(from[0] * dx + from[1] * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (from[0] + along * dx).hypot(from[1] + along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(polygons: Vec<Vec<Ring>>) -> Outline {
        Outline {
            code: "01001".parse().unwrap(),
            polygons,
        }
    }

    fn square(west: f64, south: f64, side: f64) -> Ring {
        let (east, north) = (west + side, south + side);
        vec![[west, south], [east, south], [east, north], [west, north]]
    }

    #[test]
    fn distances_are_zero_inside_and_right_outside() {
        let ring = outline(vec![vec![square(0.0, 45.0, 3.0), square(1.0, 46.0, 1.0)]]);
        let at = |x, y| Position::new(x, y).unwrap();
        assert!(distance_to_outline_km(&ring, at(0.5, 45.5)).abs() < 1e-9);
        let hole = distance_to_outline_km(&ring, at(1.5, 46.9));
        assert!((hole - 11.1).abs() < 0.1, "{hole}");
        let south = distance_to_outline_km(&ring, at(1.0, 44.0));
        assert!((south - 111.2).abs() < 0.1, "{south}");
        assert!(distance_to_bbox_km(&bbox(&ring).unwrap(), at(1.5, 46.5)).abs() < 1e-9);
    }

    #[test]
    fn a_centre_lies_inside_even_a_horseshoe() {
        let horseshoe: Ring = vec![
            [0.0, 0.0],
            [9.0, 0.0],
            [9.0, 9.0],
            [6.0, 9.0],
            [6.0, 1.0],
            [3.0, 1.0],
            [3.0, 9.0],
            [0.0, 9.0],
        ];
        let shape = outline(vec![vec![square(20.0, 0.0, 1.0)], vec![horseshoe]]);
        let centre = centre(&shape).unwrap();
        assert!(distance_to_outline_km(&shape, centre).abs() < 1e-9);
        assert!(centre.longitude() < 10.0);
        assert_eq!(super::centre(&outline(vec![])), None);
    }
}
