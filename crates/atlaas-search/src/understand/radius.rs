//! A radius that is said last: `budget participatif strasbourg 20 km`, `… 20 km autour`, `… à côté`.

use super::phrase::Phrase;
use super::relations;
use super::understanding::USUAL_RADIUS_KM;
use std::ops::Range;

/// What may stand behind the number.
const BEHIND: [&[&str]; 9] = [
    &["a", "la", "ronde"],
    &["aux", "alentours"],
    &["alentours"],
    &["autour"],
    &["environ"],
    &["maximum"],
    &["max"],
    &["maxi"],
    &[],
];

/// What says at the end, without a number, that beside a place will do: `… Rennes à côté`.
const BESIDE: [&[&str]; 8] = [
    &["a", "cote"],
    &["pas", "loin"],
    &["a", "proximite"],
    &["et", "alentours"],
    &["et", "environs"],
    &["aux", "alentours"],
    &["aux", "environs"],
    &["autour"],
];

/// The words of a radius at the end of a phrase, and its kilometres.
pub(crate) fn last(phrase: &Phrase<'_>) -> Option<(Range<usize>, f64)> {
    measured(phrase).or_else(|| {
        let all = phrase.words.len();
        let ends = |words: &&&[&str]| all > words.len() && phrase.follows(all - words.len(), words);
        let words = BESIDE.iter().find(ends)?;
        Some((all - words.len()..all, USUAL_RADIUS_KM))
    })
}

/// A number of kilometres at the end.
fn measured(phrase: &Phrase<'_>) -> Option<(Range<usize>, f64)> {
    let all = phrase.words.len();
    let (at, km) = (1..all).find_map(|at| {
        let (after, km) = relations::kilometres(phrase, at)?;
        let ends = BEHIND
            .iter()
            .any(|behind| after + behind.len() == all && phrase.follows(after, behind));
        ends.then_some((at, km))
    })?;
    let before = relations::RADIUS_LEADS
        .iter()
        .filter(|words| at > words.len() && phrase.follows(at - words.len(), words))
        .map(|words| words.len())
        .max();
    Some((at - before.unwrap_or(0)..all, km))
}
