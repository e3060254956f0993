//! Nothing vanishes between the files and the dataset: sources that are no files, files without rows,
//! broken syntax and stray quotes are said, and every row is kept or refused.

use crate::readings::{copy, data, read};
use atlaas_ingest::{IngestError, ReadOptions, check_bytes, read_sources};
use atlaas_model::{Action, Dataset, Fiche, Origin};
use proptest::prelude::*;
use std::{fs, path::Path};

fn sample_with(change: impl FnOnce(&Path)) -> Result<Dataset, IngestError> {
    let dir = tempfile::tempdir().expect("a temporary directory can be made");
    copy(&data().join("echantillon"), dir.path());
    change(dir.path());
    read_sources(dir.path(), &ReadOptions::default(), &|_| {})
}

#[test]
fn sources_that_give_nothing_are_errors() {
    for (name, text, named) in [
        ("colieux.csv", "id,nom\n", "colieux.csv"),
        ("initiatives.csv", "", "initiatives.csv"),
        ("labels.csv", "\n\n", "labels.csv"),
        ("initiatives.json", "[]", "initiatives.json"),
        (
            "initiatives.geojson",
            "{\"features\":[]}",
            "initiatives.geojson",
        ),
        ("decoupage/communes.json", "[]", "communes.json"),
        (
            "decoupage/communes.json",
            r#"[{"code":"x-y","nom":"X"}]"#,
            "commune of today",
        ),
    ] {
        let error = sample_with(|dir| fs::write(dir.join(name), text).unwrap());
        let error = error.expect_err(text).to_string();
        assert!(error.contains(named), "{name} {text}: {error}");
    }
    let error = sample_with(|dir| fs::remove_file(dir.join("decoupage/epci.json")).unwrap());
    assert!(matches!(error, Err(IngestError::Missing { .. })));
    let error = sample_with(|dir| {
        fs::remove_file(dir.join("colieux.csv")).unwrap();
        fs::create_dir(dir.join("colieux.csv")).unwrap();
    });
    assert!(matches!(error, Err(IngestError::NotAFile { .. })));
}

#[cfg(unix)]
#[test]
fn links_to_devices_and_to_nothing_are_errors() {
    for target in ["/dev/zero", "/nowhere/at/all"] {
        let error = sample_with(|dir| {
            fs::remove_file(dir.join("colieux.csv")).unwrap();
            std::os::unix::fs::symlink(target, dir.join("colieux.csv")).unwrap();
        });
        let error = error.expect_err(target).to_string();
        assert!(error.contains("colieux.csv"), "{target}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_an_error_and_is_not_waited_for() {
    let error = sample_with(|dir| {
        fs::remove_file(dir.join("labels.csv")).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(dir.join("labels.csv"))
            .status();
        assert!(made.unwrap().success());
    })
    .unwrap_err();
    assert!(matches!(error, IngestError::NotAFile { .. }), "{error}");
}

#[test]
fn sources_moved_while_they_are_read_are_read_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let sources = dir.path().join("sources");
    copy(&data().join("echantillon"), &sources);
    let whole = read(&sources);
    let moved = std::cell::Cell::new(false);
    let dataset = read_sources(&sources, &ReadOptions::default(), &|_| {
        if !moved.replace(true) {
            fs::rename(&sources, dir.path().join("elsewhere")).unwrap();
        }
    })
    .unwrap();
    assert_eq!(whole.fiches, dataset.fiches);
    assert_eq!(whole.origin, dataset.origin);
}

#[test]
fn files_that_nothing_reads_are_told() {
    let dataset = sample_with(|dir| {
        for name in ["initiatives-2024.csv", "Colieux.xlsx", "notes.txt"] {
            fs::write(dir.join(name), "id,titre\n1,a\n").unwrap();
        }
    })
    .unwrap();
    let told = dataset
        .report
        .lines
        .iter()
        .filter(|line| line.line == 0 && line.action == Action::Ignore);
    let told: Vec<&str> = told.map(|line| line.file.as_str()).collect();
    assert_eq!(told, ["Colieux.xlsx", "initiatives-2024.csv"]);
}

#[test]
fn a_workbook_stands_for_a_table_where_there_is_none() {
    let workbook = data().join("fichiers/tables/classeur.xlsx");
    let dataset = sample_with(|dir| {
        fs::remove_file(dir.join("initiatives.csv")).unwrap();
        fs::copy(workbook, dir.join("initiatives.xlsx")).unwrap();
    })
    .unwrap();
    let named = |fiche: &&Fiche| fiche.name == "Médiathèque d'été";
    let found = dataset.fiches.iter().find(named).unwrap();
    let commune = found.territory.commune.unwrap();
    assert_eq!(commune.as_str(), "01004");
    let Origin::Sources { fichiers } = &dataset.origin else {
        panic!("not from sources")
    };
    assert!(
        fichiers
            .iter()
            .any(|file| file.name == "initiatives.xlsx" && file.rows == 2)
    );
}

#[test]
fn json_whose_syntax_breaks_loses_no_record_in_silence() {
    let records: Vec<String> = (1..=200)
        .map(|n| format!("{{\"code\":\"01{n:03}\",\"nom\":\"Commune {n}\"}}"))
        .collect();
    let whole = format!("[{}]", records.join(",\n"));
    for (broken, line) in [
        // A quote that opens nothing swallows records up to the next that is alone.
        (
            whole.replacen("\"Commune 69\"", "\"Commune 69", 1),
            "line 69",
        ),
        (
            whole.replacen("\"Commune 69\"", "\"L\"Abergement\"", 1),
            "line 69",
        ),
        (whole.replacen("\"01069\",", "\"01069\"", 1), "line 69"),
        (whole.replacen("},\n", "}\n", 1), ""),
        (whole[..whole.len() - 20].to_owned(), "truncated"),
        (whole.clone() + "[]", "more behind the end"),
    ] {
        let error =
            sample_with(|dir| fs::write(dir.join("decoupage/communes.json"), broken).unwrap());
        let error = error.expect_err(line);
        assert!(matches!(error, IngestError::Json { .. }), "{error}");
        assert!(error.to_string().contains(line), "{error}");
    }
    let initiatives = "[{\"titre\":\"a\"},\n{\"titre\":\"b\",\"annee\":NaN}]";
    let error = check_bytes("initiatives.json", initiatives.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("NaN"), "{error}");
}

#[test]
fn rows_that_a_table_refuses_are_counted_among_its_rows() {
    let long = "x".repeat(2 << 20);
    let table = format!("id,titre\n1,a\n2,{long}\n3,c\n");
    let outcome = check_bytes("initiatives.csv", table.as_bytes()).unwrap();
    assert_eq!((outcome.files[0].rows, outcome.files[0].kept), (3, 2));
    assert_eq!(outcome.report.count(Action::Refuse), 1);
    let json = "[{\"titre\":\"a\"},3,{\"titre\":\"c\"}]";
    let outcome = check_bytes("initiatives.json", json.as_bytes()).unwrap();
    assert_eq!((outcome.files[0].rows, outcome.files[0].kept), (3, 2));
    assert_eq!(outcome.report.count(Action::Refuse), 1);
}

#[test]
fn the_bytes_that_were_parsed_are_those_of_the_manifest() {
    let dataset = sample_with(|_| {}).unwrap();
    let Origin::Sources { fichiers } = &dataset.origin else {
        panic!("not from sources")
    };
    for source in fichiers {
        let bytes = fs::metadata(data().join("echantillon").join(&source.name))
            .unwrap()
            .len();
        assert_eq!(source.bytes, bytes, "{}", source.name);
    }
}

/// A value as people write it, whole or spoiled.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zé ]{1,8}",
        1 => Just(String::new()),
        1 => Just("#N/D".to_owned()),
        1 => Just("\"un, deux\"".to_owned()),
        1 => Just("\"un\ndeux\"".to_owned()),
        1 => Just("\"".to_owned()),
        1 => Just("le \"fab\" lab".to_owned()),
        1 => Just("MÃ©diathÃ¨que".to_owned()),
        1 => Just("a,b".to_owned()),
        1 => Just("titre".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn every_row_is_kept_replaced_or_refused(
        rows in proptest::collection::vec((value(), value(), value()), 1..12),
        windows: bool,
    ) {
        let mut table = "id,titre,enjeu,commune\n".to_owned();
        for (n, (one, two, three)) in rows.iter().enumerate() {
            table += &format!("r{n},{one},{two},{three}\n");
        }
        let bytes = if windows {
            encoding_rs::WINDOWS_1252.encode(&table).0.into_owned()
        } else {
            table.into_bytes()
        };
        let outcome = check_bytes("initiatives.csv", &bytes).unwrap();
        let file = &outcome.files[0];
        let replaced = outcome.report.lines.iter().filter(|line| line.advice.contains("cette ligne la remplace"));
        let refused = outcome.report.count(Action::Refuse) as u64;
        prop_assert_eq!(file.rows, file.kept + refused + replaced.count() as u64);
    }
}
