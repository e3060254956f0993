//! Where a row lies: its commune of today and its position, repaired where that can be known.
//!
//! 1. The commune: by its code (former codes lead to today's), or by its name and post code.
//! 2. The position: from the row, its two numbers exchanged if only that makes sense.
//! 3. A position more than [`FAR_KM`] from its commune is kept and reported.
//! 4. Without a position the row takes the centre of its commune.

use crate::{
    report::remarks::Remarks,
    tables::row::Row,
    territories::polygon,
    territories::resolver::{Resolver, Route},
    values::codes,
    values::position::{self, Found, Meaning, Written},
};
use atlaas_model::{Action, Bbox, Code, Outline, Position, Precision, Territory};
use std::collections::HashMap;

/// How far from its commune a position may lie without a remark.
pub(crate) const FAR_KM: f64 = 25.0;

/// Boxes around the land that belongs to France: west, south, east, north.
const FRANCE: [[f64; 4]; 9] = [
    [-5.5, 41.2, 9.8, 51.3],
    [-63.3, 14.2, -60.7, 18.2],
    [-54.8, 2.0, -51.5, 6.0],
    [44.9, -21.6, 56.0, -12.4],
    [-56.7, 46.5, -55.9, 47.4],
    [163.2, -23.0, 168.5, -19.2],
    [-178.5, -14.6, -175.8, -13.0],
    [-155.0, -28.2, -134.2, -7.6],
    [39.9, -50.2, 78.0, -37.5],
];

/// What surrounds the rows: communes, and their outlines where there are any.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    /// Codes and names.
    pub(crate) resolver: &'a Resolver,
    outlines: HashMap<Code, (Bbox, &'a Outline)>,
}

/// The place of one row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located {
    pub(crate) territory: Territory,
    pub(crate) position: Option<Position>,
    pub(crate) precision: Precision,
}

impl<'a> Surroundings<'a> {
    /// Indexes the outlines by code.
    pub(crate) fn new(resolver: &'a Resolver, outlines: &'a [Outline]) -> Self {
        let boxed = |outline: &'a Outline| Some((outline.code, (polygon::bbox(outline)?, outline)));
        Self {
            resolver,
            outlines: outlines.iter().filter_map(boxed).collect(),
        }
    }

    /// Finds the place of a row.
    pub(crate) fn locate(&self, row: &Row, remarks: &mut Remarks<'_>) -> Located {
        let named = self.commune(row, remarks);
        let position = self.position(row, named, remarks);
        let commune = named.or_else(|| self.commune_at(position?, remarks));
        let place = commune.and_then(|code| self.resolver.place(code));
        let centre = place.and_then(|place| place.centre);
        if position.is_none() && centre.is_none() {
            let advice =
                "ni position ni commune connue : la fiche est listée mais n'est pas sur la carte";
            remarks.note(Action::Garde, "latitude", "", advice);
        }
        Located {
            territory: place.map(|place| place.territory).unwrap_or_default(),
            position: position.or(centre),
            precision: match (position, centre) {
                (Some(_), _) => Precision::Point,
                (None, Some(_)) => Precision::Commune,
                (None, None) => Precision::Inconnue,
            },
        }
    }

    /// The commune of today that the row names.
    fn commune(&self, row: &Row, remarks: &mut Remarks<'_>) -> Option<Code> {
        let (text, name) = (row.get("code_insee"), row.get("commune"));
        let postcode = codes::postcode(&row.get("code_postal")).map(|(postcode, _)| postcode);
        let postcode = postcode.unwrap_or_default();
        let read = codes::commune(&text);
        let mended = read.and_then(|read| read.mended);
        if let Some((today, route)) = read.and_then(|read| self.resolver.by_code(read.code)) {
            let called = self.resolver.place(today).map_or("", |place| &place.name);
            if let Some(mended) = mended {
                let advice = format!("{mended} : {today} ; traiter les codes comme du texte");
                remarks.note(Action::Repare, "code_insee", &text, advice);
            }
            match route {
                Route::Former => {
                    let advice = format!(
                        "ancien code : rattaché à {called} ({today}), commune d'aujourd'hui"
                    );
                    remarks.note(Action::Repare, "code_insee", &text, advice);
                }
                Route::Today | Route::Arrondissement => {}
            }
            return Some(today);
        }
        let guess = self.resolver.by_name(&name, &postcode);
        let found = guess.and_then(|code| Some((code, self.resolver.place(code)?)));
        if codes::is_lost(&text) {
            let advice = "code mangé par un tableur, ses derniers chiffres sont perdus : le redonner, la colonne en format texte";
            remarks.note(Action::Garde, "code_insee", &text, advice);
        }
        match found {
            Some((code, place)) => {
                let advice = format!("commune retrouvée par son nom : {} ({code})", place.name);
                remarks.note(Action::Repare, "code_insee", &text, advice);
            }
            None if text.is_empty() && name.is_empty() => {
                let advice = "pas de commune : donner le code INSEE";
                remarks.note(Action::Garde, "code_insee", "", advice);
            }
            None => {
                let value = if text.is_empty() { &name } else { &text };
                let advice = "commune inconnue : donner le code INSEE d'aujourd'hui";
                remarks.note(Action::Ignore, "code_insee", value, advice);
            }
        }
        guess
    }

    /// The commune whose outline holds the position; the first by code where outlines overlap.
    fn commune_at(&self, position: Position, remarks: &mut Remarks<'_>) -> Option<Code> {
        let holds = |(_, (bbox, outline)): &(&Code, &(Bbox, &Outline))| {
            bbox.contains(position) && polygon::distance_to_outline_km(outline, position) == 0.0
        };
        let code = *self
            .outlines
            .iter()
            .filter(holds)
            .map(|(code, _)| code)
            .min()?;
        let name = self.resolver.place(code).map_or("", |place| &place.name);
        let advice = format!("commune retrouvée par la position : {name} ({code})");
        remarks.note(Action::Repare, "code_insee", "", advice);
        Some(code)
    }

    fn position(
        &self,
        row: &Row,
        commune: Option<Code>,
        remarks: &mut Remarks<'_>,
    ) -> Option<Position> {
        let Written {
            latitude,
            longitude,
            shown,
            mended,
        } = match position::read(row) {
            Found::Nothing => return None,
            Found::Written(written) => written,
            Found::Unreadable(shown) => {
                let advice = "position illisible, remplacée par le centre de la commune : deux nombres en degrés sont attendus";
                remarks.note(Action::Repare, "latitude", &shown, advice);
                return None;
            }
        };
        if let Some(mended) = mended {
            remarks.note(Action::Repare, "latitude", &shown, mended);
        }
        if latitude == 0.0 && longitude == 0.0 {
            let advice = "position 0, 0 au large de l'Afrique, remplacée par le centre de la commune : la donner";
            remarks.note(Action::Repare, "latitude", &shown, advice);
            return None;
        }
        let near = |(position, _): &Meaning| self.away_km(commune, *position) <= FAR_KM;
        let known = commune.is_some_and(|code| self.resolver.place(code).is_some());
        let guesses = known.then(|| position::guesses(latitude, longitude));
        let mut all = position::meanings(latitude, longitude).chain(guesses.into_iter().flatten());
        if let Some((position, said)) = all.find(near) {
            if let Some(said) = said {
                remarks.note(Action::Repare, "latitude", &shown, said);
            }
            return Some(position);
        }
        let as_written = Position::new(longitude, latitude).ok();
        let distance_km = as_written.map_or(f64::INFINITY, |at| self.away_km(commune, at));
        if as_written.is_some() {
            let advice = if distance_km.is_finite() {
                format!(
                    "à {distance_km:.0} km de sa commune : vérifier la position et le code INSEE"
                )
            } else {
                "hors de France : vérifier la position".to_owned()
            };
            remarks.note(Action::Garde, "latitude", &shown, advice);
        } else {
            let advice =
                "position hors de la Terre, remplacée par le centre de la commune : la corriger";
            remarks.note(Action::Repare, "latitude", &shown, advice);
        }
        as_written
    }

    /// Kilometres from the commune to the position, 0 inside; infinite when nothing but the map of
    /// France can tell, and it says no.
    fn away_km(&self, commune: Option<Code>, position: Position) -> f64 {
        let centre = commune
            .and_then(|code| self.resolver.place(code)?.centre)
            .map(|centre| centre.distance_km(position));
        if let Some(distance_km) = centre.filter(|&distance_km| distance_km <= FAR_KM) {
            return distance_km;
        }
        if let Some((bbox, outline)) = commune.and_then(|code| self.outlines.get(&code)) {
            let least_km = polygon::distance_to_bbox_km(bbox, position);
            if least_km > 4.0 * FAR_KM {
                return least_km;
            }
            return polygon::distance_to_outline_km(outline, position);
        }
        centre.unwrap_or_else(|| {
            let within = |&[west, south, east, north]: &[f64; 4]| {
                (west..=east).contains(&position.longitude())
                    && (south..=north).contains(&position.latitude())
            };
            if FRANCE.iter().any(within) {
                0.0
            } else {
                f64::INFINITY
            }
        })
    }
}
