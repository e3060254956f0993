//! Parameters: what is accepted, what is refused and how, and the one canonical spelling.

use crate::synthetic::world;
use atlaas_model::{Facet, Level};
use atlaas_search::{Mistake, Near, ParameterError, Query, Sort, query_limits};
use proptest::prelude::*;

fn parse(text: &str) -> Result<Query, Vec<ParameterError>> {
    Query::parse(&pairs(text), &world().schema, &["f", "lang"])
}

/// Splits a query string and decodes its escapes.
fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|h| std::str::from_utf8(h).ok());
        match (
            bytes[at],
            hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()),
        ) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 2;
            }
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn order_case_and_repetition_do_not_change_the_canonical_query() {
    for (a, b, canonical) in [
        (
            "enjeu=culture&enjeu=education",
            "enjeu=Éducation,CULTURE,culture",
            "enjeu=culture,education",
        ),
        (
            "type=initiative,colieu",
            "type=colieux&type=initiatives",
            "type=colieu,initiative",
        ),
        (
            "couches=initiatives,colieux",
            "couches=colieux&type=initiative",
            "type=colieu,initiative",
        ),
        ("territoire=commune-2A004", "commune=2a004", "commune=2A004"),
        ("q=a%20%20b&limit=20", "limit=20&q=%20a%09b%20", "q=a%20b"),
        ("annee=2015,2016,2017", "annee=2015-2017", "annee=2015-2017"),
        ("annee=2015-", "annee=2020-&annee=2015-2019", "annee=2015-"),
        ("arobases=4-", "arobases=5,4,4", "arobases=4,5"),
        ("commune=2a004", "commune=2A004", "commune=2A004"),
        ("lat=45.30&lon=0", "lon=-0&lat=+45.3", "lat=45.3&lon=0"),
        ("enjeu=&facettes=toutes", "", ""),
        (
            "bbox=0,45,1.50,46",
            "bbox=0.0,45.0,1.5,46.0",
            "bbox=0,45,1.5,46",
        ),
        (
            "polygone=POLYGON((0 0,1 0,1 1,0 0))",
            r#"polygone={"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
            "polygone=POLYGON%28%280%200,1%200,1%201,0%200%29%29",
        ),
    ] {
        assert_eq!(parse(a).unwrap().canonical(), canonical, "{a}");
        assert_eq!(parse(b).unwrap(), parse(a).unwrap(), "{b}");
    }
}

#[test]
fn every_mistake_is_told_at_once_with_what_would_be_right() {
    let errors = parse(
        "enjeux=education&type=initiatve&lat=45&annee=15&bbox=1,2,3&limit=5000&tri=date&f=csv&lng=2",
    )
    .unwrap_err();
    let told: Vec<(&str, Option<&str>)> = errors
        .iter()
        .map(|error| (error.parametre.as_str(), error.suggestion.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("enjeux", Some("enjeu")),
            ("lng", Some("lon")),
            ("bbox", None),
            ("lon", None),
            ("type", Some("initiative")),
            ("annee", None),
            ("tri", Some("-date")),
            ("limit", None),
        ]
    );
    let unlisted = || Mistake::UnknownValue {
        allowed: Vec::new(),
    };
    let expected = [
        Mistake::UnknownParameter,
        Mistake::UnknownParameter,
        Mistake::BboxForm,
        Mistake::HalfPosition,
        unlisted(),
        Mistake::Years {
            first: *query_limits::YEARS.start(),
            last: *query_limits::YEARS.end(),
        },
        unlisted(),
        Mistake::WholeNumber {
            most: query_limits::MAX_LIMIT,
        },
    ];
    assert!(errors.iter().map(|error| &error.mistake).eq(&expected));
    assert!(errors[0].valeurs_admises.iter().any(|name| name == "enjeu"));
}

#[test]
fn each_bound_and_each_wrong_combination_is_refused() {
    let long = "a".repeat(10_000);
    let many = vec!["education"; 1_000].join(",");
    let communes: Vec<String> = (0..31).map(|n| format!("{}", 75_101 + n)).collect();
    let communes = communes.join(",");
    let words = vec!["mot"; 41].join(" ");
    let vertices = vec!["0 1"; 2_000].join(",");
    for text in [
        format!("q={long}"),
        format!("enjeu={many}"),
        format!("q={words}"),
        format!("polygone=POLYGON(({vertices}))"),
        format!("commune={long}"),
        format!("facette.enjeu={long}"),
        "lon=3".into(),
        "lat=91&lon=0".into(),
        "lat=nan&lon=0".into(),
        "lat=1e400&lon=0".into(),
        "rayon=10".into(),
        "rayon=0&pres_de=x".into(),
        "rayon=501&pres_de=x".into(),
        "autour=5".into(),
        "autour=5&commune=01000&epci=200000003".into(),
        format!("autour=5&commune={communes}"),
        "tri=distance".into(),
        "offset=100001".into(),
        "offset=-1".into(),
        "limit=1001".into(),
        "limit=20&limit=30".into(),
        "annee=1815".into(),
        "annee=2018-2015".into(),
        "arobases=0".into(),
        "arobases=6".into(),
        "bbox=1,46,2,45".into(),
        "bbox=1,2,3,4,5".into(),
        "polygone=POLYGON((0 0,1 1))".into(),
        "polygone=POLYGON((0 0,1 0,1 99,0 0))".into(),
        "polygone={}".into(),
        "polygone=POLYGON".into(),
        "q=%22%2A%28%3A".into(),
        "q=🙂".into(),
        "apres=abc".into(),
        format!("apres={}", "0".repeat(32)),
        "facettes=couleur".into(),
        "facette.couleur=x".into(),
        "mention=rien".into(),
        "Q=x".into(),
    ] {
        let short: String = text.chars().take(60).collect();
        assert!(parse(&text).is_err(), "{short}");
    }
    let many: Vec<(String, String)> = (0..2_000).map(|n| (format!("p{n}"), "x".into())).collect();
    let errors = Query::parse(&many, &world().schema, &[]).unwrap_err();
    assert!(errors.len() <= query_limits::MAX_ERRORS);
}

#[test]
fn values_become_what_they_mean() {
    let query = parse(
        "pres_de=-1.55,47.2&rayon=5&tri=nom&facettes=type&facette.epci=pays&explication=1\
         &services=Imprimer,coder&type=communes&q_brut=oui&offset=40&region=84",
    )
    .unwrap();
    assert!(matches!(query.near, Some(Near::Position(p)) if p.longitude() < 0.0));
    assert_eq!(query.radius_km, Some(5.0));
    assert_eq!(query.sort, Sort::Name);
    assert_eq!(query.counted, Some(vec![Facet::Type]));
    assert_eq!(query.facet_search[&Facet::Epci], "pays");
    assert_eq!(
        query.facets[&Facet::column("services")],
        ["coder", "imprimer"]
    );
    assert_eq!(query.kinds, [Level::Commune]);
    assert!(query.q_brut && query.explain);
    assert_eq!(query.territories[&Level::Region], ["84"]);
    let zero = parse("lat=45&lon=0").unwrap().position.unwrap();
    assert!(zero.longitude().abs() < f64::EPSILON);
    assert!(parse("pres_de=Saint-Denis, 97411").is_ok());
}

#[test]
fn a_cursor_belongs_to_its_query() {
    let world = world();
    let first = parse("limit=5&q_brut=1").unwrap();
    let plan = world.search.plan(&first).unwrap();
    let next = world
        .search
        .execute(&plan, None, &|_| None)
        .unwrap()
        .next
        .unwrap();
    let ask = |rest: &str| parse(&format!("apres={next}&{rest}"));
    assert!(ask("q_brut=1").is_ok());
    assert!(ask("q_brut=1&limit=9&facettes=enjeu").is_ok());
    assert!(ask("q_brut=1&type=commune").is_err());
    assert!(ask("q_brut=1&tri=nom").is_err());
    assert!(ask("q_brut=1&offset=5").is_err());
    let tampered = next.to_string().replacen(['0', '1', '2'], "f", 1);
    assert!(parse(&format!("apres={tampered}&q_brut=1")).is_err());
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[0-9,.\\-]{0,12}",
        "(2015|2012-|-2020|4-|1,2,3|commune|Éducation|01000|POLYGON\\(\\(0 0,1 0,1 1,0 0\\)\\)|nom|1)",
        "[(){}\\[\\] ,0-9a-zA-Z\":]{0,60}",
    ]
}

fn table() -> Vec<atlaas_search::Parameter> {
    atlaas_search::parameters(&world().schema)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn anything_parses_or_is_refused_and_what_parses_keeps_its_canonical_form(
        given in prop::collection::vec((0..table().len() + 2, any_value()), 0..8)
    ) {
        let given: Vec<(String, String)> = given
            .into_iter()
            .map(|(at, value)| {
                let extra = ["facette.enjeu", "inconnu"];
                let table = table();
                let name = table
                    .get(at)
                    .map_or_else(|| extra[at - table.len()], |parameter| parameter.name);
                (name.to_owned(), value)
            })
            .collect();
        if let Ok(query) = Query::parse(&given, &world().schema, &[]) {
            let canonical = query.canonical();
            prop_assert_eq!(parse(&canonical), Ok(query.clone()), "{}", canonical);
            let mut reversed = given.clone();
            reversed.reverse();
            let again = Query::parse(&reversed, &world().schema, &[]);
            prop_assert_eq!(again.map(|query| query.canonical()), Ok(canonical.clone()));
            if let Ok(plan) = world().search.plan(&query) {
                let answer = world().search.execute(&plan, None, &|_| Some(1.0)).unwrap();
                prop_assert!(answer.hits.len() <= query.limit as usize);
                let resolved = plan.resolved.canonical();
                let again = parse(&resolved);
                prop_assert!(again.is_ok(), "{} → {} → {:?}", canonical, resolved, again);
            }
        }
    }
}
