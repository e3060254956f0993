//! Pages: by offset and by cursor, in every order, every hit exactly once.

use crate::synthetic::world;
use atlaas_model::{DocId, Position};
use atlaas_search::{Answer, Query};

fn run(pairs: &[(&str, String)]) -> Answer {
    let world = world();
    let pairs: Vec<(String, String)> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
    let plan = world.search.plan(&query).unwrap();
    let distance = |doc: DocId| {
        let position: Option<Position> = world.fiches[doc as usize].position;
        Some(position?.distance_km(plan.origin?))
    };
    world.search.execute(&plan, None, &distance).unwrap()
}

const ORDERS: [&str; 5] = ["pertinence", "distance", "-date", "nom", "-population"];

fn base(order: &str, words: &str) -> Vec<(&'static str, String)> {
    vec![
        ("tri", order.to_owned()),
        ("q", words.to_owned()),
        ("q_brut", "1".into()),
        ("lat", "45.3".into()),
        ("lon", "1".into()),
    ]
}

#[test]
fn cursor_pages_show_every_hit_once_in_every_order() {
    for order in ORDERS {
        for words in ["", "fablab ", "bourgade"] {
            let mut all = base(order, words);
            all.push(("limit", "1000".into()));
            let all = run(&all);
            let whole: Vec<DocId> = all.hits.iter().map(|hit| hit.doc).collect();
            assert_eq!(whole.len(), all.matched as usize);
            assert!(all.next.is_none());
            let (mut walked, mut after) = (Vec::new(), None);
            loop {
                let mut page = base(order, words);
                page.push(("limit", "7".into()));
                if let Some(after) = after {
                    page.push(("apres", after));
                }
                let page = run(&page);
                assert_eq!(page.matched, all.matched);
                walked.extend(page.hits.iter().map(|hit| hit.doc));
                match page.next {
                    Some(next) => after = Some(next.to_string()),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "{order} {words:?}");
        }
    }
}

#[test]
fn offsets_cut_the_same_list() {
    let mut all = base("pertinence", "");
    all.push(("limit", "1000".into()));
    let whole: Vec<DocId> = run(&all).hits.iter().map(|hit| hit.doc).collect();
    for offset in [0, 1, 19, 20, 500, whole.len(), 90_000] {
        let mut page = base("pertinence", "");
        page.push(("offset", offset.to_string()));
        let found: Vec<DocId> = run(&page).hits.iter().map(|hit| hit.doc).collect();
        let expected: Vec<DocId> = whole.iter().skip(offset).take(20).copied().collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn each_order_is_what_it_says() {
    let world = world();
    let hits = |order: &str| {
        let mut all = base(order, "");
        all.push(("limit", "1000".into()));
        run(&all).hits
    };
    let near: Vec<f64> = hits("distance")
        .iter()
        .filter_map(|hit| hit.distance_km)
        .collect();
    assert!(near.is_sorted());
    assert!(hits("distance").last().unwrap().distance_km.is_none());
    let fiche = |doc: DocId| &world.fiches[doc as usize];
    let people: Vec<u32> = hits("-population")
        .iter()
        .map(|hit| fiche(hit.doc).population().unwrap_or(0))
        .collect();
    assert!(people.is_sorted_by(|a, b| a >= b));
    let names: Vec<String> = hits("nom")
        .iter()
        .map(|hit| fiche(hit.doc).name.to_lowercase())
        .collect();
    assert!(names.is_sorted_by(|a, b| a.replace('-', " ") <= b.replace('-', " ")));
    let dates: Vec<_> = hits("-date")
        .iter()
        .filter_map(|hit| fiche(hit.doc).updated)
        .collect();
    assert!(dates.is_sorted_by(|a, b| a >= b) && dates.len() == 500);
    let scores: Vec<f32> = hits("pertinence").iter().map(|hit| hit.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores.iter().all(|&score| score > 0.0));
}

#[test]
fn an_explanation_multiplies_to_the_score() {
    let mut pairs = base("pertinence", "fablab jardin");
    pairs.push(("explication", "1".into()));
    let answer = run(&pairs);
    assert!(!answer.hits.is_empty());
    for hit in answer.hits {
        let parts = hit.explanation.unwrap();
        let product = parts.texte
            * parts.exactitude
            * parts.population
            * parts.proximite
            * parts.fraicheur
            * parts.type_de_fiche;
        assert!((product - hit.score).abs() < hit.score * 1e-4);
        let words: f32 = parts.mots.iter().map(|word| word.score).sum();
        assert!((words - parts.texte).abs() < parts.texte * 1e-4);
    }
}
