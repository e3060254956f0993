//! Looking a typed text up: which places it may mean, best first.
//!
//! 1. A code (INSEE, SIREN, post code, number of a département) is answered as such.
//! 2. The text as a whole is compared with every spelling: exact ones end the search.
//! 3. What may stand beside a name (département, région, post code) is set apart, and the rest
//!    compared: exact ones end the search.
//! 4. Unfinished spellings, misspelt ones, words in another order, with and without what stands
//!    beside.
//!
//! Every candidate has a cost (see `weights`); importance and nearness are set against it.

use super::codes::{departement_number, five_digits};
use super::keys::Variant;
use super::qualifier::{Filter, MOST_WORDS};
use super::weights::{
    AGREES, AGREES_MISSPELT, ALIAS, EDIT, EXACT, FOREIGN_WORD, HALF_KM, HERE, LINK, MISSING_LETTER,
    MISSING_MOST, MOST, NO_ARTICLE, NO_FORM, NO_LINKS, REORDERED, UNFINISHED, UNFINISHED_AT_WORD,
    UNTYPED_WORD, USUAL, WRONG_FIRST,
};
use super::{Entry, Gazetteer, MOST_CHARACTERS};
use crate::names::{NameWord, Writer, glue, glue_content, name_words, open_glued_saint};
use crate::typo::{Pattern, tolerance};
use atlaas_model::{DocId, Kind, Position};

/// What to look for and where the user is.
#[derive(Clone, Debug)]
pub struct LookupOptions {
    /// Most matches to give.
    pub limit: usize,
    /// Where the user is: nearer places come first among alike names.
    pub near: Option<Position>,
    /// Kinds of territories; empty for all.
    pub kinds: Vec<Kind>,
    /// Whether the text may be unfinished.
    pub autocomplete: bool,
}

impl Default for LookupOptions {
    fn default() -> Self {
        Self {
            limit: 5,
            near: None,
            kinds: Vec::new(),
            autocomplete: true,
        }
    }
}

/// How a text was found to mean a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Its name.
    Exact,
    /// Its code.
    Code,
    /// Its post code.
    Postcode,
    /// The beginning of its name.
    Unfinished,
    /// Its name, with typing mistakes.
    Misspelt,
    /// Words of its name, in another order or not all of them.
    Words,
}

/// A place that a text may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMatch {
    /// The territory.
    pub doc: DocId,
    /// Which of its aliases bears the name, when it is not its own.
    pub alias: Option<usize>,
    /// From 0 to 1, falling along the list.
    pub score: f32,
    /// Typing mistakes between the text and the name.
    pub edits: u32,
    /// How it was found.
    pub how: Match,
    /// Whether something beside the name (département, région, post code) settled it.
    pub qualified: bool,
    /// The name that was found.
    pub name: String,
}

/// A candidate on its way to being ranked.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    entry: u32,
    cost: f32,
    edits: u32,
    how: Match,
    qualified: bool,
}

/// One reading of the words: a name, and what stands beside it.
#[derive(Clone, Copy)]
struct Reading<'a> {
    name: &'a [NameWord],
    filter: Option<Filter>,
    cost: f32,
}

/// One search under way.
struct Search<'a> {
    gazetteer: &'a Gazetteer,
    options: &'a LookupOptions,
    found: Vec<Candidate>,
}

impl Gazetteer {
    /// The places that a text may mean, best first.
    pub fn lookup(&self, text: &str, options: &LookupOptions) -> Vec<PlaceMatch> {
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
        let mut search = Search {
            gazetteer: self,
            options,
            found: Vec::new(),
        };
        search.codes(&words);
        if search.found.is_empty() {
            search.names(&words);
        }
        search.ranked()
    }
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

impl<'a> Search<'a> {
    fn accepts(&self, entry: &Entry, filter: Option<Filter>) -> bool {
        (self.options.kinds.is_empty() || self.options.kinds.contains(&entry.kind))
            && filter.is_none_or(|filter| self.gazetteer.satisfies(entry, filter))
    }

    fn push(&mut self, candidate: Candidate, filter: Option<Filter>) {
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
        let code = departement_number(&glued).unwrap_or_else(|| glued.to_ascii_uppercase());
        for (rank, entry) in gazetteer.codes.exact(&code).enumerate() {
            self.push_code(entry, Match::Code, rank as f32 * 0.01);
        }
        let postcode = five_digits(&glued).is_some()
            || (self.options.autocomplete && digits == glued.len() && matches!(digits, 3 | 4));
        if postcode {
            for entry in gazetteer.codes.postcode(&glued) {
                self.push_code(entry, Match::Postcode, 1.5);
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

    fn names(&mut self, words: &[NameWord]) {
        let whole = Reading {
            name: words,
            filter: None,
            cost: 0.0,
        };
        self.exact(whole);
        if !self.found.is_empty() {
            if self.options.autocomplete {
                self.unfinished(whole);
            }
            return;
        }
        let mut readings = self.qualified_readings(words);
        for &reading in &readings {
            self.exact(reading);
        }
        if !self.found.is_empty() {
            return;
        }
        readings.push(whole);
        for &reading in &readings {
            if self.options.autocomplete {
                self.unfinished(reading);
            }
            self.misspelt(reading);
            self.words(reading, false);
        }
        let poor = self.found.iter().all(|found| found.cost > 1.6);
        if poor {
            for &reading in &readings {
                self.words(reading, true);
            }
        }
        if self.found.is_empty() && self.options.autocomplete {
            self.misspelt_start(whole);
        }
    }

    /// Every way to set apart what stands behind or before a name.
    fn qualified_readings(&self, words: &'a [NameWord]) -> Vec<Reading<'a>>
    where
        'a: 'a,
    {
        let mut readings = Vec::new();
        for count in 1..words.len().min(MOST_WORDS + 1) {
            let behind = words.split_at(words.len() - count);
            let before = words.split_at(count);
            for (name, beside) in [behind, (before.1, before.0)] {
                let content = strip_links(beside);
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

    /// Names spelt exactly so, articles and linking words left aside.
    fn exact(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let content = glue_content(reading.name);
        let saint = open_glued_saint(&glued);
        let spellings = [
            (Some(glued.as_str()), 0.0),
            ((content != glued).then_some(content.as_str()), NO_LINKS),
            (saint.as_deref(), USUAL),
        ];
        let table = &self.gazetteer.keys;
        for (spelling, cost) in spellings {
            let Some(spelling) = spelling else { continue };
            for key in table.exact(spelling) {
                let candidate = Candidate {
                    entry: table.entry(key),
                    cost: EXACT + cost + reading.cost + variant_cost(table.variant(key)),
                    edits: 0,
                    how: Match::Exact,
                    qualified: reading.filter.is_some(),
                };
                self.push(candidate, reading.filter);
            }
        }
    }

    /// Names that begin so.
    fn unfinished(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let saint = open_glued_saint(&glued);
        let spellings = [Some((glued, 0.0)), saint.map(|saint| (saint, USUAL))];
        for (spelling, cost) in spellings.into_iter().flatten() {
            let range = self.gazetteer.keys.beginning(&spelling);
            for key in range {
                self.push_unfinished(key, spelling.len(), cost, reading);
            }
        }
    }

    fn push_unfinished(&mut self, key: usize, length: usize, cost: f32, reading: Reading<'_>) {
        let table = &self.gazetteer.keys;
        let missing = table.key(key).len() - length;
        if missing == 0 {
            return;
        }
        let stop = if table.word_ends_at(key, length) {
            UNFINISHED_AT_WORD
        } else {
            UNFINISHED
        };
        let candidate = Candidate {
            entry: table.entry(key),
            cost: cost
                + stop
                + (missing as f32 * MISSING_LETTER).min(MISSING_MOST)
                + reading.cost
                + variant_cost(table.variant(key)),
            edits: 0,
            how: Match::Unfinished,
            qualified: reading.filter.is_some(),
        };
        self.push(candidate, reading.filter);
    }

    /// Names spelt nearly so.
    fn misspelt(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let content = glue_content(reading.name);
        self.misspelt_spelling(&glued, 0.0, reading);
        if content != glued {
            self.misspelt_spelling(&content, NO_LINKS, reading);
        }
    }

    fn misspelt_spelling(&mut self, spelling: &str, cost: f32, reading: Reading<'_>) {
        let Some(pattern) = Pattern::new(spelling) else {
            return;
        };
        let table = &self.gazetteer.keys;
        let mut near = Vec::new();
        table.near(&pattern, tolerance(spelling.len()), |key, edits| {
            near.push((key, edits));
        });
        for (key, edits) in near {
            let table = &self.gazetteer.keys;
            let first = if pattern.begins_like(table.key(key).as_bytes()) {
                0.0
            } else {
                WRONG_FIRST
            };
            let candidate = Candidate {
                entry: table.entry(key),
                cost: cost
                    + edits as f32 * EDIT
                    + first
                    + reading.cost
                    + variant_cost(table.variant(key)),
                edits,
                how: Match::Misspelt,
                qualified: reading.filter.is_some(),
            };
            self.push(candidate, reading.filter);
        }
    }

    /// Names of which the beginning is spelt nearly so.
    fn misspelt_start(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let Some(pattern) = Pattern::new(&glued) else {
            return;
        };
        let mut near = Vec::new();
        let most = tolerance(glued.len()).min(2);
        let table = &self.gazetteer.keys;
        table.near_start(&pattern, most, |key, edits, length| {
            near.push((key, edits, length));
        });
        for (key, edits, length) in near {
            let before = self.found.len();
            let cost = edits as f32 * EDIT;
            self.push_unfinished(key, length, cost, reading);
            for found in &mut self.found[before..] {
                found.edits = edits;
            }
        }
    }

    /// Names with these words, in any order.
    fn words(&mut self, reading: Reading<'_>, misspelt: bool) {
        let tokens = &self.gazetteer.tokens;
        let unfinished = self.options.autocomplete;
        let meant: Vec<_> = reading
            .name
            .iter()
            .map(|word| tokens.readings(&word.text, unfinished, misspelt && !word.link))
            .collect();
        let any_content = reading.name.iter().any(|word| !word.link);
        let spread = |index: &usize| -> usize {
            let readings: &Vec<super::tokens::Reading> = &meant[*index];
            readings.iter().map(|r| tokens.entries(r.token).len()).sum()
        };
        let rarest = (0..meant.len())
            .filter(|&index| !meant[index].is_empty())
            .filter(|&index| !any_content || !reading.name[index].link)
            .min_by_key(spread);
        let Some(rarest) = rarest else { return };
        let mut entries: Vec<u32> = meant[rarest]
            .iter()
            .flat_map(|reading| tokens.entries(reading.token))
            .copied()
            .take(5_000)
            .collect();
        entries.sort_unstable();
        entries.dedup();
        for entry in entries {
            if let Some((cost, edits)) = self.align(reading.name, &meant, entry) {
                let candidate = Candidate {
                    entry,
                    cost: cost + reading.cost,
                    edits,
                    how: Match::Words,
                    qualified: reading.filter.is_some(),
                };
                self.push(candidate, reading.filter);
            }
        }
    }

    /// What it costs to read typed words as the words of an entry; mistakes among them.
    fn align(
        &self,
        typed: &[NameWord],
        meant: &[Vec<super::tokens::Reading>],
        entry: u32,
    ) -> Option<(f32, u32)> {
        let tokens = &self.gazetteer.tokens;
        let words = tokens.of_entry(entry);
        let mut used = [false; crate::names::MOST_WORDS];
        let (mut cost, mut edits, mut reordered) = (0.0, 0, false);
        let mut expected = 0;
        for (word, readings) in typed.iter().zip(meant) {
            let best = words
                .iter()
                .enumerate()
                .filter(|&(index, _)| !used[index])
                .filter_map(|(index, token)| {
                    let reading = readings.iter().find(|reading| reading.token == *token)?;
                    let unfinished = if reading.missing > 0 { 0.3 } else { 0.0 };
                    let own = reading.edits as f32 * EDIT
                        + unfinished
                        + reading.missing as f32 * MISSING_LETTER;
                    Some((own, index, reading.edits))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((own, index, mistakes)) => {
                    used[index] = true;
                    cost += own;
                    edits += mistakes;
                    reordered |= index < expected;
                    expected = index;
                }
                None if word.link => cost += LINK,
                None => cost += FOREIGN_WORD,
            }
            if cost > MOST {
                return None;
            }
        }
        for (token, _) in words.iter().zip(used).filter(|(_, used)| !used) {
            cost += if tokens.is_link(*token) {
                LINK
            } else {
                UNTYPED_WORD + tokens.spelling(*token).len() as f32 * MISSING_LETTER
            };
        }
        if reordered {
            cost += REORDERED;
        }
        (cost <= MOST).then_some((cost, edits))
    }

    /// The candidates by rank, one a place.
    fn ranked(self) -> Vec<PlaceMatch> {
        let near = self.options.near;
        let entries = &self.gazetteer.entries;
        let rank = |candidate: &Candidate| {
            let entry = &entries[candidate.entry as usize];
            let alias = if entry.arrondissement {
                if candidate.how == Match::Unfinished {
                    1.0
                } else {
                    0.0
                }
            } else if entry.alias.is_some() {
                ALIAS
            } else {
                0.0
            };
            entry.importance - candidate.cost - alias + nearness(entry, near)
        };
        let mut ranked: Vec<(f32, Candidate)> = self
            .found
            .iter()
            .map(|found| (rank(found), *found))
            .collect();
        ranked.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.entry.cmp(&y.entry)));
        let mut places: Vec<PlaceMatch> = Vec::new();
        for (_, candidate) in ranked {
            let entry = &entries[candidate.entry as usize];
            let known = |place: &PlaceMatch| {
                place.doc == entry.doc
                    && (!entry.arrondissement || place.alias == entry.alias.map(usize::from))
            };
            if places.iter().any(known) {
                continue;
            }
            if places.len() >= self.options.limit {
                break;
            }
            let last = places.last().map_or(1.0, |place| place.score);
            places.push(PlaceMatch {
                doc: entry.doc,
                alias: entry.alias.map(usize::from),
                score: score(&candidate, entry).min(last),
                edits: candidate.edits,
                how: candidate.how,
                qualified: candidate.qualified,
                name: self.gazetteer.name(entry).to_owned(),
            });
        }
        places
    }
}

/// What a further spelling costs.
fn variant_cost(variant: Variant) -> f32 {
    match variant {
        Variant::Full => 0.0,
        Variant::Usual => USUAL,
        Variant::NoArticle => NO_ARTICLE,
        Variant::NoLinks => NO_LINKS,
        Variant::NoForm => NO_FORM,
    }
}

/// What being near the user is worth.
fn nearness(entry: &Entry, near: Option<Position>) -> f32 {
    match (entry.position, near) {
        (Some(position), Some(near)) => {
            HERE * (HALF_KM / (HALF_KM + position.distance_km(near))) as f32
        }
        _ => 0.0,
    }
}

/// From 0 to 1: what the spelling costs, and a little importance.
fn score(candidate: &Candidate, entry: &Entry) -> f32 {
    let cost = (candidate.cost - EXACT).max(0.0);
    let spelling = 1.0 / (1.0 + 0.18 * cost);
    (spelling * (0.92 + 0.08 * entry.importance.min(1.1) / 1.1)).clamp(0.0, 1.0)
}

/// The words after `département`, `dept`, `dép`, with the links behind it.
fn after_departement_word(words: &[NameWord]) -> &[NameWord] {
    match words.split_first() {
        Some((first, rest))
            if !rest.is_empty()
                && matches!(first.text.as_str(), "departement" | "dept" | "dep") =>
        {
            strip_links(rest)
        }
        Some((first, rest)) if !rest.is_empty() && first.link => strip_links(rest),
        _ => words,
    }
}

fn strip_links(words: &[NameWord]) -> &[NameWord] {
    crate::names::after_links(words)
}

fn strip_trailing_links(words: &[NameWord]) -> &[NameWord] {
    let end = words
        .iter()
        .rposition(|word| !word.link)
        .map_or(words.len(), |at| at + 1);
    &words[..end]
}
