//! Population, surface and density of territories on every surface, as columns that a declaration names:
//! no line of product code names them, but the reader that fills them.

use crate::demonstration::{Answer, get_with, list_parameters, serve};
use crate::process;
use atlaas_server::AppState;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

fn app() -> AppState {
    static APP: OnceLock<(tempfile::TempDir, AppState)> = OnceLock::new();
    let (_, app) = APP.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        let options = atlaas_ingest::ReadOptions::default();
        let dataset = atlaas_ingest::read_sources(&process::sample(), &options, &|_| {}).unwrap();
        atlaas_engine::build(dataset, out.path(), &|_| {}).unwrap();
        let app = serve(out.path());
        (out, app)
    });
    Arc::clone(app)
}

async fn get(path: &str) -> Answer {
    get_with(&app(), path, &[]).await
}

async fn json(path: &str) -> Value {
    let answer = get(path).await;
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 200, "{path}: {text}");
    answer.json()
}

async fn text(path: &str) -> String {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    String::from_utf8(answer.body).unwrap()
}

/// What every commune tells of a column, by its code.
async fn told(column: &str) -> Vec<(String, f64)> {
    let all = text("/api/v1/fiches.ndjson?type=commune").await;
    let lines = all
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter_map(|fiche| {
            let told = &fiche["properties"];
            Some((told["code"].as_str()?.to_owned(), told[column].as_f64()?))
        })
        .collect()
}

#[tokio::test]
async fn ranges_and_classes_keep_what_they_should() {
    for (column, bound) in [
        ("population", 1000.0),
        ("superficie", 20.0),
        ("densite", 50.0),
    ] {
        let known = told(column).await;
        assert!(!known.is_empty(), "{column}");
        let (few, many): (Vec<f64>, Vec<f64>) =
            known.iter().map(|(_, v)| *v).partition(|v| *v <= bound);
        for (query, expected) in [
            (format!("{column}_max={bound}"), few.len()),
            (
                format!("{column}_min={bound}"),
                known.iter().filter(|(_, v)| *v >= bound).count(),
            ),
        ] {
            let found = json(&format!("/api/v1/fiches?type=commune&limit=0&{query}")).await;
            assert_eq!(
                found["numberMatched"], expected,
                "{query} of {few:?} {many:?}"
            );
            let items = json(&format!("/ogc/collections/communes/items?limit=1&{query}")).await;
            assert_eq!(items["numberMatched"], expected, "{query}");
        }
        let found = json(&format!(
            "/api/v1/fiches?type=commune&limit=0&facettes={column}"
        ))
        .await;
        let classes = found["facettes"][0]["valeurs"].as_array().unwrap();
        let counted: u64 = classes
            .iter()
            .map(|class| class["n"].as_u64().unwrap())
            .sum();
        assert_eq!(counted as usize, known.len(), "{column}: {classes:?}");
        for class in classes {
            let value = class["valeur"].as_str().unwrap();
            let asked = format!("/api/v1/fiches?type=commune&limit=0&{column}={value}");
            assert_eq!(
                json(&asked).await["numberMatched"],
                class["n"],
                "{column} {value}"
            );
        }
    }
}

#[tokio::test]
async fn lists_are_sorted_by_them_both_ways() {
    for column in ["population", "superficie", "densite"] {
        let known = told(column).await;
        for (order, falling) in [(column.to_owned(), false), (format!("-{column}"), true)] {
            let found = json(&format!(
                "/api/v1/fiches?type=commune&tri={order}&limit=1000"
            ))
            .await;
            let values: Vec<f64> = found["features"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|fiche| fiche["properties"][column].as_f64())
                .collect();
            assert_eq!(values.len(), known.len());
            assert!(
                values.is_sorted_by(|a, b| if falling { a >= b } else { a <= b }),
                "{order}: {values:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_wider_territory_is_as_large_as_its_communes_when_all_are_drawn() {
    let communes = text("/api/v1/fiches.ndjson?type=commune").await;
    let mut held = 0;
    for (level, key) in [
        ("epci", "code_epci"),
        ("departement", "code_departement"),
        ("region", "code_region"),
    ] {
        let mut drawn: BTreeMap<String, (f64, bool)> = BTreeMap::new();
        for line in communes.lines() {
            let fiche: Value = serde_json::from_str(line).unwrap();
            let told = &fiche["properties"];
            let Some(code) = told[key].as_str() else {
                continue;
            };
            let own = drawn.entry(code.to_owned()).or_insert((0.0, true));
            match told["superficie"].as_f64() {
                Some(surface) => own.0 += surface,
                None => own.1 = false,
            }
        }
        for (code, (sum, all)) in drawn {
            let fiche = json(&format!("/api/v1/fiches/{level}-{code}")).await;
            let told = &fiche["properties"];
            // An EPCI of which communes are missing has no surface either.
            let Some(surface) = told["superficie"].as_f64() else {
                assert!(!all || level == "epci", "{told}");
                continue;
            };
            assert!(
                all && (surface - sum).abs() < 0.01,
                "{level} {code}: {surface} {sum}"
            );
            let density = told["population"].as_f64().unwrap() / surface;
            // Each is rounded by itself.
            let off = (told["densite"].as_f64().unwrap() - density).abs();
            assert!(off < 0.051 + density * 1e-4, "{told}");
            held += 1;
        }
    }
    assert!(held > 0, "nothing of the sample is drawn whole");
    let hectares = json("/communes/01004?fields=surface").await;
    let fiche = json("/api/v1/fiches/commune-01004").await;
    let km2 = fiche["properties"]["superficie"].as_f64().unwrap();
    assert!((hectares["surface"].as_f64().unwrap() - km2 * 100.0).abs() < 0.01);
}

#[tokio::test]
async fn words_are_ranges_and_the_echo_says_so_with_a_link_that_undoes_it() {
    let found =
        json("/api/v1/fiches?q=communes%20de%20moins%20de%201000%20habitants&limit=0").await;
    let asked = json("/api/v1/fiches?type=commune&population_max=1000&limit=0").await;
    assert_eq!(found["numberMatched"], asked["numberMatched"]);
    let told = found["comprehension"]["facettes"].as_array().unwrap();
    assert!(
        told.iter()
            .any(|one| one["facette"] == "population" && one["valeur"] == "..1000"),
        "{told:?}"
    );
    let page = text("/?q=communes%20de%20moins%20de%201000%20habitants").await;
    assert!(page.contains("1\u{202f}000\u{a0}hab. au plus"), "{page}");
    let page = text("/?type=commune&population_max=1000&commune=01004").await;
    assert!(
        page.contains("href=\"/?commune=01004&amp;type=commune\"")
            || page.contains("href=\"/?commune=01004&#38;type=commune\""),
        "{page}"
    );
    let english = text("/?type=commune&population_max=1000&lang=en").await;
    assert!(english.contains("at most 1,000"), "{english}");
    let classes = text("/?type=commune&lang=en").await;
    assert!(classes.contains("less than"), "{classes}");
}

#[tokio::test]
async fn they_are_described_exported_and_on_the_map() {
    let document = json("/openapi.json").await;
    let names = list_parameters(&document);
    for name in [
        "population",
        "population_min",
        "population_max",
        "superficie_min",
        "densite_max",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    let told = &document["components"]["schemas"]["ProprietesDeclarees"]["properties"];
    assert_eq!(told["population"]["type"], "integer");
    assert_eq!(told["superficie"]["type"], "number");
    assert!(text("/docs").await.contains("population_max"));
    let csv = text("/api/v1/fiches.csv?type=commune").await;
    let header = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    for column in ["population", "superficie", "densite"] {
        assert_eq!(
            header
                .split([',', ';'])
                .filter(|name| *name == column)
                .count(),
            1,
            "{header}"
        );
    }
    let points = text("/api/v1/fiches.csv?type=initiative").await;
    assert!(!points.lines().next().unwrap().contains("superficie"));
    assert!(
        get("/api/v1/fiches.xlsx?type=commune")
            .await
            .body
            .starts_with(b"PK")
    );
}

#[tokio::test]
async fn ogc_pages_and_the_map_have_them() {
    let queryables = json("/ogc/collections/communes/queryables").await;
    assert_eq!(queryables["properties"]["superficie"]["x-ogc-unit"], "km²");
    let held = json("/ogc/collections/epcis/schema").await;
    assert_eq!(held["properties"]["population"]["type"], "integer");
    let tiles = json("/tiles/territoires.json").await;
    let communes = tiles["vector_layers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|layer| layer["id"] == "communes");
    assert_eq!(communes.unwrap()["fields"]["population"], "Number");
    let page = text("/commune/01004").await;
    assert!(
        page.contains("Superficie") && page.contains("km²") && page.contains("Population"),
        "{page}"
    );
    let generator = text("/integrer?fond=population").await;
    assert!(
        generator.contains("<option value=\"population\" selected>"),
        "{generator}"
    );
    let style = json("/styles/clair.json?fond=population").await;
    let shown = style["layers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|layer| {
            layer["paint"]["fill-color"]
                .to_string()
                .contains("\"population\"")
        })
        .filter(|layer| layer["layout"]["visibility"] != "none");
    assert_eq!(shown.count(), 1);
    assert!(text("/").await.contains("\"property\":\"population\""));
}
