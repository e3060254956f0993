//! How texts become terms.

/// Changes whenever the same text could give other terms; recorded in the snapshot's manifest.
pub const ANALYSER_VERSION: u32 = 1;
