//! The patterns of `data/generateur`, read once.

use crate::IngestError;
use serde::{Deserialize, de::DeserializeOwned};

/// Patterns of initiatives.
#[derive(Deserialize)]
pub(crate) struct Initiatives {
    /// Sentences that may follow any description.
    pub(crate) suites: Vec<String>,
    /// Places in a commune, with their prepositions.
    pub(crate) lieux: Vec<String>,
    pub(crate) projet: Vec<Project>,
}

/// One kind of initiative.
#[derive(Deserialize)]
pub(crate) struct Project {
    pub(crate) enjeu: String,
    pub(crate) services: Vec<String>,
    pub(crate) publics: Vec<String>,
    pub(crate) titre: String,
    pub(crate) texte: String,
}

/// Patterns of colieux.
#[derive(Deserialize)]
pub(crate) struct Colieux {
    pub(crate) noms: Vec<String>,
    pub(crate) rues: Vec<String>,
    pub(crate) lieu: Vec<Venue>,
}

/// One kind of colieu.
#[derive(Deserialize)]
pub(crate) struct Venue {
    pub(crate) typologie: String,
    pub(crate) poids: u32,
    pub(crate) nom: String,
    pub(crate) texte: String,
}

/// Reads the patterns of initiatives.
pub(crate) fn initiatives() -> Result<Initiatives, IngestError> {
    read(include_str!("../../../../data/generateur/initiatives.toml"))
}

/// Reads the patterns of colieux.
pub(crate) fn colieux() -> Result<Colieux, IngestError> {
    read(include_str!("../../../../data/generateur/colieux.toml"))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, IngestError> {
    toml::from_str(text).map_err(|error| IngestError::Embedded(error.to_string()))
}
