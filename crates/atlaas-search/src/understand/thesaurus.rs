//! The thesaurus: what citizens and agents say, to terms of the vocabularies and words of texts.
//!
//! The table is `data/thesaurus.toml`. Its words hint: what they mean counts beside them and before
//! others, and excludes nothing. Terms that a schema does not know are left out.

use super::terms::singular;
use crate::text::analysis::tokens;
use atlaas_model::{DocSet, Facet, Schema};
use serde::Deserialize;
use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, OnceLock},
};

const TABLE: &str = include_str!("../../../../data/thesaurus.toml");

/// What some words mean beside themselves.
#[derive(Debug)]
pub(crate) struct Sense {
    /// Terms of facets.
    pub(crate) terms: Vec<(Facet, String)>,
    /// Words that texts use for it, any of which.
    pub(crate) texts: Vec<String>,
    /// The fiches that bear any of both, once somebody has looked them up: a schema's understander serves one
    /// snapshot.
    pub(crate) meant: OnceLock<DocSet>,
}

/// Words of a text that hint at something.
#[derive(Clone, Debug)]
pub(crate) struct Hint {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// What they mean.
    pub(crate) sense: Arc<Sense>,
}

/// The words that hint, by the first of them.
#[derive(Debug, Default)]
pub(crate) struct Thesaurus(HashMap<String, Vec<SaidWords>>);

/// Words that hint, and what they mean.
type SaidWords = (Vec<String>, Arc<Sense>);

#[derive(Deserialize)]
struct Table {
    sens: Vec<ThesaurusEntry>,
}

#[derive(Deserialize)]
struct ThesaurusEntry {
    dit: Vec<String>,
    termes: Vec<String>,
    textes: Vec<String>,
}

impl Thesaurus {
    /// Reads the table with the terms of a schema.
    pub(crate) fn new(schema: &Schema) -> Self {
        // The table is part of the program: a test reads it.
        let table: Table = toml::from_str(TABLE).unwrap_or(Table { sens: Vec::new() });
        let mut known = Self::default();
        for entry in table.sens {
            let terms = entry.termes.iter().filter_map(|term| {
                let (facet, slug) = term.split_once(':')?;
                Some((schema.facet(facet)?, slug.to_owned()))
            });
            let sense = Arc::new(Sense {
                terms: terms.collect(),
                texts: entry.textes,
                meant: OnceLock::new(),
            });
            for said in &entry.dit {
                let said: Vec<String> = content(said).into_iter().map(|(word, _)| word).collect();
                if let Some(first) = said.first().cloned() {
                    let known = known.0.entry(first).or_default();
                    known.push((said, sense.clone()));
                }
            }
        }
        for known in known.0.values_mut() {
            known.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
        }
        known
    }

    /// The hints of a text, the longest ones, none over another.
    pub(crate) fn hints(&self, text: &str) -> Vec<Hint> {
        let words = content(text);
        let mut hints = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let known = self.0.get(&words[at].0).into_iter().flatten();
            let said = |said: &[String]| {
                said.len() <= words.len() - at
                    && said.iter().zip(&words[at..]).all(|(a, (b, _))| a == b)
            };
            match known.into_iter().find(|(known, _)| said(known)) {
                Some((known, sense)) => {
                    let last = &words[at + known.len() - 1].1;
                    hints.push(Hint {
                        range: words[at].1.start..last.end,
                        sense: sense.clone(),
                    });
                    at += known.len();
                }
                None => at += 1,
            }
        }
        hints
    }
}

/// The words of a text that tell something, without their plural, and where they stand.
fn content(text: &str) -> Vec<(String, Range<usize>)> {
    let telling = tokens(text).into_iter().filter(|token| !token.stop);
    telling
        .map(|token| (singular(&token.text), token.range))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_table_is_read() {
        let table: Table = toml::from_str(TABLE).unwrap();
        assert!(table.sens.len() > 40);
        for entry in &table.sens {
            assert!(!entry.dit.is_empty() && !entry.textes.is_empty());
            assert!(entry.dit.iter().all(|said| !content(said).is_empty()));
        }
    }

    #[test]
    fn the_longest_words_hint_wherever_they_stand() {
        let thesaurus = Thesaurus::new(&Schema::default());
        let hints = |text: &'static str| -> Vec<&'static str> {
            let found = thesaurus.hints(text);
            found.into_iter().map(|hint| &text[hint.range]).collect()
        };
        for (text, expected) in [
            (
                "apprendre internet aux grands-parents",
                &["apprendre internet", "grands-parents"][..],
            ),
            ("Caméra de la place", &["Caméra"]),
            ("payer la cantine du petit", &["payer la cantine"]),
            ("faire mes papiers", &["faire mes papiers"]),
            ("fanfare municipale", &[]),
            ("", &[]),
        ] {
            assert_eq!(hints(text), expected, "{text}");
        }
    }
}
