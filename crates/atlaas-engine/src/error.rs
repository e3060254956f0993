//! What can go wrong between a directory on disk and an answer, each with what to do about it.

use std::path::{Path, PathBuf};

/// A failure to build, open or verify a snapshot, or to answer from one.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// Another process builds in the same directory.
    #[error("{} is being written by another `atlaas index`: wait for it to end", .0.display())]
    Locked(PathBuf),
    /// The directory holds no snapshot that can be served.
    #[error("{} holds no whole snapshot: run `atlaas index --out {}`, or name an empty directory for the demonstration", .0.display(), .0.display())]
    NoSnapshot(PathBuf),
    /// No snapshot of the directory bears a name.
    #[error("{name:?} is neither a directory nor a snapshot in {}: `ls` lists them", directory.display())]
    NoSnapshotCalled {
        /// The name.
        name: String,
        /// Where it was looked for.
        directory: PathBuf,
    },
    /// The manifest is missing or cannot be read.
    #[error("{} is not an Atlaas snapshot ({reason}): run `atlaas index` again", path.display())]
    Foreign {
        /// The directory.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Written by another version of the format.
    #[error("{} has snapshot format {found}, this binary reads {expected}: run `atlaas index` again with this binary", path.display())]
    Format {
        /// The directory.
        path: PathBuf,
        /// Version in the manifest.
        found: u32,
        /// Version that this binary reads.
        expected: u32,
    },
    /// A file does not hold what the manifest says.
    #[error("{} is damaged ({reason}): restore it or run `atlaas index` again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What differs.
        reason: String,
    },
    /// A file lies in the snapshot that is no part of it.
    #[error("{} is no file of the snapshot: remove it or run `atlaas index` again", .0.display())]
    ForeignFile(PathBuf),
    /// The counts are outside what the operator expects.
    #[error("{0}")]
    Unexpected(String),
    /// What says how territories are compared cannot be read.
    #[error("data/comparaison.toml: {0}")]
    Method(#[from] toml::de::Error),
    /// A spatial part failed.
    #[error(transparent)]
    Spatial(#[from] atlaas_spatial::SpatialError),
    /// A search part failed.
    #[error(transparent)]
    Search(#[from] atlaas_search::SearchError),
}

impl EngineError {
    /// A file that is not what it must be.
    pub(crate) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    /// Names the path that an I/O error happened at.
    pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}
