//! Why a table cannot be geocoded.

use std::io;

/// What is wrong with a table, or with what is asked of it.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// No header.
    #[error("the file is empty")]
    Empty,
    /// A name that no encoding has.
    #[error("there is no encoding `{0}`")]
    Encoding(String),
    /// A delimiter or a quote that is not one ASCII character.
    #[error("`{0}` is not one ASCII character")]
    Character(String),
    /// A column that the header does not have.
    #[error("there is no column `{name}`; the header has {known}")]
    Column {
        /// The column that was asked for.
        name: String,
        /// Those of the header.
        known: String,
    },
    /// No columns of positions, for reverse geocoding.
    #[error("no columns of latitude and longitude; the header has {0}")]
    NoPosition(String),
    /// More columns than anyone fills.
    #[error("more than {0} columns")]
    TooWide(usize),
    /// The file cannot be read, or the answer not written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The same, by the reader of tables.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

impl TableError {
    /// Whether whoever reads the answer has gone.
    pub fn is_closed(&self) -> bool {
        let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        match self {
            Self::Io(error) => broken(error),
            Self::Csv(error) => {
                matches!(error.kind(), csv::ErrorKind::Io(error) if broken(error))
            }
            _ => false,
        }
    }
}
