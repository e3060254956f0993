//! The catalogue of what is published: data sets with their files, services, sources; as a listing that
//! pages read, and as the graph that catalogues of others harvest (DCAT-AP, as its French profile uses it).
//!
//! It reads the schema and the manifest of a snapshot and the table of forms. It knows nothing of requests.

pub mod described;
pub mod files;
pub mod graph;
pub mod listing;
mod services;
mod sources;
