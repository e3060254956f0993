//! Cuts rings into arcs at the vertices where the set of rings changes. A vertex is a node unless every
//! ring through it has the same two neighbours there.

use super::arcs::{ArcRef, Arcs, dissolve};
use crate::grid::Vertex;
use hashbrown::HashMap;

/// A ring of one outline: closed, its first vertex not repeated, exteriors with a positive area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedRing {
    /// Rank of the outline that it belongs to.
    pub owner: u32,
    /// At least three vertices, no two in a row the same.
    pub vertices: Vec<Vertex>,
}

/// Cuts rings into arcs. Gives the arcs and, for each owner, its signed arcs.
pub fn cut_into_arcs(rings: &[OwnedRing], owners: usize) -> (Arcs, Vec<Vec<ArcRef>>) {
    let (ids, vertices) = number_vertices(rings);
    let nodes = find_nodes(&ids, vertices.len());
    let mut cutter = Cutter {
        arcs: Arcs::default(),
        by_first_edge: HashMap::new(),
        vertices,
    };
    let mut shapes = vec![Vec::new(); owners];
    for (ring, ids) in rings.iter().zip(&ids) {
        let shape = &mut shapes[ring.owner as usize];
        for chain in chains(ids, &nodes) {
            shape.push(cutter.arc(&chain));
        }
    }
    for shape in &mut shapes {
        *shape = dissolve(shape.iter().copied());
    }
    (cutter.arcs, shapes)
}

fn number_vertices(rings: &[OwnedRing]) -> (Vec<Vec<u32>>, Vec<Vertex>) {
    let count: usize = rings.iter().map(|ring| ring.vertices.len()).sum();
    let mut numbers: HashMap<Vertex, u32> = HashMap::with_capacity(count / 2);
    let mut vertices = Vec::with_capacity(count / 2);
    let ids = rings
        .iter()
        .map(|ring| {
            let number = |&vertex: &Vertex| {
                *numbers.entry(vertex).or_insert_with(|| {
                    vertices.push(vertex);
                    vertices.len() as u32 - 1
                })
            };
            ring.vertices.iter().map(number).collect()
        })
        .collect();
    (ids, vertices)
}

/// A vertex is a node unless every ring through it has the same two neighbours there.
fn find_nodes(rings: &[Vec<u32>], vertices: usize) -> Vec<bool> {
    const UNSEEN: (u32, u32) = (u32::MAX, u32::MAX);
    let mut neighbours = vec![UNSEEN; vertices];
    let mut nodes = vec![false; vertices];
    for ring in rings {
        for (place, &vertex) in ring.iter().enumerate() {
            let before = ring[(place + ring.len() - 1) % ring.len()];
            let after = ring[(place + 1) % ring.len()];
            let pair = (before.min(after), before.max(after));
            let seen = &mut neighbours[vertex as usize];
            if *seen == UNSEEN {
                *seen = pair;
            } else if *seen != pair {
                nodes[vertex as usize] = true;
            }
        }
    }
    nodes
}

/// The ring cut at its nodes. A ring without any is one closed chain, from its smallest vertex
/// towards the smaller of that vertex's neighbours, so that both sides cut it alike.
fn chains(ring: &[u32], nodes: &[bool]) -> Vec<Vec<u32>> {
    let n = ring.len();
    let cuts: Vec<usize> = (0..n)
        .filter(|&place| nodes[ring[place] as usize])
        .collect();
    if cuts.is_empty() {
        let start = (0..n).min_by_key(|&place| ring[place]).unwrap_or(0);
        return vec![(0..=n).map(|step| ring[(start + step) % n]).collect()];
    }
    (0..cuts.len())
        .map(|cut| {
            let start = cuts[cut];
            let end = cuts.get(cut + 1).copied().unwrap_or(cuts[0] + n);
            (start..=end).map(|place| ring[place % n]).collect()
        })
        .collect()
}

struct Cutter {
    arcs: Arcs,
    by_first_edge: HashMap<(u32, u32), ArcRef>,
    vertices: Vec<Vertex>,
}

impl Cutter {
    /// The arc of a chain, made at its first use. The first edge tells the chain: what follows has
    /// no node until its end.
    fn arc(&mut self, chain: &[u32]) -> ArcRef {
        let last = chain.len() - 1;
        let first_edge = (chain[0], chain[1]);
        if let Some(&known) = self.by_first_edge.get(&first_edge) {
            return known;
        }
        let vertices = chain.iter().map(|&id| self.vertices[id as usize]);
        let arc = ArcRef::forward(self.arcs.push(vertices));
        self.by_first_edge.insert(first_edge, arc);
        self.by_first_edge
            .insert((chain[last], chain[last - 1]), arc.reversed());
        arc
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(owner: u32, corners: &[(i32, i32)]) -> OwnedRing {
        let vertices = corners.iter().map(|&(x, y)| Vertex { x, y }).collect();
        OwnedRing { owner, vertices }
    }

    #[test]
    fn neighbours_share_their_border_once() {
        let left = ring(0, &[(0, 0), (1, 0), (1, 1), (1, 2), (0, 2)]);
        let right = ring(1, &[(1, 0), (2, 0), (2, 2), (1, 2), (1, 1)]);
        let (arcs, shapes) = cut_into_arcs(&[left, right], 2);
        assert_eq!(arcs.len(), 3);
        let shared: Vec<_> = shapes[0]
            .iter()
            .filter(|arc| shapes[1].contains(&arc.reversed()))
            .collect();
        assert_eq!(shared.len(), 1);
        assert_eq!(arcs.arc(shared[0].arc()).len(), 3);
    }

    #[test]
    fn dissolving_neighbours_leaves_the_outer_boundary() {
        let left = ring(0, &[(0, 0), (1, 0), (1, 2), (0, 2)]);
        let right = ring(1, &[(1, 0), (2, 0), (2, 2), (1, 2)]);
        let (arcs, shapes) = cut_into_arcs(&[left, right], 2);
        let whole = dissolve(shapes.iter().flatten().copied());
        let vertices: usize = whole.iter().map(|arc| arcs.arc(arc.arc()).len()).sum();
        assert_eq!((whole.len(), vertices), (2, 8));
    }

    #[test]
    fn an_enclave_and_the_hole_around_it_are_one_closed_arc() {
        let outer = ring(0, &[(0, 0), (9, 0), (9, 9), (0, 9)]);
        let hole = ring(0, &[(2, 2), (2, 4), (4, 4), (4, 2)]);
        let enclave = ring(1, &[(4, 4), (2, 4), (2, 2), (4, 2)]);
        let (arcs, shapes) = cut_into_arcs(&[outer, hole, enclave], 2);
        assert_eq!(arcs.len(), 2);
        assert_eq!(shapes[1], [shapes[0][1].reversed()]);
        assert_eq!(arcs.arc(1).first(), arcs.arc(1).last());
    }
}
