//! What can be chosen about clusters.

/// How points become clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterOptions {
    /// Radius in 512ths of a tile; 1 to 256. Larger ones make fewer, larger clusters.
    pub radius: u16,
    /// Deepest zoom at which points that are apart form clusters; at most 20.
    pub deepest_zoom: u8,
    /// How far a tile repeats what lies beyond its edges, in 4096ths; at least the radius of the
    /// largest symbol, so that none is cut.
    pub buffer: u16,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        Self {
            radius: 60,
            deepest_zoom: 13,
            buffer: 256,
        }
    }
}
