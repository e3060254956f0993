//! Pole of inaccessibility: the place inside a polygon that is farthest from its border, where a
//! name has most room. Cells are split best first until none can be better by more than a
//! precision, after Agafonkin, "polylabel" (2016).

use crate::quantise::Vertex;
use crate::rings::Polygon;
use std::{cmp::Ordering, collections::BinaryHeap};

/// Cells looked at before the best so far is taken; reached by hostile shapes only.
const MOST_CELLS: usize = 4000;

/// The pole of a polygon, and its distance to the border in grid or lattice steps; `None` when the
/// polygon has no ring. The precision is a hundredth of the polygon's smaller side.
pub fn pole(polygon: &Polygon) -> Option<(Vertex, f64)> {
    let exterior = polygon.first()?;
    let [mut west, mut north, mut east, mut south] = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for [x, y] in exterior.iter().map(|vertex| vertex.to_f64()) {
        (west, north, east, south) = (west.min(x), north.min(y), east.max(x), south.max(y));
    }
    let size = (east - west).min(south - north);
    let half = (size / 2.0).max(0.5);
    let precision = (size / 100.0).max(0.5);
    let border = Border::new(polygon, [west, north]);
    let cell = |x: f64, y: f64, half: f64| Cell::new(x, y, half, &border);
    let mut heap = BinaryHeap::new();
    let (columns, rows) = (
        ((east - west) / size.max(1.0)).ceil().min(64.0) as i32,
        ((south - north) / size.max(1.0)).ceil().min(64.0) as i32,
    );
    for (column, row) in (0..columns).flat_map(|c| (0..rows).map(move |r| (c, r))) {
        let x = west + half * (2.0 * f64::from(column) + 1.0);
        let y = north + half * (2.0 * f64::from(row) + 1.0);
        heap.push(cell(x, y, half));
    }
    let (x, y) = centroid(exterior);
    let mut best = cell(x, y, 0.0);
    let mut seen = 0;
    while let Some(next) = heap.pop() {
        if next.distance > best.distance {
            best = next;
        }
        seen += 1;
        if next.reach() - best.distance <= precision || seen > MOST_CELLS {
            break;
        }
        let quarter = next.half / 2.0;
        for (dx, dy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            heap.push(cell(next.x + dx * quarter, next.y + dy * quarter, quarter));
        }
    }
    let at = Vertex {
        x: best.x.round() as i32,
        y: best.y.round() as i32,
    };
    Some((at, best.distance))
}

#[derive(Clone, Copy)]
struct Cell {
    x: f64,
    y: f64,
    half: f64,
    /// From the centre to the border; negative outside.
    distance: f64,
}

impl Cell {
    fn new(x: f64, y: f64, half: f64, border: &Border) -> Self {
        Self {
            x,
            y,
            half,
            distance: border.signed_distance(x, y),
        }
    }

    /// The farthest from the border that any place of the cell can be.
    fn reach(&self) -> f64 {
        self.distance + self.half * std::f64::consts::SQRT_2
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |cell: &Self| [cell.x, cell.y];
        let order = self.reach().total_cmp(&other.reach());
        order.then_with(|| {
            place(self)
                .partial_cmp(&place(other))
                .unwrap_or(Ordering::Equal)
        })
    }
}

/// How many edges are compared at once.
const LANES: usize = 8;

/// The edges of a polygon side by side. Single precision from the polygon's own corner is finer than
/// a lattice step for anything smaller than a country.
struct Border {
    origin: [f64; 2],
    edges: Vec<Edges>,
}

/// Some edges, one a lane; lanes without one lie out of reach.
#[derive(Clone)]
struct Edges {
    x: [f32; LANES],
    y: [f32; LANES],
    /// Where the edge ends.
    end_y: [f32; LANES],
    dx: [f32; LANES],
    dy: [f32; LANES],
    /// One over the squared length.
    per_length2: [f32; LANES],
    /// Eastwards for each step southwards.
    slope: [f32; LANES],
}

impl Border {
    fn new(polygon: &Polygon, origin: [f64; 2]) -> Self {
        let count: usize = polygon.iter().map(Vec::len).sum();
        let mut edges = vec![Edges::NONE; count.div_ceil(LANES)];
        let place = |v: Vertex| {
            let [x, y] = v.to_f64();
            [(x - origin[0]) as f32, (y - origin[1]) as f32]
        };
        let pairs = polygon.iter().flat_map(|ring| {
            let next = ring.iter().cycle().skip(1);
            ring.iter().map(|&v| place(v)).zip(next.map(|&v| place(v)))
        });
        for ((a, b), rank) in pairs.zip(0..) {
            edges[rank / LANES].set(rank % LANES, a, b);
        }
        Self { origin, edges }
    }

    /// Distance to the nearest edge; negative outside (even-odd).
    fn signed_distance(&self, x: f64, y: f64) -> f64 {
        let (x, y) = ((x - self.origin[0]) as f32, (y - self.origin[1]) as f32);
        let mut nearest2 = [f32::MAX; LANES];
        let mut crossed = [0_u32; LANES];
        for edges in &self.edges {
            for lane in 0..LANES {
                let (px, py) = (x - edges.x[lane], y - edges.y[lane]);
                let (dx, dy) = (edges.dx[lane], edges.dy[lane]);
                let share = (px * dx + py * dy) * edges.per_length2[lane];
                let share = if share < 1.0 { share } else { 1.0 };
                let share = if share > 0.0 { share } else { 0.0 };
                let (ex, ey) = (px - share * dx, py - share * dy);
                let distance2 = ex * ex + ey * ey;
                let nearest = nearest2[lane];
                nearest2[lane] = if distance2 < nearest {
                    distance2
                } else {
                    nearest
                };
                let spans = (edges.y[lane] > y) != (edges.end_y[lane] > y);
                let east = px < py * edges.slope[lane];
                crossed[lane] += u32::from(spans) * u32::from(east);
            }
        }
        let nearest2 = nearest2.into_iter().fold(f32::MAX, f32::min);
        let distance = f64::from(nearest2).sqrt();
        if crossed.iter().sum::<u32>() % 2 == 1 {
            distance
        } else {
            -distance
        }
    }
}

impl Edges {
    const NONE: Self = Self {
        x: [1e18; LANES],
        y: [1e18; LANES],
        end_y: [1e18; LANES],
        dx: [0.0; LANES],
        dy: [0.0; LANES],
        per_length2: [0.0; LANES],
        slope: [0.0; LANES],
    };

    fn set(&mut self, lane: usize, a: [f32; 2], b: [f32; 2]) {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let over = |a: f32, b: f32| if b == 0.0 { 0.0 } else { a / b };
        (self.x[lane], self.y[lane], self.end_y[lane]) = (a[0], a[1], b[1]);
        (self.dx[lane], self.dy[lane]) = (dx, dy);
        self.per_length2[lane] = over(1.0, dx * dx + dy * dy);
        self.slope[lane] = over(dx, dy);
    }
}

fn centroid(ring: &[Vertex]) -> (f64, f64) {
    let origin = ring[0].to_f64();
    let (mut x, mut y, mut area) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        let [a, b] =
            [pair[0], pair[1]].map(|v| [v.to_f64()[0] - origin[0], v.to_f64()[1] - origin[1]]);
        let cross = a[0] * b[1] - a[1] * b[0];
        x += (a[0] + b[0]) * cross;
        y += (a[1] + b[1]) * cross;
        area += cross;
    }
    if area == 0.0 {
        return (origin[0], origin[1]);
    }
    (origin[0] + x / (3.0 * area), origin[1] + y / (3.0 * area))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(i32, i32)]) -> Vec<Vertex> {
        corners.iter().map(|&(x, y)| Vertex { x, y }).collect()
    }

    #[test]
    fn the_pole_of_a_square_is_its_middle() {
        let square = vec![ring(&[(0, 0), (1000, 0), (1000, 1000), (0, 1000)])];
        let (at, distance) = pole(&square).unwrap();
        assert!((at.x - 500).abs() <= 10 && (at.y - 500).abs() <= 10 && distance > 485.0);
    }

    #[test]
    fn a_crescent_bears_its_name_inside() {
        let crescent = ring(&[
            (0, 0),
            (1000, 0),
            (1000, 200),
            (200, 200),
            (200, 800),
            (1000, 800),
            (1000, 1000),
            (0, 1000),
        ]);
        let (at, distance) = pole(&vec![crescent.clone()]).unwrap();
        assert!(crate::rings::contains(&crescent, at) && distance >= 95.0);
    }

    #[test]
    fn a_hole_is_kept_clear_of() {
        let outer = ring(&[(0, 0), (1000, 0), (1000, 1000), (0, 1000)]);
        let hole = ring(&[(300, 300), (300, 900), (900, 900), (900, 300)]);
        let (at, _) = pole(&vec![outer, hole.clone()]).unwrap();
        assert!(!crate::rings::contains(&hole, at));
    }

    #[test]
    fn no_ring_has_no_pole() {
        assert_eq!(pole(&Vec::new()), None);
    }
}
