//! A list of fiches as people see it: hits, facets, how the words were understood, where to go on.
//!
//! It knows nothing of the page that shows it.

pub mod anchor;
pub mod choices;
pub mod echo;
pub mod hits;
pub mod links;
pub mod results;
