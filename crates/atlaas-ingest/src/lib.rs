//! Source files to a validated dataset, with a report of every row refused or repaired; and the
//! demonstration dataset, for when there are no sources.

mod centres;
mod clean;
mod colieux;
mod csv_table;
mod decoupage;
mod decoupage_files;
mod demonstration;
mod error;
mod expect;
mod fields;
mod initiatives;
mod json_stream;
mod json_table;
mod labels;
mod outlines;
mod place;
mod points;
mod polygon;
mod read;
mod remarks;
mod resolver;
mod row;
mod source_file;
mod terms;
mod territory_fiches;

pub use demonstration::demonstration;
pub use error::IngestError;
pub use expect::{Expectation, ExpectationError};
pub use read::{ReadOptions, read_sources};
