//! Last step: the terms that answer the words.

use crate::{
    matching::{
        expand::{Expander, Relax},
        expanded::{Expanded, FoundBy},
        gather, priors,
        query_words::QueryWords,
        tuning::LadderStep,
    },
    opened::Opened,
    plan::{
        close::{self, Close},
        comprehension::Correction,
        planned::Plan,
        selections::{self, Filtered},
    },
    text::analysis::name_key,
};
use atlaas_model::DocSet;
use std::{cell::RefCell, io, sync::Arc};

/// Looks the words up; a dictionary that cannot be read is told when the plan is run.
pub(super) fn find(opened: &Opened, filtered: Filtered, known: Option<&LookedUp>) -> Plan {
    let Filtered {
        bounded,
        mut filters,
        mut beside,
    } = filtered;
    let mut comprehension = bounded.comprehension;
    let mut text = QueryWords::read(&comprehension.texte);
    let widen = bounded.resolved.close;
    let may_hint = text.phrases.is_empty() && opened.takes(LadderStep::Thesaurus);
    let close = if may_hint && (widen || bounded.asked.may_climb()) {
        close::read(opened, &comprehension.texte, widen)
    } else {
        Ok(Close::default())
    };
    let close = close.unwrap_or_else(|error| {
        beside.failure = Some(error);
        Close::default()
    });
    let hints = !close.meanings.is_empty();
    if widen {
        text.leave_out(&close.ranges);
        filters.meanings = close.meanings;
        beside.words.extend(close.words);
        comprehension.sens_proches = close.told;
    }
    let name = priors::hash(&name_key(&comprehension.texte));
    let look_up = || terms(opened, &text);
    let found = match known {
        Some(known) => known.or_else(&comprehension.texte, widen, look_up),
        None => look_up(),
    };
    let (words, failure) = match found {
        Ok(words) => (words, beside.failure.map(Arc::new)),
        Err(error) => (Vec::new(), Some(Arc::new(error))),
    };
    comprehension.corrections.extend(corrections(&words));
    Plan {
        areas: bounded.whereabouts.areas,
        origin: bounded.whereabouts.origin,
        comprehension,
        resolved: bounded.resolved,
        filters,
        words,
        text,
        name,
        failure,
        named: beside.named,
        marked: beside.words,
        hints,
        first: close.first,
        order: bounded.asked.sort,
        spot: bounded.spot,
        place: bounded.place,
        near_first: bounded.whereabouts.near_first,
        asked: bounded.asked,
    }
}

/// What was read otherwise than it was written.
fn corrections(words: &[Expanded]) -> impl Iterator<Item = Correction> + '_ {
    words
        .iter()
        .filter_map(|word| match (word.found_by, &word.correction) {
            (FoundBy::Correction, Some(read)) => Some(Correction {
                mot: word.written.clone(),
                lu: read.clone(),
            }),
            _ => None,
        })
}

/// The terms of texts that were looked up before: a climb looks for the same words in many places.
#[derive(Default)]
pub(crate) struct LookedUp(RefCell<Vec<(String, bool, Vec<Expanded>)>>);

impl LookedUp {
    /// The terms of a text, whose hints are taken apart or not, by `look_up` when nobody did yet.
    fn or_else(
        &self,
        text: &str,
        widen: bool,
        look_up: impl FnOnce() -> io::Result<Vec<Expanded>>,
    ) -> io::Result<Vec<Expanded>> {
        let known = self.0.borrow();
        let same = |(known, wide, _): &&(String, bool, _)| known == text && *wide == widen;
        if let Some((_, _, terms)) = known.iter().find(same) {
            return Ok(terms.clone());
        }
        drop(known);
        let terms = look_up()?;
        let mut known = self.0.borrow_mut();
        known.push((text.to_owned(), widen, terms.clone()));
        Ok(terms)
    }
}

/// The terms that answer words: as written when any fiche holds them all, else relaxed step by
/// step. It depends on the words alone, so filters never change what words mean.
fn terms(opened: &Opened, text: &QueryWords) -> io::Result<Vec<Expanded>> {
    let expander = Expander {
        index: &opened.index,
        stems: &opened.stems,
        weights: &opened.weights,
    };
    let strict = expander.expand(text, Relax::Strict)?;
    let hopeless = strict.iter().any(|word| word.sources.is_empty());
    if strict.len() < 2 || hopeless || any_holds(opened, &strict, None)? {
        return Ok(strict);
    }
    for relax in [Relax::Complete, Relax::Correct] {
        let relaxed = expander.expand(text, relax)?;
        if any_holds(opened, &relaxed, None)? {
            return Ok(relaxed);
        }
    }
    Ok(strict)
}

/// Whether the name of any fiche holds every word.
pub(super) fn any_name_holds(opened: &Opened, words: &[Expanded]) -> io::Result<bool> {
    any_holds(opened, &selections::in_name(words), None)
}

/// Whether the name of any fiche of a set holds every word.
pub(super) fn any_name_holds_within(
    opened: &Opened,
    words: &[Expanded],
    within: &DocSet,
) -> io::Result<bool> {
    any_holds(opened, &selections::in_name(words), Some(within))
}

/// Whether any fiche (of a set) holds every word.
pub(super) fn any_holds(
    opened: &Opened,
    words: &[Expanded],
    within: Option<&DocSet>,
) -> io::Result<bool> {
    if words.iter().any(|word| word.sources.is_empty()) {
        return Ok(false);
    }
    let mut borrowed = opened.scratch();
    gather::any(&opened.index, words, within, &mut borrowed.scratch)
}
