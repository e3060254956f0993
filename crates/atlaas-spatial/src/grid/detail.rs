//! How finely each zoom is drawn: the error that simplification may make, and the grid and buffer of
//! its tiles.

use super::lattice::Grid;

/// The first zoom at which every vertex is kept.
pub const WHOLE_ZOOM: u8 = 13;

/// How finely a zoom is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detail {
    /// Greatest error of simplification, in units of the tile's 4096 grid.
    pub tolerance_units: f64,
    /// Vertices lie on multiples of `2^coarse_bits` units.
    pub coarse_bits: u32,
    /// Width of the buffer around tiles, in units.
    pub buffer: i32,
}

/// Half a unit is a sixteenth of a pixel of a 512-pixel tile: it cannot be seen.
const FINE: Detail = Detail {
    tolerance_units: 0.5,
    coarse_bits: 0,
    buffer: 64,
};

/// Where one tile holds twenty thousand communes, the budget of 500 kB asks for less. Much less still
/// would leave so many communes as specks on their neighbours that they overlap by a ten-thousandth.
const COARSE_5: Detail = Detail {
    tolerance_units: 4.0,
    coarse_bits: 3,
    buffer: 16,
};

/// The same with eleven thousand communes in a tile.
const COARSE_6: Detail = Detail {
    tolerance_units: 2.5,
    coarse_bits: 2,
    buffer: 16,
};

/// The detail of a zoom; from [`WHOLE_ZOOM`] on everything is drawn.
pub const fn detail_of(zoom: u8) -> Detail {
    match zoom {
        5 => COARSE_5,
        6 => COARSE_6,
        _ => FINE,
    }
}

/// Greatest error at a zoom, in lattice steps.
pub fn tolerance(zoom: u8) -> f64 {
    let whole = if zoom < WHOLE_ZOOM {
        detail_of(zoom).tolerance_units
    } else {
        0.0
    };
    whole * f64::from(1_u32 << Grid::of_zoom(zoom).shift)
}
