//! The surface of territories, on the ellipsoid: the sum of what their borders enclose with one point.

use super::collection::Territories;
use atlaas_model::{Code, Level};

/// Surface of the ellipsoid in square metres: areas are known but for whole multiples of it.
const EARTH_M2: f64 = 510_065_621_724_088.4;

impl Territories {
    /// The surface of a territory in square metres, holes left out; `None` without an outline.
    pub fn surface_m2(&self, kind: Level, code: Code) -> Option<f64> {
        let shape = self.outlined(kind, code)?;
        let areas = shape.arcs.iter().map(|arc| {
            let area = self.arc_areas.of(&self.arcs, arc.arc());
            if arc.is_backward() { -area } else { area }
        });
        let sum: f64 = areas.sum();
        Some(sum - EARTH_M2 * (sum / EARTH_M2).round())
    }
}
