//! A query of free words always answers: what gives way is said, and every form gives the same set.
//!
//! 1. Subjects that are known and places that are known find something, however they are put.
//! 2. What a step finds is what its own query finds: list, CSV, tiles, feed.
//! 3. `strict=1` takes no step; an explicit box, radius, territory or facet never gives way.
//! 4. Free words are never a 400.

use crate::demonstration::get;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

fn address(q: &str, more: &str) -> String {
    let q = utf8_percent_encode(q, NON_ALPHANUMERIC);
    format!("/api/v1/fiches?q={q}&limit=100{more}")
}

async fn ask(q: &str, more: &str) -> Value {
    let answer = get(&address(q, more)).await;
    assert_eq!(answer.status, 200, "{q}{more}: {}", answer.json());
    answer.json()
}

fn matched(answer: &Value) -> u64 {
    answer["numberMatched"].as_u64().unwrap()
}

const SUBJECTS: [&str; 8] = [
    "fablab",
    "médiathèque",
    "wifi public",
    "budget participatif",
    "tablettes école",
    "médiation numérique",
    "covoiturage xyzzyx",
    "aide aux démarches",
];
const PLACES: [&str; 8] = [
    "rennes",
    "Guéret",
    "saint-etienne",
    "Alsace",
    "Limousin",
    "Lozère",
    "Saint-Barthélemy",
    "13008",
];

#[tokio::test]
async fn a_known_subject_and_a_known_place_find_something_however_they_are_put() {
    let mut asked = 0;
    for subject in SUBJECTS {
        for place in PLACES {
            for put in [
                "{s} {p}",
                "{p} {s}",
                "{s} près de {p}",
                "où trouver {s} à {p}",
                "{s} {p} 20 km",
            ] {
                let q = put.replace("{s}", subject).replace("{p}", place);
                let answer = ask(&q, "").await;
                assert!(matched(&answer) > 0, "{q}: {}", answer["comprehension"]);
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 320);
}

#[tokio::test]
async fn a_step_is_a_query_that_finds_the_same_in_every_form() {
    let mut climbed = 0;
    for q in [
        "fablab Guéret",
        "covoiturage xyzzyx près de Mende",
        "médiathèque tablettes robots Ussel",
        "wifi public en Alsace",
    ] {
        let answer = ask(q, "").await;
        let Some(step) = answer["comprehension"]["requete"].as_str() else {
            continue;
        };
        climbed += 1;
        let again = get(&format!("/api/v1/fiches?{step}")).await.json();
        let ids = |answer: &Value| -> Vec<String> {
            let features = answer["features"].as_array().unwrap();
            features.iter().map(|one| one["id"].to_string()).collect()
        };
        assert_eq!(ids(&answer), ids(&again), "{q}: {step}");
        assert_eq!(matched(&answer), matched(&again));
        let path = address(q, "")
            .replace("/fiches?", "/fiches.csv?")
            .replace("&limit=100", "");
        let csv = get(&path).await;
        assert_eq!(
            csv.header("atlaas-elargissement").is_empty(),
            answer["comprehension"]["elargissement"].is_null()
        );
        let rows = csv::Reader::from_reader(csv.body.as_slice())
            .records()
            .count();
        assert_eq!(rows as u64, matched(&answer), "{q}");
    }
    assert!(climbed >= 2, "the demonstration has too much: {climbed}");
}

#[tokio::test]
async fn strictly_no_step_is_taken_and_parameters_never_give_way() {
    let q = "covoiturage xyzzyx Guéret";
    assert!(matched(&ask(q, "").await) > 0);
    assert_eq!(matched(&ask(q, "&strict=oui").await), 0);
    let boxed = ask("fablab", "&bbox=-40,40,-39,41").await;
    assert_eq!(matched(&boxed), 0, "a box in the ocean");
    // The commune is said twice: by the words, which may give way, and by a parameter, which may not.
    let twice = ask("fablab xyzzyx Mende", "&commune=48095").await;
    for hit in twice["features"].as_array().unwrap() {
        assert!(hit["properties"].to_string().contains("48095"), "{hit}");
    }
    for more in ["&type=colieu", "&departement=48", "&bbox=3,44,4,45"] {
        let answer = ask("robots xyzzyx tablettes", more).await;
        for hit in answer["features"].as_array().unwrap() {
            let told = &hit["properties"];
            match more {
                "&type=colieu" => assert_eq!(told["type"], "colieu"),
                "&departement=48" => assert!(told.to_string().contains("Lozère"), "{told}"),
                _ => {
                    let x = hit["geometry"]["coordinates"][0].as_f64().unwrap();
                    assert!((3.0..=4.0).contains(&x), "{x}");
                }
            }
        }
    }
}

#[tokio::test]
async fn free_words_are_never_refused() {
    for q in [
        "démarches en ligne près de Saint-Barthélemy",
        "wifi à 0 km de Paris",
        "wifi à 99999 km de Paris",
        "près de",
        "dans le",
        "20 km",
        "à moins de 20 km de nulle part ici",
        "le la les",
        "de 2015 à 2012",
        "\"phrase jamais écrite nulle part\" lyon",
        "5 arobases robot xyzzyx",
    ] {
        ask(q, "").await;
    }
}

#[tokio::test]
async fn five_digits_are_a_post_code_first_and_a_code_where_a_code_is_asked() {
    let place = |answer: &Value| {
        answer["comprehension"]["lieu"]["nom"]
            .as_str()
            .unwrap_or("")
            .to_owned()
    };
    for more in ["&q=wifi%2013008", "&pres_de=13008"] {
        let answer = get(&format!("/api/v1/fiches?limit=1{more}")).await.json();
        assert!(
            place(&answer).starts_with("Marseille"),
            "{more}: {}",
            answer["comprehension"]
        );
    }
    let found = get("/search/?q=13008&limit=1").await.json();
    assert_eq!(found["features"][0]["properties"]["postcode"], "13008");
    // INSEE's 13008 is Aurons.
    let inside = get("/api/v1/fiches?commune=13008&type=commune")
        .await
        .json();
    assert_eq!(inside["features"][0]["properties"]["nom"], "Aurons");
}

#[tokio::test]
async fn the_page_tells_each_step_and_how_to_undo_it() {
    let page = get("/?q=fablab+Gu%C3%A9ret").await;
    let page = String::from_utf8(page.body).unwrap();
    let climbed = ask("fablab Guéret", "").await["comprehension"]["requete"].is_string();
    assert_eq!(page.contains("Rien en ce lieu (Guéret)"), climbed);
    assert_eq!(
        page.contains("strict=1"),
        climbed,
        "a link that takes the step back"
    );
}
