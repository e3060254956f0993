//! What people write beside a name to say which one: département, région, post code, country.

use super::codes::{departement_number, five_digits};
use crate::text::names::{NameWord, glue};
use crate::text::typo::{Pattern, Signature};
use std::collections::HashMap;

/// What the places beside which something was written must satisfy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// In France: all of them.
    France,
    /// In the département of this rank.
    Departement(u16),
    /// In the région of this rank.
    Region(u16),
    /// With this post code or INSEE code, read as a number.
    Number(u32),
}

/// A filter and whether it was misspelt.
pub(crate) type Qualifier = (Filter, bool);

/// The names and numbers that qualify.
#[derive(Debug, Default)]
pub(crate) struct QualifierTable {
    names: HashMap<String, Filter>,
    /// The letters of each name: they refuse nearly all that are not the misspelt one.
    spelt: Vec<(Signature, String)>,
    /// Codes of départements and régions, whose ranks entries bear.
    ranks: HashMap<String, u16>,
}

/// Most words of a qualifier (`terres australes et antarctiques françaises`).
pub(crate) const MOST_WORDS: usize = 6;

impl QualifierTable {
    /// The rank of a code, added when new.
    pub(crate) fn rank(&mut self, code: &str) -> u16 {
        if let Some(&rank) = self.ranks.get(code) {
            return rank;
        }
        let rank = self.ranks.len() as u16;
        self.ranks.insert(code.to_owned(), rank);
        rank
    }

    /// Lets a glued name stand for a filter; the first one given wins.
    pub(crate) fn name(&mut self, glued: String, filter: Filter) {
        if !self.names.contains_key(&glued) {
            self.spelt
                .push((Signature::of(glued.as_bytes()), glued.clone()));
            self.names.insert(glued, filter);
        }
    }

    /// What these words beside a name ask for, if they do.
    pub(crate) fn read(&self, words: &[NameWord]) -> Option<Qualifier> {
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        if let [word] = words {
            if let Some(number) = five_digits(&word.text) {
                return Some((Filter::Number(number), false));
            }
            if let Some(number) = departement_number(&word.text) {
                let &rank = self.ranks.get(&number)?;
                return Some((Filter::Departement(rank), false));
            }
        }
        let glued = glue(words);
        if let Some(&filter) = self.names.get(&glued) {
            return Some((filter, false));
        }
        self.misspelt(&glued)
    }

    /// A name of at least six letters with one mistake.
    fn misspelt(&self, glued: &str) -> Option<Qualifier> {
        if glued.len() < 6 {
            return None;
        }
        let letters = Signature::of(glued.as_bytes());
        let mut alike = self.spelt.iter().filter(|(known, name)| {
            name.len().abs_diff(glued.len()) <= 1 && letters.within(*known, 1)
        });
        let first = alike.next()?;
        let pattern = Pattern::new(glued)?;
        let near = |name: &&String| pattern.edits(name.as_bytes()).whole == 1;
        let alike = std::iter::once(first).chain(alike);
        let name = alike.map(|(_, name)| name).filter(near).min()?;
        Some((self.names[name], true))
    }
}
