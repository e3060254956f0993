//! Several places in a query: `Rennes ou Nantes`, `à Rennes, Nantes et Brest`.

use super::everyday::is_common;
use super::knowledge::Knowledge;
use super::phrase::Phrase;
use crate::gazetteer::{LookupOptions, Match, PlaceMatch};
use crate::text::names::is_link;
use std::ops::Range;

/// Most words of a further name.
const MOST_WORDS: usize = 6;
/// Most further places.
const MOST: usize = 8;

/// Whether a word joins places.
pub(super) fn joins(word: &str) -> bool {
    matches!(word, "ou" | "et")
}

/// Takes out the places that are joined to one, before it or behind it: each spelt exactly, of the same
/// kind, by a name that is no word that texts use. Gives them in the order of the query.
pub(super) fn beside(
    phrase: &mut Phrase<'_>,
    knowledge: Knowledge<'_>,
    words: &Range<usize>,
    matches: &[PlaceMatch],
) -> Vec<PlaceMatch> {
    let Some(first) = matches.first() else {
        return Vec::new();
    };
    let named = |phrase: &Phrase<'_>, at: Range<usize>| -> Option<PlaceMatch> {
        let free = |at: usize| phrase.free(at).is_some();
        let (from, to) = (phrase.words.get(at.start)?, phrase.words.get(at.end - 1)?);
        let solid = !joins(&from.text) && !is_link(&to.text) && at.clone().all(free);
        let found = solid.then(|| place(phrase, knowledge, at))??;
        (found.kind == first.kind && found.doc != first.doc).then_some(found)
    };
    let mut also = Vec::new();
    let mut start = words.start;
    while let Some(end) = joined_before(phrase, start).filter(|_| also.len() < MOST) {
        let starts = end.saturating_sub(MOST_WORDS)..end;
        let found = starts
            .into_iter()
            .find_map(|from| Some((from, named(phrase, from..end)?)));
        let Some((from, found)) = found else { break };
        phrase.take(from..start);
        also.insert(0, found);
        start = from;
    }
    let mut end = words.end;
    while let Some(next) = joined_behind(phrase, end).filter(|_| also.len() < MOST) {
        let most = (next + MOST_WORDS).min(phrase.words.len());
        let found = (next + 1..=most)
            .rev()
            .find_map(|to| Some((to, named(phrase, next..to)?)));
        let Some((to, found)) = found else { break };
        phrase.take(end..to);
        also.push(found);
        end = to;
    }
    also
}

/// Where a name would end that is joined before a place.
fn joined_before(phrase: &Phrase<'_>, start: usize) -> Option<usize> {
    let before = start.checked_sub(1)?;
    if joins(&phrase.free(before)?.text) {
        return Some(before).filter(|at| *at > 0);
    }
    comma(phrase, before).then_some(start)
}

/// Where a name would begin that is joined behind a place.
fn joined_behind(phrase: &Phrase<'_>, end: usize) -> Option<usize> {
    let next = phrase.free(end)?;
    if joins(&next.text) {
        return Some(end + 1);
    }
    comma(phrase, end.checked_sub(1)?).then_some(end)
}

/// Whether a comma stands behind a word.
fn comma(phrase: &Phrase<'_>, at: usize) -> bool {
    let between = phrase.words.get(at).zip(phrase.words.get(at + 1));
    between.is_some_and(|(word, next)| phrase.query[word.range.end..next.range.start].trim() == ",")
}

/// The place of some words, exactly.
fn place(phrase: &Phrase<'_>, knowledge: Knowledge<'_>, at: Range<usize>) -> Option<PlaceMatch> {
    let word = |word: &str| is_common(word) || knowledge.gazetteer.is_known_word(word);
    let content = phrase.words[at.clone()].iter();
    let mut content = content.filter(|word| !is_link(&word.text));
    let said = content.clone().count() == 1 && content.all(|w| word(&w.text) && !w.capital);
    let options = LookupOptions {
        limit: 1,
        near: knowledge.near,
        kinds: Vec::new(),
        autocomplete: false,
    };
    let found = knowledge.gazetteer.called(phrase.slice(at), &options);
    let found = found.into_iter().next().filter(|_| !said)?;
    matches!(found.how, Match::Exact | Match::Head).then_some(found)
}
