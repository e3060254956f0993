//! Territories in the shape of the national API, geocoding, suggestions: what scripts rely on.

use crate::demonstration::get;

#[tokio::test]
async fn a_commune_has_the_fields_of_the_national_api() {
    let commune = get("/communes/13056").await.json();
    assert_eq!(commune["nom"], "Martigues");
    for field in [
        "code",
        "codeDepartement",
        "codeEpci",
        "codeRegion",
        "codesPostaux",
        "population",
    ] {
        assert!(!commune[field].is_null(), "{field}: {commune}");
    }
    assert!(commune["centre"].is_null());
    let shown = get("/communes/13056?fields=centre,departement")
        .await
        .json();
    assert_eq!(shown["centre"]["type"], "Point");
    assert_eq!(shown["departement"]["code"], "13");
    assert_eq!(shown["nom"], "Martigues");
    assert_eq!(get("/communes/99999").await.status, 404);
}

#[tokio::test]
async fn communes_are_found_by_post_code_name_place_and_position() {
    for (query, expected) in [
        ("codePostal=13500", "13056"),
        ("nom=martigue&boost=population&limit=1", "13056"),
        ("code=13056", "13056"),
        ("codeDepartement=13&nom=martigues", "13056"),
    ] {
        let found = get(&format!("/communes?{query}")).await.json();
        let codes: Vec<&str> = found
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["code"].as_str())
            .collect();
        assert!(codes.contains(&expected), "{query}: {codes:?}");
    }
    let inside = get("/departements/13/communes").await.json();
    assert!(inside.as_array().unwrap().len() > 100);
    for (path, expected) in [
        ("/departements", 101),
        ("/departements?zone=metro", 96),
        ("/departements?zone=metro,drom,com", 109),
        ("/regions", 18),
        ("/regions?limit=0", 18),
        ("/regions?limit=3", 3),
    ] {
        let found = get(path).await.json().as_array().unwrap().len();
        assert_eq!(found, expected, "{path}");
    }
    assert_eq!(
        get("/regions/93/departements")
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        6
    );
}

#[tokio::test]
async fn geojson_comes_with_the_geometry_asked_for_and_never_all_contours() {
    for (geometry, kind) in [
        ("centre", "Point"),
        ("bbox", "Polygon"),
        ("contour", "Polygon"),
    ] {
        let one = get(&format!(
            "/communes/13056?format=geojson&geometry={geometry}"
        ))
        .await
        .json();
        let found = one["geometry"]["type"].as_str().unwrap_or_default();
        assert!(found.ends_with(kind), "{geometry}: {found}");
    }
    let refused = get("/communes?format=geojson&geometry=contour").await;
    assert_eq!(refused.status, 400);
    let wrong = get("/communes?codePostal=13500&geometry=centroid&zone=lune").await;
    assert_eq!(wrong.status, 400);
    assert_eq!(wrong.json()["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn geocoding_answers_as_the_national_address_api() {
    let found = get("/search/?q=martigues&limit=3").await.json();
    assert_eq!(found["type"], "FeatureCollection");
    let properties = &found["features"][0]["properties"];
    assert_eq!(
        (
            properties["label"].as_str(),
            properties["citycode"].as_str()
        ),
        (Some("Martigues"), Some("13056"))
    );
    for field in [
        "name",
        "postcode",
        "city",
        "context",
        "population",
        "type",
        "score",
        "x",
        "y",
    ] {
        assert!(!properties[field].is_null(), "{field}: {properties}");
    }
    assert_eq!(get("/search/").await.status, 400);
    assert_eq!(get("/search/?q=a&lon=0&lat=47").await.status, 200);
    assert_eq!(get("/search/?q=a&lon=0").await.status, 400);
}

#[tokio::test]
async fn reverse_geocoding_finds_where_one_stands() {
    let centre = get("/communes/13056?fields=centre").await.json()["centre"]["coordinates"].clone();
    let found = get(&format!("/reverse/?lon={}&lat={}", centre[0], centre[1]))
        .await
        .json();
    assert_eq!(found["features"][0]["properties"]["citycode"], "13056");
    let ocean = get("/reverse/?lon=-30&lat=40").await.json();
    assert_eq!(ocean["features"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn suggestions_never_vanish_while_a_name_is_typed() {
    for typed in ["t", "ta", "talen", "talenc", "talence"] {
        let groups = get(&format!("/api/v1/suggestions?q={typed}")).await.json();
        assert!(
            !groups["territoires"].as_array().unwrap().is_empty(),
            "{typed}"
        );
    }
    let groups = get("/api/v1/suggestions?q=talence").await.json();
    assert_eq!(groups["territoires"][0]["id"], "commune-33522");
}

#[tokio::test]
async fn a_cluster_of_a_tile_opens_under_the_same_query() {
    let tile = get("/tiles/initiatives/5/16/11.mvt?enjeu=education").await;
    let layers = atlaas_engine::decode(tile.body).unwrap();
    let cluster = layers[0]
        .features
        .iter()
        .find(|feature| feature.properties.contains_key("cluster_id"))
        .unwrap();
    let (id, count) = (
        &cluster.properties["cluster_id"],
        &cluster.properties["point_count"],
    );
    let opened = get(&format!(
        "/api/v1/grappes/initiatives/{id}?enjeu=education&limit=2"
    ))
    .await
    .json();
    assert_eq!(
        (
            &opened["point_count"],
            opened["features"].as_array().unwrap().len()
        ),
        (count, 2)
    );
    assert_eq!(get("/api/v1/grappes/initiatives/1").await.status, 404);
}
