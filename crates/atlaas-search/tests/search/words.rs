//! Words: stems, accents, beginnings, corrections, compounds, phrases, function words, places.

use crate::synthetic::{World, open};
use atlaas_model::{Facet, Fiche, FicheId, Kind, Level, Name, Vocabulary};
use atlaas_search::Query;
use std::sync::OnceLock;

const SHEETS: [(&str, &str, &str); 9] = [
    (
        "a",
        "Espace public numérique",
        "Accueil des habitants et médiation à l’école.",
    ),
    (
        "b",
        "L'école connectée",
        "Des tablettes pour les écoles, espace du numérique public.",
    ),
    (
        "c",
        "Wi-Fi dans les parcs",
        "Accès libre dans les jardins publics.",
    ),
    (
        "d",
        "Rénovation de la salle",
        "Salle des fêtes rénovée en 2015.",
    ),
    ("e", "Coworking rural", "Un lieu de travail partagé."),
    (
        "f",
        "Bœuf et maïs",
        "Circuit court : <b>l’été</b> & l'hiver.",
    ),
    ("g", "Fête des Lumières", "Illuminations."),
    ("h", "Conseil municipal des jeunes", "Démocratie locale."),
    (
        "i",
        "Cartographie participative",
        "Carte ouverte des chemins.",
    ),
];

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut vocabulary = Vocabulary::default();
        let mobility = vocabulary
            .intern(Facet::column("enjeu"), "mobilité douce")
            .unwrap();
        let mut fiches = vec![commune()];
        for (id, name, text) in SHEETS {
            let id = FicheId::of_row(Kind::point("initiative"), id).unwrap();
            let mut fiche = Fiche::new(id, Kind::point("initiative"), name.into());
            fiche.text = text.into();
            if name.starts_with("Carto") {
                fiche
                    .values
                    .add_terms(Name::known("enjeu"), vec![mobility.clone()]);
                fiche.territory = fiches[0].territory;
            }
            fiches.push(fiche);
        }
        fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        open(fiches, vocabulary)
    })
}

fn commune() -> Fiche {
    let code = "84087".parse().unwrap();
    let id = FicheId::territory(Level::Commune, code);
    let mut commune = Fiche::new(id, Level::Commune, "Saint-Martin-en-Vercors".into());
    commune.code = Some(code);
    commune.territory.commune = Some(code);
    commune.set_extent(Some(400), None);
    commune
}

fn ask(q: &str) -> atlaas_search::Answer {
    let pairs = [
        ("q".to_owned(), q.to_owned()),
        ("q_brut".to_owned(), "1".to_owned()),
    ];
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    let plan = world().search.plan(&query).unwrap();
    world().search.execute(&plan, None, &|_| None).unwrap()
}

fn ids(q: &str) -> Vec<String> {
    let hits = ask(q).hits;
    let id = |doc: u32| world().fiches[doc as usize].id.as_str().to_owned();
    hits.into_iter()
        .map(|hit| id(hit.doc).rsplit_once('-').unwrap().1.to_owned())
        .collect()
}

#[test]
fn words_are_found_as_people_write_them() {
    for (q, expected) in [
        ("ECOLES ", &["b", "a"][..]),
        ("tablette ", &["b"]),
        ("médiations", &["a"]),
        ("renovations ", &["d"]),
        ("boeuf", &["f"]),
        ("maïs", &["f"]),
        ("l’hiver", &["f"]),
        ("wifi ", &["c"]),
        ("wi-fi ", &["c"]),
        ("co-working", &["e"]),
        ("co working ", &["e"]),
        ("la fête des lumières ", &["g"]),
        ("2015", &["d"]),
        ("espace numérique", &["a", "b"]),
        ("espace jardins", &[]),
    ] {
        assert_eq!(ids(q), expected, "{q}");
    }
}

#[test]
fn an_unfinished_last_word_is_completed_and_a_misspelt_one_corrected() {
    for (q, expected) in [
        ("cartogra", &["i"][..]),
        ("cartogra.", &[]),
        ("cartografie", &["i"]),
        ("cartografphie ", &["i"]),
        ("uartographie ", &["i"]),
        ("coworkng rural", &["e"]),
        ("tabelttes ", &["b"]),
    ] {
        assert_eq!(ids(q), expected, "{q}");
    }
    let marked = &ask("cartografie partic").hits[0];
    let title = marked.title.as_ref().unwrap();
    assert_eq!(
        title.html,
        "<mark>Cartographie</mark> <mark>participative</mark>"
    );
    assert_eq!(title.positions, [[0, 12], [13, 26]]);
}

#[test]
fn quotes_ask_for_the_words_in_this_order() {
    assert_eq!(ids("\"espace public\""), ["a"]);
    assert_eq!(ids("\"espace numérique public\""), [""; 0]);
    assert_eq!(ids("« espace du numérique »"), ["b"]);
    assert_eq!(ids("\"salle des fêtes\""), ["d"]);
    assert_eq!(ids("\"fête des\""), ["g"]);
}

#[test]
fn query_syntax_is_only_words() {
    for q in [
        "école AND",
        "école*",
        "+école",
        "nom:école",
        "(école",
        "école~2",
        "école^3",
    ] {
        assert!(ask(q).matched <= 2, "{q}");
    }
    assert_eq!(ids("école*"), ["b", "a"]);
    assert_eq!(ids("(école)"), ["b", "a"]);
}

#[test]
fn terms_of_facets_and_whole_names_of_places_are_found_too() {
    assert_eq!(ids("mobilité "), ["i"]);
    assert_eq!(ids("carte saint-martin-en-vercors "), ["i"]);
    assert_eq!(ids("saint martin en vercors "), ["84087", "i"]);
    assert_eq!(ids("carte 84087"), ["i"]);
    // A part of a name is only a word.
    assert_eq!(ids("carte vercors "), [""; 0]);
}

#[test]
fn snippets_are_safe_html() {
    let hit = &ask("été ").hits[0];
    let text = hit.text.as_ref().unwrap();
    assert_eq!(
        text.html,
        "Circuit court : &lt;b&gt;l’<mark>été</mark>&lt;/b&gt; &amp; l&#39;hiver."
    );
    assert!(hit.title.is_none());
}

#[test]
fn nothing_found_proposes_what_finds_something() {
    let answer = ask("tablette jardin ");
    assert_eq!(answer.matched, 0);
    let told: Vec<(&str, u32)> = answer
        .proposals
        .iter()
        .map(|proposal| (proposal.requete.as_str(), proposal.n))
        .collect();
    assert_eq!(told, [("q=jardin&q_brut=1", 1), ("q=tablette&q_brut=1", 1)]);
}

#[test]
fn similar_sheets_share_telling_words() {
    let doc = world()
        .fiches
        .iter()
        .position(|f| f.id.as_str() == "initiative-a")
        .unwrap();
    let similar = world().search.similar(doc as u32, 3).unwrap();
    assert_eq!(similar.len(), 3);
    assert_eq!(
        world().fiches[similar[0] as usize].id.as_str(),
        "initiative-b"
    );
    assert!(!similar.contains(&(doc as u32)));
    assert!(world().search.similar(9_999, 3).unwrap().is_empty());
}
