//! What people ask in their own words, and how often they get nothing: a subject and a place, said in
//! several ways.
//!
//! `cargo run --profile measure -p atlaas-benches --bin asked -- SNAPSHOTS [how many]`. Seeded. A hit
//! counts only if the first five bear a word of the subject: a place alone is no answer. It asserts that
//! no query is refused and that at most one in a hundred finds nothing.

use atlaas_benches::seeded::Seeded;
use atlaas_engine::{Comprehension, SearchAnswer, Snapshot};
use atlaas_model::{Fiche, Kind, Level, slug};
use atlaas_search::{Query, words};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What is looked for, as people say it.
const SUBJECTS: [&str; 48] = [
    "fablab",
    "wifi public",
    "médiathèque",
    "tablettes à l'école",
    "apprendre internet aux seniors",
    "france services",
    "covoiturage",
    "budget participatif",
    "démarches en ligne",
    "aide aux démarches administratives",
    "cyberbase",
    "espace public numérique",
    "coworking",
    "atelier informatique",
    "vote électronique",
    "open data",
    "données ouvertes",
    "application mobile de la ville",
    "signaler un problème dans la rue",
    "caméras",
    "éclairage public connecté",
    "capteurs",
    "compteurs d'eau communicants",
    "portail famille",
    "cantine en ligne",
    "inscription école en ligne",
    "conseil municipal retransmis",
    "réseaux sociaux de la commune",
    "tiers lieu",
    "ressourcerie",
    "ordinateur d'occasion",
    "fibre optique",
    "télétravail",
    "conseiller numérique",
    "maison des jeunes",
    "mission locale",
    "handicap accessibilité du site",
    "visite virtuelle du patrimoine",
    "archives numérisées",
    "bibliothèque numérique",
    "robot",
    "drone",
    "impression 3d",
    "jeux vidéo",
    "repair café",
    "dématérialisation des marchés publics",
    "carte interactive",
    "cahier de texte numérique",
];

/// Ways to say a subject and a place.
const PHRASINGS: [&str; 10] = [
    "{s} {p}",
    "{s} à {p}",
    "{p} {s}",
    "{s} près de {p}",
    "{s} {p} 20 km",
    "{s} autour de {p}",
    "{s} à côté de {p}",
    "{s} vers {p}",
    "où trouver {s} à {p}",
    "{s} pas loin de {p}",
];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = || io::Error::other("asked SNAPSHOTS [how many]");
    let directory = arguments.next().ok_or_else(usage)?;
    let most: usize = arguments
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(2_000);
    let snapshot = Snapshot::open(Path::new(&directory), 64 << 20).map_err(io::Error::other)?;
    let catalogue = snapshot.catalogue();
    let towns: Vec<&Fiche> = catalogue
        .fiches()
        .iter()
        .filter(|fiche| fiche.kind == Level::Commune && fiche.population() > Some(8_000))
        .collect();
    let mut seeded = Seeded(15);
    let mut tally = Tally::default();
    for rank in 0..most {
        let subject = SUBJECTS[seeded.below(SUBJECTS.len())];
        let town = towns[seeded.below(towns.len())];
        let phrasing = PHRASINGS[rank % PHRASINGS.len()];
        let name = match rank % 3 {
            0 => town.name.clone(),
            1 => town.name.to_lowercase(),
            _ => atlaas_search::fold(&town.name).replace(['-', '\''], " "),
        };
        let q = phrasing.replace("{s}", subject).replace("{p}", &name);
        let asked = Asked {
            q,
            subject,
            town,
            phrasing,
        };
        tally.ask(&snapshot, &asked);
    }
    let out = &mut io::stdout().lock();
    by_name(&snapshot, out)?;
    tally.print(out)
}

/// Fiches asked for by their own name, written in five ways: how often one of that name comes first, or
/// among the first five.
fn by_name(snapshot: &Snapshot, out: &mut impl Write) -> io::Result<()> {
    let catalogue = snapshot.catalogue();
    let kinds = [Kind::point("colieu"), Kind::point("initiative")];
    let objects: Vec<&Fiche> = catalogue
        .fiches()
        .iter()
        .filter(|fiche| kinds.contains(&fiche.kind) && fiche.territory.commune.is_some())
        .collect();
    let mut seeded = Seeded(300);
    let mut found = [[0_usize; 3]; 5];
    let mut missed = Vec::new();
    for _ in 0..300 {
        let object = objects[seeded.below(objects.len())];
        let town = object
            .territory
            .commune
            .and_then(|code| catalogue.territory_name(Level::Commune, code));
        let town = town.unwrap_or_default();
        let plain = atlaas_search::fold(&object.name);
        let ways = [
            object.name.clone(),
            object.name.to_lowercase(),
            plain.clone(),
            format!("{} {town}", object.name),
            format!("{plain} {}", town.to_lowercase()),
        ];
        for (way, q) in ways.iter().enumerate() {
            let rank = rank_of(snapshot, q, &plain);
            found[way][0] += 1;
            found[way][1] += usize::from(rank == Some(0));
            found[way][2] += usize::from(rank.is_some_and(|rank| rank < 5));
            if rank != Some(0) {
                missed.push(format!("{q} [{rank:?}]"));
            }
        }
    }
    let ways = [
        "written",
        "lowered",
        "plain",
        "with town",
        "plain with town",
    ];
    for (way, [asked, first, in_five]) in ways.iter().zip(found) {
        let line = format!("first {first}, in five {in_five} of {asked}");
        writeln!(out, "by name, {way}: {line}")?;
    }
    for line in missed.iter().take(shown()) {
        writeln!(out, "  not first: {line}")?;
    }
    Ok(())
}

/// Where in the answer to some words a fiche of that folded name stands.
fn rank_of(snapshot: &Snapshot, q: &str, name: &str) -> Option<usize> {
    let pairs = [("q".to_owned(), q.to_owned())];
    let query = Query::parse(&pairs, snapshot.schema(), &[]).ok()?;
    let answer = snapshot.answer(&query).ok()?;
    let named = |doc| atlaas_search::fold(&snapshot.catalogue().fiche(doc).name) == name;
    let mut hits = answer.answer.hits.iter();
    hits.position(|hit| named(hit.doc))
}

/// How many examples are printed of each kind of miss.
fn shown() -> usize {
    let shown = std::env::var("ATLAAS_SHOW");
    shown.ok().and_then(|n| n.parse().ok()).unwrap_or(10)
}

#[derive(Default)]
struct Tally {
    asked: usize,
    refused: Vec<String>,
    nothing: Vec<String>,
    elsewhere: Vec<String>,
    by_phrasing: BTreeMap<&'static str, [usize; 3]>,
    by_step: BTreeMap<String, usize>,
    climbed: Vec<Duration>,
    direct: Vec<Duration>,
}

/// A question.
struct Asked<'a> {
    q: String,
    subject: &'static str,
    town: &'a Fiche,
    phrasing: &'static str,
}

impl Tally {
    fn ask(&mut self, snapshot: &Snapshot, asked: &Asked<'_>) {
        let Asked { q, phrasing, .. } = asked;
        self.asked += 1;
        let pairs = [("q".to_owned(), q.clone())];
        let vocabulary = snapshot.schema();
        let start = Instant::now();
        let answer = Query::parse(&pairs, vocabulary, &[])
            .map_err(|mistakes| format!("{mistakes:?}"))
            .and_then(|query| {
                let answer = snapshot.answer(&query);
                answer.map_err(|error| format!("{error:?}"))
            });
        let took = start.elapsed();
        let count = self.by_phrasing.entry(phrasing).or_default();
        count[0] += 1;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return self.refused.push(format!("{q}: {error}")),
        };
        let told = &answer.plan.comprehension;
        let place = told.lieu.as_ref().and_then(|place| place.id.clone());
        if place.as_deref() != Some(asked.town.id.to_string().as_str()) {
            count[2] += 1;
            self.elsewhere.push(format!("{q} → {place:?}"));
        }
        if !bears(snapshot, &answer, asked.subject) {
            count[1] += 1;
            let said = format!("{q} → {:?} {}", told.texte, answer.answer.matched);
            self.nothing.push(said);
        }
        self.time(told, took);
    }

    fn time(&mut self, told: &Comprehension, took: Duration) {
        let times = if told.requete.is_none() {
            &mut self.direct
        } else {
            &mut self.climbed
        };
        times.push(took);
        let step = told.elargissement.as_ref().map_or_else(
            || "in the place".to_owned(),
            |wider| format!("{} {}", wider.etape, wider.rayon_km.unwrap_or_default()),
        );
        let step = format!("{step}, {} words let go", told.mots_laisses.len());
        *self.by_step.entry(step).or_default() += 1;
    }

    fn print(mut self, out: &mut impl Write) -> io::Result<()> {
        let share = |n: usize| 100.0 * n as f64 / self.asked as f64;
        writeln!(
            out,
            "asked {}: nothing {:.1} %, another place {:.1} %, refused {}",
            self.asked,
            share(self.nothing.len()),
            share(self.elsewhere.len()),
            self.refused.len()
        )?;
        for (phrasing, [asked, nothing, elsewhere]) in &self.by_phrasing {
            writeln!(
                out,
                "  {phrasing}: {asked}, nothing {nothing}, another place {elsewhere}"
            )?;
        }
        for (step, n) in &self.by_step {
            writeln!(out, "  {step}: {n}")?;
        }
        for (name, times) in [("direct", &mut self.direct), ("climbed", &mut self.climbed)] {
            times.sort_unstable();
            let at = |share: f64| {
                times
                    .get((times.len() as f64 * share) as usize)
                    .copied()
                    .unwrap_or_default()
            };
            writeln!(
                out,
                "  {name}: {} p50 {:?} p99 {:?}",
                times.len(),
                at(0.5),
                at(0.99)
            )?;
        }
        for (name, list) in [
            ("refused", &self.refused),
            ("nothing", &self.nothing),
            ("another place", &self.elsewhere),
        ] {
            for line in list.iter().take(shown()) {
                writeln!(out, "  {name}: {line}")?;
            }
        }
        if !self.refused.is_empty() || share(self.nothing.len()) > 1.0 {
            return Err(io::Error::other("people get nothing"));
        }
        Ok(())
    }
}

/// Whether the first five hits are about a subject: one bears a word of it, or a term or a text of the
/// thesaurus that the answer says to have taken for it.
fn bears(snapshot: &Snapshot, answer: &SearchAnswer, subject: &str) -> bool {
    let recognised = &answer.plan.comprehension.facettes;
    let close = &answer.plan.comprehension.sens_proches;
    let terms: Vec<String> = close
        .iter()
        .flat_map(|meaning| &meaning.termes)
        .map(|name| slug(name))
        .collect();
    let texts: Vec<&String> = close.iter().flat_map(|meaning| &meaning.textes).collect();
    let facets = snapshot.schema().facets();
    answer.answer.hits.iter().take(5).any(|hit| {
        let fiche = snapshot.catalogue().fiche(hit.doc);
        let of_the_kind = recognised
            .iter()
            .any(|term| fiche.slugs(term.facette).contains(&term.valeur));
        let of_close_meaning = || {
            let bears = |term: &String| {
                facets
                    .iter()
                    .any(|info| fiche.slugs(info.facet).contains(term))
            };
            terms.iter().any(bears) || texts.iter().any(|text| mentions(fiche, text))
        };
        of_the_kind
            || hit.title.is_some()
            || hit.text.is_some()
            || mentions(fiche, subject)
            || of_close_meaning()
    })
}

/// Whether a fiche bears a word of a subject: in its name, its text, or a term of a facet.
fn mentions(fiche: &Fiche, subject: &str) -> bool {
    let said: Vec<String> = words(&format!("{} {} {:?}", fiche.name, fiche.text, fiche.values))
        .into_iter()
        .map(|word| word.text)
        .collect();
    words(subject)
        .iter()
        .filter(|word| word.text.len() > 3 || word.text == "3d")
        .any(|word| {
            let root: String = word.text.chars().take(5).collect();
            said.iter().any(|other| other.starts_with(&root))
        })
}
