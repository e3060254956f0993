//! Every example of how people ask (issue 15), asked: where it looks, and what comes first.
//!
//! Areas are selected by looking at every position; around a territory is around its centre.

use crate::{full_scale, synthetic};
use atlaas_model::{Area, Code, DocSet, Fiche, Level, Position};
use atlaas_search::{Query, fold};

/// What is asked; the place that is told, by id or name, behind `~` when near it; part of the name of
/// the first hit, or its place behind `@`.
const CASES: [(&str, &str, &str); 72] = [
    // A word that names a term is a name first.
    ("fablab rennes", "commune-35238", ""),
    ("médiathèque libourne", "commune-33243", "mediatheque"),
    ("mediatheque libourne", "commune-33243", "mediatheque"),
    ("médiathèque", "", "mediatheque"),
    ("coworking marseille", "commune-13055", "coworking"),
    ("la ressourcerie bordeaux", "commune-33063", "ressourcerie"),
    ("fablab laval", "commune-53130", ""),
    ("mairie grenay", "", "mairie"),
    ("CAF", "", "caf"),
    ("sous-préfecture d'Etampes", "", "sous-prefecture d'etampes"),
    (
        "Sous-préfecture de Libourne",
        "",
        "sous-prefecture de libourne",
    ),
    ("Pole Emploi Blaye", "", "pole emploi blaye"),
    (
        "BIJ - Bureau Information Jeunesse Bourg-en-Bresse",
        "commune-01053",
        "bij",
    ),
    ("tablettes à l'école en bretagne", "region-53", ""),
    (
        "apprendre internet aux seniors marseille",
        "commune-13055",
        "",
    ),
    ("france services guéret", "commune-23096", ""),
    // What something is called, alone and with its town.
    (
        "Mairie de Saint Quentin de Baron",
        "",
        "mairie de saint quentin de baron",
    ),
    (
        "Installation d'un chauffage dans l'église Marcq-en-Barœul",
        "commune-59378",
        "installation d'un chauffage",
    ),
    // Régions of before 2016, usual countries, EPT, EPCI by their usual name.
    ("covoiturage alsace", "Alsace", ""),
    ("médiathèque limousin", "Limousin", ""),
    ("médiathèque en Auvergne", "Auvergne", ""),
    ("terrain multisports pays basque", "Pays basque", ""),
    ("voie verte Béarn", "Béarn", ""),
    ("maison de santé cévennes", "Cévennes", ""),
    ("médiation numérique Plaine Commune", "Plaine Commune", ""),
    ("fablab Est Ensemble", "Est Ensemble", ""),
    ("écoles métropole de Lyon", "epci-200046977", ""),
    ("vélo Grand Poitiers", "epci-200069854", ""),
    // Relations, radii, several places.
    ("Rennes covoiturage", "commune-35238", ""),
    ("covoiturage Rennes", "commune-35238", ""),
    ("budget participatif strasbourg 20 km", "~commune-67482", ""),
    (
        "budget participatif strasbourg 20km autour",
        "~commune-67482",
        "",
    ),
    ("fablab à côté de Rennes", "~commune-35238", ""),
    ("fablab vers Rennes", "~commune-35238", ""),
    ("fablab pas loin de Rennes", "~commune-35238", ""),
    ("fablab dans le 44", "departement-44", ""),
    ("fablab (75)", "departement-75", ""),
    ("école numérique (19)", "departement-19", ""),
    ("fablab Rennes ou Nantes", "Nantes ou Rennes", ""),
    ("fablab Rennes ou Nantes 20 km", "~Nantes ou Rennes", ""),
    ("fablab près de Rennes ou Nantes", "~Rennes ou Nantes", ""),
    (
        "démarches en ligne près de Saint-Barthélemy",
        "commune-97701",
        "",
    ),
    // Overseas; arrondissements are in `names/addresses.rs`.
    ("médiation numérique Guadeloupe", "departement-971", ""),
    ("tiers lieux martinique", "departement-972", ""),
    ("internet guyane", "departement-973", ""),
    ("école numérique mayotte", "departement-976", ""),
    (
        "médiation numérique Polynésie française",
        "departement-987",
        "",
    ),
    (
        "médiation numérique Nouvelle-Calédonie",
        "departement-988",
        "",
    ),
    (
        "médiation numérique Saint-Pierre-et-Miquelon",
        "departement-975",
        "",
    ),
    // An exact word beats a guessed one, the head word a homonym.
    ("covoiturage Nantes centre", "commune-44109", ""),
    ("covoiturage Le Cros d'Utelle", "commune-06151", ""),
    ("covoiturage Lyon Part-Dieu", "commune-69123", ""),
    ("covoiturage la baule", "commune-44055", ""),
    ("covoiturage aix", "commune-13001", ""),
    ("covoiturage saint malo", "commune-35288", ""),
    ("covoiturage la roche sur yon", "commune-85191", ""),
    ("covoiturage chalons", "commune-51108", ""),
    ("covoiturage Florac", "commune-48061", ""),
    ("covoiturage Boulogne", "commune-92012", ""),
    ("covoiturage Évry", "commune-91228", ""),
    ("médiation numérique à Cherbourg", "commune-50129", ""),
    // Post codes, numbers of départements, addresses.
    ("13008", "commune-13055", ""),
    ("ateliers informatiques 13008", "commune-13055", ""),
    ("fablab 31300", "commune-31555", ""),
    ("fablab 69003", "commune-69123", ""),
    ("38", "departement-38", ""),
    ("12 rue de la République 69003 Lyon", "commune-69123", ""),
    ("Le bourg, 19310 Ayen", "commune-19015", ""),
    // The label's own words.
    ("ville internet 5 arobases", "", ""),
    ("communes 4@", "", ""),
    ("labellisées 2019", "", ""),
    ("mention ruralité", "", ""),
];

#[test]
fn every_example_finds_something_where_it_was_meant() {
    let Some((fiches, vocabulary)) = full_scale::read() else {
        return;
    };
    let world = synthetic::open(fiches, vocabulary);
    let fiches = world.search.fiches().clone();
    let mut wrong = Vec::new();
    for (asked, place, first) in CASES {
        let pairs = [("q".to_owned(), asked.to_owned())];
        let query = Query::parse(&pairs, &world.schema, &[]).unwrap();
        let mut plan = match world.search.plan(&query) {
            Ok(plan) => plan,
            Err(mistakes) => {
                wrong.push(format!("{asked}: {mistakes:?}"));
                continue;
            }
        };
        let told = plan.comprehension.lieu.as_ref();
        let told = told.map_or_else(String::new, |told| {
            let near = if told.relation == "pres" { "~" } else { "" };
            let id = told.id.as_ref().filter(|_| !place.contains(" ou "));
            format!("{near}{}", id.unwrap_or(&told.nom))
        });
        let same = told == place || (!place.contains('-') && told.ends_with(place));
        if !same {
            wrong.push(format!("{asked}: {told}, not {place}"));
        }
        let select = |areas: &[Area]| scope(areas, &fiches);
        let matched = |plan: &atlaas_search::Plan| {
            let scope = select(&plan.areas);
            let origin = plan.origin;
            let distance = |doc: u32| Some(fiches[doc as usize].position?.distance_km(origin?));
            world
                .search
                .execute(plan, scope.as_ref(), &distance)
                .unwrap()
        };
        let mut answer = matched(&plan);
        if answer.matched == 0
            && let Some(landing) = world.search.climb(&plan, &select).unwrap()
        {
            plan = world.search.plan_of(&plan, &landing).unwrap();
            answer = matched(&plan);
        }
        let best = answer.hits.iter().map(|hit| &fiches[hit.doc as usize]);
        let mut best = best.filter(|fiche| !fiche.kind.is_territory() || first.is_empty());
        match best.next() {
            None => wrong.push(format!("{asked}: nothing")),
            Some(fiche) if !fold(&fiche.name).contains(first) => {
                wrong.push(format!("{asked}: {} first", fiche.name));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn scope(areas: &[Area], fiches: &[Fiche]) -> Option<DocSet> {
    let selected = areas.iter().map(|area| select(area, fiches));
    selected.reduce(|mut all, docs| {
        all.intersect(&docs);
        all
    })
}

fn select(area: &Area, fiches: &[Fiche]) -> DocSet {
    let within = |centre: Position, km: f64, of: Option<(Level, Code)>| {
        let inside = |fiche: &Fiche| {
            let near = |position: Position| position.distance_km(centre) <= km;
            let member = |(level, code)| fiche.territory.at(level) == Some(code);
            fiche.position.is_some_and(near) || of.is_some_and(member)
        };
        let docs = (0..).zip(fiches).filter(|(_, fiche)| inside(fiche));
        DocSet::from_docs(fiches.len() as u32, docs.map(|(doc, _)| doc))
    };
    match area {
        Area::Disc { centre, radius_km } => within(*centre, *radius_km, None),
        Area::Around {
            kind,
            code,
            margin_km,
        } => {
            let mut all = fiches.iter();
            let own = all.find(|own| own.kind == *kind && own.code == Some(*code));
            let centre = own.and_then(|own| own.position).unwrap();
            within(centre, *margin_km, Some((*kind, *code)))
        }
        Area::Any(areas) => {
            let mut any = DocSet::empty(fiches.len() as u32);
            for area in areas {
                any.union(&select(area, fiches));
            }
            any
        }
        _ => unreachable!("no example draws"),
    }
}
