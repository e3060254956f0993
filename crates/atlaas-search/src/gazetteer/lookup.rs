//! Looking a typed text up: which places it may mean, best first.
//!
//! 0. Of a postal address only the post code and the town are read.
//! 1. A code (INSEE, SIREN, post code, number of a département) is answered as such.
//! 2. The text as a whole is compared with every spelling: exact ones end the search.
//! 3. What may stand beside a name (département, région, post code) is set apart, and the rest
//!    compared: exact ones end the search.
//! 4. Unfinished spellings, misspelt ones, words in another order, with and without what stands
//!    beside.
//!
//! Every candidate has a cost (see `weights`); importance and nearness are set against it.

use super::codes::{departement_number, five_digits};
use super::place_match::{LookupOptions, Match, PlaceMatch};
use super::qualifier::{Filter, MOST_WORDS};
use super::register::{Entry, Gazetteer, MOST_CHARACTERS};
use super::weights::{
    AFTER_POSTCODES, AGREES, AGREES_MISSPELT, ARRONDISSEMENT, EXACT, GOOD, MOST, POSTCODE,
};
use crate::text::names::{NameWord, Writer, after_links, glue, name_words};
use atlaas_model::Level;

/// A candidate on its way to being ranked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) entry: u32,
    pub(crate) cost: f32,
    pub(crate) edits: u32,
    pub(crate) how: Match,
    pub(crate) qualified: bool,
}

/// One reading of the words: a name, and what stands beside it.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) name: &'a [NameWord],
    pub(crate) filter: Option<Filter>,
    pub(crate) cost: f32,
}

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// Names and codes as they are.
    Exact,
    /// Unfinished, misspelt, reordered ones too, unless none is exact or misspelt.
    Near,
    /// Unfinished, misspelt, reordered ones too.
    Full,
}

/// One search under way.
pub(crate) struct Lookup<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) options: &'a LookupOptions,
    pub(crate) found: Vec<Candidate>,
    /// The text with its accents, when somebody took the trouble to type any.
    pub(crate) accented: Option<String>,
}

impl Gazetteer {
    /// Whether five digits are somebody's post code.
    pub(crate) fn is_postcode(&self, digits: &str) -> bool {
        five_digits(digits).is_some() && self.codes.postcode(digits).next().is_some()
    }

    /// The places that a text may mean, best first.
    pub fn lookup(&self, text: &str, options: &LookupOptions) -> Vec<PlaceMatch> {
        self.search(text, options, Depth::Full)
    }

    /// The places that are called so, or have this code, best first: nothing unfinished, misspelt
    /// or left out but articles.
    pub fn called(&self, text: &str, options: &LookupOptions) -> Vec<PlaceMatch> {
        self.search(text, options, Depth::Exact)
    }

    /// As [`Self::lookup`], or nothing at all when no name is exactly so or misspelt so: for those
    /// who would not believe any other match.
    pub(crate) fn spelt(&self, text: &str, options: &LookupOptions) -> Vec<PlaceMatch> {
        self.search(text, options, Depth::Near)
    }

    fn search(&self, text: &str, options: &LookupOptions, depth: Depth) -> Vec<PlaceMatch> {
        let end = text
            .char_indices()
            .nth(MOST_CHARACTERS)
            .map_or(text.len(), |(end, _)| end);
        let writer = if options.autocomplete {
            Writer::Typist
        } else {
            Writer::Register
        };
        let words = without_cedex(name_words(&text[..end], writer));
        if words.is_empty() {
            return Vec::new();
        }
        let mut search = Lookup {
            gazetteer: self,
            options,
            found: Vec::new(),
            accented: (!text[..end].is_ascii()).then(|| with_accents(text[..end].trim())),
        };
        let words = self.in_address(&words).unwrap_or(&words);
        search.codes(words);
        if search.found.is_empty() {
            search.names(words, depth);
        }
        search.ranked()
    }
}

/// Small letters with their accents, hyphens and apostrophes as spaces.
pub(crate) fn with_accents(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '-' | '\'' | '’' => ' ',
            other => other,
        })
        .collect()
}

/// The words without `cedex` and its number.
fn without_cedex(words: Vec<NameWord>) -> Vec<NameWord> {
    let Some(at) = words.iter().position(|word| word.text == "cedex") else {
        return words;
    };
    if at == 0 {
        return words;
    }
    let numbered = words
        .get(at + 1)
        .is_some_and(|word| word.text.len() <= 2 && word.text.bytes().all(|b| b.is_ascii_digit()));
    let dropped = at..=at + usize::from(numbered);
    let keep = |(index, word)| (!dropped.contains(&index)).then_some(word);
    words.into_iter().enumerate().filter_map(keep).collect()
}

impl Lookup<'_> {
    fn accepts(&self, entry: &Entry, filter: Option<Filter>) -> bool {
        (self.options.kinds.is_empty() || self.options.kinds.contains(&entry.kind))
            && filter.is_none_or(|filter| self.gazetteer.satisfies(entry, filter))
    }

    /// Keeps a candidate that is not too far off and satisfies what was asked.
    pub(crate) fn push(&mut self, candidate: Candidate, filter: Option<Filter>) {
        let entry = &self.gazetteer.entries[candidate.entry as usize];
        if candidate.cost <= MOST && self.accepts(entry, filter) {
            self.found.push(candidate);
        }
    }

    /// The whole text as a code.
    fn codes(&mut self, words: &[NameWord]) {
        let words = after_departement_word(words);
        let glued = glue(words);
        let digits = glued.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 || glued.len() > 9 || digits + 1 < glued.len() {
            return;
        }
        let gazetteer = self.gazetteer;
        // Five digits are a post code to everybody; who means INSEE's says so by a parameter.
        let insee = if gazetteer.is_postcode(&glued) {
            AFTER_POSTCODES
        } else {
            0.0
        };
        let code = departement_number(&glued).unwrap_or_else(|| glued.to_ascii_uppercase());
        for (entry, former) in gazetteer.codes.exact(&code) {
            // Two digits are a département to everybody but INSEE, five digits a post code before
            // a code of the past.
            let region = gazetteer.entries[entry as usize].kind == Level::Region;
            let cost = match (former, region) {
                (true, _) => POSTCODE + 1.0 + insee,
                (false, true) => POSTCODE,
                (false, false) => insee,
            };
            self.push_code(entry, Match::Code, cost);
        }
        let postcode = five_digits(&glued).is_some()
            || (self.options.autocomplete && digits == glued.len() && matches!(digits, 3 | 4));
        if postcode {
            for entry in gazetteer.codes.postcode(&glued) {
                let arrondissement = gazetteer.entries[entry as usize].arrondissement;
                let cost = if arrondissement { -ARRONDISSEMENT } else { 0.0 };
                self.push_code(entry, Match::Postcode, POSTCODE + cost);
            }
        }
    }

    fn push_code(&mut self, entry: u32, how: Match, cost: f32) {
        let candidate = Candidate {
            entry,
            cost: EXACT + cost,
            edits: 0,
            how,
            qualified: false,
        };
        self.push(candidate, None);
    }

    fn names(&mut self, words: &[NameWord], depth: Depth) {
        let whole = Reading {
            name: words,
            filter: None,
            cost: 0.0,
        };
        self.exact(whole);
        self.heads(whole);
        if self.settled() {
            if self.options.autocomplete && depth == Depth::Full {
                self.unfinished(whole);
            }
            return;
        }
        let mut readings = self.qualified_readings(words);
        for &reading in &readings {
            self.exact(reading);
            // A misspelt département beside part of a name says nothing.
            if reading.cost < AGREES_MISSPELT {
                self.heads(reading);
            }
        }
        // A misspelt département is too weak to end the search.
        let sure = self
            .found
            .iter()
            .any(|found| found.qualified && found.cost < EXACT + AGREES_MISSPELT);
        if depth == Depth::Exact || sure {
            return;
        }
        readings.push(whole);
        if depth == Depth::Near && !self.any_spelt(&readings) {
            self.found.clear();
            return;
        }
        self.all_readings(&readings, whole);
    }

    /// Whether any name is spelt as one of the readings, mistakes allowed.
    fn any_spelt(&mut self, readings: &[Reading<'_>]) -> bool {
        let before = self.found.len();
        for &reading in readings {
            self.misspelt(reading);
        }
        let spelt = |found: &Candidate| matches!(found.how, Match::Exact | Match::Misspelt);
        let any = self.found.iter().any(spelt);
        self.found.truncate(before);
        any
    }

    /// Whether a name was spelt out, articles included.
    fn settled(&self) -> bool {
        self.found.iter().any(|found| found.cost <= EXACT + GOOD)
    }

    /// Unfinished, misspelt and reordered names, with and without what stands beside them.
    fn all_readings(&mut self, readings: &[Reading<'_>], whole: Reading<'_>) {
        for &reading in readings {
            if self.options.autocomplete {
                self.unfinished(reading);
            }
            self.misspelt(reading);
            self.words(reading, false);
        }
        if self.found.iter().all(|found| found.cost > 1.6) {
            for &reading in readings {
                self.words(reading, true);
            }
        }
        if self.found.is_empty() && self.options.autocomplete {
            self.misspelt_start(whole);
        }
    }

    /// Every way to set apart what stands behind or before a name.
    fn qualified_readings<'w>(&self, words: &'w [NameWord]) -> Vec<Reading<'w>> {
        let mut readings = Vec::new();
        for count in 1..words.len().min(MOST_WORDS + 1) {
            let behind = words.split_at(words.len() - count);
            let before = words.split_at(count);
            for (name, beside) in [behind, (before.1, before.0)] {
                let content = after_links(beside);
                let Some((filter, misspelt)) = self.gazetteer.qualifiers.read(content) else {
                    continue;
                };
                readings.push(Reading {
                    name: strip_trailing_links(name),
                    filter: Some(filter),
                    cost: if misspelt { AGREES_MISSPELT } else { AGREES },
                });
            }
        }
        readings.truncate(6);
        readings
    }
}

/// The words after `département`, `dept`, `dép`, with the links behind it.
fn after_departement_word(words: &[NameWord]) -> &[NameWord] {
    match words.split_first() {
        Some((first, rest))
            if !rest.is_empty()
                && matches!(first.text.as_str(), "departement" | "dept" | "dep") =>
        {
            after_links(rest)
        }
        Some((first, rest)) if !rest.is_empty() && first.link => after_links(rest),
        _ => words,
    }
}

fn strip_trailing_links(words: &[NameWord]) -> &[NameWord] {
    let end = words
        .iter()
        .rposition(|word| !word.link)
        .map_or(words.len(), |at| at + 1);
    &words[..end]
}
