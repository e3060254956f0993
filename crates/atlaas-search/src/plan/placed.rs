//! Second step, where: what the words say of places becomes territories, circles and margins.
//!
//! | understood | becomes |
//! |---|---|
//! | in a place, in any of several | `commune`, `epci`, `departement`, `region` |
//! | in an arrondissement | its commune, nearest to the arrondissement first |
//! | near a place | `pres_de` and `rayon` |
//! | near any of several | their territories and `autour` |
//! | in a country (Alsace, Plaine Commune) | the territories it is made of |

use crate::{
    gazetteer::PlaceMatch,
    plan::{
        bounds,
        comprehension::{Alternative, ChosenPlace},
        places,
        planned::Spot,
        understood::Taking,
    },
    query::{centre::Near, limits::DEFAULT_RADIUS_KM, request::Query},
    text::fold::fold,
    understand::{CountryNature, Relation, UnderstoodCountry, UnderstoodPlace},
};
use atlaas_model::{DocId, PeersOf, Position};

impl Taking<'_> {
    /// Whether parameters say around what to look.
    fn has_a_centre(&self) -> bool {
        let asked = &self.asked;
        asked.near.is_some() || (asked.position.is_some() && asked.radius_km.is_some())
    }

    /// The place that the words name, or several.
    pub(super) fn take_place(&mut self, place: &UnderstoodPlace) {
        let asked = &self.asked;
        let own_around = asked.around_km.is_some() && !asked.territories.is_empty();
        if self.has_a_centre() || own_around {
            return;
        }
        if place.relation == Relation::Alike && asked.radius_km.is_none() {
            self.take_peers(place);
            return;
        }
        let near = place.relation == Relation::Near || asked.radius_km.is_some();
        let chosen = place.chosen();
        let candidates = std::iter::once(&chosen).chain(&place.alternatives);
        let Some(found) = candidates
            .into_iter()
            .find(|found| near || self.holds(found.doc))
        else {
            return;
        };
        let why = if found.doc == place.doc {
            place.why.as_str()
        } else {
            "homonyme qui se trouve dans le territoire choisi"
        };
        let known = self.opened.fiches[found.doc as usize].position.is_some();
        let near = near && known;
        let relation = if near { "pres" } else { "dans" };
        self.comprehension.lieu = Some(places::chosen(self.opened, found, relation, why));
        let before = self.resolved.clone();
        let radius_km = self.asked.radius_km.or(place.radius_km);
        let others = std::iter::once(&chosen)
            .chain(&place.alternatives)
            .filter(|other| other.doc != found.doc);
        for other in others {
            let alternative = self.alternative(other, &before, near.then_some(radius_km).flatten());
            self.comprehension.alternatives.push(alternative);
        }
        let also = if found.doc == place.doc {
            place.also.as_slice()
        } else {
            &[]
        };
        let radius_km = radius_km.unwrap_or(DEFAULT_RADIUS_KM);
        let free = self.asked.territories.is_empty() && self.asked.around_km.is_none();
        if near && !also.is_empty() && free {
            self.resolve_inside(found);
            self.resolve_also(also);
            self.around_all(radius_km);
        } else if near {
            self.resolve_near(found, radius_km);
        } else {
            // Around a place of which nobody knows where it lies is at least inside it.
            self.resolve_inside(found);
            self.resolve_also(also);
        }
        self.homonyms(found, place);
    }

    /// Other places that are called as one, to be looked at before farther ones.
    fn homonyms(&mut self, found: &PlaceMatch, place: &UnderstoodPlace) {
        let Some(spot) = &mut self.spot else { return };
        let name = fold(&found.name);
        let same = |other: &&PlaceMatch| {
            other.doc != found.doc && other.kind == found.kind && fold(&other.name) == name
        };
        let chosen = place.chosen();
        let others = std::iter::once(&chosen).chain(&place.alternatives);
        spot.homonyms = others.filter(same).map(|other| other.doc).collect();
    }

    /// The territories that resemble a place, unless a parameter says of which.
    fn take_peers(&mut self, place: &UnderstoodPlace) {
        let fiche = &self.opened.fiches[place.doc as usize];
        let (Some(level), Some(code), None) = (fiche.kind.level(), fiche.code, &self.asked.peers)
        else {
            return;
        };
        let chosen = place.chosen();
        let told = places::chosen(self.opened, &chosen, "semblables", &place.why);
        self.comprehension.lieu = Some(told);
        for other in &place.alternatives {
            let fiche = &self.opened.fiches[other.doc as usize];
            let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
                continue;
            };
            let mut query = self.resolved.first_page();
            query.peers = Some(PeersOf::usual(level, code));
            self.comprehension.alternatives.push(Alternative {
                id: fiche.id.to_string(),
                nom: other.name.clone(),
                precision: places::where_it_lies(self.opened, other.doc),
                requete: query.canonical(),
            });
        }
        self.resolved.peers = Some(PeersOf::usual(level, code));
    }

    /// A set of territories, unless a parameter says where.
    pub(super) fn take_country(&mut self, country: &UnderstoodCountry) {
        if self.has_a_centre() || !self.asked.territories.is_empty() {
            return;
        }
        let territories = &self.opened.territories;
        let known = country.codes.iter().filter_map(|code| {
            let doc = territories.doc(country.level, code.parse().ok()?)?;
            Some((doc, code.clone()))
        });
        let (docs, codes): (Vec<DocId>, Vec<String>) = known.unzip();
        let Some((&doc, also)) = docs.split_first() else {
            return;
        };
        self.resolved.territories.insert(country.level, codes);
        let position = self.opened.fiches[doc as usize].position;
        let mut spot = Spot::at(doc, position, 0.0);
        spot.also = also.to_vec();
        self.spot = Some(spot);
        let names: Vec<&str> = docs
            .iter()
            .map(|&doc| self.opened.fiches[doc as usize].name.as_str())
            .collect();
        let what = match country.nature {
            CountryNature::FormerRegion => "ancienne région",
            CountryNature::Usual => "pays, à peu près",
            CountryNature::Ept => "établissement public territorial",
        };
        self.comprehension.lieu = Some(ChosenPlace {
            id: None,
            nom: country.name.clone(),
            ancien_nom: None,
            relation: "dans",
            pourquoi: format!("{what} : {}", names.join(", ")),
        });
    }

    /// Whether a territory lies in those that were asked for.
    fn holds(&self, doc: DocId) -> bool {
        let territory = &self.opened.fiches[doc as usize].territory;
        self.resolved.territories.iter().all(|(&kind, codes)| {
            territory
                .at(kind)
                .is_some_and(|code| codes.iter().any(|wanted| *wanted == code.to_string()))
        })
    }

    fn resolve_inside(&mut self, found: &PlaceMatch) {
        let fiche = &self.opened.fiches[found.doc as usize];
        let level = fiche.kind.level();
        if let (Some(level), Some(code)) = (level, fiche.code) {
            let territories = &mut self.resolved.territories;
            territories.insert(level, vec![code.to_string()]);
        }
        self.place = Some(found.doc);
        let own = self.own_position(found);
        if let (Some(own), None) = (own, self.asked.position) {
            // No file says what lies in a part of a commune: what is nearest to its middle comes first.
            self.resolved.position = Some(own);
            self.whereabouts.origin = Some(own);
            self.whereabouts.near_first = true;
        }
        // What a parameter says as well is not for the words to let go.
        if level.is_none_or(|level| !self.asked.territories.contains_key(&level)) {
            self.spot = Some(Spot::at(found.doc, own.or(fiche.position), 0.0));
        }
    }

    /// Where the alias lies that was named, when that is known.
    fn own_position(&self, found: &PlaceMatch) -> Option<Position> {
        let fiche = &self.opened.fiches[found.doc as usize];
        fiche.aliases.get(found.alias?)?.position
    }

    /// Further places beside the one that was named: in any of them.
    fn resolve_also(&mut self, also: &[PlaceMatch]) {
        for other in also {
            let fiche = &self.opened.fiches[other.doc as usize];
            let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) else {
                continue;
            };
            let asked = self.asked.territories.contains_key(&level);
            let Some(codes) = self.resolved.territories.get_mut(&level).filter(|_| !asked) else {
                continue;
            };
            codes.push(code.to_string());
            codes.sort();
            codes.dedup();
            // No single place is meant.
            self.place = None;
            if let Some(spot) = &mut self.spot {
                spot.also.push(other.doc);
            }
            if let Some(told) = &mut self.comprehension.lieu {
                told.nom = format!("{} ou {}", told.nom, fiche.name);
            }
        }
    }

    /// Several places become the areas around each of them; no distance is told, since none of them is
    /// the one that counts.
    fn around_all(&mut self, radius_km: f64) {
        self.resolved.around_km = Some(radius_km);
        let areas = bounds::around_each(&self.resolved, radius_km);
        self.whereabouts.areas.extend(areas);
        self.whereabouts.radius_km = Some(radius_km);
        if let Some(spot) = &mut self.spot {
            spot.radius_km = radius_km;
        }
    }

    fn resolve_near(&mut self, found: &PlaceMatch, radius_km: f64) {
        let fiche = &self.opened.fiches[found.doc as usize];
        let own = self.own_position(found);
        self.spot = Some(Spot::at(found.doc, own.or(fiche.position), radius_km));
        let near = own.map_or_else(|| places::near_of(self.opened, found.doc), Near::Position);
        self.resolved.near = Some(near);
        self.resolved.radius_km = Some(radius_km);
        let around = self.whereabouts.around(fiche, found.alias, radius_km);
        self.mistakes.extend(around.err().map(|mistake| *mistake));
    }

    fn alternative(&self, other: &PlaceMatch, query: &Query, near_km: Option<f64>) -> Alternative {
        let fiche = &self.opened.fiches[other.doc as usize];
        let mut query = query.first_page();
        if let (Some(level), Some(code)) = (fiche.kind.level(), fiche.code) {
            if near_km.is_some() {
                query.near = Some(places::near_of(self.opened, other.doc));
                query.radius_km = near_km;
            } else {
                query.territories.insert(level, vec![code.to_string()]);
            }
        }
        Alternative {
            id: fiche.id.to_string(),
            nom: other.name.clone(),
            precision: places::where_it_lies(self.opened, other.doc),
            requete: query.canonical(),
        }
    }
}
