//! The one query: its parameters, their values and mistakes, its canonical spelling.
//!
//! It knows what may be asked, and nothing of what exists: names are resolved by the plan.

mod aspects;
pub(crate) mod canonical;
pub(crate) mod centre;
pub(crate) mod cursor;
mod given;
pub(crate) mod likeness;
pub mod limits;
pub(crate) mod mistake;
pub(crate) mod order;
pub(crate) mod parameter;
pub(crate) mod parameter_error;
pub(crate) mod parameters;
mod parse;
mod polygon;
pub(crate) mod request;
pub(crate) mod values;
