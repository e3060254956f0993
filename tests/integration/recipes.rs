//! What `/docs` tells people to type, typed: every `curl` of the page and every recipe that says that
//! tests run it, literally, against a service on a port of its own.

use crate::demonstration::{directory, serve_within};
use crate::tools::{has, printed, python};
use atlaas_server::{Limits, PublicAddress};
use std::process::Command;
use tokio::runtime::Runtime;

/// A service whose pages name its own address; it lives as long as the runtime.
fn start() -> (Runtime, String) {
    let runtime = Runtime::new().unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let public = PublicAddress::new(Some(&address), false).unwrap();
    let app = serve_within(directory(), Limits::default(), public);
    runtime.spawn(atlaas_server::serve(listener, app));
    (runtime, address)
}

fn curl(address: &str) -> String {
    printed(
        &Command::new("curl")
            .args(["-fsS", address])
            .output()
            .unwrap(),
    )
}

/// Text of an HTML fragment.
fn unescape(html: &str) -> String {
    [
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (entity, character)| {
        text.replace(entity, character)
    })
}

/// Everything between `<pre…><code>` and `</code>` after a heading, or in the whole page.
fn codes(page: &str) -> Vec<String> {
    let blocks = page.split("<pre tabindex=\"0\"><code>").skip(1);
    blocks
        .map(|block| unescape(block.split("</code>").next().unwrap()))
        .collect()
}

/// The code of one recipe, and what the page says of its tests.
fn recipe(page: &str, id: &str) -> (String, String) {
    let section = page.split(&format!("<h3 id=\"{id}\">")).nth(1);
    let section = section.unwrap_or_else(|| panic!("no recipe {id}"));
    let section = section.split("</section>").next().unwrap();
    let note = section
        .split("<small>")
        .nth(1)
        .and_then(|rest| rest.split("</small>").next());
    (codes(section).remove(0), unescape(note.unwrap_or_default()))
}

#[test]
fn every_curl_of_the_documentation_runs_as_it_is_written() {
    if !has("curl", "--version") {
        return;
    }
    let (_runtime, address) = start();
    let page = curl(&format!("{address}/docs"));
    let commands: Vec<String> = codes(&page)
        .into_iter()
        .filter(|code| code.starts_with("curl "))
        .collect();
    assert!(commands.len() > 30, "{}", commands.len());
    for command in commands {
        assert!(command.contains(&address), "{command}");
        let script = format!(
            "{command} --fail --silent --show-error --output /dev/null --write-out '%{{http_code}}'"
        );
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(printed(&output), "200", "{command}");
    }
}

#[test]
fn every_recipe_says_whether_tests_run_it() {
    if !has("curl", "--version") {
        return;
    }
    let (_runtime, address) = start();
    let page = curl(&format!("{address}/docs"));
    for section in page.split("<section>").skip(1) {
        let section = section.split("</section>").next().unwrap();
        assert_eq!(section.matches("<small>").count(), 1, "{section}");
    }
}

#[test]
fn recipes_of_addresses_answer_what_they_promise() {
    if !has("curl", "--version") {
        return;
    }
    let (_runtime, address) = start();
    let page = curl(&format!("{address}/docs"));
    for (id, filled, expected) in [
        ("excel", None, "id;type;nom;"),
        ("datawrapper", None, "id,type,nom,"),
        ("atom", None, "<feed "),
        ("geocodage", None, "\"FeatureCollection\""),
        ("umap", Some("4.9,43.3,5.6,43.6"), "\"Feature\""),
    ] {
        let (code, note) = recipe(&page, id);
        let code = filled.map_or(code.clone(), |bbox| code.replace("{bbox}", bbox));
        let answer = curl(&code);
        assert!(answer.contains(expected), "{id}: {code}: {answer:.300}");
        assert!(
            note.contains("adresse est demandée par nos tests"),
            "{id}: {note}"
        );
    }
    let excel = curl(&recipe(&page, "excel").0);
    assert!(excel.lines().count() > 20);
    let leaflet = recipe(&page, "leaflet").0;
    let inside = leaflet.split('"').nth(1).unwrap();
    assert!(curl(inside).contains("\"Feature\""), "{inside}");
}

#[test]
fn the_python_recipe_prints_every_fiche() {
    if !has("curl", "--version") || !has("python3", "--version") {
        return;
    }
    let (_runtime, address) = start();
    let (code, note) = recipe(&curl(&format!("{address}/docs")), "python");
    assert!(
        note.contains("exécutée par nos tests") && !note.contains("n’est pas"),
        "{note}"
    );
    let output = python()
        .env("PYTHONIOENCODING", "utf-8")
        .args(["-c", &code])
        .output()
        .unwrap();
    let lines = printed(&output).lines().count();
    let answer = curl(&format!(
        "{address}/api/v1/fiches?type=colieu&departement=15&limit=1"
    ));
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(lines as u64, answer["numberMatched"].as_u64().unwrap());
}

/// GDAL, which QGIS reads with, to the last feature of each collection.
#[test]
fn gdal_reads_every_collection_whole() {
    if !has("curl", "--version") || !has("ogr2ogr", "--version") {
        return;
    }
    let (_runtime, address) = start();
    let page = curl(&format!("{address}/docs"));
    let ready: serde_json::Value =
        serde_json::from_str(&curl(&format!("{address}/health/readyz"))).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let (code, note) = recipe(&page, "gdal");
    assert!(
        note.contains("exécutée par nos tests") && !note.contains("n’est pas"),
        "{note}"
    );
    let run = |command: &str| {
        let command = Command::new("sh")
            .current_dir(scratch.path())
            .args(["-c", command])
            .output();
        printed(&command.unwrap())
    };
    run(&code);
    let counted = |text: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("Feature Count: "));
        line.and_then(|count| count.trim().parse::<u64>().ok())
    };
    let colieux = counted(&run("ogrinfo -so colieux.gpkg colieux"));
    assert_eq!(colieux, ready["counts"]["colieu"].as_u64());
    let source = recipe(&page, "qgis").0.lines().next().unwrap().to_owned();
    for (name, kind) in [
        ("communes", "commune"),
        ("epcis", "epci"),
        ("departements", "departement"),
        ("regions", "region"),
        ("initiatives", "initiative"),
    ] {
        // Written out, so that every page is fetched and every geometry understood.
        run(&format!(
            "ogr2ogr -oo PAGE_SIZE=1000 {name}.gpkg OAPIF:{source} {name}"
        ));
        let found = counted(&run(&format!("ogrinfo -so {name}.gpkg {name}")));
        assert_eq!(found, ready["counts"][kind].as_u64(), "{name}");
    }
}
