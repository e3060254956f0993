//! Tables that are geocoded, row by row: bytes of any encoding and delimiter in, the same rows with what
//! was found of each out. Never more than a few rows are held, whatever the length.
//!
//! It knows the snapshot that answers; nothing of requests, files or the command line.

pub mod decoded;
pub mod dialect;
pub mod error;
pub mod found;
pub mod layout;
pub mod order;
pub mod table;
