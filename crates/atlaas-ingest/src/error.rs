//! Why a reading as a whole fails. What is wrong with one row never comes here: it goes to the report.

use atlaas_model::{Kind, VocabularyError};
use std::{io, path::PathBuf};

/// Why the sources cannot become a dataset; the message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The disk or the system refuses.
    #[error("cannot read {path}: {source}")]
    Io {
        /// File or directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that the dataset cannot do without.
    #[error("{name} is missing in {dir}: put it there, plain or with .gz behind its name")]
    Missing {
        /// Name relative to the source directory.
        name: String,
        /// The source directory.
        dir: PathBuf,
    },
    /// A name that leads to something that has no content of its own.
    #[error("{path} is {what}, not a file: put the file itself there")]
    NotAFile {
        /// What was to be read.
        path: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// A file that is there and gives nothing: a source that was emptied or is still being written.
    #[error("{name} holds no {what}: fill it, or take it away if it is not wanted")]
    Empty {
        /// Name of the file.
        name: String,
        /// What was looked for.
        what: &'static str,
    },
    /// A file that is something else than its name says.
    #[error("{name} is {what}: {advice}")]
    Disguised {
        /// Name of the file.
        name: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// More bytes than anybody's real file has.
    #[error(
        "{name} has more than {limit} bytes once unpacked: split it, or remove what is not data"
    )]
    TooLarge {
        /// Name of the file.
        name: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Not the JSON or GeoJSON that is expected.
    #[error("{name} is not readable at byte {offset}: {problem}")]
    Json {
        /// Name of the file.
        name: String,
        /// Where, in bytes of the unpacked file.
        offset: u64,
        /// What is wrong and what is expected.
        problem: String,
    },
    /// A table without the columns that it cannot do without.
    #[error("{name} cannot be read as a table: {problem}")]
    Table {
        /// Name of the file.
        name: String,
        /// What is wrong and what is expected.
        problem: String,
    },
    /// A file whose name and header tell nothing.
    #[error(
        "{name} is none of the files that can be read: name it communes.json, epci.json, \
         departements.json, regions.json, centres.csv, communes.geojson, colieux.csv, \
         initiatives.csv (or .geojson, .json) or labels.csv"
    )]
    Unrecognised {
        /// Name of the file.
        name: String,
    },
    /// A count that `--expect` does not allow.
    #[error("{found} fiches of type {kind}, but {min} to {max} are expected: nothing was replaced")]
    Unexpected {
        /// Kind of fiche.
        kind: Kind,
        /// How many there are.
        found: u64,
        /// The least allowed.
        min: u64,
        /// The most allowed.
        max: u64,
    },
    /// `--expect` names a type that there is not.
    #[error("there is no type {name:?} to expect: the types are {}", known.join(", "))]
    UnknownKind {
        /// What was given.
        name: String,
        /// What there is.
        known: Vec<&'static str>,
    },
    /// The taxonomy cannot be used.
    #[error(transparent)]
    Vocabulary(#[from] VocabularyError),
    /// The data compiled into the program is damaged.
    #[error("the embedded data is damaged ({0}): build the program again")]
    Embedded(String),
}
