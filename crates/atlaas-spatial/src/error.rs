//! What can go wrong with files and geometry; each variant is a real failure and says what to do.

use std::{io, path::PathBuf};

/// Failures of this crate.
#[derive(Debug, thiserror::Error)]
pub enum SpatialError {
    /// A file could not be read, written, mapped or renamed.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    Io {
        /// What was tried, as a verb: `read`, `write`, `map`…
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is not what its name promises, is cut short or was made by another version.
    #[error("{path} cannot be used: {reason}", path = path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A tile of an archive whose bytes are not what was written.
    #[error("{path}: tile {z}/{x}/{y} is damaged: restore the file or make it again", path = path.display())]
    DamagedTile {
        /// The archive.
        path: PathBuf,
        /// Zoom.
        z: u8,
        /// Column.
        x: u32,
        /// Row.
        y: u32,
    },
    /// A tile that cannot enter an archive.
    #[error("tile {z}/{x}/{y} cannot enter the archive: {reason}")]
    Tile {
        /// Zoom.
        z: u8,
        /// Column.
        x: u32,
        /// Row.
        y: u32,
        /// What is wrong and what to do.
        reason: String,
    },
}

impl SpatialError {
    /// Ties a failure of the system to the file it is about; for `map_err`.
    pub fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> SpatialError {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }

    /// A file that is not what it should be.
    pub fn format(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::Format {
            path: path.into(),
            reason: reason.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_action_and_the_file() {
        let missing = io::Error::new(io::ErrorKind::NotFound, "not found");
        assert_eq!(
            SpatialError::io("read", "a/b.pmtiles")(missing).to_string(),
            "cannot read a/b.pmtiles: not found"
        );
        assert_eq!(
            SpatialError::format("x", "made by version 9; run index again").to_string(),
            "x cannot be used: made by version 9; run index again"
        );
    }
}
