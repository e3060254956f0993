//! Finding the place of a query: behind a relation, as the whole text, or at its end.

use super::common::is_common;
use super::phrase::{Phrase, is_hollow};
use super::relations::{self, Certainty, Found};
use super::terms::TermIndex;
use super::{Relation, Understanding, UnderstoodCorrection, UnderstoodPlace};
use crate::gazetteer::{Gazetteer, LookupOptions, Match, PlaceMatch};
use atlaas_model::Position;
use std::ops::Range;

/// Most words of a name that is looked for.
const MOST_WORDS: usize = 9;

/// A place that was found in some words.
struct Sighting {
    words: Range<usize>,
    matches: Vec<PlaceMatch>,
    found: Found,
}

/// Takes the place out of a phrase.
pub(crate) fn read(
    phrase: &mut Phrase<'_>,
    _terms: &TermIndex,
    (gazetteer, near): (&Gazetteer, Option<Position>),
    understanding: &mut Understanding,
) {
    let seen = related(phrase, gazetteer, near).or_else(|| bare(phrase, gazetteer, near));
    let Some(seen) = seen else { return };
    let typed = phrase.slice(seen.words.clone());
    let taken = seen.found.start..seen.words.end;
    let range = phrase.take(taken);
    let mut matches = seen.matches.into_iter();
    let Some(best) = matches.next() else { return };
    if best.edits > 0 {
        understanding.corrections.push(UnderstoodCorrection {
            typed: typed.to_owned(),
            read: best.name.clone(),
            range: phrase.bytes(seen.words.clone()),
        });
    }
    understanding.place = Some(UnderstoodPlace {
        doc: best.doc,
        alias: best.alias,
        why: why(&best, typed),
        name: best.name,
        relation: seen.found.relation,
        radius_km: seen.found.radius_km,
        alternatives: matches.take(5).collect(),
        range,
    });
}

/// Why a place was chosen, in French.
fn why(place: &PlaceMatch, typed: &str) -> String {
    let how = match place.how {
        Match::Exact | Match::Words | Match::Unfinished => "est son nom",
        Match::Code => "est son code",
        Match::Postcode => "est son code postal",
        Match::Misspelt => "ressemble à son nom",
    };
    format!("« {typed} » {how}")
}

/// The strongest relation behind which a place is found.
fn related(phrase: &Phrase<'_>, gazetteer: &Gazetteer, near: Option<Position>) -> Option<Sighting> {
    let mut relations: Vec<Found> = (0..phrase.words.len())
        .filter_map(|at| relations::at(phrase, at))
        .collect();
    relations.sort_by(|a, b| b.certainty.cmp(&a.certainty).then(a.start.cmp(&b.start)));
    relations
        .into_iter()
        .find_map(|found| behind(phrase, gazetteer, near, found))
}

/// The place behind a relation.
fn behind(
    phrase: &Phrase<'_>,
    gazetteer: &Gazetteer,
    near: Option<Position>,
    found: Found,
) -> Option<Sighting> {
    let most = (found.next + MOST_WORDS).min(phrase.words.len());
    let free = (found.next..most)
        .take_while(|&at| !phrase.words[at].taken)
        .count();
    for misspelt in [false, true] {
        if misspelt && found.certainty < Certainty::Strong {
            break;
        }
        for count in (1..=free).rev() {
            let words = found.next..found.next + count;
            if is_hollow(&phrase.words[words.end - 1].text) {
                continue;
            }
            let typed = phrase.slice(words.clone());
            let typed = match found.article {
                Some(article) => format!("{article} {typed}"),
                None => typed.to_owned(),
            };
            let matches = find(gazetteer, &typed, near, misspelt);
            let sure = found.certainty == Certainty::Strong
                || !is_common(&phrase.words[words.end - 1].text);
            if !matches.is_empty() && sure {
                return Some(Sighting {
                    words,
                    matches,
                    found,
                });
            }
        }
    }
    None
}

fn find(
    gazetteer: &Gazetteer,
    typed: &str,
    near: Option<Position>,
    misspelt: bool,
) -> Vec<PlaceMatch> {
    let options = LookupOptions {
        limit: 6,
        near,
        kinds: Vec::new(),
        autocomplete: false,
    };
    let matches = gazetteer.lookup(typed, &options);
    let good = |place: &PlaceMatch| match place.how {
        Match::Exact | Match::Code | Match::Postcode => true,
        Match::Misspelt => misspelt && place.edits as usize * 4 <= typed.len(),
        Match::Words | Match::Unfinished => false,
    };
    match matches.first() {
        Some(best) if good(best) => matches,
        _ => Vec::new(),
    }
}

/// The whole text, or its end, as a place.
fn bare(phrase: &Phrase<'_>, gazetteer: &Gazetteer, near: Option<Position>) -> Option<Sighting> {
    let end = phrase.words.iter().rposition(|word| !word.taken)? + 1;
    let start = (0..end)
        .rev()
        .take_while(|&at| !phrase.words[at].taken)
        .last()?
        .max(end.saturating_sub(MOST_WORDS));
    for from in start..end {
        let words = from..end;
        let alone = !phrase.anything_left(&words);
        let glued: String = phrase.words[words.clone()]
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        if (is_common(&glued) && !alone) || is_hollow(&phrase.words[from].text) && !alone {
            continue;
        }
        let matches = find(gazetteer, phrase.slice(words.clone()), near, false);
        if !matches.is_empty() {
            let found = Found {
                start: from,
                next: from,
                relation: Relation::Inside,
                radius_km: None,
                certainty: Certainty::Weak,
                article: None,
            };
            return Some(Sighting {
                words,
                matches,
                found,
            });
        }
    }
    None
}
