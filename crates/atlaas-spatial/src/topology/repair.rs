//! Repairs between rings, before they are cut into arcs: borders that two communes draw slightly
//! apart are given the same vertices, and edges that cross are cut where they do.

use super::clean::TopologyRemark;
use super::crossing::{Cells, Segment, crossing_pairs};
use super::cut::OwnedRing;
use crate::grid::Vertex;
use crate::grid::distance2;
use crate::rings::Edge;
use atlaas_model::{Action, Code};
use hashbrown::{HashMap, HashSet, hash_map::Entry};

/// How far a vertex may lie from the edge of a neighbour and still be meant to lie on it, in lattice
/// steps: 2.6 m in France, a few units of the last decimal of most sources.
const APART: f64 = 100.0;

/// New vertices of an undirected edge.
type Cuts = HashMap<Edge, Vec<Vertex>>;

/// Repairs rings in place. `codes` names their owners.
pub fn repair(rings: &mut [OwnedRing], codes: &[Code], remarks: &mut Vec<TopologyRemark>) {
    let align = alignments(rings);
    insert(rings, &align, |ring, at| {
        let advice = "bord dessiné à moins de 3 m de celui du voisin : aligné sur lui";
        remarks.push(remark(codes, ring, at, Action::Repare, advice));
    });
    let cross = crossings(rings);
    insert(rings, &cross, |ring, at| {
        let advice = "contour qui se croise ou croise celui d’un voisin : coupé au croisement ; revoir le tracé";
        remarks.push(remark(codes, ring, at, Action::Garde, advice));
    });
}

fn remark(codes: &[Code], owner: u32, at: Vertex, action: Action, advice: &str) -> TopologyRemark {
    let [longitude, latitude] = at.lon_lat();
    TopologyRemark {
        code: codes[owner as usize],
        action,
        value: format!("{longitude:.5},{latitude:.5}"),
        advice: advice.to_owned(),
    }
}

fn undirected((a, b): Edge) -> Edge {
    (a.min(b), a.max(b))
}

fn edges(ring: &OwnedRing) -> impl Iterator<Item = Edge> {
    let next = ring.vertices.iter().cycle().skip(1);
    ring.vertices.iter().copied().zip(next.copied())
}

/// Vertices of other owners that lie almost on edges that no neighbour shares.
fn alignments(rings: &[OwnedRing]) -> Cuts {
    let mut alone: HashMap<Edge, Option<u32>> = HashMap::new();
    for ring in rings {
        for edge in edges(ring) {
            match alone.entry(undirected(edge)) {
                Entry::Vacant(free) => drop(free.insert(Some(ring.owner))),
                Entry::Occupied(mut taken) => drop(taken.insert(None)),
            }
        }
    }
    let mut alone: Vec<(Edge, u32)> = alone
        .into_iter()
        .filter_map(|(edge, owner)| Some((edge, owner?)))
        .collect();
    alone.sort_unstable();
    let cells = Cells::of_width(100 * APART as u64);
    let mut ends: HashMap<u64, Vec<(Vertex, u32)>> = HashMap::new();
    for &((a, b), owner) in &alone {
        for end in [a, b] {
            let key = cells.key(i64::from(end.x), i64::from(end.y));
            ends.entry(key).or_default().push((end, owner));
        }
    }
    let mut cuts = Cuts::new();
    for ((a, b), owner) in alone {
        let mut found = Vec::new();
        cells.along(a, b, APART as i64, |key| {
            let near = ends.get(&key).into_iter().flatten();
            found.extend(near.filter_map(|&(vertex, other)| {
                let apart = other != owner && vertex != a && vertex != b;
                (apart && distance2(vertex, a, b) <= APART * APART).then_some(vertex)
            }));
        });
        // A vertex beside an end would fold the edge back.
        let beside = |v: &Vertex, end: Vertex| distance2(*v, end, end) <= APART * APART;
        found.retain(|vertex| !beside(vertex, a) && !beside(vertex, b));
        if !found.is_empty() {
            cuts.insert((a, b), found);
        }
    }
    cuts
}

/// Where edges cross.
fn crossings(rings: &[OwnedRing]) -> Cuts {
    let mut seen: HashSet<Edge> = HashSet::new();
    let mut segments = Vec::new();
    for edge in rings.iter().flat_map(edges).map(undirected) {
        if seen.insert(edge) {
            segments.push(Segment {
                a: edge.0,
                b: edge.1,
                from: 0,
                to: 1,
            });
        }
    }
    drop(seen);
    let cells = Cells::for_segments(&segments);
    let mut cuts = Cuts::new();
    for (s, t) in crossing_pairs(&segments, cells, None, |_, _| true) {
        let (s, t) = (segments[s as usize], segments[t as usize]);
        let at = meeting(s, t);
        for segment in [s, t] {
            cuts.entry((segment.a, segment.b)).or_default().push(at);
        }
    }
    cuts
}

/// The lattice vertex nearest to where two segments cross.
fn meeting(s: Segment, t: Segment) -> Vertex {
    use crate::grid::turn;
    let (from, to) = (turn(t.a, t.b, s.a) as f64, turn(t.a, t.b, s.b) as f64);
    let share = from / (from - to);
    let at = |a: i32, b: i32| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as i32;
    Vertex {
        x: at(s.a.x, s.b.x),
        y: at(s.a.y, s.b.y),
    }
}

/// Puts new vertices into the edges of all rings that have them; `told` hears of each.
fn insert(rings: &mut [OwnedRing], cuts: &Cuts, mut told: impl FnMut(u32, Vertex)) {
    if cuts.is_empty() {
        return;
    }
    for ring in rings {
        if !edges(ring).any(|edge| cuts.contains_key(&undirected(edge))) {
            continue;
        }
        let mut vertices = Vec::with_capacity(ring.vertices.len() + 2);
        for (a, b) in edges(ring) {
            vertices.push(a);
            let mut new = cuts.get(&undirected((a, b))).cloned().unwrap_or_default();
            new.sort_by(|v, w| distance2(*v, a, a).total_cmp(&distance2(*w, a, a)));
            for vertex in new {
                if vertices.last() != Some(&vertex) && vertex != b {
                    told(ring.owner, vertex);
                    vertices.push(vertex);
                }
            }
        }
        super::clean::drop_spikes(&mut vertices);
        if vertices.len() >= 3 {
            ring.vertices = vertices;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::cut::cut_into_arcs;

    fn ring(owner: u32, corners: &[(i32, i32)]) -> OwnedRing {
        let vertices = corners.iter().map(|&(x, y)| Vertex { x, y }).collect();
        OwnedRing { owner, vertices }
    }

    fn repaired(mut rings: Vec<OwnedRing>) -> (Vec<OwnedRing>, Vec<TopologyRemark>) {
        let codes = ["01001", "01002"].map(|code| code.parse().unwrap());
        let mut remarks = Vec::new();
        repair(&mut rings, &codes, &mut remarks);
        (rings, remarks)
    }

    #[test]
    fn a_border_with_one_vertex_more_on_one_side_is_shared_again() {
        let left = ring(0, &[(0, 0), (100_000, 0), (100_000, 100_000), (0, 100_000)]);
        let right = ring(
            1,
            &[
                (100_000, 0),
                (200_000, 0),
                (200_000, 100_000),
                (100_000, 100_000),
                (100_040, 50_000),
            ],
        );
        let (rings, remarks) = repaired(vec![left, right]);
        let (arcs, shapes) = cut_into_arcs(&rings, 2);
        assert_eq!((arcs.len(), shapes[0].len(), remarks.len()), (3, 2, 1));
        assert_eq!(remarks[0].code.as_str(), "01001");
    }

    #[test]
    fn a_ring_that_crosses_itself_is_cut_where_it_does() {
        let bow = ring(0, &[(0, 0), (100_000, 100_000), (100_000, 0), (0, 90_000)]);
        let (rings, remarks) = repaired(vec![bow]);
        assert_eq!((rings[0].vertices.len(), remarks.len()), (6, 2));
        assert_eq!(remarks[0].action, Action::Garde);
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        let left = ring(0, &[(0, 0), (100_000, 0), (100_000, 100_000), (0, 100_000)]);
        let right = ring(
            1,
            &[
                (100_000, 0),
                (200_000, 0),
                (200_000, 100_000),
                (100_000, 100_000),
            ],
        );
        let rings = vec![left, right];
        assert_eq!(repaired(rings.clone()), (rings, vec![]));
    }
}
