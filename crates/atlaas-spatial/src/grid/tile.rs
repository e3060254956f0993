//! Tile addresses: zoom, column, row, checked when made, so that no impossible tile exists further in.

/// Deepest zoom that any address may have; far beyond what is served.
pub const DEEPEST_ZOOM: u8 = 24;

/// The grid that a tile's geometry is drawn on, as in nearly every MVT.
pub const EXTENT: u32 = 4096;

/// Address of a tile in the XYZ scheme: row 0 is the northernmost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    z: u8,
    x: u32,
    y: u32,
}

/// Why an address is not a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileIdError {
    /// The zoom is beyond [`DEEPEST_ZOOM`].
    #[error("zoom {0} is deeper than {DEEPEST_ZOOM}")]
    Zoom(u8),
    /// Column or row lie outside the world at this zoom.
    #[error("tile {z}/{x}/{y} is outside the world: columns and rows go from 0 to {last} at zoom {z}", last = (1_u64 << z) - 1)]
    OutOfWorld {
        /// Zoom.
        z: u8,
        /// Column as given.
        x: u32,
        /// Row as given.
        y: u32,
    },
}

impl TileId {
    /// Checks the address.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, TileIdError> {
        if z > DEEPEST_ZOOM {
            return Err(TileIdError::Zoom(z));
        }
        if u64::from(x.max(y)) >= 1 << z {
            return Err(TileIdError::OutOfWorld { z, x, y });
        }
        Ok(Self { z, x, y })
    }

    /// Zoom.
    pub const fn z(self) -> u8 {
        self.z
    }

    /// Column, from the west.
    pub const fn x(self) -> u32 {
        self.x
    }

    /// Row, from the north.
    pub const fn y(self) -> u32 {
        self.y
    }

    /// The tile one zoom up that holds this one; `None` at zoom 0.
    pub const fn parent(self) -> Option<Self> {
        match self.z {
            0 => None,
            z => Some(Self {
                z: z - 1,
                x: self.x / 2,
                y: self.y / 2,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tiles_of_the_world_exist() {
        for (z, x, y, good) in [
            (0, 0, 0, true),
            (0, 1, 0, false),
            (1, 1, 1, true),
            (5, 32, 0, false),
            (24, (1 << 24) - 1, 0, true),
            (25, 0, 0, false),
            (14, 0, u32::MAX, false),
        ] {
            assert_eq!(TileId::new(z, x, y).is_ok(), good, "{z}/{x}/{y}");
        }
    }

    #[test]
    fn a_parent_holds_its_four_children() {
        let parent = TileId::new(3, 4, 2).unwrap();
        for (dx, dy) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            assert_eq!(
                TileId::new(4, 8 + dx, 4 + dy).unwrap().parent(),
                Some(parent)
            );
        }
        assert_eq!(TileId::new(0, 0, 0).unwrap().parent(), None);
    }
}
