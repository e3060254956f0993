//! Several places in one query.

use crate::shared;
use atlaas_model::Schema;
use atlaas_search::{Gazetteer, Understander};

#[test]
fn places_are_joined_by_or_and_by_and() {
    let Some(fiches) = shared::fiches() else {
        return;
    };
    let gazetteer = Gazetteer::build(fiches);
    let understander = Understander::new(&Schema::default());
    for (query, expected, left) in [
        ("Rennes ou Nantes", &["35238", "44109"][..], ""),
        (
            "médiathèque Rennes et Nantes",
            &["35238", "44109"],
            "médiathèque",
        ),
        (
            "médiathèque à Rennes ou à Nantes",
            &["35238", "44109"],
            "médiathèque",
        ),
        (
            "covoiturage à Rennes, Nantes et Brest",
            &["29019", "35238", "44109"],
            "covoiturage",
        ),
        (
            "covoiturage guéret ou aubusson",
            &["23008", "23096"],
            "covoiturage",
        ),
        (
            "covoiturage à Rennes et culture",
            &["35238"],
            "covoiturage culture",
        ),
        (
            "culture et patrimoine à Rennes",
            &["35238"],
            "culture et patrimoine",
        ),
        ("covoiturage Rennes", &["35238"], "covoiturage"),
        ("Ille-et-Vilaine", &["35"], ""),
        ("Savoie ou Isère", &["38", "73"], ""),
    ] {
        let found = understander.understand(query, &gazetteer, None);
        let place = found.place.as_ref();
        let mut docs: Vec<u32> = place.iter().map(|place| place.doc).collect();
        docs.extend(
            place
                .iter()
                .flat_map(|place| place.also.iter().map(|also| also.doc)),
        );
        let code = |doc: &u32| fiches[*doc as usize].code.map(|code| code.to_string());
        let mut codes: Vec<String> = docs.iter().filter_map(code).collect();
        codes.sort();
        assert_eq!(codes, expected, "{query}");
        assert_eq!(found.text, left, "{query}");
    }
}
