//! Source files to a validated dataset, with a report of every row refused or repaired; and the
//! demonstration dataset, for when there are no sources.
//!
//! [`read_sources`] reads a directory, [`check_files`] one person's own files, [`demonstration()`]
//! makes data up from an embedded gazetteer of facts. Nothing here serves, indexes or draws.
//!
//! Invariants: untrusted bytes never make a reader panic, and never make it hold more than its
//! stated limits (512 MiB for a table, 256 MiB for the parts of a workbook, 64 MiB for one line or one
//! GeoJSON feature, 8 MiB for one row of JSON, 1 MiB for one of CSV, 256 columns, 64 KiB for one
//! value). Every row is kept, replaced by a later one, or refused. Everything that is not kept as it stood is a line of the report.
//! The same files give the same dataset, whenever and wherever they are read. Mails, phone numbers
//! and names of persons are not carried over.
//!
//! ```
//! let outcome = atlaas_ingest::check_bytes(
//!     "initiatives.csv",
//!     b"id,titre,code_insee,annee\n1,Un fablab,2A004,20222\n",
//! )?;
//! assert_eq!(outcome.report.lines[0].field, "annee");
//! # Ok::<(), atlaas_ingest::IngestError>(())
//! ```

mod check;
mod demonstration;
mod error;
mod expect;
mod points;
mod report;
mod rows;
mod sources;
mod tables;
mod territories;
mod text;
mod values;

pub use check::{CheckOutcome, CheckedFile, Content, check_bytes, check_files};
pub use demonstration::demonstration;
pub use error::IngestError;
pub use expect::{Expectation, ExpectationError};
pub use sources::{ReadOptions, read_sources};
