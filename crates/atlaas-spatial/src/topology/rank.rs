//! How early each vertex of an arc may go: one rank a vertex, computed once, for every zoom.
//!
//! Vertices are taken out one by one in the manner of Visvalingam and Whyatt (1993), the least
//! important first, but a vertex weighs what its going costs as a distance: the farthest that any
//! vertex gone so far would lie from the chord that replaces it. An effective area says nothing of
//! that distance (a thin spike has none); a distance does, and a threshold on it bounds the error.
//! Ranks grow in the order of removal, so the vertices above a threshold are exactly those of one
//! moment of the removal: coarser zooms keep a subset of finer ones.

use crate::grid::{Vertex, WHOLE_ZOOM, distance2, tolerance};
use std::{cmp::Ordering, collections::BinaryHeap};

/// For each vertex of an arc that is drawn from `arc_zoom` on, the first zoom at which it is kept. Both ends are pinned (0); a closed
/// arc, whose last vertex repeats the first, keeps two more so that it stays a triangle.
pub fn first_zooms(arc: &[Vertex], arc_zoom: u8) -> Vec<u8> {
    let mut removal = Removal::new(arc);
    if arc.first() == arc.last() {
        removal.pin_triangle();
    }
    let tolerances: Vec<f64> = (0..=WHOLE_ZOOM).map(tolerance).collect();
    let ranks = removal.run(tolerances[usize::from(arc_zoom.min(WHOLE_ZOOM))]);
    let drawn = arc_zoom.min(WHOLE_ZOOM)..WHOLE_ZOOM;
    let first = |rank: f64| {
        let mut zooms = drawn.clone();
        zooms
            .find(|&zoom| rank > tolerances[usize::from(zoom)])
            .unwrap_or(WHOLE_ZOOM)
    };
    ranks
        .into_iter()
        .map(|rank| {
            if rank == f64::INFINITY {
                0
            } else {
                first(rank)
            }
        })
        .collect()
}

struct Removal<'a> {
    arc: &'a [Vertex],
    previous: Vec<u32>,
    next: Vec<u32>,
    pinned: Vec<bool>,
}

#[derive(PartialEq)]
struct Candidate {
    cost2: f64,
    vertex: u32,
    between: (u32, u32),
}

impl Eq for Candidate {}
impl Ord for Candidate {
    /// The cheapest is the greatest, the earliest vertex first among equals.
    fn cmp(&self, other: &Self) -> Ordering {
        let order = other.cost2.total_cmp(&self.cost2);
        order.then(other.vertex.cmp(&self.vertex))
    }
}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Removal<'a> {
    fn new(arc: &'a [Vertex]) -> Self {
        let last = arc.len().saturating_sub(1);
        Self {
            arc,
            previous: (0..arc.len() as u32).map(|v| v.saturating_sub(1)).collect(),
            next: (0..arc.len() as u32).map(|v| v + 1).collect(),
            pinned: (0..arc.len()).map(|v| v == 0 || v == last).collect(),
        }
    }

    fn pin_triangle(&mut self) {
        let farthest = |from: Vertex, to: Vertex| {
            let distance = |&v: &usize| distance2(self.arc[v], from, to);
            (0..self.arc.len()).max_by(|a, b| distance(a).total_cmp(&distance(b)))
        };
        let Some(second) = farthest(self.arc[0], self.arc[0]) else {
            return;
        };
        let third = farthest(self.arc[0], self.arc[second]);
        for pin in [Some(second), third].into_iter().flatten() {
            self.pinned[pin] = true;
        }
    }

    /// Removes until nothing costs at most `enough`; ranks of what is left are infinite.
    fn run(mut self, enough: f64) -> Vec<f64> {
        let mut ranks = vec![f64::INFINITY; self.arc.len()];
        let mut heap: BinaryHeap<Candidate> = (1..self.arc.len().saturating_sub(1) as u32)
            .filter_map(|vertex| self.candidate(vertex))
            .collect();
        let mut highest: f64 = 0.0;
        while let Some(candidate) = heap.pop() {
            let v = candidate.vertex as usize;
            let (before, after) = (self.previous[v], self.next[v]);
            if ranks[v].is_finite() || candidate.between != (before, after) {
                continue;
            }
            highest = highest.max(candidate.cost2);
            if highest > enough * enough {
                break;
            }
            ranks[v] = highest.sqrt();
            self.next[before as usize] = after;
            self.previous[after as usize] = before;
            heap.extend(
                [before, after]
                    .into_iter()
                    .filter_map(|v| self.candidate(v)),
            );
        }
        ranks
    }

    fn candidate(&self, vertex: u32) -> Option<Candidate> {
        let v = vertex as usize;
        if self.pinned[v] {
            return None;
        }
        let (before, after) = (self.previous[v], self.next[v]);
        let (a, b) = (self.arc[before as usize], self.arc[after as usize]);
        let gone = &self.arc[before as usize + 1..after as usize];
        let cost2 = gone.iter().map(|&v| distance2(v, a, b)).fold(0.0, f64::max);
        Some(Candidate {
            cost2,
            vertex,
            between: (before, after),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arcs() -> impl Strategy<Value = Vec<Vertex>> {
        let step = (-40_000..40_000, -40_000..40_000_i32);
        proptest::collection::vec(step, 2..60).prop_map(|steps| {
            let mut at = Vertex {
                x: 1 << 29,
                y: 1 << 29,
            };
            let mut arc = vec![at];
            for (dx, dy) in steps {
                at = Vertex {
                    x: at.x + dx,
                    y: at.y + dy,
                };
                arc.push(at);
            }
            arc
        })
    }

    proptest! {
        #[test]
        fn the_error_at_each_zoom_is_within_its_tolerance(arc in arcs(), closed in any::<bool>()) {
            let mut arc = arc;
            if closed { arc.push(arc[0]); }
            let zooms = first_zooms(&arc, 0);
            for zoom in 0..=WHOLE_ZOOM {
                let kept: Vec<usize> = (0..arc.len()).filter(|&v| zooms[v] <= zoom).collect();
                prop_assert_eq!(kept.first(), Some(&0));
                prop_assert_eq!(kept.last(), Some(&(arc.len() - 1)));
                for pair in kept.windows(2) {
                    for gone in pair[0] + 1..pair[1] {
                        let error = distance2(arc[gone], arc[pair[0]], arc[pair[1]]).sqrt();
                        prop_assert!(error <= tolerance(zoom) + 1e-6, "{} at {}", error, zoom);
                    }
                }
            }
        }
    }

    #[test]
    fn a_closed_arc_stays_a_triangle_at_every_zoom() {
        let ring = [
            (0, 0),
            (1, 0),
            (2, 0),
            (2, 1),
            (2, 2),
            (1, 2),
            (0, 2),
            (0, 1),
            (0, 0),
        ];
        let zooms = first_zooms(&ring.map(|(x, y)| Vertex { x, y }), 0);
        let pinned: Vec<&u8> = zooms.iter().filter(|&&zoom| zoom == 0).collect();
        assert_eq!(pinned.len(), 4);
    }

    #[test]
    fn an_arc_of_two_vertices_keeps_them() {
        assert_eq!(
            first_zooms(&[Vertex { x: 0, y: 0 }, Vertex { x: 9, y: 9 }], 0),
            [0, 0]
        );
    }
}
