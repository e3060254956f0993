//! Hilbert ids: one number a tile over all zooms, near numbers for near tiles (PMTiles v3, §4.1).

use crate::grid::{DEEPEST_ZOOM, TileId};

/// Number of tiles in the zooms above `z`: the id of the first tile of zoom `z`.
const fn base(z: u8) -> u64 {
    ((1_u64 << (2 * z)) - 1) / 3
}

/// The id of a tile.
pub(crate) fn to_hilbert(tile: TileId) -> u64 {
    let (mut x, mut y) = (tile.x(), tile.y());
    let mut id = base(tile.z());
    for bit in (0..tile.z()).rev() {
        let side = 1_u32 << bit;
        let (right, down) = (x & side, y & side);
        id += u64::from((3 * right) ^ down) << bit;
        (x, y) = turn(x, y, side, right, down);
    }
    id
}

/// The tile of an id; `None` beyond the deepest zoom.
pub(crate) fn from_hilbert(id: u64) -> Option<TileId> {
    let z = (0..=DEEPEST_ZOOM).rev().find(|&z| base(z) <= id)?;
    let rank = id - base(z);
    if rank >= 1 << (2 * z) {
        return None;
    }
    let (mut x, mut y) = (0_u32, 0_u32);
    for bit in 0..z {
        let side = 1_u32 << bit;
        let pair = (rank >> (2 * bit)) as u32;
        let right = 1 & (pair >> 1);
        let down = 1 & (pair ^ right);
        // Turning within the square below, so only its bits take part.
        (x, y) = turn(x, y, side, right << bit, down << bit);
        x |= right << bit;
        y |= down << bit;
    }
    TileId::new(z, x, y).ok()
}

/// Turns a quadrant so that the curve goes on where the one before it ended.
const fn turn(x: u32, y: u32, side: u32, right: u32, down: u32) -> (u32, u32) {
    if down != 0 {
        return (x, y);
    }
    if right == 0 {
        return (y, x);
    }
    let mask = side - 1;
    (mask.wrapping_sub(y) & mask, mask.wrapping_sub(x) & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ids_are_those_of_the_specification() {
        for (z, x, y, id) in [
            (0, 0, 0, 0),
            (1, 0, 0, 1),
            (1, 0, 1, 2),
            (1, 1, 1, 3),
            (1, 1, 0, 4),
            (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ] {
            let tile = TileId::new(z, x, y).unwrap();
            assert_eq!(to_hilbert(tile), id);
            assert_eq!(from_hilbert(id), Some(tile));
        }
    }

    #[test]
    fn every_tile_to_zoom_nine_has_its_own_id_and_the_curve_never_jumps() {
        let mut before: Option<TileId> = None;
        for id in 0..base(10) {
            let tile = from_hilbert(id).unwrap();
            assert_eq!(to_hilbert(tile), id);
            if let Some(before) = before.filter(|before| before.z() == tile.z()) {
                let step = tile.x().abs_diff(before.x()) + tile.y().abs_diff(before.y());
                assert_eq!(step, 1, "{before:?} {tile:?}");
            }
            before = Some(tile);
        }
    }

    #[test]
    fn corners_of_every_zoom_come_back() {
        for z in 0..=DEEPEST_ZOOM {
            let last = (1_u32 << z) - 1;
            for (x, y) in [(0, 0), (last, 0), (0, last), (last, last)] {
                let tile = TileId::new(z, x, y).unwrap();
                assert_eq!(from_hilbert(to_hilbert(tile)), Some(tile));
            }
        }
        assert_eq!(from_hilbert(base(DEEPEST_ZOOM + 1)), None);
        assert_eq!(from_hilbert(u64::MAX), None);
    }
}
