//! Which positions a polygon in degrees holds, for many positions: its edges in bands of latitude.

use atlaas_model::{Bbox, Position, Ring};

/// Bands that the edges of a polygon are sorted into, at most.
const MOST_BANDS: usize = 1024;

/// The edges of one polygon sorted into bands of latitude, so that a position meets few of them.
pub(super) struct Bands {
    pub(super) bbox: Bbox,
    /// Bands a degree of latitude.
    density: f64,
    edges: Vec<Vec<[[f64; 2]; 2]>>,
}

impl Bands {
    /// `None` when there is no surface: too few vertices, or none that is finite.
    pub(super) fn new(rings: &[Ring]) -> Option<Self> {
        let vertices = || rings.iter().flatten();
        if !vertices().flatten().all(|degrees| degrees.is_finite()) {
            return None;
        }
        let mut bbox = Bbox {
            west: f64::INFINITY,
            south: f64::INFINITY,
            east: f64::NEG_INFINITY,
            north: f64::NEG_INFINITY,
        };
        for &[longitude, latitude] in vertices() {
            bbox.west = bbox.west.min(longitude);
            bbox.east = bbox.east.max(longitude);
            bbox.south = bbox.south.min(latitude);
            bbox.north = bbox.north.max(latitude);
        }
        if bbox.south >= bbox.north || bbox.west >= bbox.east {
            return None;
        }
        let count = (vertices().count() / 4).clamp(1, MOST_BANDS);
        let mut bands = Self {
            bbox,
            density: count as f64 / (bbox.north - bbox.south),
            edges: vec![Vec::new(); count],
        };
        for ring in rings {
            let ends = ring.iter().cycle().skip(1);
            for (&a, &b) in ring.iter().zip(ends) {
                let (low, high) = (bands.band(a[1].min(b[1])), bands.band(a[1].max(b[1])));
                for band in &mut bands.edges[low..=high] {
                    band.push([a, b]);
                }
            }
        }
        Some(bands)
    }

    fn band(&self, latitude: f64) -> usize {
        let rank = ((latitude - self.bbox.south) * self.density) as usize;
        rank.min(self.edges.len() - 1)
    }

    pub(super) fn contain(&self, position: Position) -> bool {
        even_odd(position, &self.edges[self.band(position.latitude())])
    }
}

/// Whether a ray eastwards crosses the edges an odd number of times. A vertex belongs to the edge
/// below it, so that neighbours which share an edge never both hold a position beside it.
pub(super) fn even_odd(position: Position, edges: &[[[f64; 2]; 2]]) -> bool {
    let (x, y) = (position.longitude(), position.latitude());
    let crossings = edges.iter().filter(|[a, b]| {
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    });
    crossings.count() % 2 == 1
}
