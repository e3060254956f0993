//! The areas between borders and one point of the Earth, the same for all: summed along a ring, what the
//! point adds cancels. Each border is measured once, when it is first asked for.

use crate::grid::{LATTICE_BITS, Vertex, geodesic_measures};
use crate::topology::Arcs;
use std::sync::atomic::{AtomicU64, Ordering};

/// The point of the Earth, in the Gulf of Guinea.
const ORIGIN: Vertex = Vertex {
    x: 1 << (LATTICE_BITS - 1),
    y: 1 << (LATTICE_BITS - 1),
};
const UNKNOWN: u64 = f64::NAN.to_bits();

/// Signed areas of arcs in square metres, as far as they were asked for.
pub(super) struct ArcAreas(Box<[AtomicU64]>);

impl ArcAreas {
    /// None known yet.
    pub fn new(arcs: usize) -> Self {
        Self((0..arcs).map(|_| AtomicU64::new(UNKNOWN)).collect())
    }

    /// The area of an arc walked as it is stored. Two threads may measure it; both find the same.
    pub fn of(&self, arcs: &Arcs, arc: usize) -> f64 {
        let known = f64::from_bits(self.0[arc].load(Ordering::Relaxed));
        if !known.is_nan() {
            return known;
        }
        let loop_ = [ORIGIN].into_iter().chain(arcs.arc(arc).iter().copied());
        let (_, area) = geodesic_measures(loop_);
        self.0[arc].store(area.to_bits(), Ordering::Relaxed);
        area
    }
}
