//! The wire: codings, validators, links. What HTTP asks of any answer, whatever it tells.
//!
//! It knows headers and bytes, and the schema that answers are described for; nothing of fiches, of the
//! state or of a request as a whole.

pub mod coding;
pub mod conditional;
pub mod described_schema;
pub mod encoding;
pub mod inflating;
pub mod links;
pub mod media;
pub mod multipart;
pub mod offered;
pub mod packing;
pub mod preferred;
pub mod quality;
pub mod step;
