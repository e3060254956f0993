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
