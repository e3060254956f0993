//! What the tilesets are made of: points, layers, archives, and the clusters of recent filters.

mod archives;
mod decoded;
mod filter_cache;
mod layers;
mod points;
mod territories;
mod tileset;

pub use archives::{FRANCE, write_joined, write_point_archives};
pub use decoded::{DecodeError, DecodedFeature, DecodedLayer, decode};
pub use filter_cache::{CacheUse, FilteredTiles};
pub use layers::{ATTRIBUTION, VectorLayer, metadata, vector_layers};
pub use points::{PointLayer, PointLayers, point_layers};
pub use territories::territory_attributes;
pub use tileset::{CENTRE, PREBUILT_ZOOM, Tileset};
