//! The points of one tileset: where each fiche lies on the map, what its symbol says, and which
//! categories it counts for.

mod of_kind;
mod row;
mod table;
mod wording;

pub use row::PointRow;
pub use table::PointTable;
pub use wording::abbreviate;
