//! Labels given to a whole territoire: an EPCI, which has a fiche, or an EPT, which has none.

use crate::readings::{copy, data, fiche, read, remarks};
use atlaas_ingest::{Content, check_bytes};
use atlaas_model::{Action, Dataset, LabelRule, Origin};
use std::fs;
use std::path::Path;

const EPT: &str = r#"[{"code": "200058014", "nom": "Grand-Orly Seine Bièvre", "type": "EPT",
    "membres": [{"code": "94038"}, {"code": "94999"}]}]"#;

fn with(ept: Option<&str>, labels: &str) -> Dataset {
    let dir = tempfile::tempdir().expect("a temporary directory can be made");
    copy(&data().join("echantillon"), dir.path());
    let write = |name: &str, text: &str| {
        let path = dir.path().join(Path::new(name));
        fs::write(path, text).expect("a temporary file can be written");
    };
    if let Some(ept) = ept {
        write("decoupage/ept.json", ept);
    }
    write(
        "labels.csv",
        &format!("code,millesime,arobases,mention\n{labels}"),
    );
    read(dir.path())
}

/// Level of a fiche, and whose it is when it is not its commune's.
fn level(dataset: &Dataset, id: &str) -> (u8, String) {
    let rule = LabelRule::new(&dataset.fiches);
    let Some(found) = rule.of(fiche(dataset, id)) else {
        return (0, String::new());
    };
    let whole = found.group.as_ref();
    let name = whole.map_or(String::new(), |whole| whole.name.clone());
    (found.level, name)
}

#[test]
fn a_commune_without_a_level_has_that_of_its_ept_else_of_its_epci() {
    let (ept, epci) = ("200058014,2021,4,\n", "200054781,2021,2,\n");
    let by_ept = (4, "Grand-Orly Seine Bièvre".to_owned());
    let by_epci = (2, "Métropole du Grand Paris".to_owned());
    let own = (1, String::new());
    for (labels, expected) in [
        (ept.to_owned(), &by_ept),
        (epci.to_owned(), &by_epci),
        (format!("{epci}{ept}"), &by_ept),
        (format!("94038,2009,1,\n{epci}{ept}"), &own),
    ] {
        let dataset = with(Some(EPT), &labels);
        for id in ["commune-94038", "initiative-1"] {
            assert_eq!(&level(&dataset, id), expected, "{id} under {labels}");
        }
        assert_eq!(level(&dataset, "region-11").0, 0);
    }
}

#[test]
fn an_ept_is_a_source_of_its_own_and_unknown_without_it() {
    let dataset = with(
        Some(EPT),
        "200058014,2021,4,Santé\n200058014,2021,4,Santé\n",
    );
    let Origin::Sources { fichiers } = &dataset.origin else {
        panic!("not from sources")
    };
    let file = fichiers
        .iter()
        .find(|file| file.name == "decoupage/ept.json");
    assert_eq!(file.map(|file| file.rows), Some(1));
    let labels = &fiche(&dataset, "commune-94038").labels;
    let ept = labels[0].group.as_ref().unwrap();
    assert_eq!((labels.len(), ept.code.as_str()), (1, "200058014"));
    let without = with(None, "200058014,2021,4,\n");
    let refused = [(Action::Refuse, "code".to_owned())];
    assert_eq!(remarks(&without, "labels.csv", 2), refused);
    assert_eq!(level(&without, "commune-94038"), (0, String::new()));
}

#[test]
fn files_of_ept_are_checked_by_name_and_labels_of_ept_against_the_gazetteer() {
    let outcome = check_bytes("ept.json", EPT.as_bytes()).unwrap();
    let file = &outcome.files[0];
    assert_eq!((file.content, file.rows, file.kept), (Content::Ept, 1, 1));
    let table = "code,millesime,arobases\n200058014,2021,4\n200058015,2021,4\n";
    let outcome = check_bytes("labels.csv", table.as_bytes()).unwrap();
    assert_eq!((outcome.files[0].rows, outcome.files[0].kept), (2, 1));
}
