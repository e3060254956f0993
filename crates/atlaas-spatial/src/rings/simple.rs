//! The usual case of assembling: every vertex is left by one edge only, so the edges are simple
//! closed walks already, most of them lying in the order of the walk.

use super::edge::Edge;
use crate::grid::Vertex;

/// The rings of edges whose vertices are all different, each from its smallest vertex, in the order
/// of those; `None` when a vertex repeats or a walk does not close, which needs the thorough way.
pub fn simple_rings(edges: &[Edge]) -> Option<Vec<Vec<Vertex>>> {
    if repeats(edges) {
        return None;
    }
    let runs = runs(edges);
    let mut starts: Vec<(Vertex, usize)> = (0..)
        .zip(&runs)
        .map(|(rank, run)| (edges[run.start].0, rank))
        .collect();
    starts.sort_unstable();
    let mut rings: Vec<Vec<Vertex>> = Vec::with_capacity(1);
    let mut used = vec![false; runs.len()];
    for first in 0..runs.len() {
        if used[first] {
            continue;
        }
        let mut ring = Vec::with_capacity(edges.len().min(1 << 12));
        let mut at = first;
        loop {
            if std::mem::replace(&mut used[at], true) {
                return None;
            }
            let run = &edges[runs[at].clone()];
            ring.extend(run.iter().map(|edge| edge.0));
            let end = run[run.len() - 1].1;
            if end == edges[runs[first].start].0 {
                break;
            }
            let found = starts.binary_search_by_key(&end, |start| start.0).ok()?;
            at = starts[found].1;
        }
        if ring.len() < 3 {
            return None;
        }
        let (smallest, _) = ring.iter().enumerate().min_by_key(|(_, vertex)| **vertex)?;
        ring.rotate_left(smallest);
        rings.push(ring);
    }
    rings.sort_unstable_by_key(|ring| ring[0]);
    Some(rings)
}

fn repeats(edges: &[Edge]) -> bool {
    let packed = |vertex: Vertex| u64::from(vertex.x as u32) << 32 | u64::from(vertex.y as u32);
    let mut starts: Vec<u64> = edges.iter().map(|edge| packed(edge.0)).collect();
    starts.sort_unstable();
    starts.windows(2).any(|pair| pair[0] == pair[1])
}

/// Stretches of edges that follow one another; the walk is looked up where one ends.
fn runs(edges: &[Edge]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::with_capacity(8);
    let mut start = 0;
    for run in edges.chunk_by(|before, after| before.1 == after.0) {
        runs.push(start..start + run.len());
        start += run.len();
    }
    runs
}
