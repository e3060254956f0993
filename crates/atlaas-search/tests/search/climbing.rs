//! What a ladder lets go is told in the words that were typed, not by a term's official name.

use crate::synthetic::open;
use atlaas_model::{Facet, Fiche, FicheId, Kind, Name, Vocabulary};
use atlaas_search::Query;

/// Three fiches of one term, one of another, none of both.
fn world() -> crate::synthetic::World {
    let mut vocabulary = Vocabulary::default();
    let mobility = vocabulary.intern(Facet::column("enjeu"), "mobilité douce");
    let printing = vocabulary.intern(Facet::column("services"), "impression en relief");
    let fiche = |id: &str, facet: &'static str, slug: &Option<String>| {
        let kind = Kind::point("initiative");
        let id = FicheId::of_row(kind, id).unwrap();
        let mut fiche = Fiche::new(id, kind, "Un projet".into());
        fiche
            .values
            .add_terms(Name::known(facet), slug.iter().cloned().collect());
        fiche
    };
    let fiches = vec![
        fiche("a", "enjeu", &mobility),
        fiche("b", "enjeu", &mobility),
        fiche("c", "enjeu", &mobility),
        fiche("d", "services", &printing),
    ];
    open(fiches, vocabulary)
}

#[test]
fn what_is_let_go_is_told_as_it_was_typed() {
    let world = world();
    for (typed, let_go, found) in [
        (
            "Mobilités douces, impressions en relief",
            "Mobilités douces",
            1,
        ),
        ("impression en relief mobilite DOUCE", "mobilite DOUCE", 1),
    ] {
        let pairs = [("q".to_owned(), typed.to_owned())];
        let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
        let plan = world.search.plan(&query).unwrap();
        assert_eq!(plan.comprehension.facettes.len(), 2, "{typed}");
        let none = world.search.execute(&plan, None, &|_| None).unwrap();
        assert_eq!(none.matched, 0, "{typed}");
        let landing = world.search.climb(&plan, &|_| None).unwrap().unwrap();
        assert_eq!(landing.let_go(), [let_go], "{typed}");
        let plan = world.search.plan_of(&plan, &landing).unwrap();
        let some = world.search.execute(&plan, None, &|_| None).unwrap();
        assert_eq!(some.matched, found, "{typed}");
    }
}
