//! Suggestions while typing: territories, objects of layers and terms that begin so.

mod title_index;

use crate::gazetteer::{Gazetteer, LookupOptions, PlaceMatch};
use atlaas_model::{DocId, Facet, Fiche, Layer, Name, Position, Schema, Term};
use title_index::TitleIndex;

/// A term that a text begins to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermSuggestion {
    /// The facet that it selects.
    pub facet: Facet,
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
    /// Objects by name, under the name of their layer.
    pub layers: Vec<(Name, Vec<DocId>)>,
    /// Terms, under the name that their facet declares.
    pub terms: Vec<(Name, Vec<TermSuggestion>)>,
}

/// Suggests from one set of fiches.
#[derive(Debug, Default)]
pub struct Suggester {
    layers: Vec<(Name, TitleIndex)>,
    terms: Vec<(Name, Vec<Spelt>)>,
}

/// A term and the spellings that lead to it.
#[derive(Debug)]
struct Spelt {
    term: TermSuggestion,
    /// Slugs of its name and synonyms.
    spellings: Vec<String>,
}

impl Suggester {
    /// Indexes the names of the objects of every layer, and the terms that are to be suggested.
    pub fn build(fiches: &[Fiche], schema: &Schema) -> Self {
        let titles = |layer: &Layer| (layer.name, TitleIndex::new(fiches, layer));
        let terms = schema.facets().iter().filter_map(|info| {
            let known = schema.vocabulary.terms(info.facet).iter();
            Some((
                info.suggested?,
                known.map(|term| spelt(info.facet, term)).collect(),
            ))
        });
        Self {
            layers: schema.layers().iter().map(titles).collect(),
            terms: terms.collect(),
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
            layers: self
                .layers
                .iter()
                .map(|(name, titles)| (*name, titles.beginning(text, near, limit)))
                .collect(),
            terms: self
                .terms
                .iter()
                .map(|(name, terms)| (*name, named(terms, text, limit)))
                .collect(),
        }
    }
}

fn spelt(facet: Facet, term: &Term) -> Spelt {
    let names = std::iter::once(&term.nom).chain(&term.synonymes);
    Spelt {
        term: TermSuggestion {
            facet,
            slug: term.slug.clone(),
            name: term.nom.clone(),
        },
        spellings: names.map(|name| atlaas_model::slug(name)).collect(),
    }
}

/// The terms with a word that begins so.
fn named(terms: &[Spelt], text: &str, limit: usize) -> Vec<TermSuggestion> {
    let typed = atlaas_model::slug(text);
    if typed.is_empty() {
        return Vec::new();
    }
    let later = format!("-{typed}");
    let begins = |name: &String| name.starts_with(&typed) || name.contains(&later);
    let found = terms
        .iter()
        .filter(|known| known.spellings.iter().any(begins));
    found.take(limit).map(|known| known.term.clone()).collect()
}
