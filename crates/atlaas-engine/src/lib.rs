//! The snapshot and the two recipes: answer a tile, answer a search.
//!
//! [`build()`] turns a dataset into a directory; [`Snapshot::open`] opens it; [`Snapshot::answer`]
//! answers a search and [`Snapshot::filtered_tile`] a tile, through the same query and the same
//! code. It knows nothing of HTTP.

mod answer;
mod archives;
mod build;
mod candidates;
mod catalogue;
mod decoded;
mod digest;
mod disk;
mod error;
mod filtered;
mod manifest;
mod opening;
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
pub use candidates::is_untouched;
pub use catalogue::{Catalogue, Contents};
pub use decoded::{DecodeError, DecodedFeature, DecodedLayer, decode};
pub use digest::FileEntry;
pub use error::EngineError;
pub use filtered::CacheUse;
pub use manifest::Manifest;
pub use opening::{Opening, Refusal};
pub use snapshot::Snapshot;
pub use tilejson::TileJson;
pub use tileset::{PREBUILT_ZOOM, Tileset};
