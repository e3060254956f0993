//! The service in process, over the demonstration snapshot: what every client relies on.

use crate::demonstration::{app, get, get_with};
use atlaas_engine::{DecodedLayer, decode};

#[tokio::test]
async fn readiness_tells_the_snapshot_and_how_much_is_in_it() {
    let answer = get("/health/readyz").await;
    let json = answer.json();
    assert_eq!(answer.status, 200);
    assert_eq!(json["snapshot"]["demonstration"], true);
    for (kind, expected) in [
        ("commune", 34_969),
        ("epci", 1_255),
        ("colieu", 5_000),
        ("initiative", 19_000),
    ] {
        assert_eq!(json["counts"][kind], expected, "{kind}");
    }
    assert_eq!(get("/health/livez").await.status, 200);
}

fn layers(body: Vec<u8>) -> Vec<DecodedLayer> {
    decode(body).unwrap()
}

#[tokio::test]
async fn every_tileset_has_its_layers_where_france_is_and_nothing_in_the_ocean() {
    for (tileset, expected) in [
        ("territoires", "communes"),
        ("initiatives", "initiatives"),
        ("colieux", "colieux"),
        ("atlaas", "communes"),
    ] {
        let answer = get(&format!("/tiles/{tileset}/6/32/22.mvt")).await;
        assert_eq!(answer.status, 200, "{tileset}");
        assert_eq!(
            answer.header("content-type"),
            "application/vnd.mapbox-vector-tile"
        );
        let names: Vec<String> = layers(answer.body)
            .into_iter()
            .map(|layer| layer.name)
            .collect();
        assert!(
            names.iter().any(|name| name == expected),
            "{tileset}: {names:?}"
        );
        assert_eq!(
            get(&format!("/tiles/{tileset}/6/10/22.mvt")).await.status,
            204,
            "{tileset}"
        );
    }
}

#[tokio::test]
async fn an_impossible_tile_is_an_error_that_says_so() {
    for (path, status) in [
        ("/tiles/territoires/13/0/0.mvt", 404),
        ("/tiles/initiatives/15/0/0.mvt", 404),
        ("/tiles/territoires/3/8/0.mvt", 404),
        ("/tiles/villes/0/0/0.mvt", 404),
        ("/tiles/territoires/a/0/0.mvt", 400),
        ("/tiles/territoires/1/-1/0.mvt", 400),
        ("/tiles/territoires/1/99999999999999999999/0.mvt", 400),
        ("/tiles/territoires/0/0/0.mvt?enjue=education", 400),
        ("/rien", 404),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        assert_eq!(answer.json()["status"], status, "{path}");
    }
}

#[tokio::test]
async fn a_client_that_has_the_tile_is_told_so_and_gzip_is_sent_as_it_lies() {
    let path = "/tiles/territoires/5/16/11.mvt";
    let plain = get(path).await;
    let packed = get_with(&app(), path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < plain.body.len());
    assert_ne!(packed.header("etag"), plain.header("etag"));
    for tag in [
        packed.header("etag").to_owned(),
        format!("W/{}", packed.header("etag")),
    ] {
        let sent = [("accept-encoding", "gzip"), ("if-none-match", tag.as_str())];
        let again = get_with(&app(), path, &sent).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(again.header("vary"), packed.header("vary"));
    }
}

#[tokio::test]
async fn a_search_answers_geojson_with_totals_and_facets() {
    let json = get("/api/v1/fiches?q=m%C3%A9diath%C3%A8que&limit=5")
        .await
        .json();
    assert_eq!(json["type"], "FeatureCollection");
    assert_eq!(json["numberReturned"], 5);
    assert!(json["numberMatched"].as_u64().unwrap() >= 5);
    assert!(
        json["facettes"]
            .as_array()
            .is_some_and(|facets| !facets.is_empty())
    );
    let id = json["features"][0]["id"].as_str().unwrap();
    let one = get(&format!("/api/v1/fiches/{id}")).await;
    assert_eq!(
        (one.status.as_u16(), one.json()["id"].as_str()),
        (200, Some(id))
    );
    assert_eq!(get("/api/v1/fiches/initiative-absente").await.status, 404);
}

#[tokio::test]
async fn wrong_parameters_are_told_all_at_once_in_french_or_in_english() {
    let path = "/api/v1/fiches?enjue=education&lat=95&limit=0";
    let french = get(path).await;
    assert_eq!(french.status, 400);
    assert_eq!(french.header("content-language"), "fr");
    let errors = french.json()["errors"].clone();
    assert!(
        errors.as_array().is_some_and(|errors| errors.len() >= 3),
        "{errors}"
    );
    let suggested = errors
        .as_array()
        .unwrap()
        .iter()
        .any(|error| error["suggestion"] == "enjeu");
    assert!(suggested, "{errors}");
    let english = get_with(&app(), path, &[("accept-language", "en")]).await;
    assert_eq!(english.json()["title"], "Bad request");
}
