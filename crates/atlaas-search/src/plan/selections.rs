//! Fifth step: selections of facets and communes as values of columns, and the fiches that words let
//! in beside them.

use crate::{
    index::part::Part,
    matching::{
        expand::{Expander, Relax},
        expanded::Expanded,
        filter::{Filters, Selection},
        gather,
        query_words::QueryWords,
    },
    opened::Opened,
    plan::bounds::Bounded,
    query::request::Bound,
};
use atlaas_model::{DocSet, Facet, Fiche, Level};
use std::{io, ops::RangeInclusive};

/// Letters of a word that is taken for an abbreviation.
const ABBREVIATED: usize = 3;

/// A query whose selections are values of columns.
pub(super) struct Filtered {
    pub bounded: Bounded,
    pub filters: Filters,
    pub beside: Beside,
}

/// What words let in beside selections.
#[derive(Default)]
pub(super) struct Beside {
    /// Fiches whose name holds the words of some selection.
    pub named: Option<DocSet>,
    /// The words, for marking.
    pub words: Vec<Expanded>,
    /// Why they could not be looked up.
    pub failure: Option<io::Error>,
}

/// Values that no fiche has are left out: an empty selection matches nothing.
pub(super) fn select(opened: &Opened, bounded: Bounded) -> Filtered {
    let mut filters = Filters::default();
    let mut beside = Beside::default();
    let territory_is_area = bounded.asked.around_km.is_some();
    for info in opened.schema.facets() {
        let facet = info.facet;
        let wanted = bounded.resolved.selected(facet);
        if wanted.is_empty() || (facet.level().is_some() && territory_is_area) {
            continue;
        }
        let column = opened.columns.of(facet);
        let values = wanted.iter().filter_map(|value| column.id(value)).collect();
        filters.selections.push(Selection {
            facet,
            values,
            beside: beside.of(opened, &bounded, facet),
        });
    }
    for (&facet, range) in &bounded.resolved.ranges {
        let end = |bound: &Option<Bound>| bound.as_ref().map(|bound| bound.value);
        let measures = opened.columns.measures(facet);
        let within = measures.map(|measures| measures.between(end(&range.least), end(&range.most)));
        filters.selections.push(Selection {
            facet,
            values: Vec::new(),
            beside: within,
        });
    }
    if let Some(codes) = bounded.resolved.territories.get(&Level::Commune)
        && !territory_is_area
    {
        let codes = codes.iter().filter_map(|code| code.parse().ok());
        filters.communes = codes.collect();
    }
    filters.labelled = labelled(opened, &bounded.resolved.label_years);
    Filtered {
        bounded,
        filters,
        beside,
    }
}

/// Who was given a label in any of these years.
fn labelled(opened: &Opened, years: &[RangeInclusive<u16>]) -> Option<DocSet> {
    let given = |fiche: &Fiche| {
        let mut given = fiche.labels.iter().map(|label| label.year);
        given.any(|year| years.iter().any(|years| years.contains(&year)))
    };
    let fiches = (0..).zip(opened.fiches.iter());
    let docs = fiches.filter(|(_, fiche)| given(fiche)).map(|(doc, _)| doc);
    (!years.is_empty()).then(|| DocSet::from_docs(opened.columns.universe, docs))
}

impl Beside {
    /// The fiches that words let in beside the selection of one facet.
    fn of(&mut self, opened: &Opened, bounded: &Bounded, facet: Facet) -> Option<DocSet> {
        let query = &bounded.resolved;
        let mut found: Option<DocSet> = None;
        for (words, in_names) in [
            (query.or_named.get(&facet), true),
            (query.or_texted.get(&facet), false),
        ] {
            let Some(words) = words else { continue };
            match self.holders(opened, words, in_names) {
                Ok(docs) => match &mut found {
                    Some(found) => found.union(&docs),
                    None => found = Some(docs),
                },
                Err(error) => self.failure = Some(error),
            }
        }
        found
    }

    /// The fiches that hold all of some words; those that bear them in their name come first.
    fn holders(&mut self, opened: &Opened, words: &str, in_names: bool) -> io::Result<DocSet> {
        let mut text = QueryWords::read(words);
        for wanted in &mut text.wanted {
            // It names a term as it stands; an abbreviation is nobody's stem (`CAF`, `café`).
            wanted.unfinished = false;
            wanted.quoted |= wanted.token.text.len() <= ABBREVIATED;
        }
        let expander = Expander {
            index: &opened.index,
            stems: &opened.stems,
            weights: &opened.weights,
        };
        let expanded = expander.expand(&text, Relax::Strict)?;
        let mut scratch = opened.scratch();
        let named = gather::gather(
            &opened.index,
            &in_name(&expanded),
            None,
            &mut scratch.scratch,
        )?;
        match &mut self.named {
            Some(known) => known.union(&named),
            None => self.named = Some(named.clone()),
        }
        if in_names {
            self.words.extend(expanded);
            return Ok(named);
        }
        scratch.scratch.clear();
        let docs = gather::gather(&opened.index, &expanded, None, &mut scratch.scratch)?;
        self.words.extend(expanded);
        Ok(docs)
    }
}

/// The same words, looked for in names alone.
pub(super) fn in_name(words: &[Expanded]) -> Vec<Expanded> {
    let mut words = words.to_vec();
    for word in &mut words {
        let in_name = |part| matches!(part, Part::Name | Part::NameStem);
        word.sources.retain(|source| in_name(source.part));
    }
    words
}
