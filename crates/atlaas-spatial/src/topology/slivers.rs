//! Thin gaps and overlaps that two neighbours' outlines leave between them. Both are closed runs of
//! arcs that only one commune uses; a small one is given to, or taken from, the commune that has the
//! longest share of it. Large ones (lagoons, disputed land) are the source's own and stay.

use super::arcs::{ArcRef, Arcs, dissolve};
use super::clean::TopologyRemark;
use crate::grid::{Vertex, area2, geodesic_measures};
use crate::rings::{Edge, assemble};
use atlaas_model::{Action, Code};
use hashbrown::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A gap or overlap of at most this many square metres is a mistake of drawing.
const SMALL_M2: f64 = 10_000.0;
/// So is a longer one that is thinner than this on average, in metres.
const THIN_M: f64 = 5.0;
/// A larger gap is worth a remark up to this size, in square metres; beyond, it is a border.
const NOTED_M2: f64 = 500e6;

/// Mends the shapes of communes, each a set of signed arcs.
pub fn mend(
    arcs: &Arcs,
    shapes: &mut [Vec<ArcRef>],
    codes: &[Code],
    remarks: &mut Vec<TopologyRemark>,
) {
    let alone = arcs_of_one(arcs, shapes);
    let by_edge: HashMap<Edge, usize> = alone
        .iter()
        .enumerate()
        .flat_map(|(rank, (arc, _))| walk(arcs, *arc).map(move |edge| (edge, rank)))
        .collect();
    for ring in assemble(by_edge.keys().copied().collect())
        .into_iter()
        .flatten()
    {
        let next = ring.iter().cycle().skip(1);
        let edges: Vec<Edge> = ring.iter().copied().zip(next.copied()).collect();
        // Length of the ring that each owner has, and the arcs it is made of.
        let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
        let mut run: BTreeSet<usize> = BTreeSet::new();
        for edge in &edges {
            if let Some(&rank) = by_edge.get(edge) {
                *shares.entry(alone[rank].1).or_default() += length(*edge);
                run.insert(rank);
            }
        }
        let largest = shares.iter().max_by(|a, b| a.1.total_cmp(b.1));
        let Some(owner) = largest.map(|(owner, _)| *owner as usize) else {
            continue;
        };
        let found = Sliver::measure(&ring, shares.len());
        if found.is_mistake() && closes(arcs, &run, &alone, edges.len()) {
            let reversed = run.iter().map(|&rank| alone[rank].0.reversed());
            shapes[owner] = dissolve(shapes[owner].iter().copied().chain(reversed));
        } else if !found.is_gap || found.area_m2 > NOTED_M2 {
            continue;
        }
        remarks.push(found.remark(codes[owner], ring[0]));
    }
}

/// Whether the ring is made of whole arcs.
fn closes(arcs: &Arcs, run: &BTreeSet<usize>, alone: &[(ArcRef, u32)], edges: usize) -> bool {
    let of_arcs: usize = run
        .iter()
        .map(|&rank| arcs.arc(alone[rank].0.arc()).len() - 1)
        .sum();
    of_arcs == edges
}

struct Sliver {
    is_gap: bool,
    area_m2: f64,
    width_m: f64,
    owners: usize,
}

impl Sliver {
    fn measure(ring: &[Vertex], owners: usize) -> Self {
        let (perimeter_m, area_m2) = geodesic_measures(ring.iter().copied());
        let area_m2 = area_m2.abs();
        Self {
            is_gap: area2(ring) < 0,
            area_m2,
            width_m: 2.0 * area_m2 / perimeter_m.max(f64::EPSILON),
            owners,
        }
    }

    /// Small or thin, and not simply a small island or a small hole of one commune.
    fn is_mistake(&self) -> bool {
        let slight = self.area_m2 <= SMALL_M2 || self.width_m <= THIN_M;
        slight && self.owners > 1
    }

    fn remark(&self, code: Code, at: Vertex) -> TopologyRemark {
        let [longitude, latitude] = at.lon_lat();
        let hectares = self.area_m2 / 10_000.0;
        let (action, advice) = match (self.is_mistake(), self.is_gap) {
            (true, true) => (
                Action::Repare,
                "interstice entre voisines : donné à cette commune",
            ),
            (true, false) => (
                Action::Repare,
                "recouvrement entre voisines : retiré à cette commune",
            ),
            (false, _) => (
                Action::Garde,
                "vide entouré de communes : gardé ; lagune, étang ou contour incomplet",
            ),
        };
        TopologyRemark {
            code,
            action,
            value: format!("{longitude:.5},{latitude:.5}"),
            advice: format!("{advice} ({hectares:.2} ha)"),
        }
    }
}

fn length((a, b): Edge) -> f64 {
    f64::from(a.x - b.x).hypot(f64::from(a.y - b.y))
}

fn walk(arcs: &Arcs, arc: ArcRef) -> impl Iterator<Item = Edge> {
    arcs.arc(arc.arc()).windows(2).map(move |ends| {
        if arc.is_backward() {
            (ends[1], ends[0])
        } else {
            (ends[0], ends[1])
        }
    })
}

/// Arcs that one owner alone uses, and which.
fn arcs_of_one(arcs: &Arcs, shapes: &[Vec<ArcRef>]) -> Vec<(ArcRef, u32)> {
    let mut uses = vec![0_u8; arcs.len()];
    for arc in shapes.iter().flatten() {
        uses[arc.arc()] = uses[arc.arc()].saturating_add(1);
    }
    (0..)
        .zip(shapes)
        .flat_map(|(owner, shape)| shape.iter().map(move |&arc| (arc, owner)))
        .filter(|(arc, _)| uses[arc.arc()] == 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::cut::{OwnedRing, cut_into_arcs};

    fn mended(middle: (i32, i32)) -> (Vec<Vec<ArcRef>>, Vec<TopologyRemark>) {
        let ring = |owner, corners: &[(i32, i32)]| OwnedRing {
            owner,
            vertices: corners
                .iter()
                .map(|&(x, y)| Vertex {
                    x: x + (1 << 29),
                    y: y + (1 << 29),
                })
                .collect(),
        };
        // The border is shared above and below; between, the right one goes through `middle`.
        let border = [
            (90_000, -9_000),
            (90_000, 0),
            (90_000, 90_000),
            (90_000, 99_000),
        ];
        let [top, high, low, bottom] = border;
        let left = ring(0, &[(0, -9_000), top, high, low, bottom, (0, 99_000)]);
        let east = [(180_000, -9_000), (180_000, 99_000)];
        let right = ring(1, &[top, east[0], east[1], bottom, low, middle, high]);
        let (arcs, mut shapes) = cut_into_arcs(&[left, right], 2);
        let codes = ["01001", "01002"].map(|code| code.parse().unwrap());
        let mut remarks = Vec::new();
        mend(&arcs, &mut shapes, &codes, &mut remarks);
        (shapes, remarks)
    }

    fn shared(shapes: &[Vec<ArcRef>]) -> usize {
        let both = |arc: &&ArcRef| shapes[1].contains(&arc.reversed());
        shapes[0].iter().filter(both).count()
    }

    #[test]
    fn a_small_gap_is_given_to_one_neighbour() {
        let (shapes, remarks) = mended((90_200, 45_000));
        assert_eq!((shared(&shapes), remarks.len()), (3, 1));
        assert!(remarks[0].advice.starts_with("interstice"));
    }

    #[test]
    fn a_small_overlap_is_taken_from_one_neighbour() {
        let (shapes, remarks) = mended((89_800, 45_000));
        assert_eq!((shared(&shapes), remarks.len()), (3, 1));
        assert!(remarks[0].advice.starts_with("recouvrement"));
    }

    #[test]
    fn a_lagoon_stays_and_is_told() {
        let (shapes, remarks) = mended((150_000, 45_000));
        assert_eq!((shared(&shapes), remarks.len()), (2, 1));
        assert_eq!(remarks[0].action, Action::Garde);
    }
}
