//! What a tile sees of the map: its own square and a buffer around it, in parts of the world.

use crate::grid::{TileId, WorldPoint};
use std::ops::Range;

/// A tile and its buffer in parts of the world.
pub(super) struct Window {
    corner: [i64; 2],
    /// Bits of a part within the tile.
    bits: u8,
    buffer: i64,
}

impl Window {
    pub fn new(tile: TileId, buffer: u16) -> Self {
        let bits = 32 - tile.z();
        Self {
            corner: [i64::from(tile.x()) << bits, i64::from(tile.y()) << bits],
            bits,
            buffer: (i64::from(buffer) << bits) >> 12,
        }
    }

    fn along(&self, corner: i64) -> Range<i64> {
        corner - self.buffer..corner + (1 << self.bits) + self.buffer
    }

    /// From its north to its south.
    pub fn rows(&self) -> Range<i64> {
        self.along(self.corner[1])
    }

    pub fn holds(&self, place: WorldPoint) -> bool {
        self.along(self.corner[0]).contains(&i64::from(place.x))
            && self.rows().contains(&i64::from(place.y))
    }

    /// On the grid of 4096, rounded down, so that a place never changes its tile.
    pub fn grid(&self, place: WorldPoint) -> [i32; 2] {
        let along =
            |part: u32, corner: i64| (((i64::from(part) - corner) << 12) >> self.bits) as i32;
        [
            along(place.x, self.corner[0]),
            along(place.y, self.corner[1]),
        ]
    }

    /// The tiles whose windows hold a place: its own, and up to three neighbours.
    pub fn around(place: WorldPoint, zoom: u8, buffer: u16) -> impl Iterator<Item = TileId> {
        let bits = 32 - zoom;
        let last = (1_i64 << zoom) - 1;
        let buffer = (i64::from(buffer) << bits) >> 12;
        let reach = move |part: u32| {
            let part = i64::from(part);
            // The far end of a window is outside of it.
            let first = ((part - buffer) >> bits).max(0);
            first as u32..=((part + buffer) >> bits).min(last) as u32
        };
        reach(place.x)
            .flat_map(move |x| reach(place.y).filter_map(move |y| TileId::new(zoom, x, y).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_an_edge_is_on_the_grid_of_one_tile_only() {
        let window = |x| Window::new(TileId::new(5, x, 11).unwrap(), 256);
        let place = |x: u32| WorldPoint {
            x,
            y: (11 << 27) + 5,
        };
        let edge = 17 << 27;
        assert_eq!(window(17).grid(place(edge)), [0, 0]);
        assert_eq!(window(16).grid(place(edge)), [4096, 0]);
        assert_eq!(window(16).grid(place(edge - 1)), [4095, 0]);
        assert_eq!(window(17).grid(place(edge - 1)), [-1, 0]);
        assert!(window(17).holds(place(edge - (1 << 23))));
        assert!(!window(17).holds(place(edge - (1 << 23) - 1)));
        assert!(!window(16).holds(place(edge + (1 << 23))));
    }
}
