//! The plane that everything is drawn on: projection, tile addresses, and the two lattices of whole
//! numbers, that of borders and that of points. It knows nothing of territories or fiches.

mod detail;
mod geodesy;
mod lattice;
pub mod mercator;
mod sphere;
mod tile;
mod world;

pub use detail::{WHOLE_ZOOM, detail_of, tolerance};
pub use geodesy::geodesic_measures;
pub use lattice::{DEEPEST_GRID, Grid, LATTICE_BITS, TILE_BITS, Vertex, area2, distance2, turn};
pub use sphere::{SpherePoint, chord_of_km, km_of_chord, on_sphere};
pub use tile::{DEEPEST_ZOOM, EXTENT, TileId, TileIdError};
pub use world::{WorldPoint, degrees};
