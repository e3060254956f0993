//! Known items: queries made from real sheets by rule, judged by rule.
//!
//! Each query is made from one sheet drawn by seed. A hit is right when it bears the same title (a
//! known sheet is looked for), or, for enjeu and place, when it is an initiative of that enjeu in
//! that commune. The measure is the mean reciprocal rank within twenty hits. Other people's titles
//! are not ours to keep, so the set is made anew from the operator's files; the seed fixes it.

use crate::{random::Random, synthetic::World};
use atlaas_model::{Facet, Fiche, Kind, Level, slug};
use atlaas_search::Query;
use std::collections::BTreeMap;

/// Queries of each family.
const EACH: usize = 40;
pub const FAMILIES: [&str; 7] = [
    "title words",
    "no accents",
    "inflected",
    "misspelt",
    "unfinished",
    "title and place",
    "enjeu and place",
];

/// Words of a title that tell something: long enough, without digits.
fn telling(title: &str) -> Vec<String> {
    let words = title.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() > 4 && word.chars().all(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

/// Plural to singular and back.
fn inflect(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(singular) => singular.to_owned(),
        None if word.ends_with('x') => word.to_owned(),
        None => format!("{word}s"),
    }
}

fn misspell(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len() - 1);
    match random.below(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, 'e'),
        _ => letters[at] = 'o',
    }
    letters.into_iter().collect()
}

fn commune_name<'a>(world: &'a World, fiche: &Fiche) -> Option<&'a str> {
    let code = fiche.territory.commune?;
    let doc = world.search.territories().doc(Level::Commune, code)?;
    Some(&world.fiches[doc as usize].name)
}

/// A query of a family from a sheet; `None` when the sheet does not lend itself to it.
fn query(world: &World, family: &str, sheet: &Fiche, random: &mut Random) -> Option<String> {
    let mut words = telling(&sheet.name);
    words.dedup();
    words.truncate(4);
    if words.len() < 3 {
        return None;
    }
    Some(match family {
        "title words" => words.join(" "),
        "no accents" => slug(&words.join(" ")).replace('-', " ").to_uppercase(),
        "inflected" => words
            .iter()
            .map(|word| inflect(word))
            .collect::<Vec<_>>()
            .join(" "),
        "misspelt" => {
            let at = random.below(words.len());
            words[at] = misspell(&words[at], random);
            words.join(" ")
        }
        "unfinished" => {
            let last = words.pop()?;
            let start: String = last.chars().take(4).collect();
            format!("{} {start}", words.join(" "))
        }
        "title and place" => format!("{} {} {}", words[0], words[1], commune_name(world, sheet)?),
        _ => {
            let enjeu = sheet.slugs(Facet::column("enjeu")).first()?;
            let name = world.schema.vocabulary.label(Facet::column("enjeu"), enjeu);
            format!("initiatives {name} à {}", commune_name(world, sheet)?)
        }
    })
}

fn right(family: &str, sheet: &Fiche, hit: &Fiche) -> bool {
    if hit.kind != Kind::point("initiative") {
        return false;
    }
    if family == "enjeu and place" {
        let same = |slug: &String| hit.slugs(Facet::column("enjeu")).contains(slug);
        return hit.territory.commune == sheet.territory.commune
            && sheet
                .slugs(Facet::column("enjeu"))
                .first()
                .is_some_and(same);
    }
    slug(&hit.name) == slug(&sheet.name)
}

/// A query, the family it is of, and the sheet it was made from.
pub struct Case<'a> {
    pub family: &'static str,
    pub q: String,
    pub sheet: &'a Fiche,
}

/// The set: as many queries of each family, drawn by one seed.
pub fn cases(world: &World) -> Vec<Case<'_>> {
    let fiches = &world.fiches;
    let first = fiches.partition_point(|fiche| fiche.kind < Kind::point("initiative"));
    let mut random = Random(120);
    let mut cases = Vec::new();
    for family in FAMILIES {
        let end = cases.len() + EACH;
        while cases.len() < end {
            let sheet = &fiches[first + random.below(fiches.len() - first)];
            if let Some(q) = query(world, family, sheet, &mut random) {
                cases.push(Case { family, q, sheet });
            }
        }
    }
    cases
}

/// FNV-1a of all queries and sheets: tells whether the set is the one that figures were given for.
pub fn digest(cases: &[Case<'_>]) -> u64 {
    let lines = cases
        .iter()
        .map(|case| format!("{}\t{}\t{}\n", case.family, case.q, case.sheet.id));
    lines
        .flat_map(String::into_bytes)
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        })
}

/// The reciprocal rank of the first right hit of each case, by family.
pub fn judge(world: &World, cases: &[Case<'_>]) -> BTreeMap<&'static str, Vec<f64>> {
    let mut ranks: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for Case { family, q, sheet } in cases {
        let pairs = [
            ("q".to_owned(), q.clone()),
            ("facettes".to_owned(), String::new()),
        ];
        let asked = Query::parse(&pairs, &world.schema, &[]).unwrap();
        let plan = world.search.plan(&asked).unwrap();
        let answer = world.search.execute(&plan, None, &|_| None).unwrap();
        let hit = |doc: u32| &world.fiches[doc as usize];
        let rank = answer
            .hits
            .iter()
            .position(|h| right(family, sheet, hit(h.doc)));
        let score = rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        ranks.entry(family).or_default().push(score);
    }
    ranks
}

pub fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len() as f64
}
