//! The catalogue to readers that are not ours: rdflib finds the same triples in each syntax, pyshacl finds what
//! DCAT-AP asks for, every file that it names is there; and a browser gets a page.

use crate::demonstration::{app, get, get_with};
use crate::tools::{printed, python, python_has};
use std::path::Path;

#[tokio::test]
async fn the_three_syntaxes_are_one_graph_which_is_what_dcat_ap_asks_for() {
    if !python_has("rdflib") || !python_has("pyshacl") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for extension in ["jsonld", "ttl", "rdf"] {
        let answer = get(&format!("/catalogue.{extension}")).await;
        assert_eq!(answer.status, 200, "{extension}");
        std::fs::write(directory.path().join(extension), answer.body).unwrap();
    }
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    let run = || {
        let mut python = python();
        python.current_dir(directory.path());
        python.arg(clients.join("catalogue.py"));
        python.arg(clients.join("catalogue.shacl.ttl"));
        python.args(["jsonld", "ttl", "rdf"]).output().unwrap()
    };
    let found: serde_json::Value = serde_json::from_str(&printed(&run())).unwrap();
    assert!(found["triples"].as_u64().unwrap() > 500, "{found}");
    for (list, least) in [("files", 50), ("others", 10)] {
        let addresses = found[list].as_array().unwrap();
        assert!(addresses.len() > least, "{list}: {}", addresses.len());
        for address in addresses.iter().filter_map(|address| address.as_str()) {
            let path = address.strip_prefix("http://atlaas.test").expect(address);
            let head = get(path).await;
            // A geocoder wants a question.
            let asks = path == "/search/" && head.status == 400;
            assert!(head.status == 200 || asks, "{path}: {}", head.status);
        }
    }
    // A graph without a title is found.
    for extension in ["jsonld", "ttl", "rdf"] {
        let path = directory.path().join(extension);
        let text = std::fs::read_to_string(&path).unwrap();
        let other = text.replace("http://purl.org/dc/terms/title", "dct:title");
        let other = other.replace("dct:title", "dct:alternative");
        assert_ne!(text, other, "{extension}");
        std::fs::write(path, other).unwrap();
    }
    assert!(!run().status.success());
}

#[tokio::test]
async fn a_browser_gets_a_page_and_a_harvester_the_syntax_that_it_asks_for() {
    for (accept, media) in [
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "application/ld+json"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
    ] {
        let answer = get_with(&app(), "/catalogue", &[("accept", accept)]).await;
        assert_eq!(answer.header("content-type"), media, "{accept}");
        assert!(answer.header("vary").contains("accept"), "{accept}");
    }
    let refused = get_with(&app(), "/catalogue", &[("accept", "image/png")]).await;
    assert_eq!(refused.status, 406);
    for language in ["fr", "en"] {
        let address = format!("/catalogue?lang={language}");
        let page = get_with(&app(), &address, &[("accept", "text/html")]).await;
        let html = String::from_utf8(page.body).unwrap();
        assert!(html.len() < 40_000, "{} bytes", html.len());
        assert!(html.contains("/catalogue.ttl"), "{language}");
    }
}

/// What is made of files says which, with their digests.
#[tokio::test]
async fn a_snapshot_of_files_names_them_with_their_digests() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/echantillon");
    let built = tempfile::tempdir().unwrap();
    let index = std::process::Command::new(env!("CARGO_BIN_EXE_atlaas-under-test"))
        .args(["--quiet", "index", "--sources"])
        .arg(&sources)
        .arg("--out")
        .arg(built.path())
        .output()
        .unwrap();
    assert!(
        index.status.success(),
        "{}",
        String::from_utf8_lossy(&index.stderr)
    );
    let service = crate::demonstration::serve(built.path());
    let answer = get_with(&service, "/catalogue.ttl", &[]).await;
    let turtle = String::from_utf8(answer.body).unwrap();
    let manifest = service.snapshot().manifest().clone();
    let atlaas_model::Origin::Sources { fichiers } = manifest.origine else {
        panic!("files were read");
    };
    for file in fichiers {
        assert!(turtle.contains(&file.name), "{}", file.name);
        assert!(turtle.contains(&file.sha256), "{}", file.name);
    }
}
