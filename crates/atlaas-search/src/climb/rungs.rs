//! Places to look in, each wider than the one before.

use crate::{
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
    /// In a wider territory.
    Within(Level, Code, String),
    /// In the whole country.
    Everywhere,
}

/// The rungs from a place to its région; without a place there is only what was asked.
pub(super) fn near(opened: &Opened, spot: Option<&Spot>) -> Vec<Rung> {
    let mut rungs = vec![Rung::Asked];
    let Some(spot) = spot else { return rungs };
    rungs.extend(spot.homonyms.iter().map(|&doc| Rung::Homonym(doc)));
    if spot.position.is_some() {
        let rings = RINGS_KM.into_iter().filter(|km| *km > spot.radius_km);
        rungs.extend(rings.map(Rung::Ring));
    }
    let fiche = &opened.fiches[spot.doc as usize];
    for kind in [Level::Departement, Level::Region] {
        let Some(code) = fiche.territory.at(kind).filter(|_| fiche.kind != kind) else {
            continue;
        };
        if let Some(doc) = opened.territories.doc(kind, code) {
            let name = opened.fiches[doc as usize].name.clone();
            rungs.push(Rung::Within(kind, code, name));
        }
    }
    rungs
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
            Self::Within(kind, code, _) => {
                query.territories.insert(*kind, vec![code.to_string()]);
                query.position = spot.position.or(query.position);
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
    if spot.radius_km > 0.0 {
        query.near = None;
        query.radius_km = None;
    } else if let Some(level) = fiche.kind.level() {
        query.territories.remove(&level);
    }
}
