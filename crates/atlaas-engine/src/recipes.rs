//! The recipes: what an open snapshot answers, through the same query and the same code.

mod aspects;
mod barometer;
mod comparison;
mod diagnosis;
mod places;
mod search;
mod tile;
mod tilejson;

pub use barometer::{
    AreaState, Barometer, BarometerAsk, Cell, CellRate, CellStandard, CellStanding, Choropleth,
    Counts, DimensionName, DimensionValue, MAP_CLASSES, MOST_CELLS, Measure, RATE_OF,
    TableDimension,
};
pub use diagnosis::{Activity, ComparedFacet, ComparedTerm, Diagnosis, LabelYear, Nearby};
pub use search::{QueryError, SearchAnswer};
pub use tilejson::TileJson;
