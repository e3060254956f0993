//! Terms of the facets, kinds of fiches and label levels in a query.

use super::phrase::{Phrase, is_hollow};
use super::understanding::{Understanding, UnderstoodKind, UnderstoodLevel, UnderstoodTerm};
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
fn singular(word: &str) -> String {
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

/// Words before a level that say nothing more.
const LABEL_WORDS: [&str; 9] = [
    "label",
    "labels",
    "labellise",
    "labellises",
    "labellisee",
    "labellisees",
    "niveau",
    "notees",
    "internet",
];

/// Takes label levels out of a phrase: `5 arobases`, `cinq arobases`, `5@`, `@@@`.
pub(crate) fn read_levels(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    const NUMBERS: [&str; 6] = ["", "une", "deux", "trois", "quatre", "cinq"];
    let level = |text: &str| match text.as_bytes() {
        [digit @ b'1'..=b'5'] => Some(digit - b'0'),
        _ => NUMBERS
            .iter()
            .position(|known| *known == text)
            .map(|n| n as u8),
    };
    for at in 0..phrase.words.len() {
        let said = phrase
            .words
            .get(at + 1)
            .is_some_and(|word| matches!(word.text.as_str(), "arobase" | "arobases" | "arrobases"));
        let Some(arobases) = level(&phrase.words[at].text).filter(|_| !phrase.words[at].taken)
        else {
            continue;
        };
        let end = phrase.words[at].range.end;
        let sign = phrase.query[end..].trim_start();
        let signed = sign.starts_with('@') && !sign.starts_with("@@");
        if said || signed {
            let lead = at
                .checked_sub(1)
                .filter(|&before| LABEL_WORDS.contains(&phrase.words[before].text.as_str()));
            let range = phrase.take(lead.unwrap_or(at)..at + 1 + usize::from(said));
            understanding
                .levels
                .push(UnderstoodLevel { arobases, range });
        }
    }
    read_signs(phrase, understanding);
    if understanding.levels.is_empty() {
        read_labelled(phrase, understanding);
    }
}

/// `communes labellisées`: of any level.
fn read_labelled(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    const BEARERS: [&str; 5] = [
        "communes",
        "villes",
        "epci",
        "intercommunalites",
        "collectivites",
    ];
    let text = |at: usize| phrase.words[at].text.as_str();
    let labelled = |at: &usize| {
        text(*at).starts_with("labellise")
            && BEARERS.contains(&text(at - 1))
            && !phrase.words[*at].taken
    };
    if let Some(at) = (1..phrase.words.len()).find(labelled) {
        let range = phrase.take(at..at + 1);
        let level = |arobases| UnderstoodLevel {
            arobases,
            range: range.clone(),
        };
        understanding.levels.extend((1..=5).map(level));
    }
}

/// `@@@`: between white space, one to five.
fn read_signs(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    let mut start = 0;
    for piece in phrase.query.split_inclusive(char::is_whitespace).take(64) {
        let signs = piece.trim();
        if (2..=5).contains(&signs.len()) && signs.bytes().all(|byte| byte == b'@') {
            let range = start..start + signs.len();
            phrase.signs.push(range.clone());
            understanding.levels.push(UnderstoodLevel {
                arobases: signs.len() as u8,
                range,
            });
        }
        start += piece.len();
    }
}
