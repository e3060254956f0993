//! Suggestions while typing: territories, objects of layers and terms that begin so.

mod title_index;

use crate::gazetteer::{Gazetteer, LookupOptions, PlaceMatch};
use atlaas_model::{Code, DocId, Facet, Fiche, Layer, Level, Name, Position, Schema, Term};
use std::collections::HashMap;
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
    /// Fiches that bear it.
    pub count: u32,
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
    /// Fiches in each territory, itself among them.
    inside: HashMap<(Level, Code), u32>,
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
            let name = info.suggested?;
            let counts = bearers(fiches, info.facet);
            let spelt = known.filter_map(|term| {
                // What nobody bears would answer nothing.
                let count = *counts.get(term.slug.as_str())?;
                Some(spelt(info.facet, term, count))
            });
            Some((name, spelt.collect()))
        });
        Self {
            layers: schema.layers().iter().map(titles).collect(),
            terms: terms.collect(),
            inside: inside(fiches),
        }
    }

    /// Fiches that lie in a territory, itself among them: what asking for it finds.
    pub fn count_in(&self, level: Level, code: Code) -> u32 {
        self.inside.get(&(level, code)).copied().unwrap_or(0)
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

/// How many fiches bear each value of a facet.
fn bearers(fiches: &[Fiche], facet: Facet) -> HashMap<&str, u32> {
    let mut counts = HashMap::new();
    for slug in fiches.iter().flat_map(|fiche| fiche.slugs(facet)) {
        *counts.entry(slug.as_str()).or_default() += 1;
    }
    counts
}

/// How many fiches lie in each territory.
fn inside(fiches: &[Fiche]) -> HashMap<(Level, Code), u32> {
    let mut counts = HashMap::new();
    for fiche in fiches {
        for level in Level::ALL {
            if let Some(code) = fiche.territory.at(level) {
                *counts.entry((level, code)).or_default() += 1;
            }
        }
    }
    counts
}

fn spelt(facet: Facet, term: &Term, count: u32) -> Spelt {
    let names = std::iter::once(&term.nom).chain(&term.synonymes);
    Spelt {
        term: TermSuggestion {
            facet,
            slug: term.slug.clone(),
            name: term.nom.clone(),
            count,
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
