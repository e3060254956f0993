//! The whole public surface, from its own description: every example runs, every answer can be
//! revalidated, unknown parameters are told, and the description itself does not change unseen.

use crate::demonstration::{app, get, get_with};
use serde_json::Value;

/// Path, first media type, example of every operation.
async fn operations() -> Vec<(String, Vec<String>, String)> {
    let document = get("/openapi.json").await.json();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["get"];
        let media = operation["responses"]["200"]["content"].as_object();
        let media = media
            .map(|media| media.keys().cloned().collect())
            .unwrap_or_default();
        found.push((path.clone(), media, example(path, operation)));
    }
    found
}

/// An address made of the examples of the path's parameters and of those that are required.
fn example(path: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let mut query = String::new();
    for parameter in operation["parameters"].as_array().unwrap_or(&Vec::new()) {
        let name = parameter["name"].as_str().unwrap();
        let value = match &parameter["example"] {
            Value::String(text) => text.clone(),
            Value::Null => continue,
            other => other.to_string(),
        };
        if parameter["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), &value);
        } else if parameter["required"] == true
            || (name == "limit" && path != "/tiles/{tileset}.json")
        {
            query.push_str(if query.is_empty() { "?" } else { "&" });
            query.push_str(&format!("{name}={value}"));
        }
    }
    address + &query
}

#[tokio::test]
async fn every_operation_answers_and_can_be_revalidated() {
    for (path, media, address) in operations().await {
        if address.contains('{') || path.starts_with("/health/") {
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

#[tokio::test]
async fn every_operation_refuses_a_parameter_that_it_does_not_know() {
    for (path, _, address) in operations().await {
        if address.contains('{') || path.starts_with("/health/") {
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

#[tokio::test]
async fn the_description_does_not_change_unseen() {
    let document = get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test]
async fn the_documentation_shows_every_address() {
    let page = String::from_utf8(get("/docs").await.body).unwrap();
    for (path, ..) in operations().await {
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
