//! Which commune of today a code or a name leads to, and what territories that commune lies in.

use crate::territories::decoupage::{Decoupage, Ept};
use atlaas_model::{AliasKind, Code, Position, Territory, slug};
use std::collections::HashMap;

/// What a reader of points needs to know of a commune.
#[derive(Clone, Debug)]
pub(crate) struct KnownCommune {
    pub(crate) name: String,
    pub(crate) territory: Territory,
    pub(crate) centre: Option<Position>,
    pub(crate) postcodes: Vec<String>,
}

/// How a code leads to a commune of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// It is the code of a commune of today.
    Today,
    /// It belongs to an arrondissement of Paris, Lyon or Marseille.
    Arrondissement,
    /// It belongs to a former, delegated or associated commune.
    Former,
}

/// Finds communes of today.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolver {
    communes: HashMap<Code, KnownCommune>,
    others: HashMap<Code, (Code, Route)>,
    names: HashMap<String, Vec<Code>>,
    epcis: HashMap<Code, String>,
    epts: HashMap<Code, Ept>,
}

impl Resolver {
    /// Indexes the communes, their former codes and the names of both.
    pub(crate) fn new(division: &Decoupage) -> Self {
        let mut resolver = Self::default();
        let regions: HashMap<Code, Code> = division
            .departements
            .iter()
            .filter_map(|departement| Some((departement.code, departement.region?)))
            .collect();
        for commune in &division.communes {
            let by_departement = commune
                .departement
                .and_then(|code| regions.get(&code).copied());
            resolver.communes.insert(
                commune.code,
                KnownCommune {
                    name: commune.name.clone(),
                    territory: Territory {
                        commune: Some(commune.code),
                        epci: commune.epci,
                        departement: commune.departement,
                        region: commune.region.or(by_departement),
                    },
                    centre: commune.centre,
                    postcodes: commune.postcodes.clone(),
                },
            );
            resolver
                .names
                .entry(slug(&commune.name))
                .or_default()
                .push(commune.code);
        }
        resolver.add_former(division);
        for epci in &division.epcis {
            resolver.epcis.insert(epci.code, epci.name.clone());
        }
        for ept in &division.epts {
            resolver.epts.insert(ept.code, ept.clone());
        }
        resolver
    }

    fn add_former(&mut self, division: &Decoupage) {
        let parents: HashMap<Code, Code> = division
            .parts
            .iter()
            .map(|part| (part.code, part.parent))
            .collect();
        for part in &division.parts {
            // A part may hang on a commune that has become a part itself; five steps are plenty.
            let mut parent = part.parent;
            for _ in 0..5 {
                if self.communes.contains_key(&parent) {
                    break;
                }
                parent = parents.get(&parent).copied().unwrap_or(parent);
            }
            if !self.communes.contains_key(&parent) {
                continue;
            }
            let route = match part.kind {
                AliasKind::Arrondissement => Route::Arrondissement,
                _ => Route::Former,
            };
            self.others.insert(part.code, (parent, route));
            let names = self.names.entry(slug(&part.name)).or_default();
            if !names.contains(&parent) {
                names.push(parent);
            }
        }
        for commune in &division.communes {
            for &former in &commune.former_codes {
                self.others
                    .entry(former)
                    .or_insert((commune.code, Route::Former));
            }
        }
    }

    /// The commune of today that a code leads to.
    pub(crate) fn by_code(&self, code: Code) -> Option<(Code, Route)> {
        if self.communes.contains_key(&code) {
            return Some((code, Route::Today));
        }
        self.others.get(&code).copied()
    }

    /// The only commune with that name; a post code decides between several.
    pub(crate) fn by_name(&self, name: &str, postcode: &str) -> Option<Code> {
        let codes = self.names.get(&slug(name))?;
        let has = |code: &&Code| {
            self.place(**code)
                .is_some_and(|place| place.postcodes.iter().any(|own| own == postcode))
        };
        // The département is nearly always the start of the post code.
        let near =
            |code: &&Code| postcode.len() == 5 && code.as_str().get(..2) == postcode.get(..2);
        match codes.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => {
                only(several.iter().filter(has)).or_else(|| only(several.iter().filter(near)))
            }
        }
    }

    /// What is known of a commune of today.
    pub(crate) fn place(&self, code: Code) -> Option<&KnownCommune> {
        self.communes.get(&code)
    }

    /// The EPT of that code.
    pub(crate) fn ept(&self, code: Code) -> Option<&Ept> {
        self.epts.get(&code)
    }

    /// Whether an EPCI of that code exists.
    pub(crate) fn is_epci(&self, code: Code) -> bool {
        self.epcis.contains_key(&code)
    }
}

fn only<'a>(mut codes: impl Iterator<Item = &'a Code>) -> Option<Code> {
    let first = codes.next()?;
    codes.next().is_none().then_some(*first)
}
