//! Places by the first words of their name, as people say them: who comes first, who is beside.
//!
//! The rule: a head that is spelt exactly before any typing mistake, a far bigger town before a
//! homonym or a former name, the big town always in the list; by name, in a query, while typing.

use crate::shared;
use atlaas_model::{Fiche, Level, Schema};
use atlaas_search::{Gazetteer, LookupOptions, Match, PlaceMatch, Understander};

/// What is typed, the commune that comes first, one that is beside it.
const CASES: [(&str, &str, &str); 24] = [
    ("la baule", "44055", ""),
    ("La Baule", "44055", ""),
    ("aix", "13001", "19002"),
    ("Florac", "48061", ""),
    ("Boulogne", "92012", "62160"),
    ("boulogne", "92012", "62160"),
    ("Clermont", "63113", "60157"),
    ("Neuilly", "92051", ""),
    ("Issy", "92040", ""),
    ("Cherbourg", "50129", ""),
    ("Évry", "91228", ""),
    ("evry", "91228", ""),
    ("Montreuil", "93048", ""),
    ("Vitry", "94081", ""),
    ("chalons", "51108", ""),
    ("Châlons", "51108", ""),
    ("chalon", "71076", ""),
    ("brive", "19031", ""),
    ("asnieres", "92004", ""),
    ("levallois", "92044", ""),
    ("mantes", "78361", ""),
    ("charleville", "08105", ""),
    ("saint malo", "35288", ""),
    ("la roche sur yon", "85191", ""),
];

fn codes(fiches: &[Fiche], places: &[PlaceMatch]) -> Vec<String> {
    let code = |place: &PlaceMatch| fiches[place.doc as usize].code.map(|code| code.to_string());
    places.iter().filter_map(code).collect()
}

#[test]
fn a_head_word_leads_to_the_place_that_people_mean() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let understander = Understander::new(&Schema::default());
    let mut wrong = Vec::new();
    for (typed, first, beside) in CASES {
        for autocomplete in [false, true] {
            let options = LookupOptions {
                limit: 6,
                autocomplete,
                ..LookupOptions::default()
            };
            let found = codes(fiches, &gazetteer.lookup(typed, &options));
            let there = beside.is_empty() || found.iter().any(|code| code == beside);
            if found.first().is_none_or(|code| code != first) || !there {
                wrong.push(format!("{typed} (unfinished: {autocomplete}): {found:?}"));
            }
        }
        for query in [
            format!("covoiturage {typed}"),
            format!("covoiturage à {typed}"),
            format!("covoiturage près de {typed}"),
            typed.to_owned(),
        ] {
            let place = understander.understand(&query, &gazetteer, None).place;
            let chosen = place.as_ref().map(|place| [place.chosen()]);
            let found = chosen.map(|chosen| codes(fiches, &chosen));
            let others = place.map(|place| codes(fiches, &place.alternatives));
            let there = beside.is_empty() || others.iter().flatten().any(|code| code == beside);
            if found.as_ref().is_none_or(|found| *found != [first]) || !there {
                wrong.push(format!("{query}: {found:?}, beside {others:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names that are known and stay what they are, whatever towns begin so.
#[test]
fn a_town_stays_first_before_others_that_begin_like_it() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    for (typed, name, level) in [
        ("Saint-Denis", "Saint-Denis", Level::Commune),
        ("Paris", "Paris", Level::Commune),
        ("Tours", "Tours", Level::Commune),
        ("Vienne", "Vienne", Level::Commune),
        ("Montreuil", "Montreuil", Level::Commune),
        ("Loire", "Loire", Level::Departement),
        ("Savoie", "Savoie", Level::Departement),
    ] {
        let found = gazetteer.lookup(typed, &LookupOptions::default());
        let told: Vec<_> = found.iter().map(|p| (p.kind, p.name.as_str())).collect();
        assert_eq!(told.first(), Some(&(level, name)), "{typed}: {told:?}");
    }
}

#[test]
fn saint_alone_is_nobodys_head() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let options = LookupOptions {
        autocomplete: false,
        ..LookupOptions::default()
    };
    for typed in ["saint", "Sainte", "notre dame", "la"] {
        let found = gazetteer.called(typed, &options);
        let heads = found.iter().filter(|place| place.how == Match::Head);
        assert_eq!(heads.count(), 0, "{typed}: {found:?}");
    }
}
