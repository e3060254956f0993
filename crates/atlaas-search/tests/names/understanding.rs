//! Understanding at full scale: cases both ways, judged exactly.
//!
//! Each row of `understanding.csv` says what a query means: place (fiche id), relation, radius,
//! kinds, years, levels, terms, text left. Places are judged by precision and recall; the rest must
//! be exact in as many rows as is written below.

use crate::shared;
use atlaas_model::{Fiche, Schema, Vocabulary};
use atlaas_search::{Gazetteer, Relation, Understander, Understanding};

/// Places that are given though none, or another one, is meant.
const WRONG_PLACES: usize = 0;
/// Places that are meant and not given.
const MISSED_PLACES: usize = 0;
/// Rows of which anything else differs.
const OTHER_DIFFERENCES: usize = 0;

fn taxonomy() -> Schema {
    let text = include_str!("../../../../data/taxonomie.toml");
    Schema::shipped(Vocabulary::from_toml(text).expect("a readable taxonomy"))
}

fn years(found: &Understanding) -> String {
    let spell = |year: Option<u16>| year.map_or_else(String::new, |year| year.to_string());
    found.years.as_ref().map_or_else(String::new, |years| {
        format!("{}-{}", spell(years.from), spell(years.to))
    })
}

fn spell(found: &Understanding, fiches: &[Fiche]) -> [String; 8] {
    let place = found.place.as_ref();
    let join = |parts: Vec<String>| parts.join("|");
    [
        place.map_or_else(String::new, |place| {
            fiches[place.doc as usize].id.as_str().to_owned()
        }),
        place.map_or_else(String::new, |place| match place.relation {
            Relation::Inside => "inside".to_owned(),
            Relation::Near => "near".to_owned(),
            Relation::Alike => "alike".to_owned(),
        }),
        place
            .and_then(|place| place.radius_km)
            .map_or_else(String::new, |radius| radius.to_string()),
        join(
            found
                .kinds
                .iter()
                .map(|found| found.kind.to_string())
                .collect(),
        ),
        years(found),
        join(
            found
                .levels
                .iter()
                .map(|found| found.arobases.to_string())
                .collect(),
        ),
        join(
            found
                .terms
                .iter()
                .map(|term| format!("{}:{}", term.facet, term.slug))
                .collect(),
        ),
        found.text.clone(),
    ]
}

#[test]
fn queries_are_understood_and_words_are_left_alone() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let understander = Understander::new(&taxonomy());
    let mut reader = csv::Reader::from_reader(include_str!("understanding.csv").as_bytes());
    let (mut with, mut without) = (0, 0);
    let (mut wrong, mut missed, mut other) = (0, 0, 0);
    for row in reader.records() {
        let row = row.expect("a row");
        let expected: Vec<&str> = row.iter().skip(1).collect();
        let found = spell(&understander.understand(&row[0], &gazetteer, None), fiches);
        if expected[0].is_empty() {
            without += 1;
        } else {
            with += 1;
        }
        if found == expected.as_slice() {
            continue;
        }
        println!(
            "{:?}\n  expected {expected:?}\n  found    {found:?}",
            &row[0]
        );
        if found[0] == expected[0] {
            other += 1;
        } else {
            wrong += usize::from(!found[0].is_empty());
            missed += usize::from(!expected[0].is_empty());
        }
    }
    let right = f64::from(with) - f64::from(missed as u32);
    println!(
        "{with} queries with a place, {without} without: precision {:.3}, recall {:.3}",
        right / (right + wrong as f64),
        right / f64::from(with)
    );
    assert_eq!(
        (wrong, missed, other),
        (WRONG_PLACES, MISSED_PLACES, OTHER_DIFFERENCES),
        "wrong places, missed places, other differences"
    );
}

#[test]
fn what_was_understood_tells_where_it_stands() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let understander = Understander::new(&taxonomy());
    let query = "initiatives éducation 2015 près de nantse";
    let found = understander.understand(query, &gazetteer, None);
    let place = found.place.expect("a place");
    assert_eq!(&query[place.range], "près de nantse");
    assert_eq!(&query[found.terms[0].range.clone()], "éducation");
    assert_eq!(&query[found.years.expect("years").range], "2015");
    assert_eq!(&query[found.kinds[0].range.clone()], "initiatives");
    assert_eq!(found.corrections[0].read, "Nantes");
    assert_eq!(&query[found.corrections[0].range.clone()], "nantse");
    assert_eq!(found.text, "");
}
