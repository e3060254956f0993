//! Ranking candidates: what their spelling costs against importance and nearness.

use super::Entry;
use super::lookup::{Candidate, Match, PlaceMatch, Search, with_accents};
use super::weights::{ALIAS, EXACT, HALF_KM, HERE, OTHER_ACCENTS};
use atlaas_model::Position;

impl Search<'_> {
    /// What it costs a name to have other accents than those that were typed.
    fn accents(&self, candidate: &Candidate) -> f32 {
        let spelt = matches!(candidate.how, Match::Exact | Match::Unfinished);
        match self.accented.as_ref().filter(|_| spelt) {
            Some(typed) => {
                let entry = &self.gazetteer.entries[candidate.entry as usize];
                let name = with_accents(self.gazetteer.name(entry));
                if name.contains(typed) {
                    0.0
                } else {
                    OTHER_ACCENTS
                }
            }
            None => 0.0,
        }
    }

    /// The candidates by rank, one a place.
    pub(crate) fn ranked(self) -> Vec<PlaceMatch> {
        let near = self.options.near;
        let entries = &self.gazetteer.entries;
        let rank = |candidate: &Candidate| {
            let entry = &entries[candidate.entry as usize];
            let alias = if entry.arrondissement {
                if candidate.how == Match::Unfinished {
                    1.0
                } else {
                    0.0
                }
            } else if entry.alias.is_some() {
                ALIAS
            } else {
                0.0
            };
            entry.importance - candidate.cost - alias - self.accents(candidate)
                + nearness(entry, near)
        };
        let mut ranked: Vec<(f32, Candidate)> = self
            .found
            .iter()
            .map(|found| (rank(found), *found))
            .collect();
        ranked.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.entry.cmp(&y.entry)));
        let mut places: Vec<PlaceMatch> = Vec::new();
        for (_, candidate) in ranked {
            let entry = &entries[candidate.entry as usize];
            let known = |place: &PlaceMatch| {
                place.doc == entry.doc
                    && (!entry.arrondissement || place.alias == entry.alias.map(usize::from))
            };
            if places.iter().any(known) {
                continue;
            }
            if places.len() >= self.options.limit {
                break;
            }
            let last = places.last().map_or(1.0, |place| place.score);
            places.push(PlaceMatch {
                doc: entry.doc,
                alias: entry.alias.map(usize::from),
                kind: entry.kind,
                population: entry.population,
                score: score(&candidate, entry).min(last),
                edits: candidate.edits,
                how: candidate.how,
                qualified: candidate.qualified,
                name: self.gazetteer.name(entry).to_owned(),
            });
        }
        places
    }
}

/// What being near the user is worth.
fn nearness(entry: &Entry, near: Option<Position>) -> f32 {
    match (entry.position, near) {
        (Some(position), Some(near)) => {
            HERE * (HALF_KM / (HALF_KM + position.distance_km(near))) as f32
        }
        _ => 0.0,
    }
}

/// From 0 to 1: what the spelling costs, and a little importance.
fn score(candidate: &Candidate, entry: &Entry) -> f32 {
    let cost = (candidate.cost - EXACT).max(0.0);
    let spelling = 1.0 / (1.0 + 0.18 * cost);
    (spelling * (0.92 + 0.08 * entry.importance.min(1.1) / 1.1)).clamp(0.0, 1.0)
}
