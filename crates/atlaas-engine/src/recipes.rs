//! The recipes: what an open snapshot answers, through the same query and the same code.

mod barometer;
mod comparison;
mod diagnosis;
mod places;
mod search;
mod tile;
mod tilejson;

pub use barometer::{
    Barometer, BarometerAsk, Cell, CellRate, CellStanding, Counts, DimensionName, DimensionValue,
    MOST_CELLS, RATE_OF, TableDimension,
};
pub use diagnosis::{Activity, ComparedFacet, ComparedTerm, Diagnosis, LabelYear, Nearby};
pub use search::{QueryError, SearchAnswer};
pub use tilejson::TileJson;
