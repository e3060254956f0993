//! One topology: rings cut into arcs at the vertices where the set of rings changes, each arc stored
//! once, so that neighbours share their border to the last bit.
//!
//! A territory is an unordered set of signed arcs; summing those of its parts cancels the inner ones,
//! which is how communes become EPCI, départements and régions. The method is TopoJSON's
//! (<https://bost.ocks.org/mike/topology/>).
//!
//! Rings are cleaned, repaired, cut into arcs and mended; then vertices are ranked, and each zoom keeps
//! some of them and is snapped to its grid.

mod arcs;
mod clean;
mod crossing;
mod cut;
mod rank;
mod repair;
mod simplify;
mod slivers;
mod snap;

pub use arcs::{ArcRef, Arcs, dissolve};
pub use clean::{TopologyRemark, clean_outline};
pub use cut::cut_into_arcs;
pub use repair::repair;
pub use simplify::{kept_segments, kept_vertices, vertex_zooms};
pub use slivers::mend;
pub use snap::{Lines, snap};
