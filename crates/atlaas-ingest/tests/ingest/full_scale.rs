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
