//! Errors as clients see them, and the two languages in which they are told.
//!
//! It knows nothing of the service: no request, no state, no page.

pub mod body;
pub mod problem;
