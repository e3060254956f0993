//! Finds the points near a point: points are sorted into square cells, as wide as the radius or a
//! little more, so that a neighbour is in the same cell or in one of the eight around it.
//!
//! Cells are hashed so that the three cells beside each other in a row are three buckets in a row:
//! a search reads three runs of memory. Unlike a kd-tree it is built in three linear passes.

use crate::points::WorldPoint;

/// Points in cells; `rank` is the place of a point in the list that the grid was made of.
#[derive(Debug)]
pub(super) struct Grid {
    radius: u64,
    shift: u32,
    mask: u32,
    /// Where each bucket starts in `points`; one more than there are buckets.
    starts: Vec<u32>,
    points: Vec<(WorldPoint, u32)>,
}

/// Spreads the rows of cells over the buckets (Knuth's multiplicative hash).
const SPREAD: u32 = 0x9E37_79B1;

impl Grid {
    /// Sorts points for searches within `radius` parts of the world.
    pub fn new(points: &[WorldPoint], radius: u64) -> Self {
        let shift = radius.next_power_of_two().trailing_zeros().min(31);
        let buckets = (points.len() * 2).next_power_of_two().max(4);
        let mut grid = Self {
            radius,
            shift,
            mask: buckets as u32 - 1,
            starts: vec![0; buckets + 1],
            points: vec![(WorldPoint { x: 0, y: 0 }, 0); points.len()],
        };
        for &point in points {
            let bucket = grid.bucket(point);
            grid.starts[bucket as usize] += 1;
        }
        let mut end = 0;
        for start in &mut grid.starts {
            end += *start;
            *start = end;
        }
        // Each start stands at the end of its bucket and walks back while the bucket is filled.
        for (&point, rank) in points.iter().zip(0..points.len() as u32).rev() {
            let bucket = grid.bucket(point) as usize;
            let start = &mut grid.starts[bucket];
            *start -= 1;
            grid.points[*start as usize] = (point, rank);
        }
        grid
    }

    fn bucket(&self, point: WorldPoint) -> u32 {
        (point.y >> self.shift)
            .wrapping_mul(SPREAD)
            .wrapping_add(point.x >> self.shift)
            & self.mask
    }

    /// Calls `visit` with the rank of every point within the radius, edge included; in a fixed
    /// order, and possibly twice for one point when cells share a bucket.
    pub fn within(&self, centre: WorldPoint, mut visit: impl FnMut(u32)) {
        let middle = self.bucket(centre);
        for row in [SPREAD.wrapping_neg(), 0, SPREAD] {
            let first = middle.wrapping_add(row).wrapping_sub(1) & self.mask;
            if first + 2 <= self.mask {
                self.scan(first, first + 3, centre, &mut visit);
            } else {
                // The row goes on at the first bucket.
                self.scan(first, self.mask + 1, centre, &mut visit);
                self.scan(0, first + 2 - self.mask, centre, &mut visit);
            }
        }
    }

    fn scan(&self, from: u32, to: u32, centre: WorldPoint, visit: &mut impl FnMut(u32)) {
        let run = self.starts[from as usize] as usize..self.starts[to as usize] as usize;
        for &(point, rank) in &self.points[run] {
            let dx = u64::from(point.x.abs_diff(centre.x));
            let dy = u64::from(point.y.abs_diff(centre.y));
            // The squares of 32-bit numbers and their sum may just not fit.
            if (dx * dx).saturating_add(dy * dy) <= self.radius * self.radius {
                visit(rank);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_search_finds_what_a_scan_finds(
            cells in proptest::collection::vec((0..40_u32, 0..40_u32, 0..100_u32), 0..200),
            zoom in 0..14_u32,
            from in any::<prop::sample::Index>(),
        ) {
            // Around a corner of the world, to meet cells that wrap.
            let points: Vec<WorldPoint> = cells
                .iter()
                .map(|&(x, y, off)| WorldPoint {
                    x: (x << 22).wrapping_mul(97) ^ off,
                    y: (y << 22).wrapping_mul(97),
                })
                .collect();
            prop_assume!(!points.is_empty());
            let radius = 15_u64 << (25 - zoom);
            let grid = Grid::new(&points, radius);
            let centre = points[from.index(points.len())];
            let mut found = Vec::new();
            grid.within(centre, |rank| found.push(rank));
            found.sort_unstable();
            found.dedup();
            let near = |point: &WorldPoint| {
                let dx = i128::from(point.x) - i128::from(centre.x);
                let dy = i128::from(point.y) - i128::from(centre.y);
                dx * dx + dy * dy <= i128::from(radius) * i128::from(radius)
            };
            let ranks = points.iter().zip(0..);
            let expected: Vec<u32> =
                ranks.filter(|(point, _)| near(point)).map(|(_, rank)| rank).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
