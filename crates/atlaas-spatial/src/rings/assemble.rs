//! From a heap of directed edges to clean polygons: every ring simple, none touching itself,
//! exteriors first with their holes, no edge twice, no ring without surface.
//!
//! A territory's boundary is an unordered set of edges with the interior to their right on the
//! screen. Edges walked both ways cancel: whatever rounding made coincide goes away. At vertices
//! where several edges leave, the walk keeps to the same piece of interior, and a walk that comes
//! back to a vertex is split there; what comes out is valid in the sense of OGC simple features.

use super::edge::{Edge, Polygon, cancel_opposites, contains};
use super::simple::simple_rings;
use super::walk::{split_at_repeats, walks};
use crate::grid::{Vertex, area2};
use std::cmp::Ordering;

/// Assembles edges into polygons.
pub fn assemble(edges: Vec<Edge>) -> Vec<Polygon> {
    match simple_rings(&edges) {
        Some(rings) => group(rings),
        None => assemble_any(edges),
    }
}

/// Exteriors with the holes that lie in them; no ring has a vertex of another.
fn group(rings: Vec<Vec<Vertex>>) -> Vec<Polygon> {
    let (exteriors, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| area2(ring) > 0);
    let mut polygons: Vec<Polygon> = exteriors.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        if let Some(exterior) = owner(&polygons, &hole) {
            polygons[exterior].push(hole);
        }
    }
    polygons
}

/// As [`assemble`], whatever meets, repeats or doubles back.
fn assemble_any(edges: Vec<Edge>) -> Vec<Polygon> {
    let edges = cancel_opposites(edges);
    let mut exteriors: Vec<Polygon> = Vec::new();
    let mut holes = Vec::new();
    for walk in walks(&edges) {
        let first = exteriors.len();
        let mut own_holes = Vec::new();
        for ring in split_at_repeats(walk) {
            match area2(&ring).cmp(&0) {
                Ordering::Greater => exteriors.push(vec![ring]),
                Ordering::Less => own_holes.push(ring),
                Ordering::Equal => {}
            }
        }
        // A walk around one piece of interior names the exterior of its own holes.
        match &mut exteriors[first..] {
            [only] => only.append(&mut own_holes),
            _ => holes.append(&mut own_holes),
        }
    }
    for hole in holes {
        if let Some(exterior) = owner(&exteriors, &hole) {
            exteriors[exterior].push(hole);
        }
    }
    exteriors
}

fn owner(exteriors: &[Polygon], hole: &[Vertex]) -> Option<usize> {
    if exteriors.len() == 1 {
        return Some(0);
    }
    let inside = |exterior: &Polygon| {
        let vertex = hole.iter().find(|vertex| !exterior[0].contains(vertex));
        vertex.is_none_or(|&vertex| contains(&exterior[0], vertex))
    };
    (0..exteriors.len())
        .filter(|&rank| inside(&exteriors[rank]))
        .min_by_key(|&rank| area2(&exteriors[rank][0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edges(rings: &[&[(i32, i32)]]) -> Vec<Edge> {
        let vertex = |&(x, y): &(i32, i32)| Vertex { x, y };
        rings
            .iter()
            .flat_map(|ring| {
                let next = ring.iter().cycle().skip(1);
                ring.iter().zip(next).map(|(a, b)| (vertex(a), vertex(b)))
            })
            .collect()
    }

    fn shape(rings: &[&[(i32, i32)]]) -> Vec<Vec<i128>> {
        let mut areas: Vec<Vec<i128>> = assemble(edges(rings))
            .iter()
            .map(|polygon| polygon.iter().map(|ring| area2(ring) / 2).collect())
            .collect();
        areas.sort();
        areas
    }

    const SQUARE: &[(i32, i32)] = &[(0, 0), (10, 0), (10, 10), (0, 10)];

    proptest! {
        #[test]
        fn the_usual_and_the_thorough_way_agree(cells in proptest::collection::vec(0..6_u8, 64), turn in any::<u64>()) {
            // Squares of a board, some of them full; few enough that corners often touch nothing.
            let full = |x: i32, y: i32| {
                (0..8).contains(&x) && (0..8).contains(&y) && cells[(y * 8 + x) as usize] == 0
            };
            let mut edges: Vec<Edge> = Vec::new();
            for (x, y) in (0..8).flat_map(|x| (0..8).map(move |y| (x, y))) {
                let corner = |dx: i32, dy: i32| Vertex { x: x + dx, y: y + dy };
                if full(x, y) {
                    let corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
                    edges.extend((0..4).map(|c| (corners[c], corners[(c + 1) % 4])));
                }
            }
            let mut edges = cancel_opposites(edges);
            let rotation = turn as usize % edges.len().max(1);
            edges.rotate_left(rotation);
            let sorted = |mut polygons: Vec<Polygon>| { polygons.sort(); polygons };
            prop_assert_eq!(sorted(assemble(edges.clone())), sorted(assemble_any(edges)));
        }
    }

    #[test]
    fn two_lobes_that_touch_are_two_polygons() {
        let other = &[(10, 10), (20, 10), (20, 20), (10, 20)];
        assert_eq!(shape(&[SQUARE, other]), [[100], [100]]);
    }

    #[test]
    fn a_hole_that_touches_its_exterior_stays_a_hole() {
        let hole = &[(0, 0), (3, 5), (5, 3)];
        assert_eq!(shape(&[SQUARE, hole]), [[100, -8]]);
    }

    #[test]
    fn a_ring_that_meets_itself_around_a_hole_is_an_exterior_and_a_hole() {
        let closed_c = &[
            (0, 0),
            (10, 0),
            (10, 10),
            (0, 10),
            (0, 5),
            (3, 7),
            (7, 5),
            (3, 3),
            (0, 5),
        ];
        assert_eq!(shape(&[closed_c]), [[100, -14]]);
    }

    #[test]
    fn a_hole_that_cuts_its_exterior_makes_two_polygons() {
        let wall = &[(0, 5), (5, 6), (10, 5), (5, 4)];
        let square = &[(0, 0), (10, 0), (10, 5), (10, 10), (0, 10), (0, 5)];
        let areas = shape(&[square, wall]);
        assert_eq!(areas, [[45], [45]]);
    }

    #[test]
    fn a_spike_without_surface_goes_away() {
        let spiked = &[(0, 0), (10, 0), (15, -5), (10, 0), (10, 10), (0, 10)];
        assert_eq!(shape(&[spiked]), [[100]]);
        assert_eq!(shape(&[&[(0, 0), (5, 5)]]), Vec::<Vec<i128>>::new());
    }

    #[test]
    fn a_hole_finds_the_exterior_around_it() {
        let far = &[(100, 0), (130, 0), (130, 30), (100, 30)];
        let hole = &[(110, 10), (110, 20), (120, 20), (120, 10)];
        assert_eq!(shape(&[SQUARE, hole, far]), [vec![100], vec![900, -100]]);
    }
}
