//! The recipes: what an open snapshot answers, through the same query and the same code.

mod aspects;
mod barometer;
pub mod changes;
mod choropleth;
mod comparison;
mod diagnosis;
mod followed;
mod places;
mod search;
mod tile;
mod tilejson;

pub use barometer::{
    Barometer, BarometerAsk, Cell, CellRate, CellStandard, CellStanding, Counts, DimensionName,
    DimensionValue, MOST_CELLS, RATE_OF, TableDimension,
};
pub use changes::{ChangeCounts, Changes, FieldChange, Side, changed_fields};
pub use choropleth::{AreaState, Choropleth, MAP_CLASSES, Measure};
pub use diagnosis::{Activity, ComparedFacet, ComparedTerm, Diagnosis, LabelYear, Nearby};
pub use followed::{FollowAsk, Followed, FollowedChange, MOST_FOLLOWED, Since, SinceError};
pub use search::{QueryError, SearchAnswer};
pub use tilejson::TileJson;
