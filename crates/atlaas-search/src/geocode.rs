//! Geocoding as the national address API answers for municipalities: the same names and units.
//!
//! It turns places of the gazetteer into flat records; the HTTP layer wraps them in GeocodeJSON.

pub(crate) mod projection;

use crate::gazetteer::{Gazetteer, LookupOptions};
use atlaas_model::{Alias, AliasKind, Code, DocId, Fiche, Level, Position, TerritoryIndex};
use projection::project;
use serde::Serialize;

/// What to look for.
#[derive(Clone, Debug)]
pub struct GeocodeRequest<'a> {
    /// The text, of which the first 200 characters are read.
    pub text: &'a str,
    /// Most hits, 1 to 100 by the API's custom.
    pub limit: usize,
    /// Whether the text may be unfinished.
    pub autocomplete: bool,
    /// Where the user is.
    pub near: Option<Position>,
    /// Only communes with one of these post codes; empty for all.
    pub postcodes: &'a [String],
    /// Only the communes with these INSEE codes; empty for all.
    pub citycodes: &'a [String],
}

/// A municipality as the address API describes one.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = CommuneGeocodee)]
pub struct GeocodeHit {
    /// The fiche.
    #[serde(skip)]
    pub doc: DocId,
    /// Name as shown.
    pub label: String,
    /// From 0 to 1, six decimals.
    pub score: f64,
    /// INSEE code: of the arrondissement when one was meant.
    pub id: String,
    /// Always `municipality`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Name as shown.
    pub name: String,
    /// First post code, or the one that was asked for; empty when there is none.
    pub postcode: String,
    /// INSEE code.
    pub citycode: String,
    /// Easting in metres, in the plane system of the département.
    pub x: Option<f64>,
    /// Northing in metres.
    pub y: Option<f64>,
    /// Inhabitants.
    pub population: u32,
    /// Name of the commune.
    pub city: String,
    /// `number, département, région`.
    pub context: String,
    /// Rank of the spelling and of the importance, from 0 to 1.
    pub importance: f64,
    /// Where it is.
    #[serde(skip)]
    pub position: Option<Position>,
}

/// Answers geocoding requests from one set of fiches.
#[derive(Clone, Copy, Debug)]
pub struct Geocoder<'a> {
    /// The fiches whose ranks are the [`DocId`]s of the gazetteer.
    pub fiches: &'a [Fiche],
    /// Their territories by code.
    pub territories: &'a TerritoryIndex,
    /// Their names.
    pub gazetteer: &'a Gazetteer,
}

impl Geocoder<'_> {
    /// The municipalities that a text may mean, best first.
    pub fn geocode(&self, request: &GeocodeRequest<'_>) -> Vec<GeocodeHit> {
        let narrowed = !(request.postcodes.is_empty() && request.citycodes.is_empty());
        let options = LookupOptions {
            limit: if narrowed { 200 } else { request.limit },
            near: request.near,
            kinds: vec![Level::Commune],
            autocomplete: request.autocomplete,
        };
        let places = self.gazetteer.lookup(request.text, &options);
        let mut hits = Vec::new();
        for place in places {
            let Some(mut hit) = self.meant(request, place.doc, place.alias) else {
                continue;
            };
            // Six decimals: more would be the noise of single precision.
            hit.score = (f64::from(place.score) * 1e6).round() / 1e6;
            if let Some(postcode) = self.asked_postcode(request, place.doc) {
                hit.postcode = postcode;
            }
            let postcodes = request.postcodes;
            if postcodes.is_empty() || postcodes.contains(&hit.postcode) {
                hits.push(hit);
            }
        }
        hits.truncate(request.limit);
        hits
    }

    /// The record that is meant by the codes that were asked for: of the arrondissements of a commune the
    /// one that bears such a code; `None` when it bears none of them, today or in the past.
    fn meant(
        &self,
        request: &GeocodeRequest<'_>,
        doc: DocId,
        alias: Option<usize>,
    ) -> Option<GeocodeHit> {
        let fiche = self.fiches.get(doc as usize)?;
        let asked = |code: Option<Code>| {
            code.is_some_and(|code| request.citycodes.iter().any(|own| own == code.as_str()))
        };
        let named = alias.and_then(|alias| fiche.aliases.get(alias)?.code);
        if request.citycodes.is_empty() || asked(named) {
            return self.hit_of(doc, alias);
        }
        let arrondissement = |part: &Alias| part.kind == AliasKind::Arrondissement;
        let mut parts = fiche.aliases.iter();
        if let Some(part) = parts.position(|part| arrondissement(part) && asked(part.code)) {
            return self.hit_of(doc, Some(part));
        }
        let mut former = fiche.former_codes.iter().map(|code| Some(*code));
        let mut others = fiche.aliases.iter().map(|part| part.code);
        let known = asked(fiche.code) || former.any(asked) || others.any(asked);
        known.then(|| self.hit_of(doc, None)).flatten()
    }

    /// The post code that was asked for, when the commune has it.
    fn asked_postcode(&self, request: &GeocodeRequest<'_>, doc: DocId) -> Option<String> {
        let fiche = self.fiches.get(doc as usize)?;
        if !request.postcodes.is_empty() {
            let mut asked = request.postcodes.iter();
            return asked.find(|asked| fiche.postcodes.contains(asked)).cloned();
        }
        let asked = crate::text::fold::words(request.text)
            .into_iter()
            .map(|word| word.text)
            .find(|word| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
        fiche.postcodes.contains(&asked).then_some(asked)
    }

    /// The record of a commune, or of one of its names; `None` for any other fiche.
    pub fn hit_of(&self, doc: DocId, alias: Option<usize>) -> Option<GeocodeHit> {
        let fiche = self.fiches.get(doc as usize)?;
        if fiche.kind != Level::Commune {
            return None;
        }
        // A former commune leads to today's; an arrondissement is still a place of its own.
        let part = alias
            .and_then(|alias| fiche.aliases.get(alias))
            .filter(|alias| alias.kind == AliasKind::Arrondissement);
        let name = part.map_or(&fiche.name, |part| &part.name);
        let citycode = part
            .and_then(|part| part.code)
            .or(fiche.code)
            .map_or_else(String::new, |code| code.to_string());
        let postcode = part
            .and_then(|part| part.postcodes.first())
            .or_else(|| main_postcode(fiche));
        let position = part.and_then(|part| part.position).or(fiche.position);
        let departement = fiche.territory.departement;
        let plane = position
            .map(|position| project(position, departement.as_ref().map_or("", Code::as_str)));
        let population = part
            .and_then(|part| part.population)
            .or_else(|| fiche.population());
        Some(GeocodeHit {
            doc,
            label: name.clone(),
            score: 1.0,
            id: citycode.clone(),
            kind: "municipality",
            name: name.clone(),
            postcode: postcode.cloned().unwrap_or_default(),
            citycode,
            x: plane.map(|(x, _)| round(x, 100.0)),
            y: plane.map(|(_, y)| round(y, 100.0)),
            population: population.unwrap_or(0),
            city: name.clone(),
            context: self.context(fiche),
            importance: round(importance(population.unwrap_or(0)), 100_000.0),
            position,
        })
    }

    /// `number, département, région`; one name when both are the same.
    fn context(&self, fiche: &Fiche) -> String {
        let name = |kind| {
            let code = fiche.territory.at(kind)?;
            let doc = self.territories.doc(kind, code)?;
            Some(self.fiches.get(doc as usize)?.name.clone())
        };
        let number = fiche.territory.departement.map(|code| code.to_string());
        let mut parts: Vec<String> = Vec::new();
        for part in [number, name(Level::Departement), name(Level::Region)] {
            if let Some(part) = part.filter(|part| !parts.contains(part)) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }
}

/// The main post code of a commune: the roundest, since La Poste gave it first (Martigues 13500 before
/// 13117). Those of arrondissements are numbers in a row, of which the first is meant.
fn main_postcode(fiche: &Fiche) -> Option<&String> {
    let numbered = |alias: &Alias| alias.kind == AliasKind::Arrondissement;
    if fiche.aliases.iter().any(numbered) {
        return fiche.postcodes.first();
    }
    let zeros = |code: &String| code.len() - code.trim_end_matches('0').len();
    let codes = fiche.postcodes.iter();
    codes.min_by_key(|code| (std::cmp::Reverse(zeros(code)), *code))
}

/// From 0 to 1 with the number of inhabitants, 1 for two million.
fn importance(population: u32) -> f64 {
    (f64::from(population) + 1.0).log10().min(6.3) / 6.3
}

fn round(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}
