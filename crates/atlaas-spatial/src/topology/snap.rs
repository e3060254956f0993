//! Snap rounding: borders of one zoom moved onto its integer grid without ever crossing.
//!
//! Every unit square of the grid that holds a vertex is *hot*; a segment that passes through a hot
//! square is bent through its centre (Guibas and Marimont, "Rounding arrangements dynamically",
//! 1998). What did not cross before does not cross after: borders may meet at vertices or run
//! together, never more. The lines of the tiles' edges and of their buffers cut every segment at a
//! hot square of their own, so that cutting tiles out later never rounds anything, and both tiles
//! and both neighbours hold the same vertex.

mod hot_squares;

use self::hot_squares::HotSquares;
use super::arcs::Arcs;
use crate::grid::{Grid, Vertex};
use rayon::prelude::*;

/// The lines that borders are cut at: the edges of tiles, and those of their buffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// Width of a tile in grid units, a power of two.
    pub tile: i32,
    /// Width of the buffer around a tile in grid units.
    pub buffer: i32,
}

impl Lines {
    /// Calls `visit` with each line strictly between two coordinates.
    fn between(self, a: i32, b: i32, mut visit: impl FnMut(i32)) {
        let (low, high) = (a.min(b), a.max(b));
        let first = (low - self.buffer).div_euclid(self.tile);
        let last = (high + self.buffer).div_euclid(self.tile);
        for edge in first..=last {
            for line in [-self.buffer, 0, self.buffer].map(|offset| edge * self.tile + offset) {
                if low < line && line < high {
                    visit(line);
                }
            }
        }
    }
}

/// Arcs that are worth handing to another thread.
const FEWEST_ARCS: usize = 512;

/// Moves polylines of lattice vertices onto a grid; the answer holds the same polylines in grid
/// units, without repeated vertices in a row (one that shrank to a point keeps that one vertex).
pub fn snap(polylines: &Arcs, grid: Grid, lines: Lines) -> Arcs {
    let own: Vec<Vec<Own>> = (0..polylines.len())
        .into_par_iter()
        .with_min_len(FEWEST_ARCS)
        .map(|arc| line_crossings(polylines.arc(arc), grid, lines))
        .collect();
    let vertices = polylines.vertices.iter().map(|&v| grid.pixel(v));
    let crossings = own.iter().flatten().map(|own| own.pixel);
    let hot = HotSquares::new(vertices.chain(crossings), mean_reach(polylines), grid);
    let bent: Vec<Vec<Vertex>> = (0..polylines.len())
        .into_par_iter()
        .with_min_len(FEWEST_ARCS)
        .map(|arc| bend(polylines.arc(arc), &own[arc], &hot, grid))
        .collect();
    let mut snapped = Arcs {
        starts: Vec::with_capacity(bent.len() + 1),
        vertices: Vec::with_capacity(bent.iter().map(Vec::len).sum()),
    };
    snapped.starts.push(0);
    for polyline in bent {
        snapped.vertices.extend(polyline);
        snapped.starts.push(snapped.vertices.len() as u32);
    }
    snapped
}

/// A hot square that a segment owes to a line that it crosses.
struct Own {
    segment: u32,
    pixel: Vertex,
}

fn line_crossings(polyline: &[Vertex], grid: Grid, lines: Lines) -> Vec<Own> {
    let mut own = Vec::new();
    for (ends, segment) in polyline.windows(2).zip(0..) {
        let (a, b) = (ends[0], ends[1]);
        let (from, to) = (grid.pixel(a), grid.pixel(b));
        lines.between(from.x, to.x, |x| {
            let y = crossing_unit((a.x, a.y), (b.x, b.y), x, grid);
            own.push(Own {
                segment,
                pixel: Vertex { x, y },
            });
        });
        lines.between(from.y, to.y, |y| {
            let x = crossing_unit((a.y, a.x), (b.y, b.x), y, grid);
            own.push(Own {
                segment,
                pixel: Vertex { x, y },
            });
        });
    }
    own
}

/// The unit, across, where a segment meets the middle of the units numbered `line`; coordinates are
/// `(along, across)`.
fn crossing_unit(a: (i32, i32), b: (i32, i32), line: i32, grid: Grid) -> i32 {
    let [a0, a1, b0, b1] = [a.0, a.1, b.0, b.1].map(i128::from);
    // In half steps: the middle of a unit lies half a step before its nominal place.
    let centred = i128::from(grid.shift > 0);
    let at = ((i128::from(line) << grid.shift) * 2) - centred;
    let run = b0 - a0;
    let doubled = a1 * 2 * run + (b1 - a1) * (at - 2 * a0);
    // unit = floor((across + half a unit + half a step) / unit), all over 2·run.
    let half = if grid.shift > 0 {
        (1_i128 << grid.shift) + 1
    } else {
        1
    };
    let numerator = doubled + half * run;
    let denominator = (run * 2) << grid.shift;
    let (numerator, denominator) = if denominator < 0 {
        (-numerator, -denominator)
    } else {
        (numerator, denominator)
    };
    numerator.div_euclid(denominator) as i32
}

fn mean_reach(polylines: &Arcs) -> u64 {
    let reach = |pair: &[Vertex]| {
        let (dx, dy) = (
            i64::from(pair[0].x) - i64::from(pair[1].x),
            i64::from(pair[0].y) - i64::from(pair[1].y),
        );
        dx.unsigned_abs().max(dy.unsigned_abs())
    };
    let total: u64 = (0..polylines.len())
        .flat_map(|arc| polylines.arc(arc).windows(2).map(reach))
        .sum();
    total / (polylines.vertices.len() as u64).max(1)
}

fn bend(polyline: &[Vertex], own: &[Own], hot: &HotSquares, grid: Grid) -> Vec<Vertex> {
    let mut bent: Vec<Vertex> = Vec::with_capacity(polyline.len() + own.len());
    let mut own = own.iter().peekable();
    let mut stops: Vec<(i64, Vertex)> = Vec::new();
    let mut finder = hot.finder();
    bent.extend(polyline.first().map(|&v| grid.pixel(v)));
    for (ends, segment) in polyline.windows(2).zip(0_u32..) {
        let (a, b) = (ends[0], ends[1]);
        let (dx, dy) = (
            i64::from(b.x) - i64::from(a.x),
            i64::from(b.y) - i64::from(a.y),
        );
        let progress =
            |pixel: Vertex| dx.signum() * i64::from(pixel.x) + dy.signum() * i64::from(pixel.y);
        stops.clear();
        let mut stop = |pixel: Vertex| stops.push((progress(pixel), pixel));
        while let Some(own) = own.next_if(|own| own.segment == segment) {
            stop(own.pixel);
        }
        finder.along(a, b, &mut stop);
        stop(grid.pixel(b));
        // Squares along a line only ever advance, so the sum of both advances orders them.
        stops.sort_unstable();
        for &(_, pixel) in &stops {
            if bent.last() != Some(&pixel) {
                bent.push(pixel);
            }
        }
    }
    bent
}
