//! The barometer: every figure equals a scan of the list behind it, every link leads to what was counted,
//! mistakes are told, and the page and its charts say what the data says.

use crate::demonstration::get;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

async fn json(path: &str) -> Value {
    let answer = get(path).await;
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 200, "{path}: {told}");
    answer.json()
}

/// Every fiche of a query, its properties.
async fn scan(query: &str) -> Vec<Value> {
    let answer = get(&format!("/api/v1/fiches.ndjson?{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    let text = String::from_utf8(answer.body).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            row.get("properties").cloned().unwrap_or(row)
        })
        .collect()
}

/// The values of a fiche under a name of a column, as texts.
fn values(fiche: &Value, name: &str) -> Vec<String> {
    let key = match name {
        "departement" => "code_departement",
        "region" => "code_region",
        "commune" => "code_commune",
        name => name,
    };
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match &fiche[key] {
        Value::Null => Vec::new(),
        Value::Array(all) => all.iter().map(text).collect(),
        Value::String(joined) if joined.contains('|') => {
            joined.split('|').map(str::to_owned).collect()
        }
        one => vec![text(one)],
    }
}

/// Objects, active communes and objects of each of these, by pair of values.
type Scanned = BTreeMap<Vec<String>, (u64, BTreeMap<String, u64>)>;

fn scanned(fiches: &[Value], by: &[&str]) -> Scanned {
    let mut cells = Scanned::new();
    for fiche in fiches {
        let mut keys: Vec<Vec<String>> = vec![Vec::new()];
        for name in by {
            let of = values(fiche, name);
            keys = keys
                .iter()
                .flat_map(|key| {
                    of.iter()
                        .map(|value| [key.as_slice(), std::slice::from_ref(value)].concat())
                })
                .collect();
        }
        for key in keys {
            let cell = cells.entry(key).or_default();
            cell.0 += 1;
            if let Some(code) = fiche["code_commune"].as_str() {
                *cell.1.entry(code.to_owned()).or_default() += 1;
            }
        }
    }
    cells
}

const QUERIES: [&str; 5] = [
    "type=initiative",
    "type=initiative&region=93",
    "type=initiative,colieu&departement=13,59",
    "type=initiative&annee=2015-2018&region=11",
    "type=initiative&q=jeunes",
];

#[tokio::test]
async fn every_figure_equals_a_scan_of_the_list_behind_it() {
    for query in QUERIES {
        let strict = if query.contains("q=") {
            "&strict=1"
        } else {
            ""
        };
        let fiches = scan(&format!("{query}{strict}")).await;
        for by in [
            &["enjeu"][..],
            &["annee"],
            &["departement"],
            &["commune"],
            &["enjeu", "annee"],
            &["region", "enjeu"],
        ] {
            let path = format!("/api/v1/barometre?par={}&{query}", by.join(","));
            let told = json(&path).await;
            let mut wanted = scanned(&fiches, by);
            assert_eq!(told["total"]["fiches"], fiches.len(), "{path}");
            for cell in told["cases"].as_array().unwrap() {
                let key = cell["valeurs"].as_array().unwrap().iter();
                let key: Vec<String> = key
                    .map(|one| one["valeur"].as_str().unwrap().to_owned())
                    .collect();
                let (sheets, communes) = wanted.remove(&key).unwrap_or_default();
                assert_eq!(cell["fiches"], sheets, "{path} {key:?}");
                assert_eq!(cell["actives"], communes.len(), "{path} {key:?}");
                let mut sizes: Vec<u64> = communes.into_values().collect();
                sizes.sort_unstable();
                if sizes.len() % 2 == 1 {
                    let median = cell["par_active"]["mediane"].as_f64();
                    assert_eq!(
                        median,
                        Some(sizes[sizes.len() / 2] as f64),
                        "{path} {key:?}"
                    );
                }
                check_bounds(cell, &path);
            }
            assert!(wanted.is_empty(), "{path}: {wanted:?}");
        }
    }
}

/// What must hold of any cell.
fn check_bounds(cell: &Value, path: &str) {
    let n = |name: &str| cell[name].as_u64().unwrap();
    assert!(n("actives") <= n("participantes"), "{path}: {cell}");
    assert!(n("participantes") <= n("communes"), "{path}: {cell}");
    if let Some(rate) = cell.get("pour_10000") {
        let at = |name: &str| rate[name].as_f64().unwrap();
        assert!(
            at("de") <= at("lisse") + 1e-4 && at("lisse") <= at("a") + 1e-4,
            "{path}: {cell}"
        );
        let raw = n("fiches") as f64 * 10_000.0 / n("population") as f64;
        assert!(
            (at("brut") - raw).abs() < 0.01 + raw * 1e-3,
            "{path}: {cell}"
        );
    }
}

#[tokio::test]
async fn denominators_are_those_of_the_territory_and_of_those_who_take_part() {
    for (filter, by) in [
        ("region=93", "departement"),
        ("departement=13", "strate"),
        ("", "arobases"),
    ] {
        let told = json(&format!(
            "/api/v1/barometre?par={by}&type=initiative&{filter}"
        ))
        .await;
        let communes = scan(&format!("type=commune&{filter}")).await;
        assert_eq!(told["total"]["communes"], communes.len(), "{filter}");
        let sheets = scan(&format!("type=initiative&{filter}")).await;
        let entered: BTreeSet<&str> = sheets
            .iter()
            .filter_map(|one| one["code_commune"].as_str())
            .collect();
        let takes_part = |one: &&Value| {
            let labelled = one["labels"].as_array().is_some_and(|all| !all.is_empty())
                || one["labels"].as_str().is_some_and(|text| !text.is_empty());
            labelled || entered.contains(one["code"].as_str().unwrap())
        };
        let taking: Vec<&Value> = communes.iter().filter(takes_part).collect();
        assert_eq!(told["total"]["participantes"], taking.len(), "{filter}");
        let people: f64 = taking
            .iter()
            .filter_map(|one| one["population"].as_f64())
            .sum();
        assert_eq!(told["total"]["population"], people as u64, "{filter}");
        let all = json(&format!(
            "/api/v1/barometre?par={by}&parmi=communes&type=initiative&{filter}"
        ))
        .await;
        let people: f64 = communes
            .iter()
            .filter_map(|one| one["population"].as_f64())
            .sum();
        assert_eq!(all["total"]["population"], people as u64, "{filter}");
    }
}

#[tokio::test]
async fn every_link_leads_to_what_was_counted() {
    for query in [
        "par=enjeu",
        "par=departement,annee&region=93",
        "par=arobases&q=wifi",
        "par=commune&departement=13",
        "par=strate",
        "par=strate&habitants=300-4000",
        "par=mise_a_jour&mise_a_jour=2015-",
    ] {
        let told = json(&format!("/api/v1/barometre?{query}")).await;
        let cells = told["cases"].as_array().unwrap();
        assert!(!cells.is_empty(), "{query}");
        for cell in cells.iter().step_by(7).chain([&told["total"]]) {
            let list = cell["liens"]["liste"].as_str().unwrap();
            let list = list.strip_prefix("http://atlaas.test").unwrap();
            let found = json(&format!("{list}&limit=0")).await;
            assert_eq!(found["numberMatched"], cell["fiches"], "{query} {list}");
        }
    }
}

#[tokio::test]
async fn figures_are_asked_for_in_words() {
    for (words, query) in [
        (
            "combien+d%27initiatives+en+Bretagne+depuis+2015",
            "type=initiative&region=53&annee=2015-",
        ),
        (
            "barom%C3%A8tre+%C3%A9ducation+occitanie",
            "type=initiative&q=%C3%A9ducation+occitanie",
        ),
        (
            "nombre+d%27initiatives+en+Loz%C3%A8re",
            "type=initiative&departement=48",
        ),
    ] {
        let told = json(&format!("/api/v1/barometre?q={words}")).await;
        let same = json(&format!("/api/v1/barometre?{query}")).await;
        assert_eq!(told["total"]["fiches"], same["total"]["fiches"], "{words}");
        assert_eq!(
            told["total"]["communes"], same["total"]["communes"],
            "{words}"
        );
    }
}

#[tokio::test]
async fn tables_say_what_the_json_says_and_mistakes_are_told() {
    let told = json("/api/v1/barometre?par=enjeu,region").await;
    let csv = get("/api/v1/barometre?par=enjeu,region&f=csv").await;
    let csv = String::from_utf8(csv.body).unwrap();
    let cells = told["cases"].as_array().unwrap();
    assert_eq!(csv.lines().count(), cells.len() + 2);
    assert!(
        csv.lines()
            .nth(1)
            .unwrap()
            .starts_with("total,Total,total,Total,")
    );
    let workbook = get("/api/v1/barometre?par=enjeu&f=xlsx").await;
    assert!(workbook.body.starts_with(b"PK"));
    for (query, parameter) in [
        ("par=couleur", "par"),
        ("par=enjeu,annee,region", "par"),
        ("par=enjeu,enjeu", "par"),
        ("par=commune,annee", "par"),
        ("type=commune", "type"),
        ("parmi=toutes", "parmi"),
        ("par=enjeu&annee=x", "annee"),
        ("par=enjeu&f=pdf", "f"),
    ] {
        let answer = get(&format!("/api/v1/barometre?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        let mistakes = answer.json();
        let first = &mistakes["errors"][0]["parametre"];
        assert_eq!(first, parameter, "{query}: {mistakes}");
    }
}

#[tokio::test]
async fn the_page_and_its_charts_stand_without_a_script() {
    for query in [
        "",
        "?par=enjeu",
        "?par=annee",
        "?par=departement&lang=en",
        "?par=enjeu&par=annee",
        "?par=strate&q=bretagne",
    ] {
        let page = get(&format!("/barometre{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        let html = String::from_utf8(page.body).unwrap();
        assert!(
            html.contains("<tbody>") && !html.contains("NaN"),
            "{query}: {html}"
        );
        let charts = html.matches("class=\"chart\"").count();
        assert!(charts > 0, "{query}");
        assert!(html.len() < 40_000, "{query}: {}", html.len());
    }
    let wrong = get("/barometre?par=zzz").await;
    let html = String::from_utf8(wrong.body).unwrap();
    assert!(html.contains("role=\"alert\""), "{html}");
    let svg = get("/barometre.svg?par=annee").await;
    let svg = String::from_utf8(svg.body).unwrap();
    assert!(
        svg.contains("<title>") && svg.contains("Atlaas, instantané"),
        "{svg}"
    );
    let png = get("/barometre.png?par=departement").await;
    assert!(png.body.starts_with(b"\x89PNG"));
    assert_eq!(get("/barometre.svg?par=enjeu,annee").await.status, 200);
    assert_eq!(get("/barometre.svg?par=enjeu,region").await.status, 400);
}
