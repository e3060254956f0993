//! Close meanings: what words of a query hint at, as sets of fiches.

use crate::{
    matching::{
        expand::Expander, expanded::Expanded, filter::Meaning, gather, query_words::QueryWords,
    },
    opened::Opened,
    plan::comprehension::CloseMeaning,
    understand::Hint,
};
use atlaas_model::DocSet;
use std::{io, ops::Range};

/// What the words of a text hint at.
#[derive(Default)]
pub(super) struct Close {
    /// The fiches of each hint.
    pub meanings: Vec<Meaning>,
    /// Fiches that come before others that match.
    pub first: Option<DocSet>,
    /// The bytes of the hints.
    pub ranges: Vec<Range<usize>>,
    /// The words that count, for marking, once they do.
    pub words: Vec<Expanded>,
    /// As it is told, once it counts.
    pub told: Vec<CloseMeaning>,
}

/// Looks the hints of a text up. Beside its meaning each counts as it is written, and what bears the
/// words themselves comes first; when the words must hold as they are (`widen` is not set), what they
/// mean comes first.
pub(super) fn read(opened: &Opened, text: &str, widen: bool) -> io::Result<Close> {
    let mut close = Close::default();
    for hint in opened.understander.hints(text) {
        let written = &text[hint.range.clone()];
        let mut meant = meant(opened, &hint)?;
        let first = if widen {
            for text in &hint.sense.texts {
                close.words.extend(expanded(opened, text)?);
            }
            let words = expanded(opened, written)?;
            let own = holders(opened, &words)?;
            meant.union(&own);
            let first = if own.is_empty() {
                rarest(opened, &words, &meant)?
            } else {
                own
            };
            close.words.extend(words);
            close.told.push(told(opened, written, &hint));
            first
        } else {
            meant.clone()
        };
        match &mut close.first {
            Some(known) => known.union(&first),
            None => close.first = Some(first),
        }
        close.ranges.push(hint.range);
        close.meanings.push(Meaning {
            written: written.to_owned(),
            docs: meant,
        });
    }
    Ok(close)
}

/// The fiches of a hint's terms, and those that hold any of its other words.
fn meant(opened: &Opened, hint: &Hint) -> io::Result<DocSet> {
    if let Some(known) = hint.sense.meant.get() {
        return Ok(known.clone());
    }
    let columns = &opened.columns;
    let mut meant = DocSet::from_docs(columns.universe, []);
    for (facet, slug) in &hint.sense.terms {
        let column = columns.of(*facet);
        let values: Vec<_> = column.id(slug).into_iter().collect();
        meant.union(&column.any_of(&values, columns.universe));
    }
    for text in &hint.sense.texts {
        meant.union(&holders(opened, &expanded(opened, text)?)?);
    }
    Ok(hint.sense.meant.get_or_init(|| meant).clone())
}

/// All of some words, as they are or inflected.
fn expanded(opened: &Opened, text: &str) -> io::Result<Vec<Expanded>> {
    let mut words = QueryWords::read(text);
    for wanted in &mut words.wanted {
        wanted.unfinished = false;
    }
    let expander = Expander {
        index: &opened.index,
        stems: &opened.stems,
        weights: &opened.weights,
    };
    expander.expand_known(&words)
}

/// The fiches that hold all of some words.
fn holders(opened: &Opened, words: &[Expanded]) -> io::Result<DocSet> {
    let mut borrowed = opened.scratch();
    gather::gather(&opened.index, words, None, &mut borrowed.scratch)
}

/// Of the fiches that some words mean, those that hold the rarest of the words: `archives` of
/// `archives numérisées`.
fn rarest(opened: &Opened, words: &[Expanded], meant: &DocSet) -> io::Result<DocSet> {
    let mut rarest = DocSet::empty(opened.columns.universe);
    for word in words {
        let mut docs = holders(opened, std::slice::from_ref(word))?;
        docs.intersect(meant);
        if !docs.is_empty() && (rarest.is_empty() || docs.len() < rarest.len()) {
            rarest = docs;
        }
    }
    Ok(rarest)
}

fn told(opened: &Opened, written: &str, hint: &Hint) -> CloseMeaning {
    let vocabulary = &opened.schema.vocabulary;
    let terms = hint.sense.terms.iter();
    CloseMeaning {
        mots: written.to_owned(),
        termes: terms
            .map(|(facet, slug)| vocabulary.label(*facet, slug).to_owned())
            .collect(),
        textes: hint.sense.texts.clone(),
    }
}
