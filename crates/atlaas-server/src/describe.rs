//! What describes the service to programs and their authors: what handlers describe themselves with,
//! the list in which each address stands once, OpenAPI, recipes.
//!
//! It knows no address but that of the description itself: the others describe themselves.

pub mod openapi;
pub mod parameter;
pub mod query_parameters;
pub mod recipes;
pub mod responses;
pub mod surface;
mod yaml;
