//! Several places in a query: what lies in any of them.

use crate::synthetic::{open, vocabulary};
use atlaas_model::{Fiche, FicheId, Kind, Level};
use atlaas_search::Query;

fn commune(code: &str, name: &str) -> Fiche {
    let code = code.parse().unwrap();
    let id = FicheId::territory(Level::Commune, code);
    let mut fiche = Fiche::new(id, Level::Commune, name.into());
    fiche.code = Some(code);
    fiche.territory.commune = Some(code);
    fiche.set_extent(Some(200_000), None);
    fiche
}

fn inside(id: &str, commune: &Fiche) -> Fiche {
    let kind = Kind::point("initiative");
    let id = FicheId::of_row(kind, id).unwrap();
    let mut fiche = Fiche::new(id, kind, "Covoiturage solidaire".into());
    fiche.territory = commune.territory;
    fiche
}

#[test]
fn what_lies_in_any_of_the_places_is_found() {
    let towns = [
        commune("35238", "Rennes"),
        commune("44109", "Nantes"),
        commune("29019", "Brest"),
    ];
    let mut fiches: Vec<Fiche> = towns.to_vec();
    for (rank, town) in towns.iter().enumerate() {
        fiches.push(inside(&format!("projet-{rank}"), town));
    }
    fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    let world = open(fiches, vocabulary());
    for (q, canonical, found) in [
        (
            "covoiturage rennes",
            "commune=35238&q=covoiturage&q_brut=1",
            1,
        ),
        (
            "covoiturage à Rennes ou Nantes",
            "commune=35238&commune=44109&q=covoiturage&q_brut=1",
            2,
        ),
        (
            "covoiturage Rennes et Nantes",
            "commune=35238&commune=44109&q=covoiturage&q_brut=1",
            2,
        ),
    ] {
        let pairs = [("q".to_owned(), q.to_owned())];
        let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
        let plan = world.search.plan(&query).unwrap();
        assert_eq!(plan.resolved.canonical(), canonical, "{q}");
        assert_eq!(
            world.search.matching(&plan, None).unwrap().len(),
            found,
            "{q}"
        );
        let place = plan.comprehension.lieu.unwrap().nom;
        assert_eq!(place.contains(" ou "), found > 1, "{q}: {place}");
    }
}
