//! Fiches by place: those in an area, their distances, the nearest.

mod bands;
mod index;
#[cfg(test)]
mod tests;

pub use index::{DistancesFrom, SpatialIndex};
