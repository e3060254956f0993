//! Fiches on the wire: the shape of one, and each form that a list of them takes.
//!
//! A form is given fiches and writes bytes; it knows nothing of the request that asks for it.

pub mod atom;
pub mod csv;
pub mod feature;
pub mod file_name;
pub mod format;
pub mod sequence;
pub mod stamp;
pub mod table;
pub mod xlsx;
