//! How fast plans and answers are over the operator's files, on one thread, with a seeded mix of
//! queries; and how that grows when the initiatives and colieux are multiplied.
//!
//! `cargo run --profile measure -p atlaas-search --example search_speed [-- FACTOR]`
#![expect(clippy::print_stdout, reason = "it prints what it measures")]

#[path = "../tests/search/full_scale.rs"]
mod full_scale;
#[path = "../tests/search/random.rs"]
mod random;

use atlaas_model::{Area, DocSet, Fiche, FicheId, Kind, Position};
use atlaas_search::{Query, Search};
use random::Random;
use std::{collections::BTreeMap, sync::Arc, time::Instant};

const QUERIES: usize = 2_000;
const REPEATS: usize = 4;

fn main() {
    let factor: usize = std::env::args()
        .nth(1)
        .map_or(1, |text| text.parse().unwrap());
    let Some((mut fiches, vocabulary)) = full_scale::read() else {
        return;
    };
    multiply(&mut fiches, factor);
    let dir = tempfile::tempdir().unwrap();
    let (fiches, vocabulary) = (Arc::new(fiches), Arc::new(vocabulary));
    let start = Instant::now();
    Search::build(dir.path(), &fiches, &vocabulary).unwrap();
    println!("{} fiches, build {:?}", fiches.len(), start.elapsed());
    let size: u64 = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    let start = Instant::now();
    let search = Search::open(dir.path(), fiches.clone(), vocabulary.clone()).unwrap();
    println!("open {:?}, index {} KB", start.elapsed(), size / 1024);

    let positions: Vec<Option<Position>> = fiches.iter().map(|fiche| fiche.position).collect();
    let mut random = Random(20_261_122);
    let mix: Vec<(&str, Vec<(String, String)>)> =
        (0..QUERIES).map(|_| ask(&fiches, &mut random)).collect();
    let mut times: BTreeMap<&str, Vec<u128>> = BTreeMap::new();
    let mut found = 0_u64;
    // Extra parameters for every query, to see what a part of the answer costs.
    let extra = std::env::args().nth(2).unwrap_or_default();
    let extra: Vec<(String, String)> = extra
        .split_terminator('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for (family, pairs) in &mix {
        {
            let pairs = &[pairs.as_slice(), extra.as_slice()].concat();
            let query = Query::parse(pairs, &vocabulary, &[]).unwrap();
            // The engine's part is not measured here: the scope is made beforehand.
            let Ok(plan) = search.plan(&query) else {
                continue;
            };
            let scope = scope(&plan.areas, &positions);
            // The least of several runs is what it costs when nobody else uses the machine.
            let mut least = u128::MAX;
            for _ in 0..REPEATS {
                let start = Instant::now();
                let plan = search.plan(&query).unwrap();
                let distance = |doc: u32| Some(positions[doc as usize]?.distance_km(plan.origin?));
                let answer = search.execute(&plan, scope.as_ref(), &distance).unwrap();
                found += u64::from(answer.matched);
                least = least.min(start.elapsed().as_micros());
            }
            times.entry(family).or_default().push(least);
            times.entry("all").or_default().push(least);
        }
    }
    for (family, mut times) in times {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!(
            "{family:>12}: n {:5}  p50 {:5} µs  p90 {:5} µs  p99 {:5} µs  max {:5} µs",
            times.len(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0),
        );
    }
    println!("found {found}");
}

/// Copies of the own content under other ids; territories stay as they are.
fn multiply(fiches: &mut Vec<Fiche>, factor: usize) {
    let own: Vec<Fiche> = fiches
        .iter()
        .filter(|fiche| !fiche.kind.is_territory())
        .cloned()
        .collect();
    for copy in 1..factor {
        for fiche in &own {
            let mut fiche = fiche.clone();
            let id = format!("{}.{copy}", fiche.id);
            fiche.id = FicheId::of_row(fiche.kind, &id).unwrap();
            fiches.push(fiche);
        }
    }
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
}

fn scope(areas: &[Area], positions: &[Option<Position>]) -> Option<DocSet> {
    let mut set: Option<DocSet> = None;
    for area in areas {
        let Area::Disc { centre, radius_km } = area else {
            continue;
        };
        let inside = (0..).zip(positions).filter(|(_, position)| {
            position.is_some_and(|position| position.distance_km(*centre) <= *radius_km)
        });
        let found = DocSet::from_docs(positions.len() as u32, inside.map(|(doc, _)| doc));
        match &mut set {
            Some(set) => set.intersect(&found),
            None => set = Some(found),
        }
    }
    set
}

/// One query of the mix: words of real titles, places, facets, typing mistakes, browsing.
fn ask(fiches: &[Fiche], random: &mut Random) -> (&'static str, Vec<(String, String)>) {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let initiatives: usize = fiches.iter().filter(|f| f.kind == Kind::Initiative).count();
    let first = fiches.len() - initiatives;
    let sheet = &fiches[first + random.below(initiatives)];
    let communes = fiches
        .iter()
        .take_while(|f| f.kind == Kind::Commune)
        .count();
    let commune = &fiches[random.below(communes)];
    let words: Vec<&str> = sheet
        .name
        .split_whitespace()
        .filter(|word| word.len() > 3)
        .collect();
    let word = if words.is_empty() {
        "numérique"
    } else {
        words[random.below(words.len())]
    };
    let enjeu = sheet
        .terms
        .get(&atlaas_model::Facet::Enjeu)
        .and_then(|slugs| slugs.first());
    match random.below(10) {
        0 => (
            "browse",
            vec![pair(
                "type",
                *random.pick(&["initiative", "colieu", "commune"]),
            )],
        ),
        1 => ("word", vec![pair("q", word)]),
        2 | 3 => {
            let start = random.below(words.len().max(1));
            let some: Vec<&str> = words.iter().skip(start).take(3).copied().collect();
            (
                "words",
                vec![pair("q", &format!("{word} {}", some.join(" ")))],
            )
        }
        4 => (
            "word+place",
            vec![pair("q", &format!("{word} {}", commune.name))],
        ),
        5 => ("place", vec![pair("q", &commune.name)]),
        6 => {
            let mut typed: Vec<char> = word.chars().collect();
            let at = random.below(typed.len());
            typed[at] = 'x';
            (
                "typo",
                vec![pair("q", &typed.into_iter().collect::<String>())],
            )
        }
        7 => (
            "facets",
            vec![
                pair("enjeu", enjeu.map_or("education", String::as_str)),
                pair("region", "93"),
                pair("q", word),
            ],
        ),
        8 => (
            "near",
            vec![
                pair(
                    "pres_de",
                    commune
                        .code
                        .map_or("13056".into(), |c| c.to_string())
                        .as_str(),
                ),
                pair("rayon", "30"),
            ],
        ),
        _ => {
            let cut: String = word.chars().take(4).collect();
            ("beginning", vec![pair("q", &cut)])
        }
    }
}
