//! The full-scale sources, where they are: counts, places, and the same dataset twice.

use atlaas_ingest::{ReadOptions, read_sources};
use atlaas_model::{Action, Kind, LabelRule, Level, Precision, ReportLine, TerritoryIndex};
use std::path::Path;

#[test]
fn the_full_scale_sources_are_read_whole() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !dir.is_dir() {
        assert!(
            std::env::var_os("ATLAAS_REQUIRE_SHARED").is_none(),
            "no full-scale sources"
        );
        println!("skipped: no full-scale sources beside the workspace");
        return;
    }
    let expect = [
        "commune=34969",
        "epci=1255",
        "departement=109",
        "region=26",
        "colieu=5000",
    ];
    let options = ReadOptions {
        expect: expect.iter().map(|text| text.parse().unwrap()).collect(),
    };
    let dataset = read_sources(&dir, &options, &|_| {}).unwrap();
    let of = |kind: Kind| {
        dataset
            .fiches
            .iter()
            .filter(move |fiche| fiche.kind == kind)
    };
    assert_eq!(of(Kind::point("initiative")).count(), 19_000);
    assert_eq!(dataset.outlines.len(), 34_875);
    let unplaced = of(Level::Commune.into()).filter(|fiche| fiche.precision == Precision::Inconnue);
    assert_eq!(unplaced.count(), 61);
    assert_eq!(
        of(Level::Commune.into())
            .filter(|fiche| !fiche.labels.is_empty())
            .count(),
        1209
    );
    // Communes without a level of their own in the EPCI that were labelled as a whole.
    let rule = LabelRule::new(&dataset.fiches);
    let inherited = of(Level::Commune.into()).filter_map(|fiche| rule.of(fiche)?.group.clone());
    assert_eq!(inherited.count(), 189);
    let doubted = |line: &&ReportLine| line.advice.contains("date des sources");
    assert_eq!(dataset.report.lines.iter().filter(doubted).count(), 0);
    assert!(of(Kind::point("initiative")).all(|fiche| fiche.territory.commune.is_some()));
    // Ten labels tell neither a level nor a mention; nothing else is refused.
    assert_eq!(dataset.report.count(Action::Refuse), 10);
    let index = TerritoryIndex::new(&dataset.fiches);
    let doc = |code: &str| index.doc(Level::Commune, code.parse().unwrap());
    assert_eq!(doc("75117"), doc("75056"));
    assert_eq!(doc("01340"), doc("01015"));
    let again = read_sources(&dir, &options, &|_| {}).unwrap();
    assert_eq!(dataset.fiches, again.fiches);
    assert_eq!(dataset.origin, again.origin);
}

/// Folder of a ready declaration, the published file it is for, the kind, and how many objects come out.
/// One row of the schools has no name, and is refused.
const PUBLISHED: [(&str, &str, &str, usize); 5] = [
    ("ecoles", "ecoles/ecoles.csv.gz", "ecole", 9_021),
    (
        "france_services",
        "france-services/france-services-2024.csv",
        "france_services",
        2_845,
    ),
    (
        "services_etat",
        "services-etat/services.csv",
        "service_etat",
        1_634,
    ),
    ("mairies", "services-etat/mairies.csv.gz", "mairie", 34_827),
    (
        "arbres",
        "arbres/arbres-remarquables-paris.csv",
        "arbre",
        184,
    ),
];

#[test]
fn ready_declarations_read_the_files_that_are_published() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../../../shared/data");
    if !shared.is_dir() {
        println!("skipped: no full-scale sources beside the workspace");
        return;
    }
    let sources = sources_with_published_layers(root, &shared);
    let dataset = read_sources(sources.path(), &ReadOptions::default(), &|_| {}).unwrap();
    for (folder, _, kind, expected) in PUBLISHED {
        let fiches: Vec<_> = dataset
            .fiches
            .iter()
            .filter(|fiche| fiche.kind == Kind::point(kind))
            .collect();
        assert_eq!(fiches.len(), expected, "{folder}");
        let placed = fiches
            .iter()
            .filter(|fiche| fiche.territory.commune.is_some())
            .count();
        assert!(
            placed * 100 >= expected * 99,
            "{folder}: {placed} of {expected} in a commune"
        );
        let layer = dataset.schema.layer(Kind::point(kind)).unwrap();
        for column in &layer.columns {
            let mut values = fiches.iter().map(|fiche| fiche.values.get(column.key));
            assert!(
                values.any(|value| value.is_some()),
                "{folder}: nothing under {}",
                column.name
            );
        }
    }
}

/// A folder of sources where each ready declaration lies beside the file it is for.
fn sources_with_published_layers(root: &Path, shared: &Path) -> tempfile::TempDir {
    let sources = tempfile::tempdir().expect("a directory");
    let link = |from: &Path, to: &str| {
        let to = sources.path().join(to);
        std::fs::create_dir_all(to.parent().expect("a folder above")).expect("a folder");
        std::os::unix::fs::symlink(std::fs::canonicalize(from).expect("a published file"), to)
            .expect("a link");
    };
    for name in ["decoupage", "centres.csv"] {
        link(&shared.join(name), name);
    }
    for (folder, file, ..) in PUBLISHED {
        let declaration = root.join("../../data/couches").join(folder);
        let name = Path::new(file).file_name().expect("a name").display();
        link(
            &declaration.join("couche.toml"),
            &format!("couches/{folder}/couche.toml"),
        );
        link(
            &shared.join("couches").join(file),
            &format!("couches/{folder}/{name}"),
        );
    }
    sources
}
