//! OGC API: a client that follows links from the landing page reads every collection whole.

use crate::demonstration::get;

fn link<'a>(document: &'a serde_json::Value, rel: &str) -> Option<&'a str> {
    let links = document["links"].as_array()?;
    let href = links.iter().find(|link| link["rel"] == rel)?["href"].as_str()?;
    href.strip_prefix("http://atlaas.test")
}

#[tokio::test]
async fn links_lead_from_the_landing_page_to_the_last_feature() {
    let landing = get("/ogc").await.json();
    let collections = get(link(&landing, "data").unwrap()).await.json();
    let counts = get("/health/readyz").await.json()["counts"].clone();
    for (name, kind) in [
        ("colieux", "colieu"),
        ("departements", "departement"),
        ("regions", "region"),
    ] {
        let all = collections["collections"].as_array().unwrap();
        let collection = all.iter().find(|one| one["id"] == name).unwrap();
        assert_eq!(
            collection["extent"]["spatial"]["bbox"][0]
                .as_array()
                .unwrap()
                .len(),
            4
        );
        let mut next = Some(format!("{}?limit=1000", link(collection, "items").unwrap()));
        let mut ids = std::collections::BTreeSet::new();
        while let Some(address) = next {
            let page = get(&address).await.json();
            for feature in page["features"].as_array().unwrap() {
                ids.insert(feature["id"].as_str().unwrap().to_owned());
            }
            assert_eq!(page["numberMatched"], counts[kind], "{name}");
            next = link(&page, "next").map(str::to_owned);
        }
        assert_eq!(ids.len() as u64, counts[kind].as_u64().unwrap(), "{name}");
    }
}

#[tokio::test]
async fn items_are_filtered_by_box_time_and_property() {
    let items = |query: &str| format!("/ogc/collections/initiatives/items?limit=1000&{query}");
    let whole = get(&items("")).await.json()["numberMatched"]
        .as_u64()
        .unwrap();
    for query in [
        "bbox=4.9,43.3,5.6,43.6",
        "bbox=4.9,43.3,0,5.6,43.6,1000",
        "datetime=2024-01-01/..",
        "enjeu=education",
        "departement=13",
    ] {
        let page = get(&items(query)).await.json();
        let matched = page["numberMatched"].as_u64().unwrap();
        assert!(
            0 < matched && matched < whole,
            "{query}: {matched} of {whole}"
        );
    }
    for wrong in [
        "bbox=1,2,3",
        "bbox=1,2,bas,3,4,haut",
        "datetime=2024-02-31",
        "datetime=2024-01-01Tmidi",
        "datetime=hier",
        "limit=0",
        "enjeux=education",
        "f=html",
    ] {
        assert_eq!(
            get(&items(wrong).replace("limit=1000&", "")).await.status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(get("/ogc/collections/villes/items").await.status, 404);
    assert_eq!(
        get("/ogc/collections/colieux/items/commune-13056")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_next_page_keeps_everything_that_was_asked() {
    let address = "/ogc/collections/communes/items?f=json&lang=en&limit=2&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857&bbox=500000,5300000,600000,5400000&departement=13";
    let page = get(address).await.json();
    let next = link(&page, "next").unwrap();
    for kept in [
        "f=json",
        "lang=en",
        "limit=2",
        "offset=2",
        "departement=13",
        "bbox-crs=http",
        "bbox=500000",
    ] {
        assert!(next.contains(kept), "{kept}: {next}");
    }
    let second = get(next).await.json();
    assert_eq!(second["numberMatched"], page["numberMatched"]);
    assert_ne!(second["features"][0]["id"], page["features"][0]["id"]);
}

#[tokio::test]
async fn items_are_given_in_degrees_or_metres_and_found_by_a_plain_code() {
    let one = get("/ogc/collections/communes/items/13056").await;
    assert_eq!(one.json()["id"], "commune-13056");
    assert_eq!(
        one.header("content-crs"),
        "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    );
    assert_eq!(get("/ogc/collections/epcis/items/13056").await.status, 404);
    let metres = "crs=http://www.opengis.net/def/crs/EPSG/0/3857";
    let flat = get(&format!("/ogc/collections/communes/items/13056?{metres}")).await;
    assert_eq!(
        flat.header("content-crs"),
        "<http://www.opengis.net/def/crs/EPSG/0/3857>"
    );
    let corner = |answer: &serde_json::Value| {
        let first = &answer["geometry"]["coordinates"][0][0][0];
        [0, 1].map(|axis| first[axis].as_f64().unwrap())
    };
    let (degrees, flat) = (corner(&one.json()), corner(&flat.json()));
    let expected = degrees[0] * 20_037_508.342_789_244 / 180.0;
    assert!((flat[0] - expected).abs() < 0.01, "{flat:?}");
    assert!((5_300_000.0..5_450_000.0).contains(&flat[1]), "{flat:?}");
    // The same box in both systems.
    let count = |query: &str| format!("/ogc/collections/communes/items?limit=1&{query}");
    let here = get(&count("bbox=5.0,43.3,5.2,43.5")).await.json();
    let there = get(&count(
        "bbox=556597.454,5357746.958,578861.352,5388389.273&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857",
    ))
    .await
    .json();
    assert!(here["numberMatched"].as_u64().unwrap() > 3);
    assert_eq!(here["numberMatched"], there["numberMatched"]);
    assert_eq!(get(&count("crs=EPSG:2154")).await.status, 400);
}

#[tokio::test]
async fn the_tile_matrix_set_is_where_tilesets_say() {
    let tileset = get("/ogc/tiles/atlaas").await.json();
    let scheme = link(
        &tileset,
        "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
    )
    .unwrap();
    let set = get(scheme).await.json();
    assert_eq!(set["id"], "WebMercatorQuad");
    assert_eq!(set["uri"], tileset["tileMatrixSetURI"]);
    let matrices = set["tileMatrices"].as_array().unwrap();
    assert_eq!(matrices.len(), 15);
    assert_eq!(matrices[14]["matrixWidth"], 1 << 14);
    let landing = get("/ogc").await.json();
    let sets = link(
        &landing,
        "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
    )
    .unwrap();
    let sets = get(sets).await.json();
    assert_eq!(link(&sets["tileMatrixSets"][0], "self"), Some(scheme));
    assert_eq!(get("/ogc/tileMatrixSets/Autre").await.status, 404);
}

#[tokio::test]
async fn queryables_filter_and_schemas_name_all_that_items_hold() {
    let collections = get("/ogc/collections").await.json();
    for collection in collections["collections"].as_array().unwrap() {
        let queryables = link(
            collection,
            "http://www.opengis.net/def/rel/ogc/1.0/queryables",
        )
        .unwrap();
        let answer = get(queryables).await;
        assert_eq!(answer.header("content-type"), "application/schema+json");
        let items = link(collection, "items").unwrap();
        for name in answer.json()["properties"].as_object().unwrap().keys() {
            if name == "geometry" {
                continue;
            }
            let filtered = get(&format!("{items}?{name}=")).await;
            assert_eq!(filtered.status, 200, "{items}: {name}");
        }
        let schema = link(collection, "http://www.opengis.net/def/rel/ogc/1.0/schema").unwrap();
        let schema = get(schema).await.json();
        let page = get(&format!("{items}?limit=1000")).await.json();
        for feature in page["features"].as_array().unwrap() {
            for (name, value) in feature["properties"].as_object().unwrap() {
                let told = &schema["properties"][name];
                let fits = match told["type"]
                    .as_str()
                    .unwrap_or_else(|| panic!("{items}: {name}"))
                {
                    "integer" => value.is_i64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    _ => value.is_string(),
                };
                assert!(fits, "{items}: {name}: {value} is no {told}");
            }
        }
    }
    let initiatives = get("/ogc/collections/initiatives/queryables").await.json();
    let properties = &initiatives["properties"];
    assert!(
        properties["enjeu"].is_object() && properties["typologie"].is_null(),
        "{properties}"
    );
}

/// What OpenAPI 3.0 does not have.
fn too_new(value: &serde_json::Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        serde_json::Value::Object(map) => {
            for (name, inner) in map {
                let wrong = match name.as_str() {
                    "prefixItems" | "const" | "$defs" | "propertyNames" | "contentMediaType" => {
                        true
                    }
                    "exclusiveMinimum" | "exclusiveMaximum" => inner.is_number(),
                    "type" => inner.is_array() || inner == "null",
                    "items" => inner.is_boolean(),
                    _ => false,
                };
                let here = format!("{place}/{name}");
                // A property may be called anything.
                if wrong && !place.ends_with("/properties") {
                    found.push(here.clone());
                }
                found.extend(too_new(inner, &here));
            }
        }
        serde_json::Value::Array(values) => {
            for inner in values {
                found.extend(too_new(inner, place));
            }
        }
        _ => {}
    }
    found
}

#[tokio::test]
async fn the_definition_says_nothing_that_openapi_3_0_does_not_have() {
    for address in ["/ogc/api"] {
        let document = get(address).await.json();
        assert_eq!(too_new(&document, ""), Vec::<String>::new());
        assert!(document["info"]["license"]["identifier"].is_null());
    }
    let conformance = get("/ogc/conformance").await.json();
    let classes = conformance["conformsTo"].to_string();
    assert!(classes.contains("/oas30"));
}

#[tokio::test]
async fn the_definition_is_openapi_3_0_of_the_ogc_part_only() {
    let answer = get("/ogc/api").await;
    assert_eq!(
        answer.header("content-type"),
        "application/vnd.oai.openapi+json;version=3.0"
    );
    let document = answer.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.0"));
    assert!(
        document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .all(|path| path.starts_with("/ogc"))
    );
}
