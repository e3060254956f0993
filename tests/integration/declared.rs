//! A layer that only a declaration knows, with a column of every type, on every surface: no line of
//! product code names it (`named.rs`).
//!
//! Three hundred rows of street lamps, their values a function of their rank, so that each answer can be
//! told beforehand.

pub mod lamps;
mod reserved;

use crate::demonstration::{Answer, get_with, list_parameters, serve};
use crate::process;
use atlaas_engine::Snapshot;
use atlaas_server::AppState;
use lamps::{DECLARATION, ROWS, copy, decimetres, table};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The small sample with the lamps among its sources.
fn directory() -> &'static Path {
    static DIRECTORY: OnceLock<(tempfile::TempDir, tempfile::TempDir)> = OnceLock::new();
    let (_, out) = DIRECTORY.get_or_init(|| {
        let (sources, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        copy(&process::sample(), sources.path());
        let layer = sources.path().join("couches/lampadaires");
        fs::create_dir_all(&layer).unwrap();
        fs::write(layer.join("couche.toml"), DECLARATION).unwrap();
        fs::write(layer.join("lampadaires.csv"), table()).unwrap();
        let options = atlaas_ingest::ReadOptions::default();
        let dataset = atlaas_ingest::read_sources(sources.path(), &options, &|_| {}).unwrap();
        atlaas_engine::build(dataset, out.path(), &|_| {}).unwrap();
        (sources, out)
    });
    out.path()
}

fn app() -> AppState {
    static APP: OnceLock<AppState> = OnceLock::new();
    Arc::clone(APP.get_or_init(|| serve(directory())))
}

async fn get(path: &str) -> Answer {
    get_with(&app(), path, &[]).await
}

async fn json(path: &str) -> Value {
    let answer = get(path).await;
    assert_eq!(
        answer.status,
        200,
        "{path}: {}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json()
}

async fn text(path: &str) -> String {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    String::from_utf8(answer.body).unwrap()
}

fn matching(holds: impl Fn(u32) -> bool) -> u64 {
    (0..ROWS).filter(|&rank| holds(rank)).count() as u64
}

#[tokio::test]
async fn filters_of_every_type_keep_what_they_should() {
    let year = |rank: u32| 1990 + rank % 30;
    for (query, expected) in [
        ("", u64::from(ROWS)),
        ("source=led", matching(|rank| rank % 3 == 0)),
        ("source=LED,sodium", matching(|rank| rank % 3 < 2)),
        ("usages=place", matching(|rank| rank % 2 == 0)),
        ("hauteur_min=5", matching(|rank| decimetres(rank) >= 50)),
        (
            "hauteur_min=5&hauteur_max=5.5",
            matching(|rank| (50..=55).contains(&decimetres(rank))),
        ),
        (
            "hauteur=4..8",
            matching(|rank| (40..80).contains(&decimetres(rank))),
        ),
        ("puissance_max=29", 10),
        ("detecteur=oui", matching(|rank| rank % 5 == 0)),
        ("pose_min=2020-01-20", matching(|rank| 1 + rank % 28 >= 20)),
        ("fabrique=1990-1994", matching(|rank| year(rank) < 1995)),
        (
            "commune=01004&source=mercure",
            matching(|rank| rank % 3 == 2),
        ),
        (
            "hauteur_min=5&source=led",
            matching(|rank| decimetres(rank) >= 50 && rank % 3 == 0),
        ),
        ("q=bellatrix%2017", 1),
        ("q=gazier", u64::from(ROWS)),
        (
            "q=lampadaires%20de%20plus%20de%208%20m",
            matching(|rank| decimetres(rank) >= 80),
        ),
        ("q=lampadaires%20de%20moins%20de%2029%20W", 10),
    ] {
        let asked = format!("/api/v1/fiches?type=lampadaire&limit=1&{query}");
        assert_eq!(json(&asked).await["numberMatched"], expected, "{query}");
    }
    for (query, parameter) in [
        ("hauteur_min=haut", "hauteur_min"),
        ("hauteur_min=9&hauteur_max=2", "hauteur_min"),
        ("pose_min=hier", "pose_min"),
        ("tri=puissance", "tri"),
        ("source=gaz", "source"),
    ] {
        let answer = get(&format!("/api/v1/fiches?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(
            answer.json()["errors"][0]["parametre"],
            parameter,
            "{query}"
        );
    }
}

#[tokio::test]
async fn facets_are_counted_with_classes_and_the_others_left_open() {
    let found = json("/api/v1/fiches?type=lampadaire&hauteur_min=8&limit=0").await;
    let facets = found["facettes"].as_array().unwrap();
    let values = |name: &str| -> Vec<(String, u64)> {
        let facet = facets.iter().find(|facet| facet["facette"] == name);
        let values = facet.unwrap_or_else(|| panic!("{name}"))["valeurs"]
            .as_array()
            .unwrap();
        let pair = |value: &Value| {
            (
                value["valeur"].as_str().unwrap().to_owned(),
                value["n"].as_u64().unwrap(),
            )
        };
        let mut pairs: Vec<_> = values.iter().map(pair).filter(|(_, n)| *n > 0).collect();
        pairs.sort();
        pairs
    };
    let high = |rank: u32| decimetres(rank) >= 80;
    let of_light = |light: u32| matching(|rank| high(rank) && rank % 3 == light);
    let expected = [
        ("led", of_light(0)),
        ("mercure", of_light(2)),
        ("sodium", of_light(1)),
    ];
    assert_eq!(
        values("source"),
        expected.map(|(name, n)| (name.to_owned(), n))
    );
    // Its own range is lifted: every class is told.
    let class = |from: u32, to: u32| matching(|rank| (from..to).contains(&decimetres(rank)));
    let expected = [
        ("..4", class(0, 40)),
        ("4..8", class(40, 80)),
        ("8..", class(80, 999)),
    ];
    assert_eq!(
        values("hauteur"),
        expected.map(|(name, n)| (name.to_owned(), n))
    );
    let sensors = matching(|rank| high(rank) && rank % 5 == 0);
    assert!(values("detecteur").contains(&("oui".to_owned(), sensors)));
    assert_eq!(values("pose"), [("2020".to_owned(), matching(high))]);
}

#[tokio::test]
async fn lists_are_sorted_by_its_columns_both_ways() {
    for (sort, expected) in [("hauteur", 2.0), ("-hauteur", 10.9)] {
        let found = json(&format!(
            "/api/v1/fiches?type=lampadaire&tri={sort}&limit=3"
        ))
        .await;
        let first = &found["features"][0]["properties"];
        assert_eq!(first["hauteur"], expected, "{sort}");
    }
}

#[tokio::test]
async fn a_sheet_tells_each_value_of_its_type() {
    let fiche = json("/api/v1/fiches/lampadaire-7").await;
    let told = &fiche["properties"];
    for (name, expected) in [
        ("type", serde_json::json!("lampadaire")),
        ("modele", serde_json::json!("Bellatrix 7")),
        ("histoire", serde_json::json!("Allumé par un gazier")),
        ("source", serde_json::json!("sodium")),
        ("usages", serde_json::json!(["parc"])),
        ("hauteur", serde_json::json!(2.7)),
        ("puissance", serde_json::json!(27)),
        ("detecteur", serde_json::json!(false)),
        ("pose", serde_json::json!("2020-01-08")),
        ("fabrique", serde_json::json!(1997)),
        ("notice", serde_json::json!("https://exemple.fr/7")),
        ("photo", serde_json::json!("https://exemple.fr/7.jpg")),
        ("allumage", serde_json::json!("Mo-Su 18:00-22:00")),
        ("commune", serde_json::json!("Ambérieu-en-Bugey")),
    ] {
        assert_eq!(told[name], expected, "{name} of {told}");
    }
    let page = text("/fiche/lampadaire-7").await;
    for words in [
        "Source de lumière",
        "Sodium",
        "2,7\u{a0}m",
        "27\u{a0}W",
        "08/01/2020",
        "1997",
        "https://exemple.fr/7",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let english = text("/fiche/lampadaire-7?lang=en").await;
    assert!(
        english.contains("Light source") && english.contains("street lamp"),
        "{english}"
    );
}

#[tokio::test]
async fn tiles_clusters_and_their_description_have_it() {
    let tilejson = json("/tiles/lampadaires.json?source=led").await;
    let layer = &tilejson["vector_layers"][0];
    assert_eq!(layer["id"], "lampadaires");
    for (field, kind) in [
        ("source", "String"),
        ("hauteur", "Number"),
        ("n_led", "Number"),
    ] {
        assert_eq!(layer["fields"][field], kind, "{layer}");
    }
    let snapshot = app().snapshot();
    let tileset = atlaas_engine::Tileset::named("lampadaires", snapshot.schema()).unwrap();
    for (filter, expected) in [
        ("", 300),
        ("source=led", 100),
        ("hauteur_min=8", matching(|rank| decimetres(rank) >= 80)),
    ] {
        let pairs: Vec<(String, String)> = filter
            .split_once('=')
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into_iter()
            .collect();
        let query = atlaas_engine::Query::parse(&pairs, snapshot.schema(), &[]).unwrap();
        for zoom in [0_u8, 4, 9] {
            assert_eq!(
                counted(&snapshot, tileset, zoom, &query),
                expected,
                "{filter} at {zoom}"
            );
        }
    }
    let tile = get("/tiles/lampadaires/0/0/0.mvt").await;
    assert_eq!(tile.status, 200);
    let whole = get("/tiles/atlaas/0/0/0.mvt").await;
    assert!(whole.body.len() > tile.body.len());
}

/// The points that clusters of the tiles of a zoom stand for, led by the sums of the colouring facet.
fn counted(
    snapshot: &Snapshot,
    tileset: atlaas_engine::Tileset,
    zoom: u8,
    query: &atlaas_engine::Query,
) -> u64 {
    let side = 1_u32 << zoom;
    let mut total = 0;
    // All of it lies around one town.
    let middle = [5.37_f64, 45.96];
    let x = ((middle[0] + 180.0) / 360.0 * f64::from(side)) as u32;
    let radians = middle[1].to_radians();
    let y = ((1.0 - (radians.tan() + 1.0 / radians.cos()).ln() / std::f64::consts::PI) / 2.0
        * f64::from(side)) as u32;
    for column in x.saturating_sub(1)..=(x + 1).min(side - 1) {
        for row in y.saturating_sub(1)..=(y + 1).min(side - 1) {
            let tile = atlaas_engine::TileId::new(zoom, column, row).unwrap();
            let bytes = snapshot.filtered_tile(tileset, tile, query).unwrap();
            for layer in atlaas_engine::decode(bytes).unwrap() {
                let features = serde_json::to_value(&layer).unwrap();
                for feature in features["features"].as_array().unwrap() {
                    total += own(feature);
                }
            }
        }
    }
    total
}

/// How many points a feature stands for; nothing when it belongs to a neighbour.
fn own(feature: &Value) -> u64 {
    let at = feature["geometry"]["coordinates"].as_array();
    let inside = at.is_none_or(|at| {
        at.iter()
            .flat_map(|part| {
                part.as_array()
                    .map_or_else(|| vec![part.clone()], Clone::clone)
            })
            .all(|number| {
                number
                    .as_f64()
                    .is_none_or(|number| (0.0..4096.0).contains(&number))
            })
    });
    let count = feature["properties"]["point_count"].as_u64().unwrap_or(1);
    if inside { count } else { 0 }
}

#[tokio::test]
async fn exports_and_feeds_have_its_columns() {
    let csv = text("/api/v1/fiches.csv?type=lampadaire&tri=-hauteur&limit=2").await;
    let header = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    for column in [
        "modele",
        "source",
        "usages",
        "hauteur",
        "puissance",
        "detecteur",
        "pose",
        "fabrique",
        "notice",
        "photo",
        "allumage",
    ] {
        assert!(
            header.split([',', ';']).any(|name| name == column),
            "{column} in {header}"
        );
    }
    let ndjson = text("/api/v1/fiches.ndjson?type=lampadaire").await;
    assert_eq!(ndjson.lines().count() as u32, ROWS);
    let feed = text("/api/v1/fiches.atom?type=lampadaire").await;
    assert!(
        feed.contains("Lampadaire") && feed.contains("term=\"led\""),
        "{feed}"
    );
    let workbook = get("/api/v1/fiches.xlsx?type=lampadaire").await;
    assert!(workbook.status == 200 && workbook.body.starts_with(b"PK"));
    let geojson = json("/api/v1/fiches.geojson?type=lampadaire&limit=1").await;
    assert!(
        geojson["features"][0]["properties"]["hauteur"].is_number(),
        "{geojson}"
    );
}

#[tokio::test]
async fn it_is_a_collection_of_ogc() {
    let collections = json("/ogc/collections").await;
    let ids: Vec<&str> = collections["collections"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert!(ids.contains(&"lampadaires"), "{ids:?}");
    let items = json("/ogc/collections/lampadaires/items?source=led&limit=5").await;
    assert_eq!(items["numberMatched"], 100, "{items}");
}

#[tokio::test]
async fn the_catalogue_lists_it_and_its_dictionary_tells_its_columns() {
    let turtle = text("/catalogue.ttl").await;
    let own = turtle.split("#lampadaires> a dcat:Dataset").nth(1).unwrap();
    let own = own.split("\n<").next().unwrap();
    for told in [
        "odbl/1-0",
        "#lampadaires-csv>",
        "#source-couche-lampadaires>",
    ] {
        assert!(own.contains(told), "{told}: {own}");
    }
    assert!(turtle.contains("\"2026-03-01\"^^xsd:date"));
    let schema = json("/api/v1/schemas/lampadaires.json").await;
    let fields = schema["fields"].as_array().unwrap().iter();
    let kind = |name: &str| {
        let mut named = fields.clone().filter(|field| field["name"] == name);
        named
            .next()
            .map(|field| (field["type"].clone(), field["unit"].clone()))
    };
    for (name, expected) in [
        ("hauteur", ("number", Some("m"))),
        ("puissance", ("integer", Some("W"))),
        ("usages", ("list", None)),
        ("modele", ("string", None)),
    ] {
        let (kind, unit) = kind(name).expect(name);
        assert_eq!((kind.as_str().unwrap(), unit.as_str()), expected, "{name}");
    }
}

#[tokio::test]
async fn it_is_described_and_documented() {
    let document = json("/openapi.json").await;
    let names = list_parameters(&document);
    for name in [
        "source",
        "hauteur",
        "hauteur_min",
        "hauteur_max",
        "pose_min",
        "detecteur",
        "facette.source",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let kinds = &document["components"]["schemas"]["TypeDeFiche"]["enum"];
    assert!(
        kinds.as_array().unwrap().contains(&"lampadaire".into()),
        "{kinds}"
    );
    let told = document["components"]["schemas"]["ProprietesDeclarees"]["properties"]
        .as_object()
        .unwrap();
    assert_eq!(told["hauteur"]["type"], "number");
    assert_eq!(told["detecteur"]["type"], "boolean");
    assert!(text("/docs").await.contains("hauteur_min"));
}

#[tokio::test]
async fn people_find_it_by_words_suggestions_pages_and_maps() {
    for q in [
        "lampadaires%20%C3%A0%20Amb%C3%A9rieu-en-Bugey",
        "r%C3%A9verb%C3%A8res%20amberieu%20en%20bugey",
    ] {
        let found = json(&format!("/api/v1/fiches?q={q}&limit=1")).await;
        assert_eq!(found["numberMatched"], ROWS, "{q}: {found}");
    }
    let suggested = json("/api/v1/suggestions?q=lampad").await;
    assert!(
        !suggested["lampadaires"].as_array().unwrap().is_empty(),
        "{suggested}"
    );
    let home = text("/?type=lampadaire").await;
    assert!(
        home.contains("300 lampadaires") && home.contains("Source de lumière"),
        "{home}"
    );
    let commune = text("/commune/01004").await;
    assert!(
        commune.contains("Lampadaires") && commune.contains("type=lampadaire"),
        "{commune}"
    );
    let embed = text("/embed?type=lampadaire&source=led").await;
    assert!(embed.contains("lampadaires"), "{embed}");
    let generator = text("/integrer?type=lampadaire").await;
    assert!(
        generator.contains("<option value=\"lampadaire\" selected>"),
        "{generator}"
    );
    let map = text("/carte.svg?type=lampadaire").await;
    assert!(map.contains("<svg"));
    let parts: usize = text("/sitemap.xml").await.matches("<loc>").count();
    let mut listed = 0;
    for part in 0..parts {
        let part = text(&format!("/sitemap/{part}.xml")).await;
        listed += part.matches("/fiche/lampadaire-").count();
    }
    assert_eq!(listed as u32, ROWS);
}

#[tokio::test]
async fn the_styles_draw_it() {
    for style in ["clair", "sombre", "contraste"] {
        let style = json(&format!("/styles/{style}.json?type=lampadaire")).await;
        let source = &style["sources"]["lampadaires"];
        assert!(
            source["url"]
                .as_str()
                .unwrap()
                .contains("/tiles/lampadaires.json"),
            "{style}"
        );
        let layers = style["layers"].as_array().unwrap();
        let drawn = layers
            .iter()
            .filter(|layer| layer["source"] == "lampadaires");
        let visible = drawn.filter(|layer| layer["layout"]["visibility"] != "none");
        assert!(visible.count() >= 2, "{style}");
    }
}

#[test]
fn the_command_line_searches_it() {
    let output = process::program()
        .args(["search", "--snapshot"])
        .arg(directory())
        .args(["type=lampadaire", "hauteur_min=10.5"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("Lampadaire"),
        "{said}"
    );
}
