//! What is indexed of the fiches: the terms of their words, the terms by length, the facets as columns.
//!
//! It knows fiches and terms, and neither queries nor scores.

pub(crate) mod column;
pub(crate) mod columns;
pub(crate) mod facet_values;
mod file_names;
pub(crate) mod lexicon;
pub(crate) mod measures;
pub(crate) mod part;
mod read_only;
pub(crate) mod text_index;
pub(crate) mod writing;
