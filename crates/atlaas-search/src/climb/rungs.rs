//! Places to look in, each wider than the one before.

use crate::{
    matching::tuning::LadderStep,
    opened::Opened,
    plan::planned::Spot,
    query::{centre::Near, request::Query},
};
use atlaas_model::{Code, DocId, Fiche, Level};

/// Kilometres around a place, one after the other.
const RINGS_KM: [f64; 3] = [10.0, 30.0, 60.0];

/// Where to look.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rung {
    /// Where the query says.
    Asked,
    /// In another place of that name.
    Homonym(DocId),
    /// Around the place.
    Ring(f64),
    /// In wider territories of one level, and their names.
    Within(Level, Vec<Code>, String),
    /// In the whole country.
    Everywhere,
}

/// The rungs from a place to its région; without a place there is only what was asked.
pub(super) fn near(opened: &Opened, spot: Option<&Spot>) -> Vec<Rung> {
    let mut rungs = vec![Rung::Asked];
    let Some(spot) = spot else { return rungs };
    if opened.takes(LadderStep::Homonyms) {
        rungs.extend(spot.homonyms.iter().map(|&doc| Rung::Homonym(doc)));
    }
    if spot.position.is_some() && opened.takes(LadderStep::Rings) {
        let rings = RINGS_KM.into_iter().filter(|km| *km > spot.radius_km);
        rungs.extend(rings.map(Rung::Ring));
    }
    let wider = [Level::Departement, Level::Region].into_iter();
    for kind in wider.filter(|_| opened.takes(LadderStep::Territories)) {
        rungs.extend(within(opened, spot, kind));
    }
    rungs
}

/// The territories of a wider level that hold the place, or the places: none when a place is of that
/// level itself.
fn within(opened: &Opened, spot: &Spot, kind: Level) -> Option<Rung> {
    let mut codes: Vec<Code> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for fiche in spot.docs().map(|doc| &opened.fiches[doc as usize]) {
        let code = fiche.territory.at(kind).filter(|_| fiche.kind != kind)?;
        if !codes.contains(&code) {
            let doc = opened.territories.doc(kind, code)?;
            codes.push(code);
            names.push(&opened.fiches[doc as usize].name);
        }
    }
    Some(Rung::Within(kind, codes, names.join(", ")))
}

impl Rung {
    /// A query of the same words that looks there; distances are told from the place.
    pub fn of(&self, query: &Query, opened: &Opened, spot: Option<&Spot>) -> Query {
        let mut query = query.clone();
        let Some(spot) = spot.filter(|_| *self != Self::Asked) else {
            return query;
        };
        forget(&mut query, opened, spot);
        match self {
            Self::Asked => {}
            Self::Homonym(doc) if spot.radius_km > 0.0 => {
                around(&mut query, &opened.fiches[*doc as usize], spot.radius_km);
            }
            Self::Homonym(doc) => {
                let fiche = &opened.fiches[*doc as usize];
                if let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) {
                    query.territories.insert(level, vec![code.to_string()]);
                }
            }
            Self::Ring(km) if !spot.also.is_empty() => {
                for fiche in spot.docs().map(|doc| &opened.fiches[doc as usize]) {
                    if let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) {
                        let codes = query.territories.entry(level).or_default();
                        codes.push(code.to_string());
                        codes.sort();
                    }
                }
                query.around_km = Some(*km);
            }
            Self::Ring(km) => {
                let fiche = &opened.fiches[spot.doc as usize];
                match spot.position {
                    Some(centre) if fiche.kind == Level::Commune => {
                        query.near = Some(Near::Position(centre));
                        query.radius_km = Some(*km);
                    }
                    _ => around(&mut query, fiche, *km),
                }
            }
            Self::Within(kind, codes, _) => {
                let codes = codes.iter().map(Code::to_string).collect();
                query.territories.insert(*kind, codes);
                if spot.also.is_empty() {
                    query.position = spot.position.or(query.position);
                }
            }
            Self::Everywhere => query.position = spot.position.or(query.position),
        }
        query
    }
}

/// Around a territory, by the id of its fiche.
fn around(query: &mut Query, fiche: &Fiche, radius_km: f64) {
    query.near = Some(Near::Name(fiche.id.to_string()));
    query.radius_km = Some(radius_km);
}

/// Takes the place that the words named out of a resolved query.
fn forget(query: &mut Query, opened: &Opened, spot: &Spot) {
    let fiche = &opened.fiches[spot.doc as usize];
    if let (false, Some(level)) = (spot.also.is_empty(), fiche.kind.level()) {
        query.territories.remove(&level);
        query.around_km = None;
    } else if spot.radius_km > 0.0 {
        query.near = None;
        query.radius_km = None;
    } else if let Some(level) = fiche.kind.level() {
        query.territories.remove(&level);
    }
}
