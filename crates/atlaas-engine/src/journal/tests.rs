//! What the journal promises: a line an index that changes something, whatever dies meanwhile; what is torn or
//! damaged is left out and said; the oldest go first.

use super::file::{JOURNAL_FILE, Journal, MOST_CHANGES, MOST_RUNS, OLDEST_DAYS};
use super::run::{ChangeKind, JournalChange, JournalRun};
use super::trace::Trace;
use atlaas_model::{Fiche, FicheId, Kind, LabelRule, Name, Position, Value};
use std::fs;

fn trace(rank: usize) -> Trace {
    let kind = Kind::point("arbre");
    let id = FicheId::of_row(kind, &rank.to_string()).unwrap();
    let mut fiche = Fiche::new(id, kind, format!("« Chêne » {rank}\n"));
    fiche.text = "appeler Madame X au 06".to_owned();
    fiche.address = Some("3 rue Y".to_owned());
    fiche.position = Position::new(2.5, 47.25).ok();
    let essence = Value::Terms(vec!["chene".to_owned()]);
    fiche.values.set(Name::known("essence"), essence);
    let contact = Value::Texts(vec!["x@y.fr".to_owned()]);
    fiche.values.set(Name::known("courriel"), contact);
    Trace::of(&fiche, &LabelRule::default())
}

fn run(numero: i64, before: &str, after: &str, changes: usize) -> JournalRun {
    let change = |rank| JournalChange {
        genre: ChangeKind::Modification,
        fiche: trace(rank),
        champs: vec!["nom".to_owned()],
        avant: Some(Box::new(trace(rank))),
    };
    JournalRun {
        numero,
        moment: format!("2026-01-01T00:00:{:02}Z", numero % 60),
        instantane: after.to_owned(),
        precedent: Some(before.to_owned()),
        omis: 0,
        changements: (0..changes).map(change).collect(),
    }
}

fn written(runs: Vec<JournalRun>) -> (tempfile::TempDir, Vec<u8>) {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal { runs, damage: None };
    journal.write(directory.path()).unwrap();
    let bytes = fs::read(directory.path().join(JOURNAL_FILE)).unwrap();
    (directory, bytes)
}

#[test]
fn a_journal_comes_back_as_it_was_and_holds_no_text_of_a_fiche() {
    let runs = vec![run(1, "a", "b", 3), run(2, "b", "c", 0)];
    let (directory, bytes) = written(runs.clone());
    let read = Journal::read(directory.path());
    assert_eq!((read.runs, read.damage), (runs, None));
    let text = String::from_utf8(bytes).unwrap();
    for personal in ["Madame", "06", "rue", "x@y.fr"] {
        assert!(!text.contains(&format!("\"{personal}")), "{personal}");
    }
    assert!(!text.contains("x@y.fr") && !text.contains("Madame") && text.contains("chene"));
    let none = tempfile::tempdir().unwrap();
    assert_eq!(Journal::read(none.path()), Journal::default());
}

#[test]
fn a_journal_cut_at_any_length_keeps_its_whole_lines() {
    let runs = vec![
        run(1, "a", "b", 2),
        run(2, "b", "c", 1),
        run(3, "c", "d", 0),
    ];
    let (directory, bytes) = written(runs.clone());
    let path = directory.path().join(JOURNAL_FILE);
    for length in 0..bytes.len() {
        fs::write(&path, &bytes[..length]).unwrap();
        let whole = bytes[..length].split(|byte| *byte == b'\n').count() - 1;
        let read = Journal::read(directory.path());
        assert_eq!(read.runs, runs[..whole], "{length}");
        let torn = length > 0 && bytes[length - 1] != b'\n';
        assert_eq!(read.damage.is_some(), torn, "{length}");
    }
}

#[test]
fn a_damaged_line_is_left_out_and_said_and_the_others_stand() {
    let runs = vec![
        run(1, "a", "b", 1),
        run(2, "b", "c", 1),
        run(3, "c", "d", 1),
    ];
    let (directory, bytes) = written(runs.clone());
    let path = directory.path().join(JOURNAL_FILE);
    for place in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        fs::write(&path, &changed).unwrap();
        let read = Journal::read(directory.path());
        assert!(read.damage.is_some(), "{place}");
        assert!(!read.runs.is_empty() && read.runs.iter().all(|run| runs.contains(run)));
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(Journal::read(directory.path()).damage.is_some());
}

#[test]
fn the_oldest_lines_go_first_and_the_newest_never() {
    let cut = |runs: Vec<JournalRun>| {
        let mut journal = Journal { runs, damage: None };
        journal.cut();
        journal.runs
    };
    let many = (0..MOST_RUNS as i64 + 5)
        .map(|n| run(n, "a", "b", 0))
        .collect();
    let left = cut(many);
    assert_eq!((left.len(), left[0].numero), (MOST_RUNS, 5));
    let year = OLDEST_DAYS * 24 * 3600;
    let left = cut(vec![
        run(0, "a", "b", 1),
        run(1, "b", "c", 1),
        run(year + 1, "c", "d", 1),
    ]);
    assert_eq!(
        left.iter().map(|run| run.numero).collect::<Vec<_>>(),
        [1, year + 1]
    );
    let mut large = run(2, "b", "c", 1);
    large.changements = vec![large.changements[0].clone(); MOST_CHANGES + 1];
    let left = cut(vec![run(1, "a", "b", 1), large.clone()]);
    assert_eq!((left.len(), left[1].omis), (2, MOST_CHANGES as u64 + 1));
    assert!(left[1].changements.is_empty() && left[1].is_gap(Some(&left[0])));
    large.changements.pop();
    let left = cut(vec![run(1, "a", "b", 1), large]);
    assert_eq!((left.len(), left[0].numero), (1, 2));
}

#[test]
fn lines_of_snapshots_that_are_not_open_are_not_read() {
    let journal = || Journal {
        runs: vec![
            run(1, "a", "b", 0),
            run(2, "b", "c", 0),
            run(3, "c", "b", 0),
            run(4, "b", "d", 0),
        ],
        damage: None,
    };
    for (open, lines) in [("d", 4), ("b", 3), ("c", 2), ("a", 0), ("x", 4)] {
        assert_eq!(journal().up_to(open).runs.len(), lines, "{open}");
    }
    let [first, second] = [run(1, "a", "b", 0), run(2, "x", "c", 0)];
    assert!(second.is_gap(Some(&first)) && !first.is_gap(None));
}
