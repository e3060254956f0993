//! Made-up initiatives: a title, a few sentences, an enjeu and what goes with it.

use super::{
    activity::{self, Active},
    grammar::{self, Slots},
    patterns::{Initiatives, Project},
    rng::Rng,
};
use atlaas_model::{Fiche, FicheId, Kind, Name, Position, Precision, Value};
use jiff::civil::Date;
use std::collections::HashSet;

/// How many there are.
pub(crate) const COUNT: usize = 19_000;

/// Enjeux with their category and their share in a thousand.
const ENJEUX: [(&str, &str, u32); 15] = [
    ("education", "partage-des-connaissances", 112),
    ("culture-et-patrimoine", "partage-des-connaissances", 104),
    ("mediation", "partage-des-connaissances", 84),
    ("solidarites", "vivre-ensemble", 78),
    ("cohesion-sociale", "vivre-ensemble", 66),
    ("vie-quotidienne", "vivre-ensemble", 108),
    ("vie-associative", "vivre-ensemble", 60),
    ("services-publics", "democratie-et-services-publics", 118),
    ("democratie-locale", "democratie-et-services-publics", 68),
    ("identite", "democratie-et-services-publics", 24),
    ("cooperation", "democratie-et-services-publics", 28),
    ("innovation", "creation-de-richesses", 54),
    ("attractivite", "creation-de-richesses", 48),
    ("developpement-economique", "creation-de-richesses", 30),
    ("emploi", "creation-de-richesses", 18),
];

/// Weights of the years from 2006 to 2026.
const YEARS: [u32; 21] = [
    2, 3, 10, 11, 23, 19, 32, 43, 52, 64, 80, 96, 100, 104, 127, 82, 63, 51, 42, 30, 8,
];

/// Makes the initiatives of the active communes.
pub(crate) fn make(patterns: &Initiatives, actives: &[Active<'_>], rng: &mut Rng) -> Vec<Fiche> {
    let mut titles = HashSet::new();
    let mut last: Option<(usize, Position)> = None;
    let ranks = activity::deal(actives, COUNT, 1, rng);
    ranks
        .iter()
        .zip(1..)
        .map(|(&rank, number)| {
            let active = &actives[rank];
            let mut fiche = one(patterns, active, &mut titles, rng);
            // Some share their place with the one before: a town hall, a media library.
            let shared = last.filter(|&(at, _)| at == rank && rng.chance(0.12));
            let position = shared.map_or_else(|| activity::scatter(active, rng), |(_, at)| at);
            last = Some((rank, position));
            (fiche.position, fiche.precision) = if rng.chance(0.04) {
                (Some(active.centre), Precision::Commune)
            } else {
                (Some(position), Precision::Point)
            };
            fiche.id = id(Kind::point("initiative"), number);
            fiche
        })
        .collect()
}

/// The id of a made-up fiche.
pub(crate) fn id(kind: Kind, number: usize) -> FicheId {
    FicheId::of_row(kind, &format!("demo-{number:05}"))
        .expect("a kind, a hyphen and digits are always an id")
}

fn one(
    patterns: &Initiatives,
    active: &Active<'_>,
    titles: &mut HashSet<String>,
    rng: &mut Rng,
) -> Fiche {
    let shares = ENJEUX.map(|(.., share)| share);
    let (enjeu, category, _) = ENJEUX[rng.weighted(&shares)];
    let of_enjeu: Vec<&Project> = patterns
        .projet
        .iter()
        .filter(|p| p.enjeu == enjeu)
        .collect();
    let project = rng.pick(&of_enjeu).copied();
    let year = 2006 + rng.weighted(&YEARS) as u16;
    let mut title = String::new();
    let mut text = String::new();
    if let Some(project) = project {
        let place = rng.pick(&patterns.lieux).map_or("", String::as_str);
        let slots = Slots {
            commune: &active.commune.name,
            place,
            name: "",
            year,
        };
        title = fresh_title(project, &slots, titles, rng);
        text = describe(project, patterns, &slots, rng);
    }
    let mut fiche = Fiche::new(
        id(Kind::point("initiative"), 0),
        Kind::point("initiative"),
        title,
    );
    fiche.text = text;
    fiche.territory = active.territory();
    fiche.values.set(Name::known("annee"), Value::Year(year));
    fiche.updated = updated(year, rng);
    fiche
        .values
        .add_terms(Name::known("enjeu"), vec![enjeu.to_owned()]);
    let categories = vec![category.to_owned()];
    fiche.values.add_terms(Name::known("categorie"), categories);
    if let Some(project) = project {
        let services = some(&project.services, rng);
        if !services.is_empty() && rng.chance(0.7) {
            fiche.values.add_terms(Name::known("services"), services);
        }
        let mut publics = some(&project.publics, rng);
        if publics.is_empty() {
            publics.push("tous-publics".to_owned());
        }
        fiche.values.add_terms(Name::known("publics"), publics);
    }
    fiche
}

/// A title that no other initiative has, if a few attempts find one.
fn fresh_title(
    project: &Project,
    slots: &Slots<'_>,
    titles: &mut HashSet<String>,
    rng: &mut Rng,
) -> String {
    let mut title = String::new();
    for attempt in 0..12 {
        let base = grammar::expand(&project.titre, slots, rng);
        let bare = attempt < 2 && rng.chance(0.3);
        title = match rng.below(3) {
            _ if bare => base,
            0 => grammar::expand(&format!("{base} {{a}}"), slots, rng),
            1 => grammar::expand(&format!("{base}, {{lieu}}"), slots, rng),
            _ => grammar::expand(&format!("{{commune}} : {}", lower(&base)), slots, rng),
        };
        if titles.insert(title.clone()) {
            break;
        }
    }
    title
}

/// The text with a small first letter.
fn lower(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|c| c.to_lowercase().collect::<String>());
    first.unwrap_or_default() + characters.as_str()
}

/// One to three sentences.
fn describe(project: &Project, patterns: &Initiatives, slots: &Slots<'_>, rng: &mut Rng) -> String {
    let mut text = grammar::expand(&project.texte, slots, rng);
    if rng.chance(0.25) {
        text = grammar::expand(&format!("{{a}}, {}", lower(&text)), slots, rng);
    }
    let more = rng.weighted(&[3, 5, 2]);
    let first = rng.below(patterns.suites.len());
    for step in 0..more {
        // Neighbouring sentences of the list, never the same one twice.
        let suite = &patterns.suites[(first + 3 * step) % patterns.suites.len()];
        text.push(' ');
        text.push_str(&grammar::expand(suite, slots, rng));
    }
    text
}

/// One or two of several.
fn some(several: &[String], rng: &mut Rng) -> Vec<String> {
    let Some(one) = rng.pick(several) else {
        return Vec::new();
    };
    let other = rng
        .pick(several)
        .filter(|&other| other != one && rng.chance(0.5));
    std::iter::once(one).chain(other).cloned().collect()
}

/// A date of the year or of the two after it.
fn updated(year: u16, rng: &mut Rng) -> Option<Date> {
    let year = (i16::try_from(year).ok()? + rng.weighted(&[5, 3, 2]) as i16).min(2026);
    Date::new(year, 1 + rng.below(10) as i8, 1 + rng.below(28) as i8).ok()
}
