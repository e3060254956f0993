//! Media types that several answers have.

/// GeoJSON (RFC 7946).
pub const GEOJSON: &str = "application/geo+json";
/// A page.
pub const HTML: &str = "text/html; charset=utf-8";
/// A vector tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
/// JSON of our own shape.
pub const JSON: &str = "application/json";
