//! From a heap of directed edges to clean polygons: every ring simple, none touching itself,
//! exteriors first with their holes, no edge twice, no ring without surface.
//!
//! A territory's boundary is an unordered set of edges with the interior to their right on the
//! screen. Edges walked both ways cancel: whatever rounding made coincide goes away. At vertices
//! where several edges leave, the walk keeps to the same piece of interior, and a walk that comes
//! back to a vertex is split there; what comes out is valid in the sense of OGC simple features.

mod quick;

use crate::quantise::{Vertex, area2, turn};
use std::cmp::Ordering;

/// A directed edge between two different vertices, the interior to its right on the screen.
pub type Edge = (Vertex, Vertex);

/// An exterior ring with a positive area, then holes with negative ones; first vertices are not
/// repeated.
pub type Polygon = Vec<Vec<Vertex>>;

/// Assembles edges into polygons.
pub fn assemble(edges: Vec<Edge>) -> Vec<Polygon> {
    match quick::simple_rings(&edges) {
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

/// Drops edges that are walked as often one way as the other, and repeats of one way.
pub fn cancel_opposites(mut edges: Vec<Edge>) -> Vec<Edge> {
    let undirected = |edge: &Edge| (edge.0.min(edge.1), edge.0.max(edge.1));
    edges.retain(|edge| edge.0 != edge.1);
    edges.sort_unstable_by_key(undirected);
    let mut kept: Vec<Edge> = edges
        .chunk_by(|a, b| undirected(a) == undirected(b))
        .filter_map(|same| {
            let (low, high) = undirected(&same[0]);
            let ahead = same.iter().filter(|edge| edge.0 == low).count();
            match ahead.cmp(&(same.len() - ahead)) {
                Ordering::Greater => Some((low, high)),
                Ordering::Less => Some((high, low)),
                Ordering::Equal => None,
            }
        })
        .collect();
    kept.sort_unstable();
    kept
}

/// Closed walks over edges sorted by their first vertex. Edges that lead nowhere, which only a
/// broken source can give, are left out.
fn walks(edges: &[Edge]) -> Vec<Vec<Vertex>> {
    let mut used = vec![false; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        let mut walk = Vec::new();
        let mut at = start;
        while !used[at] {
            used[at] = true;
            walk.push(edges[at].0);
            match next_edge(edges, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        if at == start && walk.len() > 2 {
            found.push(walk);
        }
    }
    found
}

fn next_edge(edges: &[Edge], at: usize) -> Option<usize> {
    let (from, vertex) = edges[at];
    let first = edges.partition_point(|edge| edge.0 < vertex);
    let leaving = edges[first..].partition_point(|edge| edge.0 == vertex);
    match leaving {
        0 => None,
        1 => Some(first),
        _ => {
            (first..first + leaving).min_by(|&e, &f| sharper(vertex, from, edges[e].1, edges[f].1))
        }
    }
}

/// Orders two ways out of `vertex`, for a walk that came from `from`, by how soon they are met when
/// sweeping from the way back through the interior (anticlockwise on the screen).
fn sharper(vertex: Vertex, from: Vertex, one: Vertex, other: Vertex) -> Ordering {
    // Half 0: swept before half a turn; half 1: after.
    let half = |to: Vertex| {
        let side = turn(vertex, from, to);
        let ahead = i64::from(from.x - vertex.x) * i64::from(to.x - vertex.x)
            + i64::from(from.y - vertex.y) * i64::from(to.y - vertex.y);
        u8::from(side > 0 || (side == 0 && ahead > 0))
    };
    half(one)
        .cmp(&half(other))
        .then_with(|| turn(vertex, one, other).cmp(&0))
}

/// Splits a closed walk where it comes back to a vertex; every part visits its vertices once.
fn split_at_repeats(walk: Vec<Vertex>) -> Vec<Vec<Vertex>> {
    let mut sorted = walk.clone();
    sorted.sort_unstable();
    let repeated: Vec<Vertex> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    if repeated.is_empty() {
        return vec![walk];
    }
    let mut parts = Vec::new();
    let mut open: Vec<Vertex> = Vec::new();
    for vertex in walk {
        if repeated.binary_search(&vertex).is_ok()
            && let Some(place) = open.iter().rposition(|&v| v == vertex)
        {
            let part = open.split_off(place);
            if part.len() > 2 {
                parts.push(part);
            }
        }
        open.push(vertex);
    }
    if open.len() > 2 {
        parts.push(open);
    }
    parts
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

/// Whether a vertex lies inside a ring (even-odd; on the boundary either answer).
pub fn contains(ring: &[Vertex], vertex: Vertex) -> bool {
    let mut inside = false;
    let next = ring.iter().cycle().skip(1);
    for (&a, &b) in ring.iter().zip(next) {
        inside ^= crosses_ray(a, b, vertex);
    }
    inside
}

/// Whether the edge `a b` crosses the ray that goes east from a vertex.
pub fn crosses_ray(a: Vertex, b: Vertex, vertex: Vertex) -> bool {
    if (a.y > vertex.y) == (b.y > vertex.y) {
        return false;
    }
    let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
    turn(low, high, vertex) > 0
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
    fn a_ray_eastwards_counts_only_edges_to_the_east() {
        let square: Vec<Vertex> = SQUARE.iter().map(|&(x, y)| Vertex { x, y }).collect();
        for (x, y, inside) in [
            (5, 5, true),
            (-5, 5, false),
            (15, 5, false),
            (5, -5, false),
            (5, 15, false),
        ] {
            assert_eq!(contains(&square, Vertex { x, y }), inside, "{x} {y}");
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
