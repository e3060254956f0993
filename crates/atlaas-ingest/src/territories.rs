//! The administrative division: read from its files, drawn, resolved to today, labelled, made fiches.
//!
//! Read first: everything else lies in a territory.

pub(crate) mod centres;
mod commune_records;
pub(crate) mod context_declaration;
pub(crate) mod context_table;
pub(crate) mod decoupage;
pub(crate) mod decoupage_files;
mod group_records;
pub(crate) mod labels;
pub(crate) mod outline_parts;
pub(crate) mod outlines;
pub(crate) mod polygon;
mod record_fields;
pub(crate) mod resolver;
mod surface;
pub(crate) mod territory_fiches;
