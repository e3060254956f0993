//! The gazetteer: every name and code of every territory, found as people write it.
//!
//! It holds the names of communes (former, delegated and associated ones included), EPCI,
//! départements and régions, with the few facts that rank them. It is rebuilt from the fiches when
//! an index is opened. It refuses nothing: a text of any length or script gives at most an empty
//! answer, since only the first 200 characters and 16 words are read.

mod address;
mod alignment;
mod build;
mod codes;
mod heads;
mod keys;
mod known;
mod lookup;
mod place_match;
mod qualifier;
mod ranking;
mod register;
mod spelling;
mod tokens;
mod usual;
mod weights;

pub use place_match::{LookupOptions, Match, PlaceMatch};
pub use register::Gazetteer;
pub(crate) use register::MOST_CHARACTERS;
