//! Directed edges on the lattice, and the questions that they answer one by one.

use crate::grid::{Vertex, turn};
use std::cmp::Ordering;

/// A directed edge between two different vertices, the interior to its right on the screen.
pub type Edge = (Vertex, Vertex);

/// An exterior ring with a positive area, then holes with negative ones; first vertices are not
/// repeated.
pub type Polygon = Vec<Vec<Vertex>>;

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

    #[test]
    fn a_ray_eastwards_counts_only_edges_to_the_east() {
        let square: Vec<Vertex> = [(0, 0), (10, 0), (10, 10), (0, 10)]
            .map(|(x, y)| Vertex { x, y })
            .to_vec();
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
}
