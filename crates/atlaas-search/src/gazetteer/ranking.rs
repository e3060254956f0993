//! Ranking candidates: what their spelling costs against importance and nearness.

use super::lookup::{Candidate, Lookup, with_accents};
use super::place_match::{Match, PlaceMatch};
use super::register::Entry;
use super::weights::{ALIAS, EXACT, HALF_KM, HERE, OTHER_ACCENTS, UNASKED};
use atlaas_model::{Level, Position};

impl Lookup<'_> {
    /// What it costs a name to have other accents than those that were typed.
    fn accents(&self, candidate: &Candidate) -> f32 {
        let spelt = matches!(
            candidate.how,
            Match::Exact | Match::Head | Match::Unfinished
        );
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

    /// The rank of a candidate: the higher the better.
    fn rank(&self, candidate: &Candidate) -> f32 {
        let entry = &self.gazetteer.entries[candidate.entry as usize];
        let unfinished = candidate.how == Match::Unfinished;
        let alias = match (entry.arrondissement, entry.alias) {
            (true, _) if unfinished => UNASKED,
            (false, Some(_)) => ALIAS,
            _ => 0.0,
        };
        let importance = entry.importance + nearness(entry, self.options.near);
        importance - candidate.cost - alias - self.accents(candidate)
    }

    /// The candidates by rank, one a place.
    pub(crate) fn ranked(self) -> Vec<PlaceMatch> {
        let mut ranked: Vec<(f32, Candidate)> = self
            .found
            .iter()
            .map(|found| (self.rank(found), *found))
            .collect();
        let better = |(a, x): &(f32, Candidate), (b, y): &(f32, Candidate)| {
            b.total_cmp(a).then(x.entry.cmp(&y.entry))
        };
        // A place has a few spellings at most, so this many are enough to fill the list.
        let enough = self.options.limit.saturating_mul(8).saturating_add(64);
        if ranked.len() > enough {
            ranked.select_nth_unstable_by(enough, better);
            ranked.truncate(enough);
        }
        ranked.sort_by(better);
        let awaited = self.awaited(&ranked);
        self.places(ranked.into_iter().map(|(_, candidate)| candidate), awaited)
    }

    /// The communes that are likeliest to be being typed: they stay in the list, however many
    /// others have exactly the name that was typed so far.
    fn awaited(&self, ranked: &[(f32, Candidate)]) -> Vec<Candidate> {
        let seats = match self.options.limit {
            0..=2 => 0,
            3 | 4 => 1,
            _ => 2,
        };
        let entry = |candidate: &Candidate| &self.gazetteer.entries[candidate.entry as usize];
        let typed = ranked.iter().filter(|(_, candidate)| {
            candidate.how == Match::Unfinished
                && entry(candidate).kind == Level::Commune
                && entry(candidate).alias.is_none()
        });
        let mut likeliest: Vec<Candidate> = Vec::new();
        for (_, candidate) in typed {
            let doc = entry(candidate).doc;
            if likeliest.len() < seats && likeliest.iter().all(|other| entry(other).doc != doc) {
                likeliest.push(*candidate);
            }
        }
        likeliest
    }

    /// The places of candidates, each once; the awaited ones take the last seats when they have
    /// none.
    fn places(
        &self,
        ranked: impl Iterator<Item = Candidate>,
        awaited: Vec<Candidate>,
    ) -> Vec<PlaceMatch> {
        let limit = self.options.limit;
        let mut places: Vec<PlaceMatch> = Vec::new();
        let mut awaited = awaited;
        for candidate in ranked {
            awaited.retain(|wanted| {
                let doc = self.gazetteer.entries[wanted.entry as usize].doc;
                !places.iter().any(|place| place.doc == doc)
            });
            if places.len() + awaited.len() >= limit {
                break;
            }
            self.seat(&candidate, &mut places);
        }
        for wanted in awaited {
            if places.len() < limit {
                self.seat(&wanted, &mut places);
            }
        }
        places
    }

    /// Adds a place that is not yet there.
    fn seat(&self, candidate: &Candidate, places: &mut Vec<PlaceMatch>) {
        let entry = &self.gazetteer.entries[candidate.entry as usize];
        let known = places.iter().any(|place| {
            place.doc == entry.doc
                && (!entry.arrondissement || place.alias == entry.alias.map(usize::from))
        });
        if !known {
            let most = places.last().map_or(1.0, |place| place.score);
            places.push(self.place(candidate, most));
        }
    }

    fn place(&self, candidate: &Candidate, most: f32) -> PlaceMatch {
        let entry = &self.gazetteer.entries[candidate.entry as usize];
        PlaceMatch {
            doc: entry.doc,
            alias: entry.alias.map(usize::from),
            kind: entry.kind,
            population: entry.population,
            score: score(candidate, entry).min(most),
            edits: candidate.edits,
            how: candidate.how,
            qualified: candidate.qualified,
            name: self.gazetteer.name(entry).to_owned(),
        }
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
