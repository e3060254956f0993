//! Finds the segments that cross, among hundreds of thousands, with a grid of square cells: two
//! segments are compared when they share a cell.

use crate::grid::{Vertex, turn};
use hashbrown::HashSet;
use rayon::prelude::*;

/// A segment between two vertices, and where it stands in its arcs or rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First end.
    pub a: Vertex,
    /// Last end.
    pub b: Vertex,
    /// Place of `a` among the vertices of all arcs.
    pub from: u32,
    /// Place of `b`.
    pub to: u32,
}

impl Segment {
    /// Whether vertices between the two ends were taken out.
    pub const fn is_chord(&self) -> bool {
        self.to > self.from + 1
    }

    /// Whether two segments cross at a point inside both.
    pub fn crosses(&self, other: &Self) -> bool {
        let sides =
            |s: &Self, t: &Self| (turn(s.a, s.b, t.a).signum() * turn(s.a, s.b, t.b).signum()) < 0;
        boxes_touch(self, other) && sides(self, other) && sides(other, self)
    }
}

fn boxes_touch(s: &Segment, t: &Segment) -> bool {
    s.a.x.min(s.b.x) <= t.a.x.max(t.b.x)
        && t.a.x.min(t.b.x) <= s.a.x.max(s.b.x)
        && s.a.y.min(s.b.y) <= t.a.y.max(t.b.y)
        && t.a.y.min(t.b.y) <= s.a.y.max(s.b.y)
}

/// Square cells of `2^bits` lattice steps.
#[derive(Clone, Copy, Debug)]
pub struct Cells {
    bits: u32,
}

impl Cells {
    /// Cells about twice as wide as the segments are long on average.
    pub fn for_segments(segments: &[Segment]) -> Self {
        let reach = |s: &Segment| {
            let (dx, dy) = (
                i64::from(s.a.x) - i64::from(s.b.x),
                i64::from(s.a.y) - i64::from(s.b.y),
            );
            dx.unsigned_abs().max(dy.unsigned_abs())
        };
        let total: u64 = segments.iter().map(reach).sum();
        let mean = total / (segments.len() as u64).max(1);
        Self::of_width(mean.saturating_mul(2))
    }

    /// Cells at least this wide, in lattice steps.
    pub fn of_width(width: u64) -> Self {
        Self {
            bits: (u64::BITS - width.leading_zeros()).clamp(4, 28),
        }
    }

    /// Cells are `2^bits` lattice steps wide.
    pub const fn bits(self) -> u32 {
        self.bits
    }

    /// The cell of a place.
    pub const fn key(self, x: i64, y: i64) -> u64 {
        (((x >> self.bits) as u64 & 0xffff_ffff) << 32) | ((y >> self.bits) as u64 & 0xffff_ffff)
    }

    /// Calls `visit` with every cell that a segment, thickened by `margin`, may touch.
    pub fn along(self, a: Vertex, b: Vertex, margin: i64, mut visit: impl FnMut(u64)) {
        let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
        let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(i64::from);
        let width = 1_i64 << self.bits;
        let first = (ax - margin) >> self.bits;
        let last = (bx + margin) >> self.bits;
        let top = (ay.min(by) - margin) >> self.bits;
        let bottom = (ay.max(by) + margin) >> self.bits;
        if last - first <= 1 && bottom - top <= 1 {
            for column in first..=last {
                for row in top..=bottom {
                    visit(self.key(column << self.bits, row << self.bits));
                }
            }
            return;
        }
        let slope = if bx > ax {
            (by - ay) as f64 / (bx - ax) as f64
        } else {
            0.0
        };
        for column in first..=last {
            let (low, high) = if first == last || ax == bx {
                (ay.min(by), ay.max(by))
            } else {
                let at = |x: i64| ay + (slope * (x.clamp(ax, bx) - ax) as f64) as i64;
                let west = at(column * width - margin);
                let east = at((column + 1) * width + margin);
                (west.min(east) - 1, west.max(east) + 1)
            };
            for row in ((low - margin) >> self.bits)..=((high + margin) >> self.bits) {
                visit(self.key(column << self.bits, row << self.bits));
            }
        }
    }
}

/// Pairs of segments that cross, by rank, each once and in order. Only pairs that `worth` accepts are
/// compared; `only` restricts the search to some cells.
pub fn crossing_pairs(
    segments: &[Segment],
    cells: Cells,
    only: Option<&HashSet<u64>>,
    worth: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<(u32, u32)> {
    let mut entries: Vec<(u64, u32)> = Vec::with_capacity(segments.len() * 2);
    for (segment, rank) in segments.iter().zip(0..) {
        cells.along(segment.a, segment.b, 0, |key| {
            if only.is_none_or(|only| only.contains(&key)) {
                entries.push((key, rank));
            }
        });
    }
    entries.par_sort_unstable();
    let groups: Vec<&[(u64, u32)]> = entries.chunk_by(|a, b| a.0 == b.0).collect();
    let mut pairs: Vec<(u32, u32)> = groups
        .par_iter()
        .flat_map_iter(|group| {
            let mut found = Vec::new();
            for (place, &(_, s)) in group.iter().enumerate() {
                for &(_, t) in &group[place + 1..] {
                    if worth(s, t) && segments[s as usize].crosses(&segments[t as usize]) {
                        found.push((s, t));
                    }
                }
            }
            found
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vertex() -> impl Strategy<Value = Vertex> {
        (0..3000_i32, 0..3000_i32).prop_map(|(x, y)| Vertex { x, y })
    }

    proptest! {
        #[test]
        fn the_grid_finds_what_comparing_all_pairs_finds(ends in proptest::collection::vec((vertex(), vertex()), 1..60), width in 8..4000_u64) {
            let segments: Vec<Segment> = ends
                .into_iter()
                .map(|(a, b)| Segment { a, b, from: 0, to: 1 })
                .collect();
            let found = crossing_pairs(&segments, Cells::of_width(width), None, |_, _| true);
            let count = segments.len() as u32;
            let expected: Vec<(u32, u32)> = (0..count)
                .flat_map(|s| (s + 1..count).map(move |t| (s, t)))
                .filter(|&(s, t)| segments[s as usize].crosses(&segments[t as usize]))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
