//! The snapshot and the two recipes: answer a tile, answer a search.
//!
//! [`build()`] turns a dataset into a directory; [`Snapshot::open`] opens it; [`Snapshot::answer`]
//! answers a search and [`Snapshot::filtered_tile`] a tile, through the same query and the same
//! code. It knows nothing of HTTP.

mod build;
mod catalogue;
mod error;
mod manifest;
mod recipes;
mod records;
mod report_file;
mod snapshot;
mod store;
mod tilesets;

pub use atlaas_search::{
    Answer, Comprehension, Explanation, FacetCounts, FacetValue, GeocodeHit, GeocodeRequest, Hit,
    LookupOptions, PARAMETERS, ParameterError, PlaceMatch, Plan, Proposal, Query, Snippet, Sort,
    Suggestions, query_limits,
};
pub use atlaas_spatial::{ClusterDetail, TileId, TileIdError};
pub use build::{Built, build, write_tilesets};
pub use catalogue::{Catalogue, Contents};
pub use error::EngineError;
pub use manifest::{FileEntry, Manifest};
pub use recipes::{QueryError, SearchAnswer, TileJson};
pub use snapshot::Snapshot;
pub use store::candidates;
pub use tilesets::{
    ATTRIBUTION, CacheUse, DecodeError, DecodedFeature, DecodedLayer, PREBUILT_ZOOM, Tileset,
    VectorLayer, decode,
};
