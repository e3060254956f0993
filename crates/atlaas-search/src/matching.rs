//! From words and filters to the documents that hold them, and what each is worth.
//!
//! It reads the index, and knows neither the parameters of a query nor places nor answers.

pub(crate) mod expand;
pub(crate) mod expanded;
pub(crate) mod filter;
pub(crate) mod gather;
pub(crate) mod phrase;
pub(crate) mod priors;
pub(crate) mod query_words;
pub(crate) mod tuning;
