//! Postal addresses, arrondissements and main post codes, in queries and in geocoding.

use crate::shared;
use atlaas_model::Schema;
use atlaas_search::{Gazetteer, GeocodeHit, GeocodeRequest, Understander};

fn request(text: &str) -> GeocodeRequest<'_> {
    GeocodeRequest {
        text,
        limit: 5,
        autocomplete: true,
        near: None,
        postcodes: &[],
        citycodes: &[],
    }
}

#[test]
fn an_address_gives_its_commune() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let known = shared::Known::of(fiches);
    let geocoder = known.geocoder();
    let understander = Understander::new(&Schema::default());
    let first =
        |text: &str| -> Option<GeocodeHit> { geocoder.geocode(&request(text)).into_iter().next() };
    for (address, city, left) in [
        ("12 rue de la République 69003 Lyon", "69123", ""),
        ("Le bourg, 19310 Ayen", "19015", ""),
        ("3 bis avenue de Paris, 87000 Limoges", "87085", ""),
        ("ZA de la Gare 35000 Rennes", "35238", ""),
        ("place de la mairie 44000 Nantes", "44109", ""),
        (
            "covoiturage 12 rue de Paris 35000 Rennes",
            "35238",
            "covoiturage",
        ),
        ("covoiturage 35000 Rennes", "35238", "covoiturage"),
    ] {
        let found = understander.understand(address, &known.gazetteer, None);
        let place = found.place.map(|place| place.doc);
        let code = place.and_then(|doc| fiches[doc as usize].code);
        assert_eq!(
            code.map(|code| code.to_string()).as_deref(),
            Some(city),
            "{address}"
        );
        assert_eq!(found.text, left, "{address}");
        if left.is_empty() {
            let hit = first(address);
            let doc = hit.map(|hit| hit.doc);
            assert_eq!(doc, place, "{address}");
        }
    }
}

#[test]
fn the_main_post_code_comes_first() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let known = shared::Known::of(fiches);
    let geocoder = known.geocoder();
    for (name, postcode) in [
        ("Martigues", "13500"),
        ("Arles", "13200"),
        ("Istres", "13800"),
        ("Nantes", "44000"),
        ("Paris", "75001"),
        ("Marseille", "13001"),
        ("Ayen", "19310"),
    ] {
        let hits = geocoder.geocode(&request(name));
        assert_eq!(hits[0].postcode, postcode, "{name}");
    }
}

#[test]
fn an_arrondissement_is_known_by_its_number() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let understander = Understander::new(&Schema::default());
    for (query, code) in [
        ("covoiturage paris 12", "75112"),
        ("covoiturage paris 12e", "75112"),
        ("covoiturage lyon 3e", "69383"),
        ("12e arrondissement", "75112"),
        ("covoiturage 12e arrondissement de Paris", "75112"),
        ("covoiturage marseille 8ème", "13208"),
    ] {
        let place = understander.understand(query, &gazetteer, None).place;
        let alias = place.and_then(|place| {
            let fiche = &fiches[place.doc as usize];
            fiche.aliases.get(place.alias?)?.code
        });
        assert_eq!(
            alias.map(|code| code.to_string()).as_deref(),
            Some(code),
            "{query}"
        );
    }
}
