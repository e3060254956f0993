//! How fast plans and answers are over the operator's files, on one thread, with a seeded mix of
//! queries; and how that grows when the initiatives and colieux are multiplied.
//!
//! `cargo run --profile measure -p atlaas-search --example search_speed [-- FACTOR]`
#![expect(clippy::unwrap_used, reason = "it stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "it prints what it measures")]

#[path = "../tests/search/full_scale.rs"]
mod full_scale;
#[path = "../tests/search/random.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod random;

use atlaas_model::{Area, DocSet, Facet, Fiche, FicheId, Kind, Level, Position, Schema};
use atlaas_search::{Query, Search};
use random::Random;
use std::{collections::BTreeMap, sync::Arc, time::Instant};

const QUERIES: usize = 2_000;
const REPEATS: usize = 4;
/// Texts of the fuzzed corpus.
const HOSTILE: usize = 5_000;

fn main() {
    let factor: usize = std::env::args()
        .nth(1)
        .map_or(1, |text| text.parse().unwrap());
    let Some((mut fiches, vocabulary)) = full_scale::read() else {
        return;
    };
    multiply(&mut fiches, factor);
    let dir = tempfile::tempdir().unwrap();
    let (fiches, schema) = (Arc::new(fiches), Arc::new(Schema::shipped(vocabulary)));
    let start = Instant::now();
    Search::build(dir.path(), &fiches, &schema).unwrap();
    println!("{} fiches, build {:?}", fiches.len(), start.elapsed());
    let size: u64 = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    let start = Instant::now();
    let search = Search::open(dir.path(), fiches.clone(), schema.clone()).unwrap();
    println!("open {:?}, index {} KB", start.elapsed(), size / 1024);

    println!("{} MB resident", resident_mb());
    measure(&search, &fiches);
    hostile(&search);
    println!("{} MB resident", resident_mb());
}

fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// A fuzzed corpus: every text is answered, or refused by name of the parameter; how long it takes.
fn hostile(search: &Search) {
    let mut random = Random(20_261_123);
    let (mut times, mut refused) = (Vec::new(), 0);
    for _ in 0..HOSTILE {
        let text = match random.below(5) {
            0 => noise(&mut random),
            1 => noise(&mut random).replace(|letter: char| !letter.is_alphanumeric(), " "),
            2 => format!("près de {}", noise(&mut random)),
            3 => {
                let piece = *random.pick(&["saint ", "de ", "é", "🙂", "a b ", "rue de la ", "9"]);
                piece.repeat(1 + random.below(200))
            }
            _ => {
                let words = search.fiches()[random.below(search.fiches().len())]
                    .text
                    .clone();
                words
                    .chars()
                    .map(|letter| if random.below(9) == 0 { 'z' } else { letter })
                    .collect()
            }
        };
        let start = Instant::now();
        match Query::parse(&[pair("q", &text)], search.schema(), &[]) {
            Ok(query) => {
                let plan = search.plan(&query).unwrap();
                search.execute(&plan, None, &|_| None).unwrap();
                times.push(start.elapsed().as_micros());
            }
            Err(mistakes) => {
                assert_eq!(mistakes[0].parametre, "q");
                refused += 1;
            }
        }
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "fuzzed corpus: {} answered, {refused} refused; p50 {} µs, p99 {} µs, p99.9 {} µs, most {} µs",
        times.len(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

/// Times every query of the mix and prints percentiles by family.
fn measure(search: &Search, fiches: &[Fiche]) {
    let schema = search.schema();
    let positions: Vec<Option<Position>> = fiches.iter().map(|fiche| fiche.position).collect();
    let mut random = Random(20_261_122);
    let mix: Vec<(&str, Vec<(String, String)>)> =
        (0..QUERIES).map(|_| ask(fiches, &mut random)).collect();
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
            let Ok(query) = Query::parse(pairs, schema, &[]) else {
                continue;
            };
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
            "{family:>12}: n {:5}  p50 {:5} µs  p90 {:5} µs  p99 {:5} µs  p99.9 {:5} µs  max {:5} µs",
            times.len(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(0.999),
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

/// Letters of many kinds and query syntax at random.
fn noise(random: &mut Random) -> String {
    let letters = "abcdefghijklmnopqrstuvwxyzéèàçœ'’-\"*(: 🙂中0123456789";
    let letters: Vec<char> = letters.chars().collect();
    let length = 1 + random.below(200);
    (0..length).map(|_| *random.pick(&letters)).collect()
}

/// A word with one wrong letter.
fn misspell(word: &str, random: &mut Random) -> String {
    let mut typed: Vec<char> = word.chars().collect();
    let at = random.below(typed.len());
    typed[at] = 'x';
    typed.into_iter().collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// One query of the mix: words of real titles, places, facets, typing mistakes, browsing, noise.
fn ask(fiches: &[Fiche], random: &mut Random) -> (&'static str, Vec<(String, String)>) {
    let first = fiches.partition_point(|fiche| fiche.kind < Kind::point("initiative"));
    let sheet = &fiches[first + random.below(fiches.len() - first)];
    let communes = fiches.partition_point(|fiche| fiche.kind <= Level::Commune.into());
    let commune = &fiches[random.below(communes)];
    let long = |word: &&str| word.len() > 3;
    let mut words: Vec<&str> = sheet.name.split_whitespace().filter(long).collect();
    words.push("numérique");
    let word = words[random.below(words.len())];
    let q = |text: &str| vec![pair("q", text)];
    match random.below(11) {
        0 => {
            let kind = random.pick(&["initiative", "colieu", "commune"]);
            ("browse", vec![pair("type", kind)])
        }
        1 => ("word", q(word)),
        2 | 3 => {
            let start = random.below(words.len());
            let some: Vec<&str> = words.iter().skip(start).take(3).copied().collect();
            ("words", q(&some.join(" ")))
        }
        4 => ("word+place", q(&format!("{word} {}", commune.name))),
        5 => ("place", q(&commune.name)),
        6 => ("typo", q(&misspell(word, random))),
        7 => {
            let enjeu = sheet.slugs(Facet::column("enjeu")).first();
            let enjeu = enjeu.map_or("education", String::as_str);
            let pairs = [pair("enjeu", enjeu), pair("region", "93"), pair("q", word)];
            ("facets", pairs.to_vec())
        }
        8 => {
            let code = commune.code.map_or("13056".into(), |code| code.to_string());
            ("near", vec![pair("pres_de", &code), pair("rayon", "30")])
        }
        9 => ("noise", q(&format!("a {}", noise(random)))),
        _ => ("beginning", q(&word.chars().take(4).collect::<String>())),
    }
}
