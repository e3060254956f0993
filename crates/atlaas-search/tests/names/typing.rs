//! A commune that is shown stays shown while its name is typed.

use crate::shared;
use atlaas_model::{Level, Position, Schema};
use atlaas_search::{Gazetteer, LookupOptions, Suggester, fold};
use std::time::Instant;

#[test]
fn a_commune_shown_first_stays_shown_while_its_name_is_typed() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let mut communes: Vec<(u32, &str, u32)> = (0..)
        .zip(fiches)
        .filter(|(_, fiche)| fiche.kind == Level::Commune)
        .map(|(doc, fiche)| (doc, fiche.name.as_str(), fiche.population().unwrap_or(0)))
        .collect();
    communes.sort_by_key(|&(doc, _, population)| (std::cmp::Reverse(population), doc));
    // From Bordeaux, nearness weighs as much as size.
    let bordeaux = Position::new(-0.58, 44.84).ok();
    for (near, count) in [(None, 2_000), (bordeaux, 1_000)] {
        let options = LookupOptions {
            near,
            ..LookupOptions::default()
        };
        let mut lost = Vec::new();
        let (mut letters, mut before_first) = (0, 0);
        for &(doc, name, _) in communes.iter().take(count) {
            let typed = fold(name);
            let mut shown = false;
            for end in (1..=typed.len()).filter(|&end| typed.is_char_boundary(end)) {
                let places = gazetteer.lookup(&typed[..end], &options);
                let rank = places.iter().position(|place| place.doc == doc);
                shown |= rank == Some(0);
                letters += 1;
                before_first += usize::from(!shown);
                if shown && rank.is_none() {
                    lost.push((typed[..end].to_owned(), name));
                }
            }
        }
        println!("{letters} letters typed, {before_first} before the commune came first");
        assert!(lost.is_empty(), "{} vanish: {lost:?}", lost.len());
    }
}

#[test]
fn talence_does_not_vanish_while_it_is_typed() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let paris = Position::new(2.35, 48.85).ok();
    for near in [None, paris] {
        let options = LookupOptions {
            near,
            ..LookupOptions::default()
        };
        for typed in ["Tale", "Talen", "Talenc", "Talence", "TALENCE", "talence "] {
            let places = gazetteer.lookup(typed, &options);
            let shown = places.iter().any(|place| place.name == "Talence");
            assert!(shown, "{typed:?} near {near:?}");
        }
    }
}

#[test]
fn every_first_letters_are_suggested_quickly_and_cities_come_first() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let suggester = Suggester::build(fiches, &Schema::default());
    let near = Position::new(2.35, 48.85).ok();
    let mut times = Vec::new();
    for first in 'a'..='z' {
        for second in std::iter::once(None).chain(('a'..='z').map(Some)) {
            let typed: String = std::iter::once(first).chain(second).collect();
            for near in [None, near] {
                let clock = Instant::now();
                let found = suggester.suggest(&typed, &gazetteer, near, 8);
                times.push(clock.elapsed());
                assert!(
                    found.territories.len() <= 8
                        && found.layers.iter().all(|(_, docs)| docs.len() <= 8)
                );
            }
        }
    }
    times.sort_unstable();
    println!(
        "first letters: p50 {:?}, p99 {:?}, most {:?}",
        times[times.len() / 2],
        times[times.len() * 99 / 100],
        times[times.len() - 1]
    );
    let first = |typed: &str| {
        let found = suggester.suggest(typed, &gazetteer, None, 5);
        found.territories.first().map(|place| place.name.clone())
    };
    for (typed, expected) in [
        ("p", "Paris"),
        ("ma", "Marseille"),
        ("mar", "Marseille"),
        ("ly", "Lyon"),
        ("toulou", "Toulouse"),
        ("nan", "Nantes"),
        ("stras", "Strasbourg"),
        ("saint-et", "Saint-Étienne"),
        ("la roch", "La Rochelle"),
        ("bord", "Bordeaux"),
        ("lil", "Lille"),
        ("ren", "Rennes"),
        ("havre", "Le Havre"),
    ] {
        assert_eq!(first(typed).as_deref(), Some(expected), "{typed}");
    }
}
