//! Clusters: the greedy hierarchy of `supercluster`, over all points or over those of any filter.
//!
//! From the deepest zoom up, points are visited in the order of their documents; a point that is
//! still free takes every free point within the radius, itself included, and stands at their
//! weighted centre. The centres of one zoom are the points of the next zoom up. It is global, so the
//! two sides of a tile edge always agree; and it works in whole numbers, so every machine agrees.
//!
//! Steps: rows of a filter → `Piles`, the points that share a place, which no zoom separates →
//! one `Level` a zoom, made when a tile first needs it → tiles.
//!
//! Source: <https://blog.mapbox.com/clustering-millions-of-points-on-a-map-with-supercluster-272046ec5c97>.

mod buckets;
mod detail;
mod draw;
mod elements;
mod greedy;
mod hierarchy;
mod level;
mod node;
mod options;
mod piles;
mod prebuilt;
mod sums;
#[cfg(test)]
mod tests;
mod window;

pub use detail::ClusterDetail;
pub use hierarchy::Hierarchy;
pub use options::ClusterOptions;
pub use prebuilt::write_points_archive;
