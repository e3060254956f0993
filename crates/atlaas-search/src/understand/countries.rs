//! Régions of before 2016, usual countries (Alsace, Béarn) and the EPT of Grand Paris, as sets of
//! territories of one level.
//!
//! The table is `data/pays.csv`. A name that is part of a région's of today (`Auvergne-Rhône-Alpes`) is
//! that région's; behind a word for a street it is a street's.

use super::everyday::STREETS;
use super::phrase::{Phrase, is_hollow};
use super::understanding::{CountryNature, UnderstoodCountry};
use crate::gazetteer::{Gazetteer, LookupOptions};
use crate::text::fold::words;
use crate::text::names::is_link;
use std::ops::Range;

/// Words of a longer name that are looked at on each side.
const BESIDE: usize = 3;

const TABLE: &str = include_str!("../../../../data/pays.csv");

/// The countries by the words of their names.
#[derive(Debug)]
pub(crate) struct Countries(Vec<(Vec<String>, UnderstoodCountry)>);

impl Default for Countries {
    fn default() -> Self {
        let rows = TABLE.lines().skip(1).filter_map(|line| {
            let mut cells = line.split(',');
            let (name, level) = (cells.next()?, cells.next()?.parse().ok()?);
            let (codes, nature) = (cells.next()?, cells.next()?);
            let spelt = words(name).into_iter().map(|word| word.text).collect();
            Some((
                spelt,
                UnderstoodCountry {
                    name: name.to_owned(),
                    level,
                    codes: codes.split(' ').map(str::to_owned).collect(),
                    nature: match nature {
                        "ept" => CountryNature::Ept,
                        "pays" => CountryNature::Usual,
                        _ => CountryNature::FormerRegion,
                    },
                    range: 0..0,
                },
            ))
        });
        Self(rows.collect())
    }
}

/// Names of régions of today that have a country's in them.
const TODAY: [&[&str]; 4] = [
    &["bourgogne", "franche", "comte"],
    &["auvergne", "rhone", "alpes"],
    &["nouvelle", "aquitaine"],
    &["provence", "alpes"],
];

impl Countries {
    /// Takes a country out of a phrase, the longest name first.
    pub(crate) fn read(
        &self,
        phrase: &mut Phrase<'_>,
        gazetteer: &Gazetteer,
    ) -> Option<UnderstoodCountry> {
        let all = 0..phrase.words.len();
        let of_today = |at: usize| {
            TODAY.iter().any(|name| {
                let from = at.saturating_sub(name.len() - 1);
                (from..=at).any(|from| phrase.follows(from, name))
            })
        };
        let (at, spelt, found) = all
            .flat_map(|at| self.0.iter().map(move |(spelt, found)| (at, spelt, found)))
            .filter(|(at, spelt, _)| {
                let mut rest = spelt.iter().zip(*at..);
                let said = |(word, at): (&String, usize)| {
                    phrase.free(at).is_some_and(|free| free.text == *word)
                };
                rest.all(said) && !of_today(*at)
            })
            .max_by_key(|(at, spelt, _)| (spelt.len(), *at))?;
        let links = phrase.words[..at].iter().rev();
        let start = at
            - links
                .take_while(|word| !word.taken && relates(&word.text))
                .count();
        let before = phrase.words[..start].last();
        if before.is_some_and(|word| STREETS.contains(&word.text.as_str())) {
            return None;
        }
        let end = at + spelt.len();
        if in_a_longer_name(phrase, at..end, gazetteer) {
            return None;
        }
        let range = phrase.take(start..end);
        Some(UnderstoodCountry {
            range,
            ..found.clone()
        })
    }
}

/// Whether the words are part of a place's name (`Aix-en-Provence`, `Bourg en Bresse`).
fn in_a_longer_name(phrase: &Phrase<'_>, words: Range<usize>, gazetteer: &Gazetteer) -> bool {
    let options = LookupOptions {
        limit: 1,
        ..LookupOptions::default()
    };
    let from = words.start.saturating_sub(BESIDE)..=words.start;
    let to = words.end..=(words.end + BESIDE).min(phrase.words.len());
    from.flat_map(|from| to.clone().map(move |to| from..to))
        .filter(|longer| {
            let beside = longer.clone().filter(|at| !words.contains(at));
            let mut beside = beside.map(|at| &phrase.words[at]);
            beside.clone().all(|word| !word.taken) && beside.any(|word| !is_hollow(&word.text))
        })
        .any(|longer| !gazetteer.called(phrase.slice(longer), &options).is_empty())
}

fn relates(word: &str) -> bool {
    is_link(word) || matches!(word, "dans" | "region" | "ancienne" | "pays")
}
