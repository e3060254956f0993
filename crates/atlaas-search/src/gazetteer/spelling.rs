//! Comparing a reading with the spellings of all names: exact, unfinished, misspelt.

use super::keys::Variant;
use super::lookup::{Candidate, Lookup, Reading};
use super::place_match::Match;
use super::weights::{
    DELETED, EDIT, EXACT, MISSING_LETTER, MISSING_MOST, NO_ARTICLE, NO_FORM, NO_LINKS, OTHER_COUNT,
    OTHER_SPLIT, SWAPPED, UNFINISHED, UNFINISHED_LEAST, UNFINISHED_LESS, USUAL, WRONG_FIRST,
};
use crate::text::names::{NameWord, glue, glue_content, open_glued_saint, open_last, word_ends};
use crate::text::typo::{Pattern, Signature, tolerance};

impl Lookup<'_> {
    /// Names spelt exactly so, articles and linking words left aside.
    pub(crate) fn exact(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let content = glue_content(reading.name);
        let pending = self.pending(reading.name);
        let saint = open_glued_saint(&glued);
        let spellings = [
            (Some(glued.as_str()), Some(word_ends(reading.name)), 0.0),
            (
                (content != glued && !pending).then_some(content.as_str()),
                None,
                NO_LINKS,
            ),
            (saint.as_deref(), None, USUAL),
        ];
        let gazetteer = self.gazetteer;
        for (spelling, ends, cost) in spellings {
            let Some(spelling) = spelling else { continue };
            for key in gazetteer.keys.exact(spelling) {
                let entry = gazetteer.keys.entry(key);
                let variant = gazetteer.keys.variant(key);
                let split = self.split_cost(key, ends, spelling.len());
                let candidate = Candidate {
                    entry,
                    cost: EXACT + cost + split + reading.cost + variant_cost(variant),
                    edits: 0,
                    how: Match::Exact,
                    qualified: reading.filter.is_some(),
                };
                self.push(candidate, reading.filter);
            }
        }
    }

    /// Whether a name still being typed stands at a linking word (`Luc-sur-`) or at the first letter
    /// of the next word.
    fn pending(&self, name: &[NameWord]) -> bool {
        self.options.autocomplete
            && name.len() > 1
            && name
                .last()
                .is_some_and(|word| word.link || word.text.len() == 1)
    }

    /// What it costs to have put the spaces elsewhere.
    fn split_cost(&self, key: usize, ends: Option<u64>, length: usize) -> f32 {
        let table = &self.gazetteer.keys;
        match ends {
            Some(ends) if table.splits_otherwise(key, ends, length) => OTHER_SPLIT,
            _ => 0.0,
        }
    }

    /// Names that begin so.
    pub(crate) fn unfinished(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let ends = Some(word_ends(reading.name));
        let saint = open_glued_saint(&glued);
        let last = open_last(reading.name);
        for (spelling, ends, cost) in [
            (Some(glued), ends, 0.0),
            (saint, None, USUAL),
            (last, None, USUAL),
        ] {
            let Some(spelling) = spelling else { continue };
            for key in self.gazetteer.keys.beginning(&spelling) {
                let cost = cost + self.split_cost(key, ends, spelling.len());
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
        let stop = unfinished_cost(length);
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
    pub(crate) fn misspelt(&mut self, reading: Reading<'_>) {
        let glued = glue(reading.name);
        let content = glue_content(reading.name);
        self.misspelt_spelling(&glued, 0.0, reading);
        if content != glued && !self.pending(reading.name) {
            self.misspelt_spelling(&content, NO_LINKS, reading);
        }
    }

    fn misspelt_spelling(&mut self, spelling: &str, cost: f32, reading: Reading<'_>) {
        let Some(pattern) = Pattern::new(spelling) else {
            return;
        };
        let table = &self.gazetteer.keys;
        let ends = word_ends(reading.name);
        let mut near = Vec::new();
        table.near(&pattern, tolerance(spelling.len()), |key, edits| {
            near.push((key, edits));
        });
        for (key, edits) in near {
            let count = if table.counts_otherwise(key, ends) {
                OTHER_COUNT
            } else {
                0.0
            };
            let candidate = Candidate {
                entry: table.entry(key),
                cost: cost
                    + count
                    + mistakes(&pattern, table.key(key).as_bytes(), edits)
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
    pub(crate) fn misspelt_start(&mut self, reading: Reading<'_>) {
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
}

/// What it costs to have stopped after that many letters.
pub(crate) fn unfinished_cost(letters: usize) -> f32 {
    (UNFINISHED - letters as f32 * UNFINISHED_LESS).max(UNFINISHED_LEAST)
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

/// What the mistakes between a typed spelling and a name cost. A letter left out or two swapped
/// leave few ways to have been mistaken, so the name they point to is likelier than one with a
/// letter changed.
fn mistakes(pattern: &Pattern, name: &[u8], edits: u32) -> f32 {
    if edits == 0 {
        return 0.0;
    }
    let left_out = name.len().saturating_sub(pattern.length());
    let deleted = left_out.min(edits as usize) as f32;
    let same_length = name.len() == pattern.length();
    let swapped = if same_length && Signature::of(name) == pattern.signature {
        1.0
    } else {
        0.0
    };
    let first = if edits == 1 && same_length && !pattern.begins_like(name) {
        WRONG_FIRST
    } else {
        0.0
    };
    edits as f32 * EDIT - deleted * (EDIT - DELETED) - swapped * (EDIT - SWAPPED) + first
}
