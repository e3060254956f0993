//! Finds the points near a point: points are sorted into square cells, as wide as the radius or a
//! little more, so that a neighbour is in the same cell or in one of the eight around it.
//!
//! Cells are hashed so that the three cells beside each other in a row are three buckets in a row:
//! a search reads three runs of memory. Unlike a kd-tree it is built in three linear passes.

use crate::grid::WorldPoint;

/// Points in cells; `rank` is the place of a point in the list that the grid was made of.
#[derive(Debug)]
pub(super) struct Buckets {
    /// The radius, squared.
    reach: u64,
    shift: u32,
    mask: u32,
    /// Where each bucket starts in `points`; the first two come again behind the last.
    starts: Vec<u32>,
    points: Vec<(WorldPoint, u32)>,
}

/// Spreads the rows of cells over the buckets (Knuth's multiplicative hash).
const SPREAD: u32 = 0x9E37_79B1;

/// Three rows of three cells, as ranges of points; see [`Buckets::rows`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rows([(u32, u32); 3]);

/// Room for what follows once more behind the last bucket; more is rare, and only costs a copy.
const ROOM_BEHIND: usize = 64;

impl Buckets {
    /// Sorts points for searches within `radius` parts of the world.
    pub fn new(points: &[WorldPoint], radius: u32) -> Self {
        let shift = 32 - radius.saturating_sub(1).leading_zeros();
        let buckets = (points.len() * 4).next_power_of_two().max(4);
        let mut cells = Self {
            reach: u64::from(radius) * u64::from(radius),
            shift,
            mask: buckets as u32 - 1,
            starts: vec![0; buckets + 3],
            points: Vec::with_capacity(points.len() + ROOM_BEHIND),
        };
        cells
            .points
            .resize(points.len(), (WorldPoint { x: 0, y: 0 }, 0));
        for &point in points {
            let bucket = cells.bucket(point);
            cells.starts[bucket as usize] += 1;
        }
        let mut end = 0;
        for start in &mut cells.starts[..=buckets] {
            end += *start;
            *start = end;
        }
        // Each start stands at the end of its bucket and walks back while the bucket is filled.
        for (&point, rank) in points.iter().zip(0..points.len() as u32).rev() {
            let bucket = cells.bucket(point) as usize;
            let start = &mut cells.starts[bucket];
            *start -= 1;
            cells.points[*start as usize] = (point, rank);
        }
        // A row of cells goes on from the last bucket to the first: two follow once more.
        let (one, two) = (cells.starts[1], cells.starts[2]);
        cells.points.extend_from_within(..two as usize);
        cells.starts[buckets + 1] = end + one;
        cells.starts[buckets + 2] = end + two;
        cells
    }

    fn bucket(&self, point: WorldPoint) -> u32 {
        (point.y >> self.shift)
            .wrapping_mul(SPREAD)
            .wrapping_add(point.x >> self.shift)
            & self.mask
    }

    /// Where the three rows of three cells around a place lie.
    pub fn rows(&self, centre: WorldPoint) -> Rows {
        let middle = self.bucket(centre);
        let row = |offset: u32| {
            let first = (middle.wrapping_add(offset).wrapping_sub(1) & self.mask) as usize;
            (self.starts[first], self.starts[first + 3])
        };
        Rows([row(SPREAD.wrapping_neg()), row(0), row(SPREAD)])
    }

    /// Reads the first point of each row, for no other reason than to have it near. Done for a few
    /// searches ahead, the memory answers all of them at once.
    pub fn touch(&self, rows: &Rows) -> u32 {
        let first = |row: (u32, u32)| self.points.get(row.0 as usize).map_or(0, |point| point.1);
        first(rows.0[0]) ^ first(rows.0[1]) ^ first(rows.0[2])
    }

    /// Takes every point within the radius, edge included, that is still free: marks it, and gives
    /// its rank, in a fixed order. `room` is where ranks are written meanwhile.
    pub fn take_within<'a>(
        &self,
        (centre, rows): (WorldPoint, &Rows),
        free: &mut [bool],
        room: &'a mut Vec<u32>,
    ) -> &'a [u32] {
        let [above, own, below] = rows.0;
        let to_own = above.1 - above.0;
        let to_below = to_own + own.1 - own.0;
        let total = to_below + below.1 - below.0;
        if room.len() < total as usize {
            room.resize(total as usize, 0);
        }
        // No processor can guess how long each row is, and which points are near: so there is one
        // loop, and each rank is written down, and the next one over it unless it counts.
        let mut count = 0;
        for step in 0..total {
            let at = if step < to_own {
                above.0 + step
            } else if step < to_below {
                own.0 + step - to_own
            } else {
                below.0 + step - to_below
            };
            let (point, rank) = self.points[at as usize];
            room[count] = rank;
            count += usize::from(free[rank as usize] & self.near(centre, point));
        }
        // Cells may share a bucket, so a point may come twice; the second time it is taken.
        let mut kept = 0;
        for next in 0..count {
            let rank = room[next];
            room[kept] = rank;
            kept += usize::from(std::mem::take(&mut free[rank as usize]));
        }
        &room[..kept]
    }

    fn near(&self, a: WorldPoint, b: WorldPoint) -> bool {
        let dx = u64::from(a.x.abs_diff(b.x));
        let dy = u64::from(a.y.abs_diff(b.y));
        // The squares of 32-bit numbers fit; their sum may just not.
        (dx * dx).saturating_add(dy * dy) <= self.reach
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
            let radius = 15_u32 << (25 - zoom);
            let cells = Buckets::new(&points, radius);
            let centre = points[from.index(points.len())];
            let mut free = vec![true; points.len()];
            let mut found = cells.take_within((centre, &cells.rows(centre)), &mut free, &mut Vec::new()).to_vec();
            found.sort_unstable();
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
