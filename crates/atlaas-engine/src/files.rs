//! The files of a snapshot, each with what reads and writes it, and what says that they are whole.

pub mod context_file;
pub mod digest;
pub mod disk;
pub mod manifest;
pub mod records;
pub mod report_file;
