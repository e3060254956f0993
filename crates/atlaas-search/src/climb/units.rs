//! What a query of words asks for, piece by piece, and which pieces stand together in some fiche.

use crate::{error::SearchError, matching::gather, opened::Opened, plan::planned::Plan};
use atlaas_model::{DocSet, Facet};
use std::collections::BTreeMap;

/// A piece that can be let go.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub what: What,
    /// As it was written, or as it was understood.
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
        let frame = matches!(facet, Facet::Type | Facet::Annee | Facet::Arobases);
        units.push(Unit {
            written: plan
                .resolved
                .or_named
                .get(&facet)
                .map_or_else(|| recognised.nom.clone(), String::clone),
            what: if frame {
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
pub(super) fn keep(units: &[Unit], domain: &DocSet) -> Vec<u64> {
    let subject = units
        .iter()
        .zip(0..)
        .filter(|(unit, _)| !matches!(unit.what, What::Frame(_)))
        .fold(0_u64, |bits, (_, at)| bits | 1 << at);
    let mut masks: BTreeMap<u32, u64> = BTreeMap::new();
    for (unit, at) in units.iter().zip(0..) {
        for doc in unit.docs.iter().filter(|doc| domain.contains(*doc)) {
            *masks.entry(doc).or_default() |= 1_u64 << at;
        }
    }
    let mut seen: Vec<u64> = masks
        .into_values()
        .filter(|mask| mask & subject != 0)
        .collect();
    seen.sort_unstable();
    seen.dedup();
    let telling = |mask: u64| -> f32 {
        let kept = units
            .iter()
            .zip(0..)
            .filter(|(_, at)| mask & (1_u64 << at) != 0);
        kept.map(|(unit, _)| unit.weight).sum()
    };
    let size = |mask: u64| ((mask & subject).count_ones(), mask.count_ones());
    seen.sort_by(|&a, &b| {
        let by_size = size(b).cmp(&size(a));
        by_size
            .then_with(|| telling(b).total_cmp(&telling(a)))
            .then_with(|| a.cmp(&b))
    });
    let held = seen.iter().fold(0, |all, mask| all | mask & subject);
    let mut alone: Vec<u64> = (0..units.len())
        .map(|at| 1_u64 << at)
        .filter(|one| held & one != 0)
        .collect();
    alone.sort_by(|&a, &b| telling(b).total_cmp(&telling(a)).then_with(|| a.cmp(&b)));
    seen.truncate(TRIED);
    alone.truncate(TRIED);
    seen.extend(alone);
    seen
}
