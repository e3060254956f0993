//! Dates after the sources' own: doubted line by line, kept as they stand, the others left in peace.

use crate::readings::{copy, data, fiche, read};
use atlaas_ingest::check_bytes;
use atlaas_model::{Action, Report};
use std::fs;

/// A table of so many initiatives of 2023 and 2024, and the given rows of `id,annee,date_maj` after
/// them.
fn initiatives(usual: usize, more: &[&str]) -> String {
    let mut table = "titre,id,annee,date_maj\n".to_owned();
    for n in 0..usual {
        let (year, month) = (2023 + n % 2, 1 + n % 12);
        table += &format!("Une action,u{n},{year},{year}-{month:02}-15\n");
    }
    for row in more {
        table += &format!("Une autre,{row}\n");
    }
    table
}

/// Line, column and value of each date that is doubted.
fn doubted(report: &Report) -> Vec<String> {
    let lines = report.lines.iter();
    lines
        .filter(|line| line.advice.contains("date des sources"))
        .inspect(|line| assert_eq!(line.action, Action::Garde))
        .map(|line| format!("{} {} {}", line.line, line.field, line.value))
        .collect()
}

#[test]
fn dates_after_the_sources_own_are_doubted_by_line() {
    let many: Vec<String> = (0..9)
        .map(|n| format!("x{n},2024,{}-01-01", 2027 + 2 * n))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (usual, more, expected) in [
        (400, &[][..], &[][..]),
        (400, &["a,2023,2024-12-30"], &[]),
        (400, &["a,2020,2049-03-01"], &["402 date_maj 2049-03-01"]),
        (400, &["a,2031,"], &["402 annee 2031"]),
        (
            400,
            &["a,2031,2031-05-05"],
            &["402 date_maj 2031-05-05", "402 annee 2031"],
        ),
        (
            3,
            &["a,2049,2049-03-01"],
            &["5 date_maj 2049-03-01", "5 annee 2049"],
        ),
        (0, &["a,2049,2049-03-01"], &[]),
    ] {
        let table = initiatives(usual, more);
        let outcome = check_bytes("initiatives.csv", table.as_bytes()).unwrap();
        assert_eq!(doubted(&outcome.report), expected, "{usual} {more:?}");
    }
    let table = initiatives(400, &many);
    let outcome = check_bytes("initiatives.csv", table.as_bytes()).unwrap();
    assert_eq!(doubted(&outcome.report).len(), 9);
    assert_eq!(outcome.files[0].kept, 409);
}

#[test]
fn years_of_labels_are_doubted_as_such() {
    let mut table = "code,millesime,arobases\n".to_owned();
    for n in 0..60 {
        table += &format!("01001,{},{}\n", 2012 + n % 12, 1 + n % 5);
    }
    table += "01004,2026,3\n01004,2049,5\n";
    let outcome = check_bytes("labels.csv", table.as_bytes()).unwrap();
    assert_eq!(doubted(&outcome.report), ["63 millesime 2049"]);
}

#[test]
fn whole_sources_are_judged_together_and_their_values_kept() {
    let dir = tempfile::tempdir().unwrap();
    copy(&data().join("echantillon"), dir.path());
    let table = initiatives(40, &["futur,2049,2049-03-01"]);
    fs::write(dir.path().join("initiatives.csv"), table).unwrap();
    let dataset = read(dir.path());
    assert_eq!(
        doubted(&dataset.report),
        ["42 date_maj 2049-03-01", "42 annee 2049"]
    );
    let future = fiche(&dataset, "initiative-futur");
    assert_eq!(future.year(), Some(2049));
    assert_eq!(future.updated.unwrap().to_string(), "2049-03-01");
}
