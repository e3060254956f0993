//! How mistakes are told: all at once, each with its parameter, what is allowed and the nearest
//! spelling, in French or in English; and never what people typed elsewhere than to themselves.

use crate::demonstration::{Answer, app, get, get_with};
use serde_json::Value;

/// Address, parameters that are told in their order, suggestions for them (empty for none).
const MISTAKES: &[(&str, &[(&str, &str)])] = &[
    (
        "/api/v1/fiches?enjue=education&typ=initiative&q=wifi",
        &[("enjue", "enjeu"), ("typ", "type")],
    ),
    (
        "/api/v1/fiches?type=initative&lat=95&lon=5&limit=0x1",
        &[("type", "initiative"), ("lat", ""), ("limit", "")],
    ),
    ("/api/v1/fiches?enjeu=educaton", &[("enjeu", "education")]),
    (
        "/api/v1/fiches?tri=pertinance&arobases=6",
        &[("tri", "pertinence"), ("arobases", "")],
    ),
    (
        "/api/v1/fiches?bbox=1,2,3&annee=15",
        &[("bbox", ""), ("annee", "")],
    ),
    (
        "/api/v1/fiches.csv?dialect=excel-fr",
        &[("dialect", "dialecte")],
    ),
    (
        "/communes?zone=metr&geometry=centroid",
        &[("zone", "metro"), ("geometry", "")],
    ),
    ("/communes?lon=5", &[("lat", "")]),
    ("/search/?limit=0", &[("q", ""), ("limit", "")]),
    ("/reverse/?lon=5.05&lat=quarante", &[("lat", "")]),
    ("/api/v1/suggestions?q=a&limite=3", &[("limite", "limit")]),
    (
        "/tiles/initiatives/5/16/11.mvt?enjeux=education",
        &[("enjeux", "enjeu")],
    ),
    (
        "/tiles/atlaas.json?department=13",
        &[("department", "departement")],
    ),
    (
        "/ogc/collections/colieux/items?bbx=1&datetime=hier&limit=0",
        &[("bbx", "bbox"), ("datetime", ""), ("limit", "")],
    ),
    ("/ogc/collections?format=json", &[("format", "")]),
    ("/regions?lang=de", &[("lang", "")]),
];

fn told(answer: &Answer) -> Vec<(String, String)> {
    let json = answer.json();
    let errors = json["errors"].as_array().cloned().unwrap_or_default();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let pair = |error: &Value| (text(error, "parametre"), text(error, "suggestion"));
    errors.iter().map(pair).collect()
}

#[tokio::test]
async fn several_mistakes_are_told_at_once_with_the_nearest_names() {
    for (address, expected) in MISTAKES {
        let answer = get(address).await;
        assert_eq!(answer.status, 400, "{address}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{address}"
        );
        assert_eq!(answer.header("cache-control"), "no-store", "{address}");
        let mut found = told(&answer);
        let mut expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, suggestion)| ((*name).to_owned(), (*suggestion).to_owned()))
            .collect();
        found.sort();
        expected.sort();
        // A suggestion where none is expected does no harm: a nearest value may exist.
        for (one, wanted) in found.iter_mut().zip(&expected) {
            if wanted.1.is_empty() {
                one.1.clear();
            }
        }
        assert_eq!(found, expected, "{address}");
    }
}

/// Words that only one of the two languages has.
fn is_french(text: &str) -> bool {
    [
        " le ",
        " la ",
        " de ",
        " est ",
        " un ",
        "Un ",
        " à ",
        "inconnu",
        " et ",
        "Paramètre",
        "Requête",
        "attend",
        "obligatoire",
        "existe",
    ]
    .iter()
    .any(|word| text.contains(word))
}

#[tokio::test]
async fn mistakes_are_told_in_the_language_that_is_asked_for() {
    for (address, _) in MISTAKES {
        for (language, french) in [("fr-FR,fr;q=0.9,en;q=0.5", true), ("en-GB,en;q=0.9", false)] {
            let answer = get_with(&app(), address, &[("accept-language", language)]).await;
            let json = answer.json();
            assert_eq!(
                answer.header("content-language"),
                if french { "fr" } else { "en" }
            );
            assert!(
                answer.header("vary").contains("accept-language"),
                "{address}"
            );
            assert_eq!(
                json["title"],
                if french {
                    "Requête incorrecte"
                } else {
                    "Bad request"
                }
            );
            let errors = json["errors"].as_array().unwrap();
            let messages = errors.iter().map(|error| &error["message"]);
            for message in messages.chain([&json["detail"]]) {
                let message = message.as_str().unwrap();
                assert_eq!(is_french(message), french, "{address}: {message}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_is_a_problem_for_programs_and_a_page_for_people() {
    for (address, status) in [
        ("/rien", 404),
        ("/commune/99999", 404),
        ("/api/v1/fiches?x=1", 400),
    ] {
        let problem = get(address).await;
        assert_eq!(problem.status, status, "{address}");
        let json = problem.json();
        for member in ["type", "title", "status", "detail", "instance"] {
            assert!(!json[member].is_null(), "{address}: {member}");
        }
        let page = get_with(&app(), address, &[("accept", "text/html,*/*;q=0.8")]).await;
        assert_eq!(page.status, status, "{address}");
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{address}"
        );
        assert_secure(&page, address);
    }
}

/// The headers that every page must have.
fn assert_secure(page: &Answer, address: &str) {
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{address}: {policy}");
    assert!(policy.contains("frame-ancestors"), "{address}: {policy}");
    assert!(!policy.contains("unsafe"), "{address}: {policy}");
    assert_eq!(
        page.header("x-content-type-options"),
        "nosniff",
        "{address}"
    );
    assert_eq!(
        page.header("referrer-policy"),
        "strict-origin-when-cross-origin",
        "{address}"
    );
    let body = String::from_utf8_lossy(&page.body);
    for inline in ["<script>", " onclick=", " onload=", " style=\"", "<style"] {
        assert!(!body.contains(inline), "{address}: {inline}");
    }
}

#[tokio::test]
async fn pages_run_nothing_inline_and_only_embeds_may_be_framed() {
    for address in [
        "/",
        "/commune/13056",
        "/epci/200054807",
        "/departement/13",
        "/region/93",
        "/palmares",
        "/integrer",
        "/accessibilite",
        "/plan",
        "/mentions",
        "/docs",
        "/embed?departement=13",
    ] {
        let page = get(address).await;
        assert_eq!(page.status, 200, "{address}");
        assert_secure(&page, address);
        let anybody = page
            .header("content-security-policy")
            .contains("frame-ancestors *");
        assert_eq!(anybody, address.starts_with("/embed"), "{address}");
    }
}

#[tokio::test]
async fn a_fiche_page_tells_search_engines_what_it_is() {
    for (address, kinds) in [
        (
            "/commune/13056",
            &["AdministrativeArea", "City", "Place"][..],
        ),
        ("/fiche/colieu", &["Place"][..]),
        ("/fiche/initiative", &["CreativeWork"][..]),
    ] {
        let address = match address.strip_prefix("/fiche/") {
            Some(kind) => {
                let found = get(&format!("/api/v1/fiches?type={kind}&limit=1"))
                    .await
                    .json();
                format!("/fiche/{}", found["features"][0]["id"].as_str().unwrap())
            }
            None => address.to_owned(),
        };
        let page = String::from_utf8(get(&address).await.body).unwrap();
        let start = page.split("application/ld+json").nth(1).expect("JSON-LD");
        let json = start
            .split_once('>')
            .unwrap()
            .1
            .split("</script>")
            .next()
            .unwrap();
        let data: Value =
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{address}: {error}: {json}"));
        assert_eq!(data["@context"], "https://schema.org", "{address}");
        let kind = data["@type"].as_str().unwrap();
        assert!(kinds.contains(&kind), "{address}: {kind}");
        assert!(
            data["name"].is_string() && (data["url"].is_string() || data["@id"].is_string()),
            "{address}: {data}"
        );
    }
}
