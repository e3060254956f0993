//! Pole of inaccessibility: the place inside a polygon that is farthest from its border, where a
//! name has most room. Cells are split best first until none can be better by more than a
//! precision, after Agafonkin, "polylabel" (2016).

use super::border::Border;
use super::edge::Polygon;
use crate::grid::Vertex;
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
