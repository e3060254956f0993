//! Suggestions carry counts, and what nobody bears is not offered.

use crate::synthetic::world;
use atlaas_model::{Facet, Level};
use atlaas_search::{Gazetteer, Suggester};

#[test]
fn terms_carry_the_count_of_those_who_bear_them() {
    let world = world();
    let mut schema = (*world.schema).clone();
    schema
        .vocabulary
        .intern(Facet::column("enjeu"), "éducation nouvelle");
    let gazetteer = Gazetteer::build(&world.fiches);
    let suggester = Suggester::build(&world.fiches, &schema);
    let found = suggester.suggest("educ", &gazetteer, None, 10);
    let terms: Vec<_> = found
        .terms
        .into_iter()
        .flat_map(|(_, terms)| terms)
        .collect();
    let told: Vec<&str> = terms.iter().map(|term| term.slug.as_str()).collect();
    assert_eq!(told, ["education"]);
    let bearing = world.fiches.iter().filter(|fiche| {
        fiche
            .slugs(Facet::column("enjeu"))
            .iter()
            .any(|slug| slug == "education")
    });
    assert_eq!(terms[0].count as usize, bearing.count());
    assert!(terms[0].count > 0);
}

#[test]
fn territories_are_counted_with_all_that_lies_in_them() {
    let world = world();
    let suggester = Suggester::build(&world.fiches, &world.schema);
    for (level, code) in [(Level::Commune, "01007"), (Level::Region, "85")] {
        let code = code.parse().unwrap();
        let inside = world
            .fiches
            .iter()
            .filter(|fiche| fiche.territory.at(level) == Some(code));
        let inside = inside.count();
        assert!(inside > 0);
        assert_eq!(suggester.count_in(level, code) as usize, inside);
    }
}
