//! Areas that select fiches by where they lie: what a query says of geometry and of territories,
//! whoever resolves it.

use crate::{Bbox, Code, Level, PeersOf, Position};
use std::ops::RangeInclusive;

/// A closed ring of `[longitude, latitude]` in degrees; the first position is not repeated.
pub type Ring = Vec<[f64; 2]>;

/// A region of the Earth's surface to select fiches in.
#[derive(Clone, Debug, PartialEq)]
pub enum Area {
    /// Everything within a distance of a position.
    Disc {
        /// Centre.
        centre: Position,
        /// Radius in kilometres, above 0.
        radius_km: f64,
    },
    /// Everything in a box.
    Box(Bbox),
    /// Everything in polygons, each an exterior ring followed by its holes (even-odd).
    Polygons(Vec<Vec<Ring>>),
    /// A territory and what lies within a distance of its boundary; its centre serves when it has
    /// no polygon.
    Around {
        /// Level of the territory.
        kind: Level,
        /// Its code of today.
        code: Code,
        /// Distance from the boundary in kilometres; 0 is the territory itself.
        margin_km: f64,
    },
    /// Everything in any of some areas.
    Any(Vec<Area>),
    /// The territories that resemble one by their context, and what lies in them; never itself.
    Peers(Box<PeersOf>),
    /// Everything in communes of some kind, or changed in some years.
    Aspect(Aspect),
}

/// What selects fiches beside places and facets: something of the commune that they lie in, or of their last
/// change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Inhabitants of the commune.
    Inhabitants(RangeInclusive<u32>),
    /// Values of the variable that refines classes of inhabitants: the density grid.
    Density(Vec<u16>),
    /// Years of the last change; disjoint ranges in ascending order.
    Updated(Vec<RangeInclusive<u16>>),
}
