//! A word with all that answers it.

use crate::index::part::Part;
use serde::Serialize;
use tantivy::postings::TermInfo;

/// How a word was found, under its name in explanations (`moyen`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Moyen)]
pub enum FoundBy {
    /// As it is, or by its stem.
    #[serde(rename = "connu")]
    Known,
    /// As the beginning of others.
    #[serde(rename = "debut")]
    Prefix,
    /// As others that it is near.
    #[serde(rename = "correction")]
    Correction,
    /// Not at all.
    #[serde(rename = "inconnu")]
    Unknown,
}

/// A list of documents to read for a word.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub part: Part,
    pub info: TermInfo,
    pub weight: f32,
}

/// A word with all that answers it.
#[derive(Clone, Debug)]
pub(crate) struct Expanded {
    /// As written.
    pub written: String,
    pub found_by: FoundBy,
    pub sources: Vec<Source>,
    /// Inverse document frequency of the word, over all its sources.
    pub idf: f32,
    /// Words of texts that match, for marking.
    pub terms: Vec<String>,
    /// Stems of texts that match, for marking.
    pub stems: Vec<String>,
    /// What it was read as, when it was corrected.
    pub correction: Option<String>,
}

impl Expanded {
    /// Postings that will be read for this word.
    pub fn cost(&self) -> u32 {
        self.sources
            .iter()
            .map(|source| source.info.doc_freq)
            .fold(0, u32::saturating_add)
    }
}
