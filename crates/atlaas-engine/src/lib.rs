//! The snapshot and the two recipes: answer a tile, answer a search.
//!
//! [`build()`] turns a dataset into a directory; [`Snapshot::open`] opens it; [`Snapshot::answer`]
//! answers a search and [`Snapshot::filtered_tile`] a tile, through the same query and the same
//! code. It knows nothing of HTTP.

mod answer;
mod archives;
mod build;
mod catalogue;
mod decoded;
mod error;
mod filtered;
mod manifest;
mod places;
mod points;
mod records;
mod report_file;
mod snapshot;
mod store;
mod territories;
mod tilejson;
mod tileset;

pub use answer::{QueryError, SearchAnswer};
pub use archives::{ATTRIBUTION, VectorLayer};
pub use atlaas_search::{
    Answer, Comprehension, Explanation, FacetCounts, FacetValue, GeocodeHit, GeocodeRequest, Hit,
    LookupOptions, PARAMETERS, ParameterError, PlaceMatch, Plan, Proposal, Query, Snippet, Sort,
    Suggestions, query_limits,
};
pub use atlaas_spatial::{ClusterDetail, TileId, TileIdError};
pub use build::{Built, build, write_tilesets};
pub use catalogue::{Catalogue, Contents};
pub use decoded::{DecodeError, DecodedFeature, DecodedLayer, decode};
pub use error::EngineError;
pub use filtered::CacheUse;
pub use manifest::{FileEntry, Manifest};
pub use snapshot::Snapshot;
pub use store::candidates;
pub use tilejson::TileJson;
pub use tileset::{PREBUILT_ZOOM, Tileset};
