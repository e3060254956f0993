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
    enjeux: Vec<Enjeu>,
}

/// An enjeu and the spellings that lead to it.
#[derive(Debug)]
struct Enjeu {
    term: TermSuggestion,
    /// Slugs of its name and synonyms.
    spellings: Vec<String>,
}

impl Suggester {
    /// Indexes the names of colieux, the titles of initiatives and the names of enjeux.
    pub fn build(fiches: &[Fiche], vocabulary: &Vocabulary) -> Self {
        Self {
            colieux: TitleIndex::new(fiches, Kind::Colieu),
            initiatives: TitleIndex::new(fiches, Kind::Initiative),
            enjeux: vocabulary
                .terms(Facet::Enjeu)
                .iter()
                .map(|term| Enjeu {
                    term: TermSuggestion {
                        slug: term.slug.clone(),
                        name: term.nom.clone(),
                    },
                    spellings: std::iter::once(&term.nom)
                        .chain(&term.synonymes)
                        .map(|name| atlaas_model::slug(name))
                        .collect(),
                })
                .collect(),
        }
    }

    /// What a text may become; at most `limit` a group.
    pub fn suggest(
        &self,
        text: &str,
        gazetteer: &Gazetteer,
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
            enjeux: self.enjeux(text, limit),
        }
    }

    fn enjeux(&self, text: &str, limit: usize) -> Vec<TermSuggestion> {
        let typed = atlaas_model::slug(text);
        if typed.is_empty() {
            return Vec::new();
        }
        let later = format!("-{typed}");
        let begins = |name: &String| name.starts_with(&typed) || name.contains(&later);
        self.enjeux
            .iter()
            .filter(|enjeu| enjeu.spellings.iter().any(begins))
            .take(limit)
            .map(|enjeu| enjeu.term.clone())
            .collect()
    }
}
