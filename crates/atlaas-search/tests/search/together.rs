//! Understanding and explicit parameters together: explicit ones win, each in its own dimension.

use crate::synthetic::{World, world};
use atlaas_model::{Area, DocId, DocSet, Level, Position};
use atlaas_search::{Answer, Plan, Query};

fn plan(text: &[(&str, &str)]) -> Plan {
    let pairs: Vec<(String, String)> = text
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect();
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    world().search.plan(&query).unwrap()
}

/// Runs a plan as the engine does, discs only.
fn run(world: &World, plan: &Plan) -> Answer {
    let distance = |doc: DocId| {
        Some(
            world.fiches[doc as usize]
                .position?
                .distance_km(plan.origin?),
        )
    };
    let universe = world.fiches.len() as u32;
    let mut scope = DocSet::full(universe);
    for area in &plan.areas {
        let Area::Disc { centre, radius_km } = area else {
            continue;
        };
        let inside = (0..universe).filter(|&doc| {
            let position = world.fiches[doc as usize].position;
            position.is_some_and(|p| p.distance_km(*centre) <= *radius_km)
        });
        scope.intersect(&DocSet::from_docs(universe, inside));
    }
    world.search.execute(plan, Some(&scope), &distance).unwrap()
}

#[test]
fn a_territory_by_name_is_the_territory_by_code() {
    for (name, value, code) in [
        ("epci", "CC Pays 3", "200000003"),
        ("departement", "Contrée 1", "02"),
        ("region", "province 1", "85"),
        ("commune", "01007", "01007"),
    ] {
        let resolved = plan(&[(name, value)]).resolved.canonical();
        assert_eq!(resolved, format!("{name}={code}"));
    }
    let pairs = [("epci".to_owned(), "Nulle Part Ailleurs".to_owned())];
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    let errors = world().search.plan(&query).unwrap_err();
    assert_eq!(errors[0].parametre, "epci");
}

#[test]
fn around_a_territory_is_an_area_and_no_filter() {
    let plan = plan(&[("epci", "200000003"), ("autour", "5")]);
    assert!(matches!(
        plan.areas.as_slice(),
        [Area::Around { margin_km, .. }] if (*margin_km - 5.0).abs() < 1e-9
    ));
    assert_eq!(run(world(), &plan).matched, world().fiches.len() as u32);
}

#[test]
fn a_position_filters_only_with_a_radius() {
    let everywhere = run(world(), &plan(&[("lat", "45.2"), ("lon", "0.4")]));
    assert_eq!(everywhere.matched, world().fiches.len() as u32);
    let near = run(
        world(),
        &plan(&[("lat", "45.2"), ("lon", "0.4"), ("rayon", "15")]),
    );
    assert!(near.matched > 0 && near.matched < everywhere.matched);
    assert!(near.hits.iter().all(|hit| hit.distance_km.unwrap() <= 15.0));
}

#[test]
fn an_empty_circle_proposes_a_wider_one() {
    let plan = plan(&[
        ("lat", "44.5"),
        ("lon", "1"),
        ("rayon", "5"),
        ("type", "commune"),
    ]);
    let answer = run(world(), &plan);
    assert_eq!(answer.matched, 0);
    let wider = answer
        .proposals
        .iter()
        .find(|p| p.advice.genre() == "rayon")
        .unwrap();
    assert!(wider.n > 0);
    let pairs: Vec<(String, String)> = wider
        .requete
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    let plan = world().search.plan(&query).unwrap();
    assert_eq!(run(world(), &plan).matched, wider.n);
}

#[test]
fn a_radius_without_any_place_is_refused_when_planned() {
    let pairs = [
        ("q".to_owned(), "fablab".to_owned()),
        ("rayon".to_owned(), "5".to_owned()),
    ];
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    let errors = world().search.plan(&query).unwrap_err();
    assert_eq!(errors[0].parametre, "rayon");
}

#[test]
fn an_explicit_facet_wins_and_the_word_stays_a_word() {
    let resolved = |pairs: &[(&str, &str)]| plan(pairs).resolved.canonical();
    let q = ("q", "initiatives education");
    for (other, expected) in [
        // What bears the word in its name counts beside what bears the term.
        (
            ("q", q.1),
            "enjeu=education&ou_nom=enjeu%3Aeducation&type=initiative",
        ),
        (("strict", "1"), "enjeu=education&strict=1&type=initiative"),
        (
            ("enjeu", "culture"),
            "enjeu=culture&q=education&q_brut=1&type=initiative",
        ),
        (("enjeu", "education"), "enjeu=education&type=initiative"),
        (
            ("type", "colieu"),
            "enjeu=education&ou_nom=enjeu%3Aeducation&type=colieu",
        ),
        (("q_brut", "1"), "q=initiatives%20education&q_brut=1"),
    ] {
        assert_eq!(resolved(&[q, other]), expected);
    }
}

#[test]
fn a_region_that_was_understood_is_not_taken_for_the_departement_of_its_code() {
    let mut fiches = world().fiches.to_vec();
    for fiche in &mut fiches {
        fiche.position = fiche.position.or(Position::new(1.0, 45.5).ok());
    }
    let world = crate::synthetic::open(fiches, world().schema.vocabulary.clone());
    let plan = |name: &str, value: &str| {
        let pairs = [(name.to_owned(), value.to_owned())];
        let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
        world.search.plan(&query).unwrap()
    };
    let resolved = plan("q", "fablab près de province 1").resolved.canonical();
    assert!(resolved.contains("pres_de=region-85"), "{resolved}");
    let area = &plan("pres_de", "region-85").areas[0];
    assert!(
        matches!(
            area,
            Area::Around {
                kind: Level::Region,
                ..
            }
        ),
        "{area:?}"
    );
}
