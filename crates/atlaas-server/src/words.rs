//! Words for people: the two languages of the service, and how figures and dates are written in each.
//!
//! It knows nothing of what is told, nor of HTTP.

pub mod escape;
pub mod figures;
pub mod language;
