//! The snapshot and the two recipes: answer a tile, answer a search.
//!
//! [`build()`] turns a dataset into a directory; [`Snapshot::open`] opens it; [`Snapshot::answer`]
//! answers a search and [`Snapshot::filtered_tile`] a tile, through the same query and the same
//! code. It knows nothing of HTTP.

mod build;
mod candidates;
mod catalogue;
mod communes;
mod comparing;
mod error;
mod files;
mod journal;
mod landings;
mod members;
mod opening;
mod recipes;
mod snapshot;
mod store;
mod tilesets;

pub use atlaas_compare::{
    Band, CompareError, Compared, Comparer, Counted, Interval, Lens, Limits, Peer, Pool, Quartiles,
    Standing, Stratum, Variable, Verdict, Width, differ, rate_limits,
};
pub use atlaas_search::{
    Advice, Answer, Bound, ChosenPlace, Comprehension, Explanation, FacetCounts, FacetValue, Form,
    GeocodeHit, GeocodeRequest, Hit, LookupOptions, Match, Mistake, Parameter, ParameterError,
    PlaceMatch, Plan, Proposal, Purpose, Query, Range, Snippet, Sort, Suggestions, TermSuggestion,
    Widening, is_parameter, parameters, peers_pairs, query_limits,
};
pub use atlaas_spatial::{ClusterDetail, TileId, TileIdError};
pub use build::{Built, build, write_tilesets};
pub use candidates::{KeptSnapshot, is_untouched, kept, snapshot_called};
pub use catalogue::Catalogue;
pub use communes::Communes;
pub use error::EngineError;
pub use files::digest::FileEntry;
pub use files::manifest::Manifest;
pub use journal::{
    ChangeKind, JOURNAL_FILE, JournalChange, JournalGround, JournalRun, Trace, journal_damage,
};
pub use opening::{Opening, Refusal};
pub use recipes::{
    Activity, AreaState, Barometer, BarometerAsk, Cell, CellRate, CellStandard, CellStanding,
    ChangeCounts, Changes, Choropleth, ComparedFacet, ComparedTerm, Counts, Diagnosis,
    DimensionName, DimensionValue, FieldChange, FollowAsk, Followed, FollowedChange, LabelYear,
    MAP_CLASSES, MOST_CELLS, MOST_FOLLOWED, Measure, Nearby, QueryError, RATE_OF, SearchAnswer,
    Side, Since, SinceError, TableDimension, TileJson, changed_fields,
};
pub use snapshot::Snapshot;
pub use tilesets::{
    ATTRIBUTION, CacheUse, DecodeError, DecodedFeature, DecodedLayer, PREBUILT_ZOOM, Tileset,
    VectorLayer, decode,
};
