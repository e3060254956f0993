//! From a plan to an answer: match, filter, count, order, cut a page, mark its words.
//!
//! It asks nothing of the query but its page, its order and what to count; the words of an answer are
//! data, and whoever serves it chooses the format.

pub(crate) mod answered;
pub(crate) mod execute;
pub(crate) mod facets;
pub(crate) mod matches;
pub(crate) mod proposals;
mod rank;
mod scoring;
pub(crate) mod similar;
mod snippet;
mod window;
