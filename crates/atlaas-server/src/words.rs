//! Words for people: the two languages of the service, the catalogue of what is told in each, and how
//! figures, distances and dates are written.
//!
//! `words/fr.ftl` and `words/en.ftl` hold every sentence under the name by which the rest of the code
//! asks for it. It knows nothing of HTTP.

mod catalogue;
mod distance;
pub mod escape;
mod figures;
mod kinds;
pub mod language;
pub mod message;
