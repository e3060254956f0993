//! What a query of words asks for, piece by piece, and which pieces stand together in some fiche.

use crate::{error::SearchError, matching::gather, opened::Opened, plan::planned::Plan};
use atlaas_model::{DocSet, Facet};
use std::collections::HashSet;

/// A piece that can be let go.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub what: What,
    /// As it was written: who let go a term tells the words that were typed, not its official name.
    pub written: String,
    docs: DocSet,
    /// The greater, the rarer.
    weight: f32,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A word that is searched for.
    Word,
    /// Words that hint at something, with what they mean.
    Hint,
    /// A term of a facet that was recognised.
    Term(Facet),
    /// A kind of fiches, years or levels that were recognised: no subject by themselves.
    Frame(Facet),
}

/// Most pieces that are weighed: a query has 40 words at most.
const MOST: usize = 64;

/// The pieces of a plan whose words are taken as they are.
pub(super) fn of(opened: &Opened, plan: &Plan) -> Result<Vec<Unit>, SearchError> {
    let mut units = Vec::new();
    for word in &plan.words {
        let mut borrowed = opened.scratch();
        let one = std::slice::from_ref(word);
        let docs = gather::gather(&opened.index, one, None, &mut borrowed.scratch)?;
        units.push(Unit {
            what: What::Word,
            written: word.written.clone(),
            weight: weight(&docs),
            docs,
        });
    }
    for meaning in &plan.filters.meanings {
        units.push(Unit {
            what: What::Hint,
            written: meaning.written.clone(),
            weight: weight(&meaning.docs),
            docs: meaning.docs.clone(),
        });
    }
    for recognised in &plan.comprehension.facettes {
        let facet = recognised.facette;
        let seen = |unit: &Unit| matches!(unit.what, What::Term(f) | What::Frame(f) if f == facet);
        if units.iter().any(seen) {
            continue;
        }
        let mut selections = plan.filters.selections.iter();
        let Some(selection) = selections.find(|selection| selection.facet == facet) else {
            continue;
        };
        let docs = selection.docs(&opened.columns);
        units.push(Unit {
            written: recognised.typed.clone(),
            what: if recognised.is_frame(&opened.schema) {
                What::Frame(facet)
            } else {
                What::Term(facet)
            },
            weight: weight(&docs),
            docs,
        });
    }
    units.truncate(MOST);
    Ok(units)
}

/// How telling a piece is: the logarithm of how rare it is.
fn weight(docs: &DocSet) -> f32 {
    let seen = docs.len() as f32;
    (1.0 + 100_000.0 / (seen + 1.0)).ln()
}

/// Sets of pieces that are tried, the best first: a word may be found otherwise without its neighbours
/// (a name of several words, a word that is glued to the next), so that the first may find nothing.
const TRIED: usize = 6;

/// Which pieces to keep: as many as stand together in some fiche of a domain, then the most telling
/// ones; then others, the best first. Empty when no fiche there holds a subject.
pub(super) fn keep(universe: u32, units: &[Unit], domain: &DocSet) -> Vec<u64> {
    let subject = units
        .iter()
        .zip(0..)
        .filter(|(unit, _)| !matches!(unit.what, What::Frame(_)))
        .fold(0_u64, |bits, (_, at)| bits | 1 << at);
    let mut masks = vec![0_u64; universe as usize];
    for (unit, at) in units.iter().zip(0..) {
        for doc in unit.docs.iter().filter(|doc| domain.contains(*doc)) {
            masks[doc as usize] |= 1_u64 << at;
        }
    }
    let seen: HashSet<u64> = masks
        .into_iter()
        .filter(|mask| mask & subject != 0)
        .collect();
    let telling = |mask: u64| -> f32 {
        let kept = units
            .iter()
            .zip(0..)
            .filter(|(_, at)| mask & (1_u64 << at) != 0);
        kept.map(|(unit, _)| unit.weight).sum()
    };
    let merit = |mask: u64| Merit {
        size: ((mask & subject).count_ones(), mask.count_ones()),
        telling: telling(mask),
        mask,
    };
    let held = seen.iter().fold(0, |all, mask| all | mask & subject);
    let alone = (0..units.len())
        .map(|at| 1_u64 << at)
        .filter(|one| held & one != 0);
    let mut best = best_of(seen.iter().copied().map(merit).collect());
    best.extend(best_of(alone.map(merit).collect()));
    best
}

/// What a set of pieces is worth: how many of its pieces are subjects, how many there are, how telling.
struct Merit {
    size: (u32, u32),
    telling: f32,
    mask: u64,
}

/// The best few, best first; the same in every run.
fn best_of(mut all: Vec<Merit>) -> Vec<u64> {
    all.sort_unstable_by(|a, b| {
        let by_size = b.size.cmp(&a.size);
        by_size
            .then_with(|| b.telling.total_cmp(&a.telling))
            .then_with(|| a.mask.cmp(&b.mask))
    });
    all.truncate(TRIED);
    all.into_iter().map(|merit| merit.mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DOCS: u32 = 40;

    fn unit(what: What, docs: &[u32]) -> Unit {
        let docs = DocSet::from_docs(DOCS, docs.iter().copied());
        Unit {
            what,
            written: String::new(),
            weight: weight(&docs),
            docs,
        }
    }

    #[test]
    fn a_year_alone_is_no_subject() {
        let units = [
            unit(What::Word, &[]),
            unit(What::Frame(Facet::column("annee")), &[1, 2]),
        ];
        assert!(keep(DOCS, &units, &DocSet::full(DOCS)).is_empty());
    }

    #[test]
    fn the_least_telling_goes_first() {
        let units = [
            unit(What::Word, &[1]),
            unit(What::Word, &[2, 3, 4]),
            unit(What::Word, &[1, 2]),
        ];
        assert_eq!(keep(DOCS, &units, &DocSet::full(DOCS))[0], 0b101);
    }

    proptest! {
        #[test]
        fn no_more_pieces_stand_together_than_are_kept(
            lists in prop::collection::vec(prop::collection::vec(0..DOCS, 0..12), 1..7),
            domain in prop::collection::vec(0..DOCS, 0..30),
        ) {
            let units: Vec<Unit> = lists.iter().map(|docs| unit(What::Word, docs)).collect();
            let domain = DocSet::from_docs(DOCS, domain);
            let held = |mask: u64| domain.iter().any(|doc| {
                lists.iter().enumerate().all(|(at, docs)| mask & (1 << at) == 0 || docs.contains(&doc))
            });
            let most = (1..1_u64 << lists.len()).filter(|mask| held(*mask)).map(u64::count_ones).max();
            let kept = keep(DOCS, &units, &domain);
            prop_assert_eq!(kept.first().map(|mask| mask.count_ones()), most);
            prop_assert!(kept.iter().all(|mask| held(*mask)));
        }
    }
}
