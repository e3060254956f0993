//! The points of one tileset: where each fiche lies on the map, what its symbol says, and which
//! categories it counts for.

mod head;
mod of_layer;
mod row;
mod table;
mod wording;

pub use head::{PropertyType, TableHead};
pub use row::{PointRow, Property};
pub use table::PointTable;
pub use wording::abbreviate;
