//! Numbers in words: which column they bound, where they are words after all, and the order by columns.

use crate::synthetic::{World, open_tuned, vocabulary};
use atlaas_model::{Fiche, FicheId, Kind, Layer, Level, Name, Position, Precision, Schema, Value};
use atlaas_search::{Query, Tuning};
use std::sync::{Arc, OnceLock};

const TREES: &str = r#"
id = "arbre"
couche = "arbres"
singulier = { fr = "arbre" }
pluriel = { fr = "arbres" }
mots = ["arbres", "arbres remarquables"]
[[colonne]]
nom = "hauteur"
type = "nombre"
unite = "m"
titre = { fr = "Hauteur" }
facette = true
[[colonne]]
nom = "houppier"
type = "nombre"
unite = "m"
titre = { fr = "Diamètre du houppier" }
facette = true
[[colonne]]
nom = "circonference"
type = "entier"
unite = "cm"
titre = { fr = "Circonférence" }
facette = true
[[colonne]]
nom = "espece"
type = "texte"
tri = true
[[colonne]]
nom = "sain"
type = "oui_non"
tri = true
"#;

fn territory(level: Level, code: &str, name: &str, people: u32, km2: f64) -> Fiche {
    let code = code.parse().unwrap();
    let mut fiche = Fiche::new(FicheId::territory(level, code), level, name.into());
    fiche.code = Some(code);
    fiche.territory.departement = Some("48".parse().unwrap());
    if level == Level::Commune {
        fiche.territory.commune = Some(code);
    }
    fiche.position = Position::new(3.5, 44.5).ok();
    fiche.precision = Precision::Commune;
    fiche.set_extent(Some(people), Some(km2));
    fiche
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut fiches = vec![
            territory(Level::Departement, "48", "Lozère", 76_000, 5_167.0),
            territory(Level::Commune, "48095", "Mende", 12_000, 36.5),
            territory(Level::Commune, "48061", "Florac", 2_100, 70.0),
            territory(Level::Commune, "48001", "Albaret", 180, 27.0),
        ];
        let kind = Kind::point("arbre");
        for (id, name, height, species, sound) in [
            ("1", "Chêne", 24.0, "quercus", Some(true)),
            ("2", "Hêtre", 12.5, "Fagus", Some(false)),
            ("3", "If", 20.0, "", None),
        ] {
            let mut tree = Fiche::new(FicheId::of_row(kind, id).unwrap(), kind, name.into());
            tree.territory = fiches[1].territory;
            let mut set = |name, value| tree.values.set(Name::known(name), value);
            set("hauteur", Value::Number(height));
            set("houppier", Value::Number(30.0 - height));
            if !species.is_empty() {
                set("espece", Value::Texts(vec![species.to_owned()]));
            }
            if let Some(sound) = sound {
                set("sain", Value::Boolean(sound));
            }
            fiches.push(tree);
        }
        fiches.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        let mut layers = Schema::shipped_layers();
        layers.push(Layer::from_toml(TREES).unwrap());
        let schema = Schema::new(layers, vocabulary()).unwrap();
        open_tuned(Arc::new(fiches), Arc::new(schema), Tuning::default())
    })
}

fn resolved(asked: &str) -> String {
    let pairs: Vec<(String, String)> = asked
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    world().search.plan(&query).unwrap().resolved.canonical()
}

/// Questions, and the queries that they are.
const AMOUNTS: [(&str, &str); 23] = [
    (
        "communes de moins de 1000 habitants en Lozère",
        "departement=48&population_max=1000&type=commune",
    ),
    (
        "communes de moins de 1 000 habitants en Lozère",
        "departement=48&population_max=1000&type=commune",
    ),
    (
        "villages de moins de mille habitants",
        "population_max=1000&type=commune",
    ),
    (
        "communes entre 500 et 2 000 habitants",
        "population_max=2000&population_min=500&type=commune",
    ),
    (
        "communes de 500 à 2000 habitants",
        "population_max=2000&population_min=500&type=commune",
    ),
    (
        "commune d’au plus 200 hab.",
        "population_max=200&type=commune",
    ),
    (
        "communes d'au moins 2.000 habitants",
        "population_min=2000&type=commune",
    ),
    (
        "communes ayant plus de 10 mille habitants",
        "population_min=10000&type=commune",
    ),
    (
        "communes de 2000 habitants et plus",
        "population_min=2000&type=commune",
    ),
    (
        "communes 500 habitants maximum",
        "population_max=500&type=commune",
    ),
    (
        "communes de moins de 2000 habitants",
        "population_max=2000&type=commune",
    ),
    (
        "communes dont la population dépasse 5000",
        "population_min=5000&type=commune",
    ),
    (
        "communes de plus de 2,5 millions d'habitants",
        "population_min=2500000&type=commune",
    ),
    (
        "communes de moins de 10 habitants par km²",
        "densite_max=10&type=commune",
    ),
    (
        "communes de plus de 100 km2",
        "superficie_min=100&type=commune",
    ),
    (
        "moins de 300 habitants en Lozère",
        "departement=48&population_max=300",
    ),
    ("arbres de plus de 20 m", "hauteur_min=20&type=arbre"),
    (
        "arbres de plus de 20m à Mende",
        "commune=48095&hauteur_min=20&type=arbre",
    ),
    (
        "arbres de moins de 12,5 mètres",
        "hauteur_max=12.5&type=arbre",
    ),
    (
        "arbres d'une hauteur de plus de 20 m",
        "hauteur_min=20&type=arbre",
    ),
    (
        "arbres de plus de 20 m de hauteur",
        "hauteur_min=20&type=arbre",
    ),
    (
        "arbres diamètre du houppier au moins 8 m",
        "houppier_min=8&type=arbre",
    ),
    (
        "arbres circonférence supérieure à 300 cm",
        "circonference_min=300&type=arbre",
    ),
];

#[test]
fn numbers_in_words_are_the_range_of_a_column() {
    for (q, expected) in AMOUNTS {
        assert_eq!(resolved(&format!("q={q}")), expected, "{q}");
    }
    // The kind may be a parameter.
    assert_eq!(
        resolved("type=arbre&q=plus de 20 m"),
        "hauteur_min=20&type=arbre"
    );
}

#[test]
fn what_is_no_amount_of_what_is_asked_stays_what_it_was() {
    for (q, expected) in [
        // How far, not how high.
        (
            "arbres à moins de 20 km de Mende",
            "pres_de=48095&rayon=20&type=arbre",
        ),
        (
            "arbres à moins de 500 m de Mende",
            "pres_de=48095&rayon=0.5&type=arbre",
        ),
        // Trees have no inhabitants: words.
        (
            "arbres de moins de 1000 habitants",
            "q=de%20moins%20de%201000%20habitants&q_brut=1&type=arbre",
        ),
        // A number alone says nothing.
        ("arbres 20", "q=20&q_brut=1&type=arbre"),
    ] {
        let found = resolved(&format!("q={q}"));
        let words = |text: &str| -> Vec<String> {
            let mut words: Vec<String> = text.split('&').map(str::to_owned).collect();
            words.sort();
            words
        };
        if expected.contains("pres_de") {
            let rayon = words(expected)
                .into_iter()
                .find(|pair| pair.starts_with("rayon"))
                .unwrap();
            assert!(
                words(&found).contains(&rayon) && !found.contains("hauteur"),
                "{q}: {found}"
            );
        } else {
            assert!(
                found.contains("q=") && !found.contains("_max"),
                "{q}: {found}"
            );
        }
    }
    // A parameter of the same column wins.
    assert_eq!(
        resolved("q=communes de moins de 1000 habitants&population_min=50"),
        "population_min=50&type=commune"
    );
    // Years stay years.
    assert_eq!(
        resolved("q=initiatives de 2015 à 2018"),
        "annee=2015-2018&type=initiative"
    );
    assert_eq!(
        resolved("q=initiatives depuis 2019"),
        "annee=2019-&type=initiative"
    );
}

#[test]
fn what_was_understood_is_told_and_what_finds_nothing_climbs() {
    let pairs = [(
        "q".to_owned(),
        "communes de moins de 1000 habitants".to_owned(),
    )];
    let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
    let plan = world().search.plan(&query).unwrap();
    let told: Vec<(&str, &str, &str)> = plan
        .comprehension
        .facettes
        .iter()
        .map(|found| {
            (
                found.facette.as_str(),
                found.valeur.as_str(),
                found.nom.as_str(),
            )
        })
        .collect();
    assert!(
        told.contains(&("population", "..1000", "1\u{202f}000\u{a0}hab. au plus")),
        "{told:?}"
    );
    let answer = world().search.execute(&plan, None, &|_| None).unwrap();
    assert_eq!(answer.matched, 1);
}

#[test]
fn columns_that_are_no_facets_order_lists_by_words_and_by_yes_and_no() {
    for (sort, expected) in [
        ("espece", ["2", "1", "3"]),
        ("-espece", ["1", "2", "3"]),
        ("sain", ["2", "1", "3"]),
        ("-sain", ["1", "2", "3"]),
    ] {
        let pairs = [("type", "arbre"), ("tri", sort)].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let query = Query::parse(&pairs, &world().schema, &[]).unwrap();
        let plan = world().search.plan(&query).unwrap();
        let hits = world().search.execute(&plan, None, &|_| None).unwrap().hits;
        let ids: Vec<&str> = hits
            .iter()
            .map(|hit| {
                world().fiches[hit.doc as usize]
                    .id
                    .as_str()
                    .trim_start_matches("arbre-")
            })
            .collect();
        assert_eq!(ids, expected, "{sort}");
    }
}
