//! Declarations: what ships is sound, names follow from all of them, and faults are told.

use super::*;
use crate::FicheId;

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
    let declared = schema.facets().iter().filter(|info| info.kind.is_some());
    declared.map(|info| info.facet.as_str()).collect()
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
    assert_eq!(info.layers.len(), 2);
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
