//! Years in a query: `2015`, `depuis 2015`, `avant 2018`, `entre 2015 et 2018`, `2015-2018`.

use crate::understand::phrase::Phrase;
use crate::understand::understanding::{Understanding, UnderstoodYears};
use std::ops::Range;

/// First year that a query may mean: the label is of 1999.
const FIRST: u16 = 1995;
/// Last year that a query may mean.
const LAST: u16 = 2039;

/// Words after which a number is part of a name, not a year (`Agenda 2030`).
const NAMES: [&str; 9] = [
    "agenda",
    "horizon",
    "objectif",
    "objectifs",
    "plan",
    "cap",
    "france",
    "vision",
    "strategie",
];

/// Takes the years out of a phrase.
pub(crate) fn read(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    for at in 0..phrase.words.len() {
        let Some((words, from, to)) = span(phrase, at) else {
            continue;
        };
        let range = phrase.take(words);
        understanding.years = Some(UnderstoodYears { from, to, range });
        return;
    }
}

type YearSpan = (Range<usize>, Option<u16>, Option<u16>);

/// Years said from a word on.
fn span(phrase: &Phrase<'_>, at: usize) -> Option<YearSpan> {
    if let Some((before, year)) = year_behind(phrase, at, &[&["depuis"], &["a", "partir", "de"]]) {
        return Some((at..before + 1, Some(year), None));
    }
    if let Some((before, year)) = year_behind(phrase, at, &[&["apres"]]) {
        return Some((at..before + 1, Some(year + 1), None));
    }
    if let Some((before, year)) = year_behind(phrase, at, &[&["avant"]]) {
        return Some((at..before + 1, None, Some(year - 1)));
    }
    if let Some((before, year)) = year_behind(phrase, at, &[&["jusqu", "en"], &["jusqu", "a"]]) {
        return Some((at..before + 1, None, Some(year)));
    }
    let opened = matches!(phrase.free(at)?.text.as_str(), "entre" | "de");
    let first = at + usize::from(opened);
    if let Some(from) = year(phrase, first) {
        let joined = phrase
            .free(first + 1)
            .is_some_and(|word| matches!(word.text.as_str(), "et" | "a"));
        let second = first + 1 + usize::from(joined);
        if let Some(to) = year(phrase, second).filter(|to| *to >= from) {
            return Some((at..second + 1, Some(from), Some(to)));
        }
    }
    let in_year = matches!(phrase.words[at].text.as_str(), "en" | "annee" | "de")
        .then(|| year(phrase, at + 1))
        .flatten();
    if let Some(year) = in_year {
        return Some((at..at + 2, Some(year), Some(year)));
    }
    let named = at > 0 && NAMES.contains(&phrase.words[at - 1].text.as_str());
    let year = year(phrase, at).filter(|_| !named)?;
    Some((at..at + 1, Some(year), Some(year)))
}

/// The year behind one of these phrases, and its place.
fn year_behind(phrase: &Phrase<'_>, at: usize, leads: &[&[&str]]) -> Option<(usize, u16)> {
    leads
        .iter()
        .filter(|lead| phrase.follows(at, lead))
        .find_map(|lead| Some((at + lead.len(), year(phrase, at + lead.len())?)))
}

fn year(phrase: &Phrase<'_>, at: usize) -> Option<u16> {
    let text = &phrase.free(at)?.text;
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = digits.then(|| text.parse().ok()).flatten()?;
    (FIRST..=LAST).contains(&year).then_some(year)
}
