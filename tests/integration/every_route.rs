//! Every address of the description, which is every route, whatever it serves: an example of each is
//! asked for with each method, each coding, each way to revalidate. A new address without an example
//! fails here.
//!
//! 1. GET answers with a strong tag, `Cache-Control` and `Vary`; HEAD the same without a body.
//! 2. OPTIONS tells what is allowed, to any origin.
//! 3. The tag, weak or strong or in a list, and `*` give 304 with the same headers; another tag 200.
//! 4. In each coding the body is the same once inflated, under a tag of its own.

use crate::demonstration::{Answer, app, get, get_with, send};
use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeSet;
use std::io::Read;

/// Routes that are never kept, and have no tag.
const UNKEPT: [&str; 2] = ["/health/livez", "/health/readyz"];
const HEADERS: [&str; 3] = ["etag", "cache-control", "vary"];

/// Every address that is described and can be asked for without a body: the router is made of the same
/// list.
async fn templates() -> BTreeSet<String> {
    let document = get("/openapi.json").await.json();
    let paths = document["paths"].as_object().unwrap();
    let asked = paths.iter().filter(|(_, item)| item["get"].is_object());
    asked.map(|(path, _)| path.clone()).collect()
}

/// Only the list of addresses makes routes, and it makes none without a description; what operators
/// alone see has its own.
#[test]
fn no_route_is_made_beside_the_list_of_addresses() {
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/atlaas-server/src");
    let mut waiting = vec![std::path::PathBuf::from(sources)];
    let mut making = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if std::fs::read_to_string(&path)
            .unwrap()
            .contains("Router::new()")
        {
            making.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    making.sort();
    assert_eq!(making, ["admin.rs", "surface.rs"]);
}

/// An address for each template that is none itself, or that tells more with a query.
const EXAMPLES: &[(&str, &str)] = &[
    ("/", "/?q=wifi"),
    ("/accessibilite", "/accessibilite"),
    ("/comparer/{id}", "/comparer/commune-13056"),
    ("/api/v1/comparaison", "/api/v1/comparaison?commune=13056"),
    ("/api/v1/fiches", "/api/v1/fiches?type=region"),
    ("/api/v1/fiches/{id}", "/api/v1/fiches/commune-13056"),
    (
        "/api/v1/fiches/{id}/semblables",
        "/api/v1/fiches/commune-13056/semblables",
    ),
    ("/api/v1/suggestions", "/api/v1/suggestions?q=talen"),
    (
        "/api/v1/barometre",
        "/api/v1/barometre?par=annee,departement",
    ),
    (
        "/api/v1/barometre/carte",
        "/api/v1/barometre/carte?maille=region&mesure=fiches",
    ),
    ("/motifs/{fichier}", "/motifs/hachures@2x.png"),
    ("/releve", "/releve"),
    ("/releve/{id}", "/releve/departement-13"),
    ("/barometre", "/barometre?par=departement"),
    ("/barometre.png", "/barometre.png?par=annee"),
    ("/barometre.svg", "/barometre.svg?par=departement"),
    (
        "/api/v1/schemas/{table}.json",
        "/api/v1/schemas/communes.json",
    ),
    ("/carte.png", "/carte.png?departement=13"),
    ("/carte.svg", "/carte.svg?departement=13"),
    ("/commune/{code}", "/commune/13056"),
    ("/communes", "/communes?codeDepartement=13"),
    ("/communes/{code}", "/communes/13056"),
    (
        "/communes_associees_deleguees",
        "/communes_associees_deleguees?codeDepartement=01",
    ),
    (
        "/communes_associees_deleguees/{code}",
        "/communes_associees_deleguees/01120",
    ),
    ("/departement/{code}", "/departement/13"),
    ("/departements", "/departements"),
    (
        "/departements/{code}",
        "/departements/13?format=geojson&geometry=contour",
    ),
    ("/departements/{code}/communes", "/departements/13/communes"),
    ("/docs", "/docs"),
    ("/embed", "/embed?departement=13"),
    ("/embed/v1/atlaas.js", "/embed/v1/atlaas.js"),
    ("/epci/{code}", "/epci/200054807"),
    ("/epcis", "/epcis?nom=aix"),
    ("/epcis/{code}", "/epcis/200054807"),
    ("/epcis/{code}/communes", "/epcis/200054807/communes"),
    ("/exemples", "/exemples"),
    ("/exemples/{name}", "/exemples/maplibre.html"),
    ("/fragments/resultats", "/fragments/resultats?q=wifi"),
    ("/geocodage/completion", "/geocodage/completion?text=martig"),
    ("/geocodage/reverse", "/geocodage/reverse?lon=5.05&lat=43.4"),
    ("/geocodage/search", "/geocodage/search?q=martigues"),
    ("/health/livez", "/health/livez?probe=1"),
    ("/health/readyz", "/health/readyz?t=1700000000"),
    ("/integrer", "/integrer"),
    ("/mentions", "/mentions"),
    (
        "/oembed",
        "/oembed?url=http%3A%2F%2Fatlaas.test%2F%3Fq%3Dwifi",
    ),
    ("/ogc", "/ogc"),
    ("/ogc/", "/ogc/"),
    ("/ogc/api", "/ogc/api"),
    ("/ogc/collections", "/ogc/collections"),
    ("/ogc/collections/{collection}", "/ogc/collections/colieux"),
    (
        "/ogc/collections/{collection}/items",
        "/ogc/collections/colieux/items?limit=3",
    ),
    (
        "/ogc/collections/{collection}/items/{id}",
        "/ogc/collections/communes/items/commune-13056",
    ),
    (
        "/ogc/collections/{collection}/queryables",
        "/ogc/collections/initiatives/queryables",
    ),
    (
        "/ogc/collections/{collection}/schema",
        "/ogc/collections/initiatives/schema",
    ),
    (
        "/ogc/tileMatrixSets/{set}",
        "/ogc/tileMatrixSets/WebMercatorQuad",
    ),
    (
        "/glyphes/{fontstack}/{range}.pbf",
        "/glyphes/Noto%20Sans%20Regular/0-255.pbf",
    ),
    ("/ogc/conformance", "/ogc/conformance"),
    ("/ogc/tiles", "/ogc/tiles"),
    ("/ogc/tiles/{tileset}", "/ogc/tiles/atlaas"),
    ("/openapi.json", "/openapi.json"),
    ("/palmares", "/palmares"),
    ("/region/{code}", "/region/93"),
    ("/regions", "/regions"),
    ("/regions/{code}", "/regions/93"),
    ("/regions/{code}/departements", "/regions/93/departements"),
    ("/reverse", "/reverse?lon=5.05&lat=43.4"),
    ("/reverse/", "/reverse/?lon=5.05&lat=43.4"),
    ("/robots.txt", "/robots.txt"),
    ("/search", "/search?q=martigues"),
    ("/search/", "/search/?q=martigues"),
    ("/sitemap.xml", "/sitemap.xml"),
    ("/sitemap/{part}.xml", "/sitemap/0.xml"),
    ("/styles", "/styles"),
    ("/styles/{style}", "/styles/clair.json"),
    ("/tiles/{tileset}.json", "/tiles/atlaas.json"),
    (
        "/tiles/{tileset}/{z}/{x}/{y}.mvt",
        "/tiles/territoires/6/32/22.mvt",
    ),
];

/// Addresses beyond one for each template: what one template serves in several ways.
const MORE: &[&str] = &[
    "/api/v1/fiches?q=m%C3%A9diation&limit=20",
    "/api/v1/fiches.geojson?type=region",
    "/api/v1/fiches.csv?type=colieu&departement=13",
    "/api/v1/fiches.csv?type=region&dialecte=excel-fr",
    "/api/v1/fiches.xlsx?type=region",
    "/api/v1/fiches.atom?type=initiative",
    "/api/v1/fiches.geojsonseq?type=colieu&departement=13",
    "/api/v1/fiches.ndjson?type=colieu&departement=13",
    "/api/v1/fiches.gpx?type=colieu&departement=13",
    "/api/v1/fiches.csv-metadata.json?type=region",
    // Beyond what is compressed in one go.
    "/communes",
    "/tiles/initiatives/6/32/22.mvt?enjeu=education",
    "/tiles/territoires/12/2105/1498.mvt",
];

/// Every address to be asked for.
async fn addresses() -> Vec<String> {
    let mut missing = templates().await;
    // Asked for below, in more than one way; one of them is elsewhere, and has no body.
    missing.retain(|template| !template.starts_with("/api/v1/fiches."));
    let mut found: Vec<String> = MORE.iter().map(|&address| address.to_owned()).collect();
    for (template, example) in EXAMPLES {
        // Others add routes: an example may be there first.
        if missing.remove(*template) {
            found.push((*example).to_owned());
        }
    }
    // Without a part to fill in, a template is an address.
    let (whole, open): (Vec<_>, Vec<_>) = missing.into_iter().partition(|path| !path.contains('{'));
    found.extend(whole);
    let mut missing: BTreeSet<String> = open.into_iter().collect();
    let home = String::from_utf8(get("/").await.body).unwrap();
    let asset = home
        .split("/actifs/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    missing.remove("/actifs/{file}");
    found.push(format!("/actifs/{asset}"));
    missing.remove("/fiche/{id}");
    let found_one = get("/api/v1/fiches?type=initiative&limit=1").await.json();
    found.push(format!(
        "/fiche/{}",
        found_one["features"][0]["id"].as_str().unwrap()
    ));
    missing.remove("/api/v1/grappes/{tileset}/{cluster_id}");
    found.push(format!(
        "/api/v1/grappes/initiatives/{}?limit=2",
        cluster().await
    ));
    assert!(
        missing.is_empty(),
        "add an example of {missing:?} to EXAMPLES"
    );
    found
}

async fn cluster() -> String {
    let tile = get("/tiles/initiatives/5/16/11.mvt").await;
    let layers = atlaas_engine::decode(tile.body).unwrap();
    let ids = layers[0].features.iter();
    let mut ids = ids.filter_map(|feature| feature.properties.get("cluster_id"));
    ids.next().unwrap().to_string()
}

fn is_unkept(address: &str) -> bool {
    UNKEPT.iter().any(|path| address.starts_with(path))
}

fn inflate(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut packed = &answer.body[..];
    match answer.header("content-encoding") {
        "gzip" => {
            flate2::read::GzDecoder::new(packed)
                .read_to_end(&mut plain)
                .unwrap();
        }
        "br" => brotli::BrotliDecompress(&mut packed, &mut plain).unwrap(),
        "zstd" => plain = zstd::decode_all(packed).unwrap(),
        "" => plain.extend_from_slice(packed),
        other => panic!("nobody asked for {other}"),
    }
    plain
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_get_head_and_options() {
    for address in addresses().await {
        let whole = get(&address).await;
        assert_eq!(
            whole.status,
            200,
            "{address}: {}",
            String::from_utf8_lossy(&whole.body)
        );
        assert!(!whole.header("x-request-id").is_empty(), "{address}");
        let ask = |method: &str| {
            let request = Request::builder().method(method).uri(&address);
            let request = request
                .header("host", "atlaas.test")
                .header("origin", "https://a.example");
            request.body(Body::empty()).unwrap()
        };
        let head = send(&app(), ask("HEAD")).await;
        assert_eq!(
            (head.status.as_u16(), head.body.len()),
            (200, 0),
            "{address}"
        );
        for name in HEADERS
            .iter()
            .chain(&["content-type", "content-disposition"])
        {
            assert_eq!(head.header(name), whole.header(name), "{address}: {name}");
        }
        let options = send(&app(), ask("OPTIONS")).await;
        assert!(options.status.is_success(), "{address}: {}", options.status);
        assert_eq!(
            options.header("access-control-allow-origin"),
            "*",
            "{address}"
        );
        let allowed: Vec<&str> = options.header("allow").split(',').map(str::trim).collect();
        assert_eq!(allowed, ["GET", "HEAD", "OPTIONS"], "{address}");
        let exposed = whole.header("access-control-expose-headers").to_lowercase();
        assert!(
            ["etag", "link", "retry-after"]
                .iter()
                .all(|name| exposed.contains(name)),
            "{exposed}"
        );
        let refused = send(&app(), ask("POST")).await;
        assert_eq!(refused.status, 405, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_can_be_revalidated() {
    for address in addresses().await {
        let whole = get(&address).await;
        if is_unkept(&address) {
            assert_eq!(whole.header("cache-control"), "no-store", "{address}");
            continue;
        }
        let tag = whole.header("etag").to_owned();
        assert!(
            tag.len() > 8 && tag.starts_with('"') && tag.ends_with('"'),
            "{address}: {tag:?}"
        );
        assert!(
            whole.header("cache-control").starts_with("public"),
            "{address}"
        );
        assert!(
            whole.header("vary").contains("accept-encoding"),
            "{address}"
        );
        for sent in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"autre\", W/\"encore\",{tag}"),
            "*".to_owned(),
        ] {
            let again = get_with(&app(), &address, &[("if-none-match", &sent)]).await;
            assert_eq!(
                (again.status.as_u16(), again.body.len()),
                (304, 0),
                "{address}: {sent}"
            );
            for name in HEADERS {
                assert_eq!(again.header(name), whole.header(name), "{address}: {name}");
            }
        }
        let other = get_with(&app(), &address, &[("if-none-match", "\"autre\"")]).await;
        assert_eq!(other.status, 200, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_coding_gives_the_same_body_under_a_tag_of_its_own() {
    for address in addresses().await {
        let plain = get(&address).await;
        assert_eq!(plain.header("content-encoding"), "", "{address}");
        for coding in ["gzip", "br", "zstd"] {
            let packed = get_with(&app(), &address, &[("accept-encoding", coding)]).await;
            let sent = packed.header("content-encoding");
            assert!(["", coding].contains(&sent), "{address}: {coding} {sent}");
            assert_eq!(packed.header("vary"), plain.header("vary"), "{address}");
            if packed.header("content-type").ends_with("sheet") || is_unkept(&address) {
                continue;
            }
            assert!(
                inflate(&packed) == plain.body,
                "{address}: {coding} is another body"
            );
            if sent.is_empty() {
                continue;
            }
            let tag = packed.header("etag");
            assert_ne!(tag, plain.header("etag"), "{address}: {coding}");
            let headers = [("accept-encoding", coding), ("if-none-match", tag)];
            let again = get_with(&app(), &address, &headers).await;
            assert_eq!(
                (again.status.as_u16(), again.header("etag")),
                (304, tag),
                "{address}: {coding}"
            );
            // Whoever holds this coding does not hold the plain body.
            let plain = get_with(&app(), &address, &[("if-none-match", tag)]).await;
            assert_eq!(plain.status, 200, "{address}: {coding}");
        }
    }
}

#[tokio::test]
async fn the_best_coding_for_both_sides_is_chosen() {
    for (address, accept, coding) in [
        ("/api/v1/fiches?limit=5", "gzip, deflate, br, zstd", "zstd"),
        ("/api/v1/fiches?limit=5", "gzip, deflate, br", "br"),
        ("/api/v1/fiches?limit=5", "gzip;q=1, br;q=0.5", "gzip"),
        ("/api/v1/fiches?limit=5", "identity", ""),
        ("/api/v1/fiches.csv?type=region", "br", "br"),
        ("/docs", "zstd", "zstd"),
        // A workbook is a zip already, unless the client refuses what is not coded.
        ("/api/v1/fiches.xlsx?type=region", "gzip", ""),
        (
            "/api/v1/fiches.xlsx?type=region",
            "gzip, identity;q=0",
            "gzip",
        ),
        ("/regions/93", "gzip", ""),
        ("/regions/93", "gzip, identity;q=0", "gzip"),
        // Tiles lie as gzip.
        ("/tiles/territoires/6/32/22.mvt", "gzip, br, zstd", "gzip"),
        ("/tiles/territoires/6/32/22.mvt", "br", ""),
    ] {
        let answer = get_with(&app(), address, &[("accept-encoding", accept)]).await;
        let found = (answer.status.as_u16(), answer.header("content-encoding"));
        assert_eq!(found, (200, coding), "{address}: {accept}");
    }
    let refused = get_with(&app(), "/regions", &[("accept-encoding", "identity;q=0")]).await;
    assert_eq!(refused.status, 406);
}
