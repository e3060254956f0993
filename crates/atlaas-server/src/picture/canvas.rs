//! The canvas: from degrees to pixels, for a box that is shown whole.

use crate::picture::ground::{degrees, world};
use atlaas_model::Bbox;

/// Pixels around the box that must be seen.
const MARGIN: f64 = 24.0;

/// A picture in the making.
pub struct Canvas {
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// Pixels across the unit square.
    pub scale: f64,
    /// What lies at its upper left corner, in the unit square.
    pub origin: [f64; 2],
    /// Of its middle.
    pub latitude: f64,
    /// Its elements so far.
    pub body: String,
}

impl Canvas {
    /// A picture of a size in pixels that shows a box whole, centred.
    pub fn new(view: Bbox, (width, height): (f64, f64)) -> Self {
        let [left, top] = world([view.west, view.north]);
        let [right, bottom] = world([view.east, view.south]);
        let across = (width - 2.0 * MARGIN).max(width / 2.0) / (right - left).max(1e-9);
        let down = (height - 2.0 * MARGIN).max(height / 2.0) / (bottom - top).max(1e-9);
        let scale = across.min(down);
        let origin = [
            f64::midpoint(left, right) - width / 2.0 / scale,
            f64::midpoint(top, bottom) - height / 2.0 / scale,
        ];
        let latitude = f64::midpoint(view.north, view.south);
        Self {
            width,
            height,
            scale,
            origin,
            latitude,
            body: String::new(),
        }
    }

    /// The box of all that the picture shows, which is more than what must be seen.
    fn bbox(&self) -> Bbox {
        let [west, north] = degrees(self.origin);
        let [east, south] = degrees([
            self.origin[0] + self.width / self.scale,
            self.origin[1] + self.height / self.scale,
        ]);
        Bbox {
            west,
            south,
            east,
            north,
        }
    }

    /// Where a position is drawn, in pixels.
    pub fn place(&self, position: [f64; 2]) -> [f64; 2] {
        self.pixel(world(position))
    }

    /// Whether a pixel is inside the picture.
    pub fn holds(&self, x: f64, y: f64) -> bool {
        (0.0..self.width).contains(&x) && (0.0..self.height).contains(&y)
    }

    /// A point of the unit square in pixels.
    pub fn pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            (x - self.origin[0]) * self.scale,
            (y - self.origin[1]) * self.scale,
        ]
    }

    /// Pixels in a kilometre at a latitude.
    pub fn pixels_per_km(&self, latitude: f64) -> f64 {
        self.scale / (40_075.017 * latitude.to_radians().cos().max(0.05))
    }
}

/// All that a picture of a view shows, when it has this size and when it is as wide as high.
pub fn seen(view: Bbox, size: (f64, f64)) -> Bbox {
    let wide = Canvas::new(view, size).bbox();
    let square = Canvas::new(view, (size.1, size.1)).bbox();
    Bbox {
        west: wide.west.min(square.west),
        south: wide.south.min(square.south),
        east: wide.east.max(square.east),
        north: wide.north.max(square.north),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Bbox = Bbox {
        west: -1.0,
        south: 46.0,
        east: 1.0,
        north: 47.0,
    };

    #[test]
    fn the_box_is_whole_and_centred() {
        let canvas = Canvas::new(VIEW, (600.0, 560.0));
        let [x, y] = canvas.place([0.0, 46.5]);
        assert!(
            (x - 300.0).abs() < 0.5 && (y - 280.0).abs() < 2.0,
            "{x} {y}"
        );
        for corner in [[-1.0, 46.0], [1.0, 47.0]] {
            let [x, y] = canvas.place(corner);
            assert!(canvas.holds(x, y), "{x} {y}");
        }
    }
}
