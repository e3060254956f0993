//! Suggestions while typing: territories, colieux, initiatives and enjeux that begin so.

mod title_index;

use crate::gazetteer::{Gazetteer, LookupOptions, PlaceMatch};
use atlaas_model::{DocId, Facet, Fiche, Kind, Position, Vocabulary};
use title_index::TitleIndex;

/// An enjeu that a text begins to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermSuggestion {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// What a text may become, by group, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// Communes, EPCI, départements and régions.
    pub territories: Vec<PlaceMatch>,
    /// Colieux by name.
    pub colieux: Vec<DocId>,
    /// Initiatives by title.
    pub initiatives: Vec<DocId>,
    /// Enjeux.
    pub enjeux: Vec<TermSuggestion>,
}

/// Suggests from one set of fiches.
#[derive(Debug, Default)]
pub struct Suggester {
    colieux: TitleIndex,
    initiatives: TitleIndex,
}

impl Suggester {
    /// Indexes the names of colieux and the titles of initiatives.
    pub fn build(fiches: &[Fiche]) -> Self {
        Self {
            colieux: TitleIndex::new(fiches, Kind::Colieu),
            initiatives: TitleIndex::new(fiches, Kind::Initiative),
        }
    }

    /// What a text may become; at most `limit` a group.
    pub fn suggest(
        &self,
        text: &str,
        (gazetteer, vocabulary): (&Gazetteer, &Vocabulary),
        near: Option<Position>,
        limit: usize,
    ) -> Suggestions {
        let options = LookupOptions {
            limit,
            near,
            kinds: Vec::new(),
            autocomplete: true,
        };
        Suggestions {
            territories: gazetteer.lookup(text, &options),
            colieux: self.colieux.beginning(text, near, limit),
            initiatives: self.initiatives.beginning(text, near, limit),
            enjeux: enjeux(text, vocabulary, limit),
        }
    }
}

fn enjeux(text: &str, vocabulary: &Vocabulary, limit: usize) -> Vec<TermSuggestion> {
    let typed = atlaas_model::slug(text);
    if typed.is_empty() {
        return Vec::new();
    }
    let begins = |name: &str| {
        let name = atlaas_model::slug(name);
        name.starts_with(&typed) || name.contains(&format!("-{typed}"))
    };
    vocabulary
        .terms(Facet::Enjeu)
        .iter()
        .filter(|term| begins(&term.nom) || term.synonymes.iter().any(|name| begins(name)))
        .take(limit)
        .map(|term| TermSuggestion {
            slug: term.slug.clone(),
            name: term.nom.clone(),
        })
        .collect()
}
