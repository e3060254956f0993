//! Rings on the lattice of borders: from edges to clean polygons, cut at the lines of tiles, and the
//! place within one that is farthest from its border.

mod assemble;
mod border;
mod clip;
mod edge;
mod pole;
mod simple;
mod walk;

pub use assemble::assemble;
pub use clip::{Side, cut, cut_box};
#[cfg(test)]
pub use edge::contains;
pub use edge::{Edge, Polygon, cancel_opposites, crosses_ray};
pub use pole::pole;
