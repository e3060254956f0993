//! Errors as clients see them, told in the language that they prefer.
//!
//! It knows nothing of the service: no request, no state, no page.

pub mod body;
pub mod mistake;
pub mod problem;
