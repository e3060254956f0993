//! Callers of the national APIs (geo.api.gouv.fr, the address API, the Géoplateforme), who change the
//! address of their script and nothing else.
//!
//! 1. What the originals ignore is ignored, and named in a header.
//! 2. What they spell in several ways is read in each; several values of a filter mean any of them.
//! 3. Their parts of communes, former codes and types of EPCI are answered.
//! 4. No feature is without a geometry.

use crate::demonstration::{Answer, get};

fn codes(answer: &Answer) -> Vec<String> {
    let list = answer.json();
    let list = list.as_array().unwrap_or_else(|| panic!("{list}"));
    let mut codes: Vec<String> = list
        .iter()
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes
}

async fn found(address: &str) -> Vec<String> {
    let answer = get(address).await;
    assert_eq!(answer.status, 200, "{address}");
    codes(&answer)
}

#[tokio::test]
async fn what_the_originals_ignore_is_ignored_and_named() {
    for (address, ignored) in [
        ("/communes?codePostal=13500&utm_source=x", "utm%5Fsource"),
        (
            "/communes?codePostal=13500&fields=nom,inconnu,code",
            "fields=inconnu",
        ),
        ("/communes/13056?fields=inconnu&x=1", "x,fields=inconnu"),
        ("/epcis/200054807?api_key=1", "api%5Fkey"),
        (
            "/search/?q=martigues&returntruegeometry=true",
            "returntruegeometry",
        ),
        ("/reverse/?lon=5.05&lat=43.4&index=address&y=2", "y"),
        ("/geocodage/completion?text=martig&gf=3", "gf"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(
            answer.header("atlaas-parametres-ignores"),
            ignored,
            "{address}"
        );
        let exposed = answer.header("access-control-expose-headers");
        assert!(exposed.contains("atlaas-parametres-ignores"), "{exposed}");
    }
    // Our own API has no one who relies on it: a mistake is told.
    assert_eq!(get("/api/v1/fiches?utm_source=x").await.status, 400);
}

#[tokio::test]
async fn positions_are_read_in_every_spelling() {
    let expected = get("/reverse/?lon=5.05&lat=43.4").await.json();
    assert_eq!(expected["features"].as_array().unwrap().len(), 1);
    for lon in ["lon", "lng", "long", "longitude"] {
        for lat in ["lat", "latitude"] {
            let address = format!("/geocodage/reverse/?{lon}=5.05&{lat}=43.4");
            assert_eq!(
                get(&address).await.json()["features"],
                expected["features"],
                "{address}"
            );
        }
    }
    assert_eq!(get("/reverse/?lng=5.05").await.status, 400);
    assert_eq!(get("/communes?lat=43.4&lng=inconnue").await.status, 400);
}

#[tokio::test]
async fn several_values_of_a_filter_mean_any_of_them() {
    for (address, expected) in [
        ("/communes?code=13056,13001", "13001,13056"),
        ("/communes?code=13056&code=13001", "13001,13056"),
        ("/epcis?code=200054807,200040350", "200040350,200054807"),
        ("/regions?code=93,11&zone=metro", "11,93"),
        ("/regions?zone=drom", "01,02,03,04,06"),
        ("/departements/?codeRegion=93,94", "04,05,06,13,2A,2B,83,84"),
    ] {
        assert_eq!(found(address).await.join(","), expected, "{address}");
    }
    let both = found("/departements?zone=metro&zone=drom").await;
    assert_eq!(both.len(), 101);
    let answer = get("/search/?q=sainte+colombe&limit=100&postcode=69560&postcode=05700")
        .await
        .json();
    let hits = answer["features"].as_array().unwrap();
    let mut postcodes: Vec<&str> = hits
        .iter()
        .map(|hit| hit["properties"]["postcode"].as_str().unwrap())
        .collect();
    postcodes.sort_unstable();
    assert_eq!(postcodes, ["05700", "69560"]);
    assert_eq!(answer["filters"]["postcode"], "69560,05700");
}

#[tokio::test]
async fn geocoding_answers_with_what_the_originals_answer() {
    let answer = get("/search/?q=lyon+3e&limit=1&lat=45.75&lon=4.85&type=municipality")
        .await
        .json();
    assert_eq!(answer["center"], serde_json::json!([4.85, 45.75]));
    assert_eq!(
        answer["filters"],
        serde_json::json!({"type": "municipality"})
    );
    let properties = &answer["features"][0]["properties"];
    assert_eq!(properties["_type"], "address");
    assert_eq!(
        (
            &properties["citycode"],
            &properties["city"],
            &properties["district"]
        ),
        (
            &"69383".into(),
            &"Lyon".into(),
            &"Lyon 3e Arrondissement".into()
        )
    );
    let whole = get("/search/?q=lyon&limit=1").await.json();
    assert!(whole["features"][0]["properties"]["district"].is_null());
    assert!(whole["center"].is_null() && whole["filters"].is_null());
    let many = get("/search/?q=saint&limit=100").await.json();
    assert_eq!(many["features"].as_array().unwrap().len(), 100);
    assert_eq!(get("/search/?q=saint&limit=101").await.status, 400);
    for nothing in ["index=poi", "type=street,housenumber", "citycode=13001"] {
        let answer = get(&format!("/geocodage/search?q=lyon&{nothing}"))
            .await
            .json();
        assert_eq!(answer["features"].as_array().unwrap().len(), 0, "{nothing}");
    }
    // The code of an arrondissement, and of a commune that is part of another today.
    for (q, asked, given) in [("paris", "75110", "75110"), ("arbignieu", "01340", "01015")] {
        let answer = get(&format!("/search/?q={q}&citycode={asked}"))
            .await
            .json();
        assert_eq!(
            answer["features"][0]["properties"]["citycode"], given,
            "{q}"
        );
    }
}

#[tokio::test]
async fn completion_answers_as_the_geoplateforme() {
    let address = "/geocodage/completion?text=martig&maximumResponses=1";
    let one = get(address).await.json();
    assert_eq!(one["status"], "OK");
    let first = &one["results"][0];
    assert_eq!(one["results"].as_array().unwrap().len(), 1);
    assert_eq!(first["country"], "StreetAddress");
    assert_eq!(first["fulltext"], "13500 Martigues");
    assert!((first["x"].as_f64().unwrap() - 5.05).abs() < 0.1, "{first}");
    let place = get(&format!("{address}&type=PositionOfInterest"))
        .await
        .json();
    assert_eq!(place["results"][0]["kind"], "commune");
    assert_eq!(place["results"][0]["fulltext"], "Martigues, 13500");
    for (narrowed, count) in [
        ("terr=13", 1),
        ("terr=METROPOLE", 1),
        ("terr=DOMTOM", 0),
        ("terr=13500", 1),
        ("bbox=4,43,6,44", 1),
        ("bbox=-2,47,-1,48", 0),
    ] {
        let answer = get(&format!("/geocodage/completion?text=martigues&{narrowed}"))
            .await
            .json();
        let martigues = answer["results"].as_array().unwrap().iter();
        let martigues = martigues.filter(|one| one["city"] == "Martigues").count();
        assert_eq!(martigues, count, "{narrowed}");
    }
    for wrong in [
        "",
        "?text=a&lonlat=5",
        "?text=a&bbox=1,2,3",
        "?text=a&maximumResponses=99",
    ] {
        assert_eq!(
            get(&format!("/geocodage/completion{wrong}")).await.status,
            400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn parts_of_communes_are_listed_as_there() {
    let all = found("/communes_associees_deleguees").await;
    assert!(all.len() > 2_000, "{}", all.len());
    for (address, expected) in [
        (
            "/communes_associees_deleguees?type=commune-associee&code=01120",
            "01120",
        ),
        (
            "/communes_associees_deleguees?type=commune-deleguee&code=01120",
            "",
        ),
        ("/communes_associees_deleguees/?nom=arbignieu", "01015"),
        (
            "/communes_associees_deleguees?codeParent=01015",
            "01015,01340",
        ),
        ("/communes?ancienCode=01340", "01015"),
        ("/communes?anciensCodes=01340", "01015"),
        ("/communes?deleguees=01340", "01015"),
        ("/communes?associees=01340", ""),
        (
            "/communes?type=arrondissement-municipal&codeParent=69123&codePostal=69003",
            "69383",
        ),
        (
            "/communes?type=arrondissement-municipal&nom=lyon+3e&limit=1",
            "69383",
        ),
    ] {
        assert_eq!(found(address).await.join(","), expected, "{address}");
    }
    let arrondissements = found("/communes?type=arrondissement-municipal").await;
    assert_eq!(arrondissements.len(), 45);
    let both =
        found("/communes?type=commune-actuelle,arrondissement-municipal&codeDepartement=75").await;
    assert_eq!(both.len(), 21);
    let one = get("/communes/69383?fields=type,codeParent,population,codesPostaux")
        .await
        .json();
    assert_eq!(
        (&one["nom"], &one["type"], &one["codeParent"]),
        (
            &"Lyon 3e Arrondissement".into(),
            &"arrondissement-municipal".into(),
            &"69123".into()
        )
    );
    let part = get("/communes_associees_deleguees/01120").await.json();
    assert_eq!(
        (&part["chefLieu"], &part["type"], &part["codeDepartement"]),
        (&"01262".into(), &"commune-associee".into(), &"01".into())
    );
    assert_eq!(get("/communes_associees_deleguees/13056").await.status, 404);
}

#[tokio::test]
async fn fields_of_the_originals_are_answered() {
    let commune = get("/communes/01015?fields=anciensCodes,deleguees,type,_score")
        .await
        .json();
    assert_eq!(commune["anciensCodes"], serde_json::json!(["01340"]));
    assert_eq!(commune["deleguees"], serde_json::json!(["01015", "01340"]));
    assert_eq!(commune["type"], "commune-actuelle");
    let departement = get("/departements/13?fields=chefLieu,zone").await.json();
    assert_eq!(departement["chefLieu"], "13055");
    assert_eq!(departement["zone"], "metro");
    assert_eq!(
        get("/regions/93?fields=chefLieu").await.json()["chefLieu"],
        "13055"
    );
    let epci = get("/epcis/200054807?fields=type,financement").await.json();
    assert_eq!(epci["type"], "METRO");
    assert!(epci["financement"].is_string(), "{epci}");
    let around = found("/epcis?codePostal=13500").await;
    assert_eq!(around, ["200054807"]);
}

#[tokio::test]
async fn no_feature_is_without_a_geometry() {
    for address in [
        "/communes?format=geojson",
        "/communes?format=geojson&codeDepartement=13&geometry=contour",
        "/communes?format=geojson&type=arrondissement-municipal",
        "/communes_associees_deleguees?format=geojson",
        "/epcis?format=geojson&geometry=bbox",
        "/departements?format=geojson&zone=metro,drom,com",
        "/search/?q=saint&limit=100",
    ] {
        let collection = get(address).await.json();
        let features = collection["features"].as_array().unwrap();
        for feature in features {
            assert!(
                feature["geometry"]["coordinates"].is_array(),
                "{address}: {feature}"
            );
        }
    }
    let parts = get("/communes_associees_deleguees/01120?format=geojson").await;
    assert!(parts.status == 404 || parts.json()["geometry"].is_object());
}

#[tokio::test]
async fn a_slash_at_the_end_changes_nothing() {
    for address in [
        "/communes/?codePostal=13500",
        "/communes/13056/",
        "/departements/13/communes/?limit=3",
        "/geocodage/search/?q=martigues",
        "/search?q=martigues",
    ] {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let other = match path.strip_suffix('/') {
            Some(path) => format!("{path}?{query}"),
            None => format!("{path}/?{query}"),
        };
        let (one, two) = (get(address).await, get(&other).await);
        assert_eq!(
            (one.status.as_u16(), &one.body),
            (200, &two.body),
            "{address}, {other}"
        );
    }
}

#[tokio::test]
async fn every_oembed_link_leads_to_an_answer() {
    let mut told = 0;
    for page in [
        "/",
        "/?q=wifi",
        "/embed?departement=13",
        "/commune/13056",
        "/epci/200054807",
        "/region/93",
        "/exemples",
        "/palmares",
        "/docs",
        "/integrer",
        "/mentions",
        "/accessibilite",
        "/nulle-part",
    ] {
        let answer = crate::demonstration::get_with(
            &crate::demonstration::app(),
            page,
            &[("accept", "text/html")],
        )
        .await;
        let html = String::from_utf8(answer.body).unwrap();
        let link = html.split("application/json+oembed\" href=\"").nth(1);
        let Some(link) = link else {
            assert!(
                !page.starts_with("/?") && !page.contains("commune") && page != "/",
                "{page}"
            );
            continue;
        };
        told += 1;
        let address = link
            .split('"')
            .next()
            .unwrap()
            .replace("&#38;", "&")
            .replace("&amp;", "&");
        let address = address.strip_prefix("http://atlaas.test").unwrap();
        assert_eq!(get(address).await.status, 200, "{page}: {address}");
    }
    assert_eq!(told, 6);
}

#[tokio::test]
async fn the_description_suits_generators_of_clients() {
    let document = get("/openapi.json").await.json();
    assert_eq!(document["security"], serde_json::json!([]));
    let tags = document["tags"].as_array().unwrap();
    let known: Vec<&str> = tags
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let tag = operation["tags"][0].as_str().unwrap();
            assert!(tag.is_ascii() && known.contains(&tag), "{tag}: {known:?}");
            for answer in operation["responses"].as_object().unwrap().values() {
                for (media, content) in answer["content"].as_object().into_iter().flatten() {
                    let schema = &content["schema"];
                    let named = schema["$ref"].as_str().unwrap_or_default();
                    let named = named.rsplit('/').next().unwrap();
                    let schema = document["components"]["schemas"]
                        .get(named)
                        .unwrap_or(schema);
                    // YAML is read into what it says, as JSON is.
                    let is_read = media.contains("yaml")
                        || media.contains("json")
                            && !media.contains("seq")
                            && !media.contains("ndjson");
                    assert!(is_read || schema["type"] == "string", "{media}: {schema}");
                    let is_text = media.starts_with("text/")
                        || media.contains("xml")
                        || media.contains("json")
                        || media.contains("yaml");
                    assert!(is_text || schema["format"] == "binary", "{media}: {schema}");
                }
            }
        }
    }
    let docs = String::from_utf8(get("/docs").await.body).unwrap();
    assert!(docs.contains("<h3>Géocodage</h3>"));
}

/// `HEAD` of what is made while it is sent: a length of 0 says that the file is empty, and data tools
/// believe it.
#[tokio::test]
async fn the_head_of_an_export_tells_no_length_or_the_right_one() {
    let (address, _) = crate::socket::listen(atlaas_server::Limits::default()).await;
    for path in [
        "/api/v1/fiches.csv?type=region",
        "/api/v1/fiches.xlsx?type=region",
        "/api/v1/fiches.ndjson?type=region",
        "/api/v1/fiches.geojsonseq?type=region",
        "/api/v1/fiches.gpx?type=colieu&departement=13",
        "/api/v1/fiches.geojson?type=region",
        "/communes?codeDepartement=13",
        "/tiles/territoires/6/32/22.mvt",
    ] {
        let ask = |method: &str| {
            format!("{method} {path} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")
        };
        let (status, head, body) = crate::socket::exchange(address, ask("HEAD").as_bytes()).await;
        assert_eq!((status, body.len()), (200, 0), "{path}");
        let (_, whole, sent) = crate::socket::exchange(address, ask("GET").as_bytes()).await;
        let length = |head: &str| {
            let line = head
                .lines()
                .find(|line| line.starts_with("content-length:"));
            line.map(|line| line[15..].trim().parse::<usize>().unwrap())
        };
        assert_eq!(length(&head), length(&whole), "{path}: {head}");
        assert!(
            length(&head).is_none_or(|length| length == sent.len()),
            "{path}: {head}"
        );
    }
}
