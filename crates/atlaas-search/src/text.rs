//! Words as text: folding, the spelling of names, analysis into terms, typing mistakes.
//!
//! It knows characters and French, and neither fiches, indexes nor queries.

pub(crate) mod analysis;
pub(crate) mod fold;
pub(crate) mod names;
pub(crate) mod typo;
