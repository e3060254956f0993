//! The hot squares of a grid, found by place: packed into one sorted list, cell by cell, the cells in
//! blocks of sixteen so that neighbouring segments look into the same piece of memory.

use crate::grid::{Grid, Vertex};
use crate::topology::crossing::Cells;
use hashbrown::HashMap;
use rayon::prelude::*;

/// A block is `2² × 2²` cells.
const BLOCK_BITS: u32 = 2;
const CELLS: usize = 1 << (2 * BLOCK_BITS);

/// Unit squares that segments are bent through.
pub struct HotSquares {
    grid: Grid,
    cells: Cells,
    packing: Packing,
    /// Sorted, each once.
    squares: Vec<u64>,
    /// Rank of each block that has squares.
    blocks: HashMap<u64, u32>,
    /// Where the squares of each cell of a block start, and where the last one ends.
    starts: Vec<[u32; CELLS + 1]>,
}

/// How a square becomes one number: its block, its cell in it, its place in that.
#[derive(Clone, Copy)]
struct Packing {
    /// Cells are `2^bits` units wide.
    bits: u32,
}

impl Packing {
    const fn pack(self, square: Vertex) -> u64 {
        let (x, y) = (square.x as u64, square.y as u64);
        let block_bits = self.bits + BLOCK_BITS;
        let mask = (1 << self.bits) - 1;
        let block = (x >> block_bits) << (31 - block_bits) | (y >> block_bits);
        let cell = Self::cell(x >> self.bits, y >> self.bits) as u64;
        let place = (x & mask) << self.bits | (y & mask);
        (block << (2 * BLOCK_BITS) | cell) << (2 * self.bits) | place
    }

    fn unpack(self, packed: u64) -> Vertex {
        let block_bits = self.bits + BLOCK_BITS;
        let mask = (1 << self.bits) - 1;
        let block = packed >> (2 * block_bits);
        let cell = packed >> (2 * self.bits);
        let part = |block: u64, cell: u64, place: u64| {
            ((block << BLOCK_BITS | (cell & 3)) << self.bits | (place & mask)) as i32
        };
        let rest = 31 - block_bits;
        Vertex {
            x: part(block >> rest, cell >> BLOCK_BITS, packed >> self.bits),
            y: part(block & ((1 << rest) - 1), cell, packed),
        }
    }

    /// The rank in its block of a cell given by column and row.
    const fn cell(column: u64, row: u64) -> usize {
        ((column & 3) << BLOCK_BITS | (row & 3)) as usize
    }

    /// The block of a packed square, named as [`Finder::along`] names it.
    const fn block(self, packed: u64) -> u64 {
        let block = packed >> (2 * (self.bits + BLOCK_BITS));
        let rest = 31 - self.bits - BLOCK_BITS;
        (block >> rest) << 32 | (block & ((1 << rest) - 1))
    }
}

impl HotSquares {
    /// Sorts squares into cells; `width` is that of a cell in lattice steps, at least two units.
    pub fn new(squares: impl Iterator<Item = Vertex>, width: u64, grid: Grid) -> Self {
        let cells = Cells::of_width(width.clamp(2 << grid.shift, 1 << (grid.shift + 20)));
        let packing = Packing {
            bits: cells.bits() - grid.shift,
        };
        let mut squares: Vec<u64> = squares.map(|square| packing.pack(square)).collect();
        squares.par_sort_unstable();
        squares.dedup();
        let (mut blocks, mut starts) = (HashMap::new(), Vec::new());
        let mut end = 0_u32;
        for group in squares.chunk_by(|&a, &b| packing.block(a) == packing.block(b)) {
            let mut ends = [end; CELLS + 1];
            for packed in group {
                let cell = (packed >> (2 * packing.bits)) as usize % CELLS;
                end += 1;
                ends[cell + 1] = end;
            }
            // Cells without squares end where the one before does.
            for cell in 1..=CELLS {
                ends[cell] = ends[cell].max(ends[cell - 1]);
            }
            blocks.insert(packing.block(group[0]), starts.len() as u32);
            starts.push(ends);
        }
        Self {
            grid,
            cells,
            packing,
            squares,
            blocks,
            starts,
        }
    }

    /// A way to ask for squares; it remembers where it looked last.
    pub fn finder(&self) -> Finder<'_> {
        Finder {
            hot: self,
            block: u64::MAX,
            starts: None,
        }
    }
}

/// Finds squares along segments that follow one another.
pub struct Finder<'a> {
    hot: &'a HotSquares,
    block: u64,
    starts: Option<&'a [u32; CELLS + 1]>,
}

impl Finder<'_> {
    /// Calls `visit` with each hot square that a segment passes through, some of them twice.
    pub fn along(&mut self, a: Vertex, b: Vertex, mut visit: impl FnMut(Vertex)) {
        let hot = self.hot;
        let margin = 1_i64 << hot.grid.shift;
        hot.cells.along(a, b, margin, |key| {
            let (column, row) = (key >> 32, key & 0xffff_ffff);
            let block = (column >> BLOCK_BITS) << 32 | (row >> BLOCK_BITS);
            if block != self.block {
                self.block = block;
                let rank = hot.blocks.get(&block);
                self.starts = rank.map(|&rank| &hot.starts[rank as usize]);
            }
            let Some(starts) = self.starts else { return };
            let cell = Packing::cell(column, row);
            for &packed in &hot.squares[starts[cell] as usize..starts[cell + 1] as usize] {
                let square = hot.packing.unpack(packed);
                if passes(a, b, square, hot.grid) {
                    visit(square);
                }
            }
        });
    }
}

/// Whether a segment goes through the inside of a unit square.
fn passes(a: Vertex, b: Vertex, pixel: Vertex, grid: Grid) -> bool {
    let centred = i64::from(grid.shift > 0);
    let half = 1_i64 << grid.shift;
    let centre = |unit: i32| (i64::from(unit) << grid.shift) * 2 - centred;
    let (cx, cy) = (centre(pixel.x), centre(pixel.y));
    let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(|coordinate| 2 * i64::from(coordinate));
    if ax.max(bx) <= cx - half
        || ax.min(bx) >= cx + half
        || ay.max(by) <= cy - half
        || ay.min(by) >= cy + half
    {
        return false;
    }
    let (dx, dy) = (i128::from(bx - ax), i128::from(by - ay));
    let aside = dx * i128::from(cy - ay) - dy * i128::from(cx - ax);
    aside.abs() < i128::from(half) * (dx.abs() + dy.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(x in 0..=1 << 30, y in 0..=1 << 30, bits in 1..20_u32) {
            let (packing, square) = (Packing { bits }, Vertex { x, y });
            prop_assert_eq!(packing.unpack(packing.pack(square)), square);
        }

        #[test]
        fn a_segment_finds_the_squares_that_comparing_all_finds(
            squares in proptest::collection::vec((0..300_i32, 0..300_i32), 0..80),
            ends in proptest::collection::vec((0..4800_i32, 0..4800_i32), 2..20),
            width in 1..3000_u64,
        ) {
            let grid = Grid { shift: 4 };
            let squares: Vec<Vertex> = squares.into_iter().map(|(x, y)| Vertex { x, y }).collect();
            let hot = HotSquares::new(squares.iter().copied(), width, grid);
            let mut finder = hot.finder();
            for pair in ends.windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|(x, y)| Vertex { x, y });
                let sorted = |mut all: Vec<Vertex>| { all.sort_unstable(); all.dedup(); all };
                let mut found = Vec::new();
                finder.along(a, b, |square| found.push(square));
                let passed = squares.iter().copied().filter(|&square| passes(a, b, square, grid));
                prop_assert_eq!(sorted(found), sorted(passed.collect()));
            }
        }
    }
}
