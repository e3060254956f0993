//! Suggestions while typing: territories, colieux, initiatives and enjeux that begin so.

use crate::fold::words;
use crate::gazetteer::{Gazetteer, LookupOptions, PlaceMatch};
use atlaas_model::{DocId, Facet, Fiche, Kind, Position, Vocabulary};
use std::ops::Range;

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

/// The words of titles, sorted, to be found by their beginnings.
#[derive(Debug, Default)]
struct TitleIndex {
    text: String,
    /// Bytes of a word, and the fiche whose title has it.
    words: Vec<(Range<u32>, DocId)>,
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
            colieux: self.colieux.beginning(text, limit),
            initiatives: self.initiatives.beginning(text, limit),
            enjeux: enjeux(text, vocabulary, limit),
        }
    }
}

impl TitleIndex {
    fn new(fiches: &[Fiche], kind: Kind) -> Self {
        let mut index = Self::default();
        for (fiche, doc) in fiches.iter().zip(0..) {
            if fiche.kind != kind {
                continue;
            }
            for word in words(&fiche.name) {
                let start = index.text.len() as u32;
                index.text.push_str(&word.text);
                index.words.push((start..index.text.len() as u32, doc));
            }
        }
        let text = &index.text;
        index.words.sort_by(|a, b| {
            let word = |range: &Range<u32>| &text[range.start as usize..range.end as usize];
            word(&a.0).cmp(word(&b.0)).then(a.1.cmp(&b.1))
        });
        index
    }

    fn word(&self, rank: usize) -> &str {
        let range = &self.words[rank].0;
        &self.text[range.start as usize..range.end as usize]
    }

    /// Titles that have all words, the last one perhaps unfinished.
    fn beginning(&self, text: &str, limit: usize) -> Vec<DocId> {
        let typed = words(text);
        let mut kept: Option<Vec<DocId>> = None;
        for (index, word) in typed.iter().enumerate().take(8) {
            let last = index + 1 == typed.len();
            let from = self.partition(|known| known < word.text.as_str());
            let mut docs: Vec<DocId> = (from..self.words.len())
                .take_while(|&rank| {
                    let known = self.word(rank);
                    known.starts_with(&word.text) && (last || known.len() == word.text.len())
                })
                .map(|rank| self.words[rank].1)
                .collect();
            docs.sort_unstable();
            docs.dedup();
            if let Some(kept) = &kept {
                docs.retain(|doc| kept.binary_search(doc).is_ok());
            }
            kept = Some(docs);
        }
        let mut docs = kept.unwrap_or_default();
        docs.truncate(limit);
        docs
    }

    fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            if before(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
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
