//! What can go wrong in building, opening or asking the index.

use std::path::PathBuf;

/// A failure of the search index; mistakes of a request are [`crate::ParameterError`]s.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// tantivy refused.
    #[error("the text index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The index was made by another version of the analyser.
    #[error(
        "the text index has analyser version {found}, this program needs {expected}: index again"
    )]
    Analyser {
        /// Version in the index.
        found: u32,
        /// Version of this program.
        expected: u32,
    },
    /// The index does not hold the fiches it is opened with.
    #[error(
        "the text index holds {found} documents in {segments} segments, but there are {expected} fiches: index again"
    )]
    Documents {
        /// Documents in the index.
        found: u32,
        /// Segments in the index.
        segments: usize,
        /// Fiches given.
        expected: u32,
    },
    /// A dictionary or a list of the index could not be read.
    #[error("the text index is not readable, index again: {0}")]
    Dictionary(String),
    /// A facet has more values than a column can tell apart.
    #[error(
        "the facet {facet} has {found} values, at most 65535 are possible: check its column in the sources"
    )]
    FacetValues {
        /// The facet.
        facet: atlaas_model::Facet,
        /// How many different values it has.
        found: usize,
    },
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Dictionary(error.to_string())
    }
}
