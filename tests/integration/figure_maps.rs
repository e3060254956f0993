//! Maps and reports of the barometer: what they show is what its tables say, classes of years compare,
//! standardised rates are those of the strata, styles and pictures stand alone, and a report is whole.

use crate::demonstration::get;
use serde_json::Value;
use std::collections::BTreeMap;

async fn json(path: &str) -> Value {
    let answer = get(path).await;
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 200, "{path}: {told}");
    answer.json()
}

/// The cells of a table of one dimension, by value.
async fn cells(path: &str) -> BTreeMap<String, Value> {
    let told = json(path).await;
    let cells = told["cases"].as_array().unwrap().iter();
    cells
        .map(|cell| {
            let value = cell["valeurs"][0]["valeur"].as_str().unwrap();
            (value.to_owned(), cell.clone())
        })
        .collect()
}

const QUERIES: [&str; 4] = [
    "type=initiative",
    "type=initiative&region=93",
    "type=initiative&annee=2018",
    "q=wifi&parmi=communes",
];

#[tokio::test]
async fn a_map_shows_what_the_table_says() {
    for query in QUERIES {
        for (level, measure) in [
            ("departement", "taux"),
            ("region", "fiches"),
            ("epci", "actives"),
            ("commune", "fiches"),
        ] {
            let path = format!("/api/v1/barometre/carte?maille={level}&mesure={measure}&{query}");
            let map = json(&path).await;
            let mut table = cells(&format!("/api/v1/barometre?par={level}&{query}")).await;
            for area in map["territoires"].as_array().unwrap() {
                let cell = table.remove(area["code"].as_str().unwrap()).unwrap();
                assert_eq!(area["fiches"], cell["fiches"], "{path}");
                let class = area["classe"].as_u64().unwrap() as usize;
                assert_eq!(class == 0, cell["fiches"] == 0, "{path} {area}");
                let Some(value) = area["valeur"].as_f64() else {
                    assert_eq!(class, 0, "{path} {area}");
                    continue;
                };
                let wanted = match measure {
                    "fiches" => cell["fiches"].as_f64(),
                    "taux" => cell["pour_10000"]["lisse"].as_f64(),
                    _ => cell["part_active"]["valeur"]
                        .as_f64()
                        .map(|part| part * 100.0),
                };
                assert!(
                    (value - wanted.unwrap()).abs() < 0.01,
                    "{path} {area} {cell}"
                );
                if map["classes_de_toutes_les_annees"] == false {
                    let at = |end: &str| map["classes"][class][end].as_f64().unwrap();
                    assert!(at("de") <= value && value <= at("a"), "{path} {area}");
                }
            }
            let absent = map["absents"].as_array();
            assert_eq!(absent.is_some(), query.contains("region"), "{path}");
            if let Some(absent) = absent {
                let mut codes: Vec<&str> = absent.iter().filter_map(Value::as_str).collect();
                codes.sort_unstable();
                assert_eq!(codes, table.keys().collect::<Vec<_>>(), "{path}");
            }
            for (code, cell) in table {
                assert_eq!(cell["participantes"], 0, "{path}: {code} is not on the map");
            }
        }
    }
}

#[tokio::test]
async fn the_list_of_a_territory_is_what_its_colour_counts() {
    for (level, query) in [
        ("departement", "q=wifi"),
        ("commune", "type=initiative&departement=13"),
    ] {
        let map = json(&format!("/api/v1/barometre/carte?maille={level}&{query}")).await;
        let list = map["liste"].as_str().unwrap();
        let list = list.strip_prefix("http://atlaas.test").unwrap();
        for area in map["territoires"].as_array().unwrap().iter().step_by(5) {
            let path = list.replace("{code}", area["code"].as_str().unwrap());
            let found = json(&format!("{path}&limit=0")).await;
            assert_eq!(found["numberMatched"], area["fiches"], "{path}");
        }
    }
}

#[tokio::test]
async fn maps_of_years_have_the_same_classes() {
    let classes = async |year: u16| {
        let path = format!("/api/v1/barometre/carte?maille=departement&mesure=fiches&annee={year}");
        let map = json(&path).await;
        assert_eq!(map["classes_de_toutes_les_annees"], true);
        map["classes"].clone()
    };
    assert_eq!(classes(2016).await, classes(2019).await);
    let whole = json("/api/v1/barometre/carte?maille=departement&mesure=fiches").await;
    assert_ne!(classes(2016).await, whole["classes"]);
}

/// Sheets and inhabitants of a territory in each stratum of the country.
async fn by_stratum(filter: &str) -> BTreeMap<String, (f64, f64)> {
    let told = cells(&format!("/api/v1/barometre?par=strate&{filter}")).await;
    let counts = told.into_iter().map(|(stratum, cell)| {
        let number = |name: &str| cell[name].as_f64().unwrap();
        (stratum, (number("fiches"), number("population")))
    });
    counts.collect()
}

#[tokio::test]
async fn standardised_rates_are_those_of_the_strata_with_the_weights_of_all() {
    let query = "type=initiative&parmi=communes";
    let told = cells(&format!(
        "/api/v1/barometre?par=region&standardise=strate&{query}"
    ))
    .await;
    let all = by_stratum(query).await;
    for (code, cell) in told {
        let own = by_stratum(&format!("{query}&region={code}")).await;
        let known: Vec<(f64, f64, f64)> = all
            .iter()
            .filter_map(|(stratum, (_, people))| {
                let (sheets, own) = own.get(stratum)?;
                (*own > 0.0).then_some((*sheets, *own, *people))
            })
            .collect();
        let weights: f64 = known.iter().map(|(.., weight)| weight).sum();
        let rates = known
            .iter()
            .map(|(sheets, own, weight)| sheets / own * weight);
        let rate = rates.sum::<f64>() / weights * 1e4;
        let found = &cell["standardise"];
        if known.is_empty() {
            assert!(found.is_null(), "{code}: {found}");
            continue;
        }
        let found_rate = found["pour_10000"].as_f64().unwrap();
        assert!((found_rate - rate).abs() < 1e-3, "{code}: {found} {rate}");
        assert_eq!(
            found["strates_absentes"],
            all.values().filter(|(_, people)| *people > 0.0).count() - known.len(),
            "{code}"
        );
    }
    for wrong in ["par=enjeu", "par=strate", "par=region,annee", "par=commune"] {
        let answer = get(&format!("/api/v1/barometre?{wrong}&standardise=strate")).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert_eq!(
            answer.json()["errors"][0]["parametre"],
            "standardise",
            "{wrong}"
        );
    }
    assert_eq!(
        get("/api/v1/barometre?par=region&standardise=age")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_style_has_the_classes_of_the_map_and_hatches_the_rest() {
    for (ground, measure) in [
        ("barometre-fiches", "fiches"),
        ("barometre-taux", "taux"),
        ("barometre-actives", "actives"),
    ] {
        for level in ["region", "departement", "epci", "commune"] {
            let query = format!("maille={level}&type=initiative");
            let style = json(&format!("/styles/clair.json?fond={ground}&{query}")).await;
            let map = json(&format!("/api/v1/barometre/carte?mesure={measure}&{query}")).await;
            let layers = style["layers"].as_array().unwrap();
            let layer = |part: &str| {
                let id = format!("{ground}-{part}");
                layers.iter().find(|layer| layer["id"] == *id).unwrap()
            };
            assert_eq!(layer("absents")["paint"]["fill-pattern"], "hachures");
            let fill = layer("classes")["paint"]["fill-color"].as_array().unwrap();
            let mut coloured: Vec<&str> = fill
                .iter()
                .filter_map(Value::as_array)
                .flatten()
                .filter_map(Value::as_str)
                .filter(|code| !["get", "code"].contains(code))
                .collect();
            let areas = map["territoires"].as_array().unwrap();
            let mut wanted: Vec<&str> = areas
                .iter()
                .map(|area| area["code"].as_str().unwrap())
                .collect();
            coloured.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(
                coloured.iter().filter(|text| **text != "to-string").count(),
                wanted.len()
            );
            assert!(
                wanted
                    .iter()
                    .all(|code| coloured.binary_search(code).is_ok())
            );
            check_style(&style, &map, ground);
        }
    }
    assert_eq!(
        get("/styles/clair.json?fond=barometre-taux&maille=pays")
            .await
            .status,
        400
    );
}

/// What a style says of a ground: its legend, and that its layers are seen.
fn check_style(style: &Value, map: &Value, ground: &str) {
    let layers = style["layers"].as_array().unwrap();
    let legend = style["metadata"]["atlaas:legende"].as_array().unwrap();
    assert_eq!(legend.len(), map["classes"].as_array().unwrap().len() + 1);
    let shown = |id: &Value| {
        layers
            .iter()
            .any(|layer| layer["id"] == *id && layer["layout"]["visibility"] == "visible")
    };
    let ids = style["metadata"]["atlaas:choix"][ground]
        .as_array()
        .unwrap();
    assert!(ids.iter().all(shown));
}

#[tokio::test]
async fn the_pattern_of_a_style_is_as_large_as_it_says() {
    let style = json("/styles/sombre.json?fond=barometre-taux").await;
    let sprite = style["sprite"].as_str().unwrap();
    let sprite = sprite.strip_prefix("http://atlaas.test").unwrap();
    for scale in ["", "@2x"] {
        let pattern = json(&format!("{sprite}{scale}.json")).await;
        let picture = get(&format!("{sprite}{scale}.png")).await;
        let size = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap());
        assert_eq!(pattern["hachures"]["width"], size(16));
        assert_eq!(pattern["hachures"]["height"], size(20));
    }
    assert_eq!(get("/motifs/points.png").await.status, 404);
}

#[tokio::test]
async fn still_maps_say_what_their_colours_mean() {
    for path in [
        "/carte.svg?fond=barometre-taux",
        "/carte.svg?fond=barometre-fiches&maille=commune&departement=13",
        "/carte.svg?fond=barometre-actives&maille=commune&lang=en",
        "/carte.svg?fond=barometre-taux&q=zzzzqqqq&strict=1",
        "/carte.svg?fond=barometre-taux&maille=region&largeur=120&hauteur=120",
    ] {
        let svg = String::from_utf8(get(path).await.body).unwrap();
        assert!(
            svg.contains("<title>") && svg.contains("url(#absent)"),
            "{path}"
        );
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{path}");
        let hatching = if path.contains("lang=en") {
            "does not take part"
        } else {
            "ne participe pas"
        };
        assert!(svg.contains(hatching), "{path}");
    }
    let png = get("/carte.png?fond=barometre-taux&departement=13").await;
    assert!(png.body.starts_with(b"\x89PNG"));
    assert_eq!(
        get("/carte.svg?fond=barometre-taux&type=commune")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_report_is_whole_for_the_country_and_any_territory() {
    for path in [
        "/releve",
        "/releve?lang=en",
        "/releve/region-93",
        "/releve/departement-13",
        "/releve/epci-200054807",
        "/releve/commune-13056",
        "/releve/departement-976",
    ] {
        let page = get(path).await;
        let html = String::from_utf8(page.body).unwrap();
        assert_eq!(page.status, 200, "{path}: {html}");
        assert!(html.len() < 40_000, "{path}: {}", html.len());
        for part in [
            "id=\"layers\"",
            "class=\"map-image\"",
            "class=\"method\"",
            "?v=",
        ] {
            assert!(html.contains(part), "{path}: {part}");
        }
        assert!(!html.contains("NaN"), "{path}");
    }
    for path in ["/releve/commune-00000", "/releve/initiative-1", "/releve/x"] {
        assert_eq!(get(path).await.status, 404, "{path}");
    }
}

/// Every fiche of a query, its properties.
async fn list(query: &str) -> Vec<Value> {
    let found = get(&format!("/api/v1/fiches.ndjson?{query}")).await;
    let text = String::from_utf8(found.body).unwrap();
    let rows = text.lines().filter(|line| !line.is_empty());
    rows.map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        row.get("properties").cloned().unwrap_or(row)
    })
    .collect()
}

#[tokio::test]
async fn communes_are_selected_by_inhabitants_and_density_and_fiches_by_their_change() {
    let people: BTreeMap<String, f64> = list("type=commune")
        .await
        .iter()
        .filter_map(|one| {
            Some((
                one["code"].as_str()?.to_owned(),
                one["population"].as_f64()?,
            ))
        })
        .collect();
    let sheets = list("type=initiative").await;
    for (span, least, most) in [
        ("500-1999", 500.0, 1999.0),
        ("10000-", 1e4, 1e12),
        ("-999", 0.0, 999.0),
    ] {
        let wanted = people
            .values()
            .filter(|n| (least..=most).contains(*n))
            .count();
        assert_eq!(
            list(&format!("type=commune&habitants={span}")).await.len(),
            wanted,
            "{span}"
        );
        let inside = |one: &&Value| {
            let code = one["code_commune"].as_str().unwrap_or_default();
            people.get(code).is_some_and(|n| (least..=most).contains(n))
        };
        let wanted = sheets.iter().filter(inside).count();
        assert_eq!(
            list(&format!("type=initiative&habitants={span}"))
                .await
                .len(),
            wanted,
            "{span}"
        );
    }
    for wrong in [
        "habitants=beaucoup",
        "habitants=9-1",
        "grille=0",
        "mise_a_jour=hier",
    ] {
        assert_eq!(
            get(&format!("/api/v1/fiches?{wrong}")).await.status,
            400,
            "{wrong}"
        );
    }
    let page = get("/?habitants=500-1999&type=initiative&lang=fr").await;
    let html = String::from_utf8(page.body).unwrap();
    assert!(html.contains("habitants"), "the filter is told");
}
