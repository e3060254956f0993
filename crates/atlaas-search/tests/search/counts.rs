//! Totals, filters and facet counts against the naive scan.

use crate::{naive, random::Random, synthetic::world};
use atlaas_model::{DocSet, Facet};
use atlaas_search::Query;
use std::collections::BTreeMap;

#[test]
fn totals_filters_and_facets_equal_a_naive_scan_on_a_thousand_queries() {
    let world = world();
    let mut random = Random(7);
    let (mut found, mut none) = (0, 0);
    for _ in 0..1_000 {
        let asked = naive::ask(&mut random);
        let query = Query::parse(&asked.pairs(), &world.schema, &[]).unwrap();
        let plan = world.search.plan(&query).unwrap();
        let answer = world.search.execute(&plan, None, &|_| None).unwrap();
        let expected = naive::scan(world, &asked);
        let matching: Vec<u32> = world.search.matching(&plan, None).unwrap().iter().collect();
        assert_eq!(matching, expected, "{asked:?}");
        assert_eq!(answer.matched as usize, expected.len(), "{asked:?}");
        for counts in &answer.facets {
            let told: BTreeMap<String, u32> = counts
                .valeurs
                .iter()
                .map(|value| (value.valeur.to_string(), value.n))
                .collect();
            let expected = naive::count(world, &asked, counts.facette);
            assert_eq!(told, expected, "{} {asked:?}", counts.facette);
        }
        assert_eq!(answer.facets.len(), world.schema.facets().len());
        *(if expected.is_empty() {
            &mut none
        } else {
            &mut found
        }) += 1;
    }
    assert!(found > 200 && none > 50, "{found} {none}");
}

#[test]
fn a_scope_restricts_totals_and_facets_alike() {
    let world = world();
    let universe = world.fiches.len() as u32;
    let mut random = Random(11);
    for _ in 0..100 {
        let asked = naive::ask(&mut random);
        let docs = (0..universe).filter(|_| random.once_in(3));
        let scope = DocSet::from_docs(universe, docs.collect::<Vec<_>>());
        let query = Query::parse(&asked.pairs(), &world.schema, &[]).unwrap();
        let plan = world.search.plan(&query).unwrap();
        let answer = world
            .search
            .execute(&plan, Some(&scope), &|_| None)
            .unwrap();
        let expected = naive::scan(world, &asked);
        let inside = expected.iter().filter(|&&doc| scope.contains(doc)).count();
        assert_eq!(answer.matched as usize, inside);
        let kinds = &answer.facets[0];
        if !asked.selections.contains_key(&Facet::Type) {
            let sum: u32 = kinds.valeurs.iter().map(|value| value.n).sum();
            assert_eq!(sum, answer.matched);
        }
    }
}

#[test]
fn chosen_facets_come_alone_and_their_values_can_be_searched() {
    let world = world();
    let ask = |pairs: &[(&str, &str)]| {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(a, b)| ((*a).into(), (*b).into()))
            .collect();
        let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
        let plan = world.search.plan(&query).unwrap();
        world.search.execute(&plan, None, &|_| None).unwrap().facets
    };
    assert!(ask(&[("facettes", "")]).is_empty());
    let facets = ask(&[("facettes", "services,enjeu"), ("facette.services", "FIL")]);
    assert_eq!(facets.len(), 2);
    assert_eq!(facets[0].facette, Facet::column("enjeu"));
    let names: Vec<&str> = facets[1].valeurs.iter().map(|v| &*v.nom).collect();
    assert_eq!(names, ["filmer"]);
}
