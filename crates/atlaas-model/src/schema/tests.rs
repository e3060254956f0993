//! Declarations: what ships is sound, names follow from all of them, and faults are told.

use super::*;
use crate::{FicheId, Name};

fn layer(id: &str, columns: &str) -> Result<Layer, SchemaError> {
    Layer::from_toml(&format!(
        "id = \"{id}\"\ncouche = \"{id}s\"\nsingulier = {{ fr = \"x\" }}\npluriel = {{ fr = \"x\" }}\n{columns}"
    ))
}

fn schema(layers: &[(&str, &str)]) -> Result<Schema, SchemaError> {
    let layers = layers.iter().map(|(id, columns)| layer(id, columns));
    Schema::new(layers.collect::<Result<_, _>>()?, Vocabulary::default())
}

fn facets(schema: &Schema) -> Vec<&'static str> {
    let own = |info: &&FacetInfo| info.kinds.iter().all(|kind| !is_level(kind));
    let declared = schema.facets().iter().filter(|info| info.kind.is_some());
    let declared = declared.filter(own);
    declared.map(|info| info.facet.as_str()).collect()
}

fn is_level(kind: &Name) -> bool {
    Level::ALL
        .into_iter()
        .any(|level| level.as_str() == kind.as_str())
}

#[test]
fn what_ships_lists_facets_and_kinds_as_answers_do() {
    let schema = Schema::default();
    let names: Vec<&str> = schema
        .facets()
        .iter()
        .map(|info| info.facet.as_str())
        .collect();
    let expected = [
        "type",
        "enjeu",
        "categorie",
        "services",
        "publics",
        "annee",
        "arobases",
        "region",
        "departement",
        "epci",
        "population",
        "superficie",
        "densite",
        "typologie",
        "mention",
    ];
    assert_eq!(names, expected);
    let kinds: Vec<&str> = schema.kinds().into_iter().map(Kind::as_str).collect();
    let expected = [
        "commune",
        "epci",
        "departement",
        "region",
        "colieu",
        "initiative",
    ];
    assert_eq!(kinds, expected);
    let colour = |name| schema.colour(schema.kind(name)?).map(Facet::as_str);
    assert_eq!(colour("colieu"), Some("typologie"));
    assert_eq!(colour("initiative"), Some("enjeu"));
    assert_eq!(colour("commune"), None);
}

#[test]
fn a_facet_is_called_by_its_column_alone_unless_another_layer_has_one() {
    const ESPECE: &str = "[[colonne]]\nnom = \"espece\"\ntype = \"terme\"\nfacette = true\n";
    let alone = schema(&[("arbre", ESPECE)]).unwrap();
    assert_eq!(facets(&alone), ["espece"]);
    let both = schema(&[("arbre", ESPECE), ("oiseau", ESPECE)]).unwrap();
    assert_eq!(
        facets(&both),
        [
            "arbres.espece",
            "oiseaux.espece".replace("oiseaux", "oiseaus").as_str()
        ]
    );
    let shared = format!("{ESPECE}partage = true\n");
    let both = schema(&[("arbre", &shared), ("oiseau", &shared)]).unwrap();
    assert_eq!(facets(&both), ["espece"]);
    let info = &both.info(Facet::column("espece")).unwrap();
    assert_eq!(info.kinds.len(), 2);
}

#[test]
fn columns_that_a_territory_or_what_ships_has_keep_their_names_beside_any_layer() {
    let column = |name: &str, rest: &str| {
        format!("[[colonne]]\nnom = \"{name}\"\ntype = \"nombre\"\n{rest}\n")
    };
    let own = [
        column("population", "facette = true"),
        column("annee", "tri = true"),
        column("hauteur", ""),
        column("envergure", "tri = true"),
    ]
    .concat();
    let mut layers = Schema::shipped_layers();
    layers.push(layer("arbre", &own).unwrap());
    layers.push(layer("mur", &column("hauteur", "facette = true")).unwrap());
    let schema = Schema::new(layers, Vocabulary::default()).unwrap();
    let key = |kind, name| schema.column(kind, name).unwrap().key.as_str();
    let tree = Kind::point("arbre");
    for (kind, name, expected) in [
        (Kind::from(Level::Commune), "population", "population"),
        (Kind::point("initiative"), "annee", "annee"),
        (tree, "population", "arbres.population"),
        (tree, "annee", "arbres.annee"),
        // Nobody can ask for the trees' height.
        (tree, "hauteur", "arbres.hauteur"),
        (Kind::point("mur"), "hauteur", "hauteur"),
        (tree, "envergure", "envergure"),
    ] {
        assert_eq!(key(kind, name), expected, "{kind} {name}");
    }
    let orders: Vec<&str> = schema
        .orders()
        .iter()
        .map(|order| order.falling.as_str())
        .collect();
    for order in ["-population", "-annee", "-arbres.annee", "-envergure"] {
        assert!(orders.contains(&order), "{order} in {orders:?}");
    }
    assert!(!orders.contains(&"-hauteur"));
}

#[test]
fn what_the_reader_of_territories_fills_is_declared() {
    let mut fiche = Fiche::new(
        FicheId::territory(Level::Commune, "01004".parse().unwrap()),
        Level::Commune,
        "X".into(),
    );
    fiche.set_extent(Some(500), Some(12.345_678));
    let schema = Schema::default();
    let told: Vec<(&str, f64)> = schema
        .columns(fiche.kind)
        .iter()
        .map(|column| {
            (
                column.key.as_str(),
                fiche.values.get(column.key).unwrap().measure().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("population", 500.0),
            ("superficie", 12.3457),
            ("densite", 40.5)
        ]
    );
    assert_eq!(
        (fiche.population(), fiche.surface_km2()),
        (Some(500), Some(12.3457))
    );
    // Nothing is known of the density of what has no surface.
    fiche.values = crate::Values::default();
    fiche.set_extent(Some(500), Some(0.0));
    assert_eq!(fiche.values.iter().count(), 1);
}

#[test]
fn numbers_of_classes_and_ranges_are_written_for_french_readers() {
    let schema = Schema::default();
    let info = schema.info(Facet::column("population")).unwrap();
    assert_eq!(info.class_name("..100").unwrap(), "moins de 100\u{a0}hab.");
    assert_eq!(
        info.class_name("20000..50000").unwrap(),
        "20\u{202f}000 à 50\u{202f}000\u{a0}hab."
    );
    assert_eq!(
        info.range_name(None, Some(1000.0)),
        "1\u{202f}000\u{a0}hab. au plus"
    );
    assert_eq!(
        info.range_name(Some(-1.5), Some(2e6)),
        "de -1,5 à 2\u{202f}000\u{202f}000\u{a0}hab."
    );
}

#[test]
fn each_fault_of_a_declaration_is_told() {
    let column = |rest: &str| format!("[[colonne]]\n{rest}");
    for (id, columns, said) in [
        ("commune", String::new(), "the name is taken"),
        ("Arbre", String::new(), "is no name"),
        (
            "a",
            column("nom = \"bbox\"\ntype = \"nombre\""),
            "belongs to the query",
        ),
        (
            "a",
            column("nom = \"x\"\ntype = \"texte\"\nfacette = true"),
            "cannot be a facet",
        ),
        ("a", column("nom = \"x\"\ntype = \"mot\""), "not readable"),
        (
            "a",
            column("nom = \"x\"\ntype = \"nombre\"\nclasses = [2, 1]"),
            "ascending",
        ),
        ("a", "couleur = \"y\"".to_owned(), "coloured by"),
        (
            "a",
            column("nom = \"x\"\ntype = \"nombre\"\n[[colonne]]\nnom = \"x\"\ntype = \"date\""),
            "twice",
        ),
    ] {
        let error = schema(&[(id, &columns)]).unwrap_err().to_string();
        assert!(error.contains(said), "{id} {columns}: {error}");
    }
    let twice = schema(&[("a", ""), ("a", "")]).unwrap_err().to_string();
    assert!(twice.contains("taken"), "{twice}");
}

#[test]
fn every_declaration_of_the_project_is_sound_beside_all_others() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/couches");
    let mut layers = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let declaration = entry.unwrap().path().join("couche.toml");
        if let Ok(text) = std::fs::read_to_string(&declaration) {
            let layer = Layer::from_toml(&text);
            layers.push(layer.unwrap_or_else(|error| panic!("{}: {error}", declaration.display())));
        }
    }
    assert_eq!(layers.len(), 7);
    let schema = Schema::new(layers, Vocabulary::default()).unwrap();
    let long = schema
        .facets()
        .iter()
        .filter(|info| info.facet.as_str().contains('.'));
    assert_eq!(
        long.count(),
        0,
        "no two of them call different facets the same"
    );
}

#[test]
fn a_schema_comes_back_from_its_names() {
    let schema = Schema::default();
    let text = toml::to_string(&schema).unwrap();
    assert_eq!(toml::from_str::<Schema>(&text).unwrap(), schema);
}

#[test]
fn a_fiche_has_the_colour_of_the_first_term_that_its_source_gives() {
    let schema = Schema::default();
    let types = ["tiers-lieu", "bibliotheque"].map(str::to_owned).to_vec();
    for (kind, expected) in [("colieu", Some("tiers-lieu")), ("initiative", None)] {
        let kind = Kind::point(kind);
        let mut fiche = Fiche::new(FicheId::of_row(kind, "1").unwrap(), kind, "X".into());
        fiche
            .values
            .add_terms(Name::known("typologie"), types.clone());
        assert_eq!(schema.category(&fiche), expected, "{kind}");
    }
}

#[test]
fn an_origin_is_addresses_of_the_web_and_a_day_or_a_year() {
    let read = |origin: &str| {
        let plain = "id = 'a'\ncouche = 'b'\nsingulier = { fr = 'a' }\npluriel = { fr = 'b' }\n";
        Layer::from_toml(&format!("{plain}origine = {{ {origin} }}\n"))
    };
    for origin in [
        "",
        "millesime = '2026'",
        "millesime = '2026-03-01', source = 'https://x.fr/a'",
    ] {
        assert!(read(origin).is_ok(), "{origin}");
    }
    for origin in [
        "millesime = 'hier'",
        "source = 'javascript:alert(1)'",
        "licence = 'https://x.fr/a b'",
        "autre = 'x'",
    ] {
        assert!(read(origin).is_err(), "{origin}");
    }
}
