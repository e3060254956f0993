//! Read back by programs of others, with the same rows and accents: CSV in Python, DuckDB and
//! LibreOffice; the workbook in LibreOffice and openpyxl; feeds against the grammar of RFC 4287 and
//! in a strict parser; GeoJSON against a JSON schema and the rules that no schema can tell.

use crate::demonstration::get;
use crate::tools::{has, printed, python, python_has};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Several hundred fiches with quotes, line breaks, accents and decimals.
const QUERY: &str = "type=initiative,colieu&departement=13";

/// Name, longitude by id, as the GeoJSON tells them.
async fn expected() -> BTreeMap<String, (String, String)> {
    let lines =
        String::from_utf8(get(&format!("/api/v1/fiches.ndjson?{QUERY}")).await.body).unwrap();
    let mut rows = BTreeMap::new();
    for line in lines.lines() {
        let feature: Value = serde_json::from_str(line).unwrap();
        let name = feature["properties"]["nom"].as_str().unwrap().to_owned();
        let longitude = feature["geometry"]["coordinates"][0].to_string();
        rows.insert(
            feature["id"].as_str().unwrap().to_owned(),
            (name, longitude),
        );
    }
    assert!(rows.len() > 300, "{}", rows.len());
    assert!(rows.values().any(|(name, _)| name.contains('é')));
    rows
}

/// Saves an export beside the test.
async fn save(directory: &Path, name: &str, address: &str) {
    let answer = get(address).await;
    assert_eq!(answer.status, 200, "{address}");
    std::fs::write(directory.join(name), answer.body).unwrap();
}

/// What a reader printed, as `[[id, nom, longitude], …]`, against what we know.
fn assert_same(printed: &str, expected: &BTreeMap<String, (String, String)>, reader: &str) {
    let rows: Vec<[Value; 3]> = serde_json::from_str(printed)
        .unwrap_or_else(|error| panic!("{reader}: {error}: {printed}"));
    assert_eq!(rows.len(), expected.len(), "{reader}: rows");
    for [id, name, longitude] in rows {
        let (known, position) = &expected[id.as_str().unwrap()];
        assert_eq!(name.as_str().unwrap(), known, "{reader}: {id}");
        let read = match &longitude {
            Value::String(text) if text.is_empty() => "null".to_owned(),
            Value::String(text) => text.parse::<f64>().unwrap().to_string(),
            Value::Number(number) => number.as_f64().unwrap().to_string(),
            other => other.to_string(),
        };
        assert_eq!(&read, position, "{reader}: {id}");
    }
}

fn run_python(directory: &Path, script: &str) -> String {
    printed(
        &python()
            .current_dir(directory)
            .args(["-c", script])
            .output()
            .unwrap(),
    )
}

#[tokio::test]
async fn waypoints_read_back_in_python_with_the_same_places() {
    if !has("python3", "--version") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    save(
        directory.path(),
        "a.gpx",
        &format!("/api/v1/fiches.gpx?{QUERY}"),
    )
    .await;
    let script = "import json, xml.etree.ElementTree as tree\n\
        ns = '{http://www.topografix.com/GPX/1/1}'\n\
        root = tree.parse('a.gpx').getroot()\n\
        assert root.tag == ns + 'gpx' and root.get('version') == '1.1'\n\
        assert root.find(ns + 'metadata/' + ns + 'name').text.startswith('Atlaas')\n\
        points = root.findall(ns + 'wpt')\n\
        order = ['name', 'desc', 'link', 'type']\n\
        for p in points:\n\
        \x20   assert -90 <= float(p.get('lat')) <= 90\n\
        \x20   ranks = [order.index(c.tag[len(ns):]) for c in p]\n\
        \x20   assert ranks == sorted(ranks)\n\
        print(json.dumps([[p.find(ns + 'link').get('href').rsplit('/', 1)[1], p.find(ns + 'name').text,\n\
        \x20   p.get('lon')] for p in points]))";
    let mut placed = expected().await;
    placed.retain(|_, (_, longitude)| longitude != "null");
    assert_same(&run_python(directory.path(), script), &placed, "GPX");
}

#[tokio::test]
async fn csv_reads_back_in_python_with_the_same_rows() {
    if !has("python3", "--version") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    save(
        directory.path(),
        "a.csv",
        &format!("/api/v1/fiches.csv?{QUERY}"),
    )
    .await;
    save(
        directory.path(),
        "b.csv",
        &format!("/api/v1/fiches.csv?{QUERY}&dialecte=excel-fr"),
    )
    .await;
    let expected = expected().await;
    let plain = "import csv, json\n\
        rows = csv.DictReader(open('a.csv', encoding='utf-8', newline=''), strict=True)\n\
        print(json.dumps([[r['id'], r['nom'], r['longitude']] for r in rows]))";
    assert_same(&run_python(directory.path(), plain), &expected, "csv");
    // Cells that a spreadsheet would run are marked by an apostrophe; the comma is decimal.
    let french = "import csv, json\n\
        def cell(text): return text[1:] if text[:2] in (\"'=\", \"'+\", \"'-\", \"'@\") else text\n\
        rows = csv.DictReader(open('b.csv', encoding='utf-8-sig', newline=''), delimiter=';', strict=True)\n\
        print(json.dumps([[r['id'], cell(r['nom']), r['longitude'].replace(',', '.')] for r in rows]))";
    assert_same(
        &run_python(directory.path(), french),
        &expected,
        "csv, excel-fr",
    );
}

#[tokio::test]
async fn csv_reads_back_in_duckdb_with_the_same_rows() {
    if !python_has("duckdb") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    save(
        directory.path(),
        "a.csv",
        &format!("/api/v1/fiches.csv?{QUERY}"),
    )
    .await;
    let script = "import duckdb, json\n\
        rows = duckdb.sql(\"select id, nom, longitude from read_csv('a.csv')\").fetchall()\n\
        print(json.dumps(rows))";
    assert_same(
        &run_python(directory.path(), script),
        &expected().await,
        "duckdb",
    );
}

#[tokio::test]
async fn the_workbook_reads_back_in_openpyxl_with_the_same_rows() {
    if !python_has("openpyxl") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    save(
        directory.path(),
        "a.xlsx",
        &format!("/api/v1/fiches.xlsx?{QUERY}"),
    )
    .await;
    let script = "import openpyxl, json\n\
        rows = list(openpyxl.load_workbook('a.xlsx', read_only=True).active.values)\n\
        at = [rows[0].index(name) for name in ('id', 'nom', 'longitude')]\n\
        print(json.dumps([[row[i] for i in at] for row in rows[1:]]))";
    assert_same(
        &run_python(directory.path(), script),
        &expected().await,
        "openpyxl",
    );
}

#[tokio::test]
async fn libreoffice_opens_tables_and_the_workbook_with_the_same_rows() {
    if !has("soffice", "--version") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let expected = expected().await;
    // Field and text delimiters, character set, first line, cell formats, language of numbers.
    for (file, address, filter) in [
        (
            "a.csv",
            format!("/api/v1/fiches.csv?{QUERY}"),
            "--infilter=CSV:44,34,76,1,,1033",
        ),
        (
            "b.csv",
            format!("/api/v1/fiches.csv?{QUERY}&dialecte=excel-fr"),
            "--infilter=CSV:59,34,76,1,,1036",
        ),
        (
            "c.xlsx",
            format!("/api/v1/fiches.xlsx?{QUERY}"),
            "--infilter=Calc MS Excel 2007 XML",
        ),
    ] {
        save(directory.path(), file, &address).await;
        let profile = format!(
            "-env:UserInstallation=file://{}/profile",
            directory.path().display()
        );
        let converted = Command::new("soffice")
            .current_dir(directory.path())
            .args([
                &profile,
                "--headless",
                "--norestore",
                filter,
                "--convert-to",
            ])
            // Written back with a comma, quotes and UTF-8, as stored rather than as shown.
            .arg("csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false")
            .args(["--outdir", "out", file])
            .output()
            .unwrap();
        printed(&converted);
        let stem = file.split('.').next().unwrap();
        let script = format!(
            "import csv, json\n\
             def cell(text): return text[1:] if text[:2] in (\"'=\", \"'+\", \"'-\", \"'@\") else text\n\
             rows = csv.DictReader(open('out/{stem}.csv', encoding='utf-8', newline=''))\n\
             print(json.dumps([[r['id'], cell(r['nom']), r['longitude']] for r in rows]))"
        );
        assert_same(&run_python(directory.path(), &script), &expected, file);
    }
}

/// A document against a grammar of ours, by libxml.
fn assert_valid(directory: &Path, file: &str, grammar: &str) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("integration/schemas")
        .join(grammar);
    let checked = Command::new("xmllint")
        .current_dir(directory)
        .args(["--noout", "--nonet", "--relaxng"])
        .arg(schema)
        .arg(file)
        .output()
        .unwrap();
    assert!(
        checked.status.success(),
        "{file}: {}",
        String::from_utf8_lossy(&checked.stderr)
    );
}

#[tokio::test]
async fn feeds_are_as_rfc_4287_asks() {
    if !has("xmllint", "--version") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for query in [
        "type=initiative&limit=200",
        "q=fablab%20pr%C3%A8s%20de%20nantes",
        "type=commune&limit=50",
        "q=xyzxyz",
    ] {
        save(
            directory.path(),
            "a.atom",
            &format!("/api/v1/fiches.atom?{query}"),
        )
        .await;
        assert_valid(directory.path(), "a.atom", "atom.rng");
    }
    // What a grammar cannot tell: one self link, ids once each, the feed as new as its newest entry.
    save(
        directory.path(),
        "a.atom",
        "/api/v1/fiches.atom?type=initiative&limit=200",
    )
    .await;
    let text = std::fs::read_to_string(directory.path().join("a.atom")).unwrap();
    let (head, entries) = text.split_once("<entry>").unwrap();
    assert_eq!(head.matches("rel=\"self\"").count(), 1, "{head}");
    let ids: Vec<&str> = entries
        .split("<id>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    let once: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(once.len(), ids.len());
    let updated = |text: &str| {
        text.split("<updated>")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(updated(head), updated(entries));
}

#[tokio::test]
async fn feeds_are_read_by_strict_parsers() {
    let directory = tempfile::tempdir().unwrap();
    save(
        directory.path(),
        "a.atom",
        "/api/v1/fiches.atom?type=initiative&limit=200",
    )
    .await;
    for (module, script) in [
        (
            "atoma",
            "import atoma; f = atoma.parse_atom_file('a.atom'); print(len(f.entries), all(e.updated and e.links for e in f.entries))",
        ),
        (
            "feedparser",
            "import feedparser; f = feedparser.parse('a.atom'); print(len(f.entries), not f.bozo)",
        ),
    ] {
        if python_has(module) {
            assert_eq!(
                run_python(directory.path(), script).trim(),
                "200 True",
                "{module}"
            );
        }
    }
}

#[tokio::test]
async fn sitemaps_are_well_formed_and_within_their_bounds() {
    let index = get("/sitemap.xml").await;
    let parts = String::from_utf8(index.body.clone())
        .unwrap()
        .matches("<sitemap>")
        .count();
    for part in 0..parts {
        let body = get(&format!("/sitemap/{part}.xml")).await.body;
        assert!(body.len() < 50_000_000);
        let text = String::from_utf8(body).unwrap();
        let addresses = text.matches("<loc>http://atlaas.test/").count();
        assert!((1..=50_000).contains(&addresses), "{part}: {addresses}");
        assert_eq!(text.matches("<url>").count(), addresses);
    }
    if has("xmllint", "--version") {
        let directory = tempfile::tempdir().unwrap();
        save(directory.path(), "a.xml", "/sitemap/0.xml").await;
        assert_valid(directory.path(), "a.xml", "sitemap.rng");
    }
}

/// Twice the signed area of a ring: positive when it turns against the clock.
fn turns(ring: &[Value]) -> f64 {
    let number = |position: &Value, axis: usize| position[axis].as_f64().unwrap();
    ring.windows(2)
        .map(|pair| {
            number(&pair[0], 0) * number(&pair[1], 1) - number(&pair[1], 0) * number(&pair[0], 1)
        })
        .sum()
}

fn assert_polygon(rings: &Value, address: &str) {
    for (rank, ring) in rings.as_array().unwrap().iter().enumerate() {
        let ring = ring.as_array().unwrap();
        assert_eq!(ring.first(), ring.last(), "{address}: a ring is open");
        let outer = turns(ring) > 0.0;
        assert_eq!(
            outer,
            rank == 0,
            "{address}: ring {rank} turns the wrong way"
        );
    }
}

/// Every number of coordinates has at most six decimals.
fn assert_short(coordinates: &Value, address: &str) {
    match coordinates {
        Value::Array(parts) => parts.iter().for_each(|part| assert_short(part, address)),
        number => {
            let text = number.to_string();
            let decimals = text
                .split_once('.')
                .map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= 6, "{address}: {text}");
        }
    }
}

#[tokio::test]
async fn geojson_is_as_rfc_7946_asks() {
    let schema: Value = serde_json::from_str(include_str!("schemas/geojson.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for address in [
        "/api/v1/fiches?limit=100",
        "/api/v1/fiches?type=initiative&departement=13&limit=1000",
        "/api/v1/fiches/commune-13056",
        "/api/v1/fiches/commune-13056/semblables",
        "/communes?codeDepartement=13&format=geojson&geometry=contour",
        "/communes/13056?format=geojson&geometry=bbox",
        "/departements?format=geojson&geometry=contour",
        "/regions?format=geojson&geometry=contour",
        "/search/?q=martigues",
        "/reverse/?lon=5.05&lat=43.4",
        "/ogc/collections/epcis/items?limit=100",
        "/ogc/collections/initiatives/items?limit=100",
        "/ogc/collections/regions/items/region-93",
    ] {
        let document = get(address).await.json();
        let mistakes: Vec<String> = schema
            .iter_errors(&document)
            .take(3)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(mistakes.is_empty(), "{address}: {mistakes:?}");
        let one = std::slice::from_ref(&document);
        for feature in document["features"].as_array().map_or(one, Vec::as_slice) {
            let geometry = &feature["geometry"];
            assert_short(&geometry["coordinates"], address);
            match geometry["type"].as_str() {
                Some("Polygon") => assert_polygon(&geometry["coordinates"], address),
                Some("MultiPolygon") => {
                    for polygon in geometry["coordinates"].as_array().unwrap() {
                        assert_polygon(polygon, address);
                    }
                }
                _ => {}
            }
        }
    }
}
