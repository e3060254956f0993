//! Pinned answers over the hand-written sample: decoded tiles and JSON, never bytes. A difference is
//! a decision: `INSTA_UPDATE=always cargo test` accepts it, the review of the change judges it.

use crate::demonstration::{get_with, serve};
use atlaas_engine::decode;
use atlaas_server::AppState;
use std::path::Path;
use std::sync::{Arc, OnceLock};

fn app() -> AppState {
    static APP: OnceLock<(tempfile::TempDir, AppState)> = OnceLock::new();
    let (_, app) = APP.get_or_init(|| {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/echantillon");
        let directory = tempfile::tempdir().unwrap();
        let options = atlaas_ingest::ReadOptions::default();
        let dataset = atlaas_ingest::read_sources(&sources, &options, &|_| {}).unwrap();
        atlaas_engine::build(dataset, directory.path(), &|_| {}).unwrap();
        let app = serve(directory.path());
        (directory, app)
    });
    Arc::clone(app)
}

#[tokio::test]
async fn decoded_tiles_of_every_tileset_stay_as_they_are() {
    for (name, path) in [
        ("territoires", "/tiles/territoires/0/0/0.mvt"),
        ("initiatives", "/tiles/initiatives/6/32/22.mvt"),
        ("colieux", "/tiles/colieux/0/0/0.mvt"),
    ] {
        let layers = decode(get_with(&app(), path, &[]).await.body).unwrap();
        insta::assert_json_snapshot!(format!("tile_{name}"), layers);
    }
}

#[tokio::test]
async fn answers_of_the_search_stay_as_they_are() {
    for (name, path) in [
        ("commune_y", "/api/v1/fiches?q=y&limit=1"),
        (
            "articles",
            "/api/v1/fiches?q=lhay%20les%20roses&limit=1&facettes=type",
        ),
        (
            "homonyms",
            "/api/v1/fiches?q=sainte%20colombe&type=commune&limit=3&facettes=departement",
        ),
        ("mistakes", "/api/v1/fiches?enjue=emploi&limit=5000"),
    ] {
        let mut json = get_with(&app(), path, &[]).await.json();
        // These name the build, not the answer.
        if let Some(object) = json.as_object_mut() {
            object.remove("snapshot");
            object.remove("timeStamp");
        }
        insta::assert_json_snapshot!(format!("answer_{name}"), json);
    }
}

#[tokio::test]
async fn geocodejson_stays_as_the_national_address_api_answers() {
    for (name, path) in [
        (
            "search",
            "/search/?q=lhay%20les%20roses&limit=1&autocomplete=0",
        ),
        (
            "search_postcode",
            "/search/?q=sainte%20colombe&postcode=69560&type=municipality",
        ),
        ("search_street", "/search/?q=y&type=street"),
        (
            "search_longitude_zero",
            "/search/?q=sainte%20colombe&limit=2&lon=0&lat=45.3",
        ),
        ("reverse", "/reverse/?lon=2.89&lat=49.8"),
        ("reverse_longitude_zero", "/reverse/?lon=0&lat=45.3"),
    ] {
        let json = get_with(&app(), path, &[]).await.json();
        insta::assert_json_snapshot!(format!("geocoding_{name}"), json);
    }
}
