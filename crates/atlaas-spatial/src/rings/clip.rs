//! Cuts the edges of a polygon at the lines of tiles. Snap rounding gave every edge a vertex where it
//! meets a line, so a cut never rounds: it keeps the edges of one side and closes along the line.
//!
//! Just beside the line, going along it, each edge that ends there toggles inside and outside;
//! the closing edges lie between the first and the second toggle, the third and the fourth…

use super::edge::Edge;
use crate::grid::Vertex;

/// A side of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `x ≤ line`.
    West(i32),
    /// `x ≥ line`.
    East(i32),
    /// `y ≤ line`.
    North(i32),
    /// `y ≥ line`.
    South(i32),
}

impl Side {
    /// Distance into the kept side; negative outside.
    const fn depth(self, vertex: Vertex) -> i32 {
        match self {
            Self::West(line) => line - vertex.x,
            Self::East(line) => vertex.x - line,
            Self::North(line) => line - vertex.y,
            Self::South(line) => vertex.y - line,
        }
    }

    const fn along(self, vertex: Vertex) -> i32 {
        match self {
            Self::West(_) | Self::East(_) => vertex.y,
            Self::North(_) | Self::South(_) => vertex.x,
        }
    }

    const fn on_line(self, along: i32) -> Vertex {
        match self {
            Self::West(x) | Self::East(x) => Vertex { x, y: along },
            Self::North(y) | Self::South(y) => Vertex { x: along, y },
        }
    }

    /// The closing edge between two places of the line, the kept side to its right on the screen.
    const fn close(self, low: i32, high: i32) -> Edge {
        match self {
            Self::West(_) | Self::South(_) => (self.on_line(low), self.on_line(high)),
            Self::East(_) | Self::North(_) => (self.on_line(high), self.on_line(low)),
        }
    }

    /// Where an edge with one end on each side meets the line: exact for edges along an axis, which
    /// are the only ones that snap rounding leaves.
    fn meet(self, edge: Edge) -> Vertex {
        let (inside, outside) = (self.depth(edge.0), self.depth(edge.1));
        let (from, to) = (self.along(edge.0), self.along(edge.1));
        let share =
            i64::from(to - from) * i64::from(inside) / (i64::from(inside) - i64::from(outside));
        self.on_line(from + share as i32)
    }
}

/// Keeps one side of a polygon; the answer is again the directed edges of a polygon.
pub fn cut(edges: &[Edge], side: Side) -> Vec<Edge> {
    let mut kept = Vec::with_capacity(edges.len());
    let mut toggles = Vec::new();
    for &edge in edges {
        let depths = (side.depth(edge.0), side.depth(edge.1));
        if depths.0 <= 0 && depths.1 <= 0 {
            continue;
        }
        // Only edges along an axis have an end on each side; the other end moves to the line.
        let start = if depths.0 < 0 {
            side.meet(edge)
        } else {
            edge.0
        };
        let end = if depths.1 < 0 {
            side.meet(edge)
        } else {
            edge.1
        };
        kept.push((start, end));
        if depths.0 <= 0 {
            toggles.push(side.along(start));
        }
        if depths.1 <= 0 {
            toggles.push(side.along(end));
        }
    }
    toggles.sort_unstable();
    for pair in toggles.chunks_exact(2) {
        if pair[0] != pair[1] {
            kept.push(side.close(pair[0], pair[1]));
        }
    }
    kept
}

/// Keeps what lies in a box given as `[west, north, east, south]`.
pub fn cut_box(edges: &[Edge], [west, north, east, south]: [i32; 4]) -> Vec<Edge> {
    let edges = cut(edges, Side::East(west));
    let edges = cut(&edges, Side::West(east));
    let edges = cut(&edges, Side::South(north));
    cut(&edges, Side::North(south))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::area2;
    use crate::rings::{assemble, contains};
    use proptest::prelude::*;

    /// A polygon made of unit squares of a 12 × 12 board, as edges along the axes.
    fn board_edges(cells: &[bool]) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (place, _) in cells.iter().enumerate().filter(|(_, full)| **full) {
            let (x, y) = ((place % 12) as i32, (place / 12) as i32);
            let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
                .map(|(x, y)| Vertex { x: x * 4, y: y * 4 });
            edges.extend((0..4).map(|c| (corners[c], corners[(c + 1) % 4])));
        }
        let all = edges.clone();
        edges.retain(|edge| !all.contains(&(edge.1, edge.0)));
        edges
    }

    proptest! {
        #[test]
        fn a_cut_polygon_covers_what_was_inside_the_box(
            cells in proptest::collection::vec(any::<bool>(), 144),
            (west, north) in (0..24_i32, 0..24_i32), (width, height) in (1..30_i32, 1..30_i32),
        ) {
            let edges = board_edges(&cells);
            let (east, south) = (west + width, north + height);
            let polygons = assemble(cut_box(&edges, [west, north, east, south]));
            let mut expected = 0;
            for place in 0..48 * 48 {
                let (x, y) = (place % 48, place / 48);
                let full = cells[(y / 4 * 12 + x / 4) as usize];
                expected += i128::from(full && (west..east).contains(&x) && (north..south).contains(&y));
            }
            let area: i128 = polygons.iter().flatten().map(|ring| area2(ring)).sum();
            prop_assert_eq!(area, expected * 2);
            for polygon in &polygons {
                prop_assert!(area2(&polygon[0]) > 0);
                for ring in polygon {
                    let mut sorted = ring.clone();
                    sorted.sort_unstable();
                    sorted.dedup();
                    prop_assert_eq!(sorted.len(), ring.len(), "a ring visits each vertex once");
                }
                for hole in &polygon[1..] {
                    prop_assert!(area2(hole) < 0);
                    prop_assert!(hole.iter().any(|&v| polygon[0].contains(&v) || contains(&polygon[0], v)));
                }
            }
        }
    }
}
