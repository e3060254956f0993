//! Files as rows: bytes on disk or in memory, CSV of any hand, JSON and GeoJSON of any length.
//!
//! What a column means is not known here: a [`row::Row`] is text by column name.

pub(crate) mod cell;
pub(crate) mod columns;
pub(crate) mod csv_table;
mod csv_text;
pub(crate) mod disguise;
mod json_scan;
pub(crate) mod json_source;
pub(crate) mod json_stream;
pub(crate) mod json_table;
pub(crate) mod json_text;
pub(crate) mod layer_dirs;
pub(crate) mod row;
pub(crate) mod source_dir;
pub(crate) mod source_file;
mod workbook;
