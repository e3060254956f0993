//! Where the arrondissements of Paris, Lyon and Marseille lie: the open division does not say it, so it
//! is computed from what is at hand.
//!
//! The mean of the positions of the objects that bear the post code of one, whatever their layer. An
//! object far from the commune is not counted; an arrondissement without any stays without a position,
//! and its commune's serves. Each is a line of the report.

use crate::{points::surroundings::FAR_KM, report::remarks::Remarks};
use atlaas_model::{Action, AliasKind, Code, Fiche, Position, Precision};
use std::collections::HashMap;

/// Positions that bear a post code of a commune, added up.
#[derive(Clone, Copy, Default)]
struct Gathered {
    longitude: f64,
    latitude: f64,
    count: u32,
}

impl Gathered {
    fn add(&mut self, position: Position) {
        self.longitude += position.longitude();
        self.latitude += position.latitude();
        self.count += 1;
    }

    fn mean(self) -> Option<Position> {
        let round = |degrees: f64| (degrees / f64::from(self.count) * 1e5).round() / 1e5;
        Position::new(round(self.longitude), round(self.latitude)).ok()
    }
}

/// Gives each arrondissement among the territories the middle of the objects that bear its post code.
pub(crate) fn place(territories: &mut [Fiche], objects: &[Fiche], remarks: &mut Remarks<'_>) {
    let divided: HashMap<Code, Option<Position>> = territories
        .iter()
        .filter(|fiche| fiche.aliases.iter().any(|alias| is_unplaced(alias.kind)))
        .filter_map(|fiche| Some((fiche.code?, fiche.position)))
        .collect();
    let mut moments: HashMap<(Code, &str), Gathered> = HashMap::new();
    for object in objects {
        let Some((commune, position)) = object.territory.commune.zip(object.position) else {
            continue;
        };
        let Some(centre) = divided.get(&commune) else {
            continue;
        };
        let near = centre.is_none_or(|centre| centre.distance_km(position) <= FAR_KM);
        if near && object.precision == Precision::Point {
            for postcode in &object.postcodes {
                moments
                    .entry((commune, postcode))
                    .or_default()
                    .add(position);
            }
        }
    }
    for fiche in territories {
        let Some(commune) = fiche.code.filter(|code| divided.contains_key(code)) else {
            continue;
        };
        for alias in &mut fiche.aliases {
            if !is_unplaced(alias.kind) || alias.position.is_some() {
                continue;
            }
            let mut all = Gathered::default();
            let own = alias.postcodes.iter();
            for one in own.filter_map(|postcode| moments.get(&(commune, postcode.as_str()))) {
                all.longitude += one.longitude;
                all.latitude += one.latitude;
                all.count += one.count;
            }
            alias.position = all.mean();
            let advice = match alias.position {
                Some(_) => format!(
                    "position de l'arrondissement calculée : milieu de {} fiches de son code postal",
                    all.count
                ),
                None => {
                    "arrondissement sans position : celle de sa commune en tient lieu".to_owned()
                }
            };
            remarks.note(Action::Repare, "centre", &alias.name, advice);
        }
    }
}

fn is_unplaced(kind: AliasKind) -> bool {
    kind == AliasKind::Arrondissement
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{Alias, FicheId, Kind, Level, Report};

    fn paris() -> Fiche {
        let code: Code = "75056".parse().unwrap();
        let id = FicheId::territory(Level::Commune, code);
        let mut fiche = Fiche::new(id, Level::Commune, "Paris".into());
        fiche.code = Some(code);
        fiche.position = Position::new(2.347, 48.8589).ok();
        fiche.aliases = ["75011", "75012"]
            .map(|postcode| Alias {
                name: format!("Paris {}e Arrondissement", &postcode[3..]),
                code: format!("751{}", &postcode[3..]).parse().ok(),
                kind: AliasKind::Arrondissement,
                population: None,
                postcodes: vec![postcode.into()],
                position: None,
            })
            .to_vec();
        fiche
    }

    fn object(postcode: &str, [longitude, latitude]: [f64; 2], precision: Precision) -> Fiche {
        let kind = Kind::point("colieu");
        let id = FicheId::of_row(kind, "a").unwrap();
        let mut fiche = Fiche::new(id, kind, "Atelier".into());
        fiche.territory.commune = "75056".parse().ok();
        fiche.position = Position::new(longitude, latitude).ok();
        fiche.precision = precision;
        fiche.postcodes = vec![postcode.into()];
        fiche
    }

    #[test]
    fn an_arrondissement_lies_amid_what_bears_its_post_code() {
        let objects = [
            object("75012", [2.38, 48.84], Precision::Point),
            object("75012", [2.40, 48.85], Precision::Point),
            object("75012", [2.347, 48.8589], Precision::Commune),
            object("75012", [5.0, 43.0], Precision::Point),
            object("75020", [2.40, 48.86], Precision::Point),
        ];
        let mut territories = [paris()];
        let mut report = Report::default();
        let mut remarks = Remarks::on(&mut report, "communes.json");
        place(&mut territories, &objects, &mut remarks);
        drop(remarks);
        let positions: Vec<_> = territories[0]
            .aliases
            .iter()
            .map(|one| one.position)
            .collect();
        assert_eq!(positions, [None, Position::new(2.39, 48.845).ok()]);
        assert_eq!(report.lines.len(), 2);
        assert!(report.lines[1].advice.contains("milieu de 2 fiches"));
    }
}
