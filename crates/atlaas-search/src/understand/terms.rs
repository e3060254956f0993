//! Terms of the facets and kinds of fiches in a query.

use super::phrase::{Phrase, is_hollow};
use super::understanding::{Understanding, UnderstoodKind, UnderstoodTerm};
use crate::text::fold::words;
use atlaas_model::{Facet, Kind, Level, Schema};
use std::collections::HashMap;
use std::ops::Range;

/// Longest term in words.
const MOST_WORDS: usize = 8;

/// A term and the words that name it.
type Tile = (Range<usize>, Facet, String);

/// The spellings of all terms.
#[derive(Debug, Default)]
pub(crate) struct TermIndex {
    terms: HashMap<String, (Facet, String)>,
    /// Words that name a kind of fiches.
    kinds: Vec<(Vec<String>, Kind)>,
}

impl TermIndex {
    /// Indexes names, slugs and synonyms.
    pub(crate) fn new(schema: &Schema) -> Self {
        let mut index = HashMap::new();
        for facet in schema.telling_facets() {
            for term in schema.vocabulary.terms(facet) {
                let spellings = [&term.nom, &term.slug].into_iter().chain(&term.synonymes);
                // A code of two letters (`cc`) is another word to most.
                for spelling in spellings.filter(|spelling| spelling.len() > 2) {
                    let singular: Vec<String> =
                        words(spelling).iter().map(|w| singular(&w.text)).collect();
                    index
                        .entry(singular.join(" "))
                        .or_insert_with(|| (facet, term.slug.clone()));
                }
            }
        }
        for term in schema.vocabulary.terms(Facet::Mention) {
            for name in [&term.nom].into_iter().chain(&term.synonymes) {
                let spelt = words(&format!("mention {name}"));
                let spelt: Vec<String> = spelt.iter().map(|w| singular(&w.text)).collect();
                index
                    .entry(spelt.join(" "))
                    .or_insert_with(|| (Facet::Mention, term.slug.clone()));
            }
        }
        index.remove("");
        Self {
            terms: index,
            kinds: kinds(schema),
        }
    }

    /// The term that some words name.
    pub(crate) fn find(&self, phrase: &Phrase<'_>, at: Range<usize>) -> Option<&(Facet, String)> {
        let spelt: Vec<String> = phrase.words[at].iter().map(|w| singular(&w.text)).collect();
        self.terms.get(&spelt.join(" "))
    }

    /// Whether terms cover everything that is left of a phrase outside some words.
    pub(crate) fn covers(&self, phrase: &Phrase<'_>, but: &Range<usize>) -> bool {
        let runs = phrase.runs(but);
        !runs.is_empty() && runs.into_iter().all(|run| self.tile(phrase, run).is_some())
    }

    /// Takes the terms out of a phrase, where nothing else stands beside them: `centre culturel`
    /// and `médiation numérique` are words to search for, not an enjeu and a remainder.
    pub(crate) fn read(&self, phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
        for run in phrase.runs(&(0..0)) {
            for (words, facet, slug) in self.tile(phrase, run).unwrap_or_default() {
                let range = phrase.take(words);
                understanding
                    .terms
                    .push(UnderstoodTerm { facet, slug, range });
            }
        }
    }

    /// The terms that make up a run of words together with hollow words, if they do.
    fn tile(&self, phrase: &Phrase<'_>, run: Range<usize>) -> Option<Vec<Tile>> {
        let mut tiles = Vec::new();
        let mut at = run.start;
        while at < run.end {
            if let Some((end, facet, slug)) = self.longest(phrase, at, run.end) {
                tiles.push((at..end, facet, slug));
                at = end;
            } else if is_hollow(&phrase.words[at].text) {
                at += 1;
            } else {
                return None;
            }
        }
        Some(tiles)
    }

    fn longest(
        &self,
        phrase: &Phrase<'_>,
        at: usize,
        end: usize,
    ) -> Option<(usize, Facet, String)> {
        if hangs(phrase, at) {
            return None;
        }
        let most = (at + MOST_WORDS).min(end);
        let free = most - at;
        (1..=free).rev().find_map(|count| {
            let end = at + count;
            let (facet, slug) = self.find(phrase, at..end)?;
            Some((end, *facet, slug.clone()))
        })
    }
}

/// Whether a word hangs on a noun before it (`maison des jeunes`), and so is no facet by itself.
fn hangs(phrase: &Phrase<'_>, at: usize) -> bool {
    let mut before = at;
    while before > 0
        && matches!(
            phrase.words[before - 1].text.as_str(),
            "de" | "du" | "des" | "d" | "l" | "la" | "le" | "les" | "a" | "aux" | "au"
        )
    {
        before -= 1;
    }
    before < at && before > 0 && !phrase.words[before - 1].taken
}

/// A word without its plural.
pub(super) fn singular(word: &str) -> String {
    let long = word.len() > 3;
    match word.strip_suffix(['s', 'x']) {
        Some(stem) if long => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Words that name territories, in the plural: the singular is often part of a text.
const LEVELS: [(&str, Level); 6] = [
    ("communes", Level::Commune),
    ("villes", Level::Commune),
    ("intercommunalites", Level::Epci),
    ("epci", Level::Epci),
    ("departements", Level::Departement),
    ("regions", Level::Region),
];

/// Words that name a kind of fiches: those that layers declare, then those of territories.
fn kinds(schema: &Schema) -> Vec<(Vec<String>, Kind)> {
    let layers = schema.layers().iter();
    let declared = layers.flat_map(|layer| {
        layer
            .words
            .iter()
            .map(|words| (words.clone(), layer.kind()))
    });
    let levels = LEVELS
        .iter()
        .map(|&(word, level)| (vec![word.to_owned()], level.into()));
    declared.chain(levels).collect()
}

impl TermIndex {
    /// The kinds of fiches that a phrase names anywhere.
    pub(crate) fn named_kinds(&self, phrase: &Phrase<'_>) -> Vec<Kind> {
        let named = |(words, _): &&(Vec<String>, Kind)| {
            (0..phrase.words.len()).any(|at| phrase.follows(at, words))
        };
        self.kinds
            .iter()
            .filter(named)
            .map(|(_, kind)| *kind)
            .collect()
    }

    /// Takes a kind of fiches out of the beginning of a phrase.
    pub(crate) fn read_kinds(&self, phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
        let mut words = phrase.words.iter();
        let start = words.position(|word| !word.taken && !is_hollow(&word.text));
        let Some(start) = start else { return };
        let found = self
            .kinds
            .iter()
            .find(|(words, _)| phrase.follows(start, words));
        if let Some((words, kind)) = found {
            let range = phrase.take(start..start + words.len());
            understanding
                .kinds
                .push(UnderstoodKind { kind: *kind, range });
        }
    }
}
