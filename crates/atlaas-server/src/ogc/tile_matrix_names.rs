//! The names of the one tile matrix set.

/// Its name in the registry of the OGC.
pub const WEB_MERCATOR: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// Its own name.
pub const NAME: &str = "WebMercatorQuad";
