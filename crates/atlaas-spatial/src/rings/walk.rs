//! Closed walks over any edges, whatever meets, repeats or doubles back: at a vertex with several ways
//! out a walk keeps to the same piece of interior, and it is split where it comes back to a vertex.

use super::edge::Edge;
use crate::grid::{Vertex, turn};
use std::cmp::Ordering;

/// Closed walks over edges sorted by their first vertex. Edges that lead nowhere, which only a
/// broken source can give, are left out.
pub fn walks(edges: &[Edge]) -> Vec<Vec<Vertex>> {
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
pub fn split_at_repeats(walk: Vec<Vertex>) -> Vec<Vec<Vertex>> {
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
