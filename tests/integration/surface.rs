//! The whole public surface, from its own description: every example runs, every answer can be
//! revalidated, unknown parameters are told, and the description itself does not change unseen.

use crate::demonstration::{app, get, get_with};
use serde_json::Value;

/// What people reach through other people's links: what these add is forgotten.
const FOR_PEOPLE: &str = "Images et pages";
/// Probes add what they like against caches.
const PROBED: &str = "/health/";

/// Path, media types, example of every operation that has one.
async fn operations() -> Vec<(String, Vec<String>, String)> {
    let document = get("/openapi.json").await.json();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["get"];
        let media = operation["responses"]["200"]["content"].as_object();
        let media = media
            .map(|media| media.keys().cloned().collect())
            .unwrap_or_default();
        if let Some(example) = operation["x-example"].as_str() {
            let example = example.replace("{base}", "http%3A%2F%2Fatlaas.test");
            found.push((path.clone(), media, example));
        }
    }
    found
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own() {
    let document = get("/openapi.json").await.json();
    let mut names = std::collections::BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name}");
        }
    }
}

/// What has no example: its addresses change with the data or with what was built.
#[tokio::test]
async fn nearly_every_operation_has_an_example_that_runs() {
    let document = get("/openapi.json").await.json();
    let paths = document["paths"].as_object().unwrap();
    let without = paths
        .iter()
        .filter(|(_, item)| item["get"].is_object() && item["get"]["x-example"].is_null());
    let without: Vec<&str> = without.map(|(path, _)| path.as_str()).collect();
    let expected = [
        "/actifs/{file}",
        "/api/v1/fiches.html",
        "/api/v1/grappes/{tileset}/{cluster_id}",
        "/fiche/{id}",
    ];
    assert_eq!(without, expected);
}

#[tokio::test]
async fn every_operation_answers_and_can_be_revalidated() {
    for (path, media, address) in operations().await {
        // Health is never kept.
        if path.starts_with("/health/") {
            continue;
        }
        let answer = get(&address).await;
        assert_eq!(
            answer.status,
            200,
            "{address}: {}",
            String::from_utf8_lossy(&answer.body)
        );
        let sent = answer
            .header("content-type")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        assert!(
            media.iter().any(|known| known.starts_with(&sent)),
            "{address}: {sent} not in {media:?}"
        );
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with('"'), "{address}: a strong tag, not {tag:?}");
        let again = get_with(&app(), &address, &[("if-none-match", &tag)]).await;
        assert_eq!(
            (again.status.as_u16(), again.body.len()),
            (304, 0),
            "{address}"
        );
        for header in ["etag", "cache-control", "vary"] {
            assert_eq!(
                again.header(header),
                answer.header(header),
                "{address}: {header}"
            );
        }
        let cors = get_with(&app(), &address, &[("origin", "https://a.example")]).await;
        assert_eq!(cors.header("access-control-allow-origin"), "*", "{address}");
    }
}

/// Addresses in the shape of the national APIs, which ignore what they do not know.
const NATIONAL: [&str; 7] = [
    "/communes",
    "/communes_associees_deleguees",
    "/departements",
    "/epcis",
    "/regions",
    "/search",
    "/reverse",
];

fn is_national(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    path.starts_with("/geocodage/") || NATIONAL.iter().any(|known| known[1..] == *first)
}

#[tokio::test]
async fn the_national_addresses_ignore_and_name_a_parameter_that_they_do_not_know() {
    let document = get("/openapi.json").await.json();
    let mut asked = 0;
    for (path, _, address) in operations().await {
        if !is_national(&path) {
            continue;
        }
        asked += 1;
        let joint = if address.contains('?') { '&' } else { '?' };
        let plain = get(&address).await;
        assert_eq!(plain.header("atlaas-parametres-ignores"), "", "{address}");
        let strange = get(&format!("{address}{joint}inconnu=1")).await;
        assert_eq!(
            (strange.status.as_u16(), strange.body == plain.body),
            (200, true),
            "{address}"
        );
        assert_eq!(
            strange.header("atlaas-parametres-ignores"),
            "inconnu",
            "{address}"
        );
        let parameters = document["paths"][&path]["get"]["parameters"].as_array();
        let described = parameters.into_iter().flatten();
        let described = described.filter(|parameter| parameter["in"] == "query");
        for name in described.map(|parameter| parameter["name"].as_str().unwrap()) {
            let answer = get(&format!("{address}{joint}{name}=")).await;
            assert_eq!(
                answer.header("atlaas-parametres-ignores"),
                "",
                "{address}: {name}"
            );
        }
    }
    assert!(asked > 15, "only {asked} addresses were asked for");
}

#[tokio::test]
async fn every_address_of_data_refuses_a_parameter_that_it_does_not_know() {
    let document = get("/openapi.json").await.json();
    for (path, _, address) in operations().await {
        if path.starts_with(PROBED) || for_people(&document, &path) || is_national(&path) {
            continue;
        }
        let joint = if address.contains('?') { '&' } else { '?' };
        let answer = get(&format!("{address}{joint}inconnu=1")).await;
        assert_eq!(answer.status, 400, "{address}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{address}"
        );
        assert_eq!(
            answer.json()["errors"][0]["parametre"],
            "inconnu",
            "{address}"
        );
    }
}

/// Whether an operation is a page, an embed or a picture.
fn for_people(document: &Value, path: &str) -> bool {
    document["paths"][path]["get"]["tags"][0] == FOR_PEOPLE
}

#[tokio::test]
async fn pages_and_pictures_forget_what_strangers_add_to_their_address() {
    let document = get("/openapi.json").await.json();
    let mut asked = 0;
    for (path, _, address) in operations().await {
        if !for_people(&document, &path) {
            continue;
        }
        asked += 1;
        let joint = if address.contains('?') { '&' } else { '?' };
        let plain = get(&address).await;
        let strange = get(&format!(
            "{address}{joint}fbclid=stranger&utm_source=stranger&gclid=stranger&dnt=1"
        ))
        .await;
        assert_eq!(strange.status, 200, "{address}");
        assert_eq!(strange.body, plain.body, "{address}");
        assert_eq!(strange.header("etag"), plain.header("etag"), "{address}");
    }
    assert!(asked > 12, "only {asked} pages were asked for");
}

/// Names that are taken beyond those that an address describes, because they say nothing there: the
/// page and the order of a result where there is none, what pages add to the address of a query, the
/// form where there is one only.
const SAYING_NOTHING: [&str; 22] = [
    "texte",
    "access_token",
    "key",
    "limit",
    "offset",
    "apres",
    "tri",
    "facettes",
    "explication",
    "f",
    "dialecte",
    "lang",
    "v",
    "fiche",
    "carte",
    "fond",
    "integre",
    "hauteur",
    "largeur",
    "titre",
    "maille",
    "parmi",
];

#[tokio::test]
async fn what_is_taken_is_what_is_described() {
    let document = get("/openapi.json").await.json();
    for (path, _, address) in operations().await {
        if path.starts_with(PROBED) || for_people(&document, &path) || is_national(&path) {
            continue;
        }
        let joint = if address.contains('?') { '&' } else { '?' };
        let refusal = get(&format!("{address}{joint}inconnu=1")).await.json();
        let taken: Vec<&str> = refusal["errors"][0]["valeurs_admises"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let parameters = document["paths"][&path]["get"]["parameters"].as_array();
        let described: Vec<&str> = parameters
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "query")
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        for name in &described {
            let known = taken.contains(name) || name.starts_with("facette.");
            assert!(
                known,
                "{path}: {name} is described and not taken: {taken:?}"
            );
        }
        for name in &taken {
            let known = described.contains(name)
                || SAYING_NOTHING.contains(name)
                || name.starts_with("facette.");
            assert!(known, "{path}: {name} is taken and not described");
        }
    }
}

/// Where any JSON is any JSON: expressions of the specification of MapLibre styles.
const EXPRESSIONS: [&str; 1] = ["StyleCouche"];

#[tokio::test]
async fn every_answer_has_the_schema_of_its_type() {
    let document = get("/openapi.json").await.json();
    for (path, item) in document["paths"].as_object().unwrap() {
        let operations = item.as_object().unwrap().values();
        let answers = operations.flat_map(|one| one["responses"].as_object().unwrap());
        for (status, answer) in answers {
            for (media, content) in answer["content"].as_object().into_iter().flatten() {
                let schema = &content["schema"];
                let items = &schema["items"]["$ref"];
                let typed = schema["$ref"].is_string() || items.is_string();
                let text = schema["type"] == "string" && !media.contains("json");
                let lines = media.ends_with("-seq") || media.ends_with("ndjson");
                assert!(typed || text || lines, "{path} {status} {media}: {schema}");
            }
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if !EXPRESSIONS.contains(&name.as_str()) {
            assert_eq!(untyped(schema, name), Vec::<String>::new());
        }
    }
}

/// Where a schema says nothing of what is there.
fn untyped(schema: &Value, place: &str) -> Vec<String> {
    let Some(map) = schema.as_object() else {
        return Vec::new();
    };
    let says = [
        "$ref",
        "oneOf",
        "anyOf",
        "allOf",
        "enum",
        "properties",
        "items",
    ];
    let object = schema["type"] == "object" && schema["additionalProperties"].is_null();
    let nothing = map.get("type").is_none() || object;
    if nothing && says.iter().all(|word| !map.contains_key(*word)) {
        return vec![place.to_owned()];
    }
    let mut found = Vec::new();
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        found.extend(untyped(inner, &format!("{place}.{name}")));
    }
    for word in ["items", "additionalProperties"] {
        found.extend(untyped(&schema[word], &format!("{place}.{word}")));
    }
    for word in ["oneOf", "anyOf", "allOf"] {
        for inner in schema[word].as_array().into_iter().flatten() {
            found.extend(untyped(inner, &format!("{place}.{word}")));
        }
    }
    found
}

#[tokio::test]
async fn the_description_does_not_change_unseen() {
    let document = get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test]
async fn the_documentation_shows_every_address() {
    let page = String::from_utf8(get("/docs").await.body).unwrap();
    let document = get("/openapi.json").await.json();
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("<code>{path}</code>")), "{path}");
    }
    assert!(
        page.contains("curl 'http://atlaas.test/communes/13056'"),
        "examples name this service"
    );
}

#[tokio::test]
async fn the_sitemap_leads_to_every_fiche() {
    let index = String::from_utf8(get("/sitemap.xml").await.body).unwrap();
    let mut total = 0;
    for part in index.split("<loc>http://atlaas.test").skip(1) {
        let path = part.split('<').next().unwrap();
        total += String::from_utf8(get(path).await.body)
            .unwrap()
            .matches("<url>")
            .count();
    }
    let counts = get("/health/readyz").await.json()["counts"].clone();
    let expected: u64 = counts
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(total as u64, expected);
    assert!(
        String::from_utf8(get("/robots.txt").await.body)
            .unwrap()
            .contains("Sitemap: http://atlaas.test/sitemap.xml")
    );
}
