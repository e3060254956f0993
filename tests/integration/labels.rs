//! Whose label counts for a fiche: the same answer from facets, exports, pages and the national
//! shape, and said as such where it is not the commune's own.

use crate::demonstration::{app, get};
use atlaas_model::{Fiche, Level};

/// A commune without any label of its own in an EPCI that has a level, and that EPCI.
fn part_of_a_labelled_whole() -> (Fiche, Fiche, u8) {
    let snapshot = app().snapshot();
    let catalogue = snapshot.catalogue();
    let communes = catalogue.docs_of(Level::Commune);
    let found = communes.into_iter().find_map(|doc| {
        let commune = catalogue.fiche(doc);
        let epci = catalogue.fiche(catalogue.territory(Level::Epci, commune.territory.epci?)?);
        let levelled = epci.labels.iter().any(|label| label.level.is_some());
        let inherits = commune.labels.is_empty() && levelled;
        inherits.then(|| (commune.clone(), epci.clone(), catalogue.level(doc)))
    });
    found.expect("the demonstration labels nine EPCI")
}

#[tokio::test]
async fn an_inherited_label_is_the_same_everywhere_and_said_as_such() {
    let (commune, epci, level) = part_of_a_labelled_whole();
    let (code, whole) = (commune.code.unwrap(), epci.name.as_str());
    let last = epci.labels.iter().rev().find_map(|label| label.level);
    assert_eq!(Some(level), last);
    let fiche = get(&format!("/api/v1/fiches/commune-{code}")).await.json();
    let properties = &fiche["properties"];
    assert_eq!(properties["arobases"], level);
    assert_eq!(properties["label_de"], whole);
    assert!(properties["labels"].is_null(), "{properties}");
    let own = get(&format!("/api/v1/fiches/{}", epci.id)).await.json();
    assert_eq!(own["properties"]["arobases"], level);
    assert!(own["properties"]["label_de"].is_null(), "{own}");
    let asked = format!("commune={code}&type=commune&arobases={level}");
    let found = get(&format!("/api/v1/fiches?{asked}")).await.json();
    assert_eq!(found["numberMatched"], 1, "{found}");
    let other = level % 5 + 1;
    let asked = format!("commune={code}&type=commune&arobases={other}");
    let found = get(&format!("/api/v1/fiches?{asked}")).await.json();
    assert_eq!(found["numberMatched"], 0, "{found}");
    let national = get(&format!("/communes/{code}?fields=arobases,labelDe")).await;
    assert_eq!(national.json()["arobases"], level);
    assert_eq!(national.json()["labelDe"], whole);
}

#[tokio::test]
async fn pages_and_tables_say_whose_label_it_is() {
    let (commune, epci, level) = part_of_a_labelled_whole();
    let code = commune.code.unwrap();
    let page = get(&format!("/commune/{code}")).await;
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains(&format!("aria-label=\"{level} arobases\"")));
    assert!(page.contains("label du territoire :"), "{page}");
    let own = get(&format!("/epci/{}", epci.code.unwrap())).await;
    let own = String::from_utf8(own.body).unwrap();
    let head = own.split("<div class=\"columns\">").next().unwrap();
    assert!(
        head.contains("arobases\"") && !head.contains("label du territoire"),
        "{head}"
    );
    let csv = get(&format!("/api/v1/fiches.csv?commune={code}&type=commune")).await;
    let csv = String::from_utf8(csv.body).unwrap();
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    let columns: Vec<&str> = lines.next().unwrap().split([',', ';']).collect();
    let at = columns.iter().position(|&column| column == "label_de");
    assert_eq!(columns[at.unwrap() - 1], "arobases");
    assert!(lines.next().unwrap().contains(&epci.name), "{csv}");
}

#[tokio::test]
async fn the_documentation_tells_the_rule() {
    let page = get("/docs").await;
    let page = String::from_utf8(page.body).unwrap();
    for told in [
        "id=\"label\"",
        "label_de",
        "id=\"dates\"",
        "La date des sources",
    ] {
        assert!(page.contains(told), "{told}");
    }
}
