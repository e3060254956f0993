//! The distance of many places from the border of one polygon: its edges side by side, eight at once.

use super::edge::Polygon;
use crate::grid::Vertex;

/// How many edges are compared at once.
const LANES: usize = 8;

/// The edges of a polygon side by side. Single precision from the polygon's own corner is finer than
/// a lattice step for anything smaller than a country.
pub struct Border {
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
    pub fn new(polygon: &Polygon, origin: [f64; 2]) -> Self {
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
    pub fn signed_distance(&self, x: f64, y: f64) -> f64 {
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
