//! Made-up places of digital mediation, with the values of the national schema.

use super::{
    activity::{self, Active},
    french,
    grammar::{self, Slots},
    initiatives::id,
    patterns::{Colieux, Venue},
    rng::Rng,
};
use crate::values::terms::add;
use atlaas_model::{Fiche, Kind, Name, Precision};
use jiff::civil::Date;
use std::collections::HashSet;

/// How many there are.
pub(crate) const COUNT: usize = 5000;

/// Services with their share.
const SERVICES: [(&str, u32); 9] = [
    ("maitrise-des-outils-numeriques-du-quotidien", 41),
    ("acces-internet-et-materiel-informatique", 33),
    ("aide-aux-demarches-administratives", 26),
    ("loisirs-et-creations-numeriques", 12),
    ("insertion-professionnelle-via-le-numerique", 10),
    ("parentalite-et-education-avec-le-numerique", 9),
    ("utilisation-securisee-du-numerique", 6),
    ("comprehension-du-monde-numerique", 6),
    ("acquisition-de-materiel-informatique-a-prix-solidaire", 5),
];
const PUBLICS: [&str; 5] = [
    "jeunes",
    "etudiants",
    "familles-et-ou-enfants",
    "seniors",
    "femmes",
];
const WAYS: [&str; 4] = [
    "Accompagnement individuel",
    "Dans un atelier collectif",
    "En autonomie",
    "À distance",
];
const HOURS: [&str; 7] = [
    "Mo-Fr 09:00-12:00,14:00-17:00",
    "Mo-Fr 08:30-12:30,13:30-17:00",
    "Tu-Sa 10:00-12:30,14:00-18:30",
    "Mo,Tu,Th,Fr 09:00-12:30,13:30-17:30; We 09:00-12:30",
    "We 14:00-18:00; Sa 09:30-12:30",
    "Tu 09:00-12:00; Th 14:00-19:00",
    "Mo-Th 08:30-12:00,13:30-17:30; Fr 08:30-12:00",
];

/// Makes the colieux of the active communes.
pub(crate) fn make(patterns: &Colieux, actives: &[Active<'_>], rng: &mut Rng) -> Vec<Fiche> {
    let weights: Vec<u32> = patterns.lieu.iter().map(|venue| venue.poids).collect();
    let mut names = HashSet::new();
    activity::deal(actives, COUNT, 1, rng)
        .iter()
        .zip(1..)
        .filter_map(|(&rank, number)| {
            let venue = patterns.lieu.get(rng.weighted(&weights))?;
            let mut fiche = one(patterns, venue, &actives[rank], &mut names, rng);
            fiche.id = id(Kind::point("colieu"), number);
            Some(fiche)
        })
        .collect()
}

fn one(
    patterns: &Colieux,
    venue: &Venue,
    active: &Active<'_>,
    names: &mut HashSet<String>,
    rng: &mut Rng,
) -> Fiche {
    let mut name = String::new();
    let mut text = String::new();
    for attempt in 0..8 {
        let slots = Slots {
            commune: &active.commune.name,
            place: "",
            name: rng.pick(&patterns.noms).map_or("", String::as_str),
            year: 2024,
        };
        name = grammar::expand(&venue.nom, &slots, rng);
        if attempt > 2 && !name.ends_with(&active.commune.name) {
            name = format!("{name}, {}", french::at(&active.commune.name));
        }
        text = grammar::expand(&venue.texte, &slots, rng);
        if names.insert(name.clone()) {
            break;
        }
    }
    let mut fiche = Fiche::new(id(Kind::point("colieu"), 0), Kind::point("colieu"), name);
    fiche.text = text;
    fiche.territory = active.territory();
    fiche.position = Some(activity::scatter(active, rng));
    fiche.precision = Precision::Point;
    fiche
        .postcodes
        .extend(active.commune.postcodes.first().cloned());
    let street = rng.pick(&patterns.rues).map_or("", String::as_str);
    fiche.address = Some(format!("{} {street}", 1 + rng.below(60)));
    fiche.updated = Date::new(
        2022 + rng.below(5) as i16,
        1 + rng.below(10) as i8,
        1 + rng.below(28) as i8,
    )
    .ok();
    classify(&mut fiche, venue, rng);
    fiche
}

fn classify(fiche: &mut Fiche, venue: &Venue, rng: &mut Rng) {
    let kind_of_place = vec![venue.typologie.clone()];
    fiche
        .values
        .add_terms(Name::known("typologie"), kind_of_place);
    let shares = SERVICES.map(|(_, share)| share);
    let mut services: Vec<String> = Vec::new();
    if venue.typologie == "rfs" {
        services.push("aide-aux-demarches-administratives".to_owned());
    }
    for _ in 0..=rng.below(4) {
        let service = SERVICES[rng.weighted(&shares)].0.to_owned();
        if !services.contains(&service) {
            services.push(service);
        }
    }
    fiche.values.add_terms(Name::known("services"), services);
    if rng.chance(0.5) {
        let first = rng.below(PUBLICS.len());
        let count = 1 + rng.below(2);
        let publics = (0..count).map(|step| PUBLICS[(first + 2 * step) % PUBLICS.len()].to_owned());
        fiche
            .values
            .add_terms(Name::known("publics"), publics.collect());
    }
    if rng.chance(0.75) {
        let hours = rng.pick(&HOURS).map(|&hours| hours.to_owned());
        add(fiche, "horaires", hours.into_iter().collect());
    }
    let free = if rng.chance(0.8) { "Gratuit" } else { "Payant" };
    add(fiche, "frais_a_charge", vec![free.to_owned()]);
    let first = rng.below(WAYS.len());
    let ways = (0..=rng.below(2)).map(|step| WAYS[(first + step) % WAYS.len()].to_owned());
    let ways: Vec<String> = ways.collect();
    add(fiche, "modalites_accompagnement", ways);
    let programme = match venue.typologie.as_str() {
        "rfs" => Some("France Services"),
        _ if rng.chance(0.25) => Some("Aidants Connect"),
        _ if rng.chance(0.15) => Some("Conseillers numériques"),
        _ => None,
    };
    let programme = programme.map(str::to_owned).into_iter().collect();
    add(fiche, "dispositif_programmes_nationaux", programme);
}
