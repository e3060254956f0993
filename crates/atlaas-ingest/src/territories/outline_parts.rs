//! Outlines under codes of today: those of former communes and of arrondissements join their commune.

use crate::{
    report::remarks::Remarks,
    territories::{polygon, resolver::Resolver},
};
use atlaas_model::{Action, Code, Outline};
use std::collections::HashMap;

/// Outlines under codes of today. Those of former communes and of arrondissements join the outline
/// of their commune, unless it covers them already.
pub(crate) fn resolve(
    read: Vec<Outline>,
    resolver: &Resolver,
    remarks: &mut Remarks<'_>,
) -> Vec<Outline> {
    let mut resolved = Vec::with_capacity(read.len());
    remarks.at(0);
    for outline in read {
        if let Some((today, _)) = resolver.by_code(outline.code) {
            resolved.push((today, outline));
        } else {
            let advice = "contour d'une commune inconnue, laissé de côté : vérifier son code";
            remarks.note(Action::Refuse, "code", outline.code.as_str(), advice);
        }
    }
    // Communes of today first: what they cover is known before any part comes.
    resolved.sort_by_key(|(today, outline)| (outline.code != *today, *today, outline.code));
    let mut ranks: HashMap<Code, usize> = HashMap::with_capacity(resolved.len());
    let mut out: Vec<Outline> = Vec::with_capacity(resolved.len());
    for (today, mut outline) in resolved {
        let own = std::mem::replace(&mut outline.code, today);
        let Some(&rank) = ranks.get(&today) else {
            if own != today {
                let advice = format!("contour d'une partie de {today}, qui n'en a pas d'autre");
                remarks.note(Action::Repare, "code", own.as_str(), advice);
            }
            ranks.insert(today, out.len());
            out.push(outline);
            continue;
        };
        join(own, outline, &mut out[rank], remarks);
    }
    out
}

/// Adds an outline to that of its commune, unless it is there.
fn join(own: Code, mut part: Outline, whole: &mut Outline, remarks: &mut Remarks<'_>) {
    let covered = polygon::centre(&part)
        .is_some_and(|centre| polygon::distance_to_outline_km(whole, centre) == 0.0);
    if covered {
        let advice = format!(
            "contour déjà compris dans celui de {} : laissé de côté",
            whole.code
        );
        remarks.note(Action::Ignore, "code", own.as_str(), advice);
        return;
    }
    let advice = format!("contour d'une partie de {} : joint au sien", whole.code);
    remarks.note(Action::Repare, "code", own.as_str(), advice);
    whole.polygons.append(&mut part.polygons);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::territories::decoupage::{Commune, CommunePart, Decoupage};
    use atlaas_model::{AliasKind, Report};

    fn square(code: &str, west: f64, side: f64) -> Outline {
        let east = west + side;
        Outline {
            code: code.parse().unwrap(),
            polygons: vec![vec![vec![
                [west, 0.0],
                [east, 0.0],
                [east, side],
                [west, side],
            ]]],
        }
    }

    #[test]
    fn parts_join_their_commune_unless_it_covers_them() {
        let commune = |code: &str| Commune {
            code: code.parse().unwrap(),
            name: code.to_owned(),
            departement: None,
            region: None,
            epci: None,
            siren: None,
            postcodes: Vec::new(),
            population: None,
            former_codes: Vec::new(),
            centre: None,
        };
        let part = |code: &str| CommunePart {
            code: code.parse().unwrap(),
            name: code.to_owned(),
            kind: AliasKind::Arrondissement,
            parent: "75056".parse().unwrap(),
            postcodes: Vec::new(),
            population: None,
            centre: None,
        };
        let resolver = Resolver::new(&Decoupage {
            communes: vec![commune("75056"), commune("01001")],
            parts: vec![part("75101"), part("75102")],
            ..Decoupage::default()
        });
        let mut report = Report::default();
        let mut counts = |outlines| {
            let mut remarks = Remarks::on(&mut report, "x");
            let resolved = resolve(outlines, &resolver, &mut remarks);
            resolved
                .iter()
                .map(|o| (o.code.to_string(), o.polygons.len()))
                .collect::<Vec<_>>()
        };
        let whole = || square("75056", 0.0, 10.0);
        let inside = || square("75101", 1.0, 2.0);
        let beside = || square("75102", 20.0, 2.0);
        assert_eq!(counts(vec![inside(), whole()]), [("75056".to_owned(), 1)]);
        assert_eq!(counts(vec![beside(), whole()]), [("75056".to_owned(), 2)]);
        assert_eq!(counts(vec![inside(), beside()]), [("75056".to_owned(), 2)]);
        assert_eq!(counts(vec![square("99999", 0.0, 1.0)]), []);
    }
}
