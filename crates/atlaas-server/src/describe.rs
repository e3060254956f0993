//! What describes the service to programs and their authors: OpenAPI, the table of operations, recipes.
//!
//! It tells of addresses; it answers at none but those of the description itself.

pub mod openapi;
pub mod operation_parameters;
pub mod operations;
pub mod place_parameters;
pub mod recipes;
