//! The small nasty files of `data/fichiers`: each read as its index says, with nothing more said and
//! nothing less.

use crate::readings::data;
use atlaas_ingest::{CheckOutcome, check_bytes};
use atlaas_model::{Fiche, Precision};
use proptest::prelude::*;
use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path, sync::OnceLock};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    fichier: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    chemin: String,
    lu_comme: String,
    cas: String,
    erreur: Option<String>,
    #[serde(default)]
    lignes: u64,
    #[serde(default)]
    retenues: u64,
    #[serde(default)]
    fiches: Vec<String>,
    #[serde(default)]
    remarques: Vec<String>,
}

fn index() -> Vec<Case> {
    let path = data().join("fichiers/index.toml");
    let text = fs::read_to_string(path).expect("the index is committed");
    let index: Index = toml::from_str(&text).expect("the index is TOML of its shape");
    index.fichier
}

/// A fiche as the index writes it.
fn shown(fiche: &Fiche) -> String {
    let or_empty = |text: Option<String>| text.unwrap_or_default();
    let id = fiche.id.as_str();
    let position = fiche
        .position
        .filter(|_| fiche.precision == Precision::Point);
    let fields = [
        id.split_once('-').map_or(id, |(_, id)| id).to_owned(),
        fiche.name.clone(),
        or_empty(fiche.territory.commune.map(|code| code.to_string())),
        or_empty(fiche.year().map(|year| year.to_string())),
        or_empty(fiche.updated.map(|day| day.to_string())),
        or_empty(position.map(|at| format!("{:.2} {:.2}", at.latitude(), at.longitude()))),
        fiche.text.replace('\n', "⏎"),
    ];
    fields.join(" | ").trim_end_matches(['|', ' ']).to_owned()
}

/// What the report says, as the index writes it.
fn said(outcome: &CheckOutcome) -> Vec<String> {
    let lines = outcome.report.lines.iter();
    lines
        .map(|line| {
            let field = if line.field.is_empty() {
                "-"
            } else {
                &line.field
            };
            format!("{} {field} {}", line.line, line.action.as_str())
        })
        .collect()
}

/// What is wrong with the reading of a case; nothing when it is as it should be.
fn wrong(case: &Case) -> Option<String> {
    let bytes = fs::read(data().join("fichiers").join(&case.chemin)).ok()?;
    let outcome = match (check_bytes(&case.lu_comme, &bytes), &case.erreur) {
        (Err(error), Some(word)) => {
            let error = error.to_string();
            return (!error.contains(word.as_str())).then_some(error);
        }
        (Err(error), None) => return Some(error.to_string()),
        (Ok(outcome), Some(_)) => return Some(format!("read: {outcome:?}")),
        (Ok(outcome), None) => outcome,
    };
    let file = &outcome.files[0];
    let fiches: Vec<String> = outcome.fiches.iter().map(shown).collect();
    let read = (file.rows, file.kept, fiches, said(&outcome));
    let expected = (
        case.lignes,
        case.retenues,
        case.fiches.clone(),
        case.remarques.clone(),
    );
    (read != expected).then(|| {
        format!(
            "{read:?}\n instead of {expected:?}\n {:?}",
            outcome.report.lines
        )
    })
}

#[test]
fn every_file_is_read_as_the_index_says() {
    let cases = index();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| Some(format!("{} ({}): {}", case.chemin, case.cas, wrong(case)?)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn every_file_is_in_the_index() {
    fn below(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("the folder is committed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                below(&path, root, found);
            } else if let Ok(name) = path.strip_prefix(root) {
                found.insert(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let root = data().join("fichiers");
    let mut found = BTreeSet::new();
    below(&root, &root, &mut found);
    found.remove("index.toml");
    let listed: BTreeSet<String> = index().into_iter().map(|case| case.chemin).collect();
    assert_eq!(found, listed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn no_file_that_is_spoiled_further_makes_a_reader_panic(
        rank in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<proptest::sample::Index>(),
        whole in any::<bool>(),
    ) {
        static CASES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
        let cases = CASES.get_or_init(|| {
            let read = |case: Case| Some((case.lu_comme, fs::read(data().join("fichiers").join(case.chemin)).ok()?));
            index().into_iter().filter_map(read).collect()
        });
        let (name, mut bytes) = rank.get(cases).clone();
        if !bytes.is_empty() {
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if !whole {
                bytes.truncate(cut.index(bytes.len()));
            }
        }
        if let Ok(outcome) = check_bytes(&name, &bytes) {
            prop_assert!(outcome.files[0].kept <= outcome.files[0].rows);
        }
    }
}
