//! What the store promises: the last built is current, two whole ones are kept, nothing is left over.

use super::*;
use crate::candidates::Candidates;
use atlaas_model::{ContextTable, Dataset, Origin, Report, Schema};

fn candidates(directory: &Path) -> Vec<PathBuf> {
    Candidates::of(directory).unwrap().paths
}

fn publish(directory: &Path, content: &str, date: &str) -> PathBuf {
    let store = Store::lock(directory).unwrap();
    let workspace = store.workspace().unwrap();
    fs::write(workspace.path().join("fiches.bin"), content).unwrap();
    let dataset = Dataset {
        fiches: Vec::new(),
        outlines: Vec::new(),
        schema: Schema::default(),
        context: ContextTable::default(),
        origin: Origin::Demonstration { graine: 1 },
        report: Report::default(),
    };
    let counts = BTreeMap::from([("commune".to_owned(), 0)]);
    let files = inventory(workspace.path()).unwrap();
    let manifest = Manifest::new(&dataset, counts, files, date.to_owned());
    fs::write(workspace.path().join(MANIFEST_FILE), manifest.to_json()).unwrap();
    store.publish(workspace, &manifest, None).unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let paths = entries(directory).unwrap();
    paths.iter().map(|path| name_of(path)).collect()
}

#[test]
fn the_last_built_is_current_even_when_an_older_content_comes_back() {
    let directory = tempfile::tempdir().unwrap();
    let first = publish(directory.path(), "a", "2026-01-01T00:00:00Z");
    let second = publish(directory.path(), "b", "2026-01-02T00:00:00Z");
    assert_ne!(first, second);
    assert_eq!(
        candidates(directory.path()),
        [second.clone(), first.clone()]
    );
    assert_eq!(
        publish(directory.path(), "a", "2026-01-03T00:00:00Z"),
        first
    );
    assert_eq!(candidates(directory.path()), [first, second]);
}

#[test]
fn two_snapshots_are_kept_and_a_damaged_one_goes_before_a_whole_one() {
    let directory = tempfile::tempdir().unwrap();
    let first = publish(directory.path(), "a", "2026-01-01");
    let second = publish(directory.path(), "b", "2026-01-02");
    fs::write(second.join("fiches.bin"), "B").unwrap();
    let third = publish(directory.path(), "c", "2026-01-03");
    assert_eq!(candidates(directory.path()), [third.clone(), first]);
    let fourth = publish(directory.path(), "d", "2026-01-04");
    assert_eq!(candidates(directory.path()), [fourth, third]);
}

#[test]
fn a_damaged_snapshot_is_built_again_in_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let snapshot = publish(directory.path(), "a", "2026-01-01");
    for spoil in ["fiches.bin", MANIFEST_FILE, "étranger"] {
        fs::write(snapshot.join(spoil), "x").unwrap();
        assert!(!is_whole(&snapshot), "{spoil}");
        assert_eq!(publish(directory.path(), "a", "2026-01-02"), snapshot);
        assert!(is_whole(&snapshot), "{spoil}");
    }
}

#[test]
fn only_one_index_writes_at_a_time_and_leftovers_are_removed() {
    let directory = tempfile::tempdir().unwrap();
    publish(directory.path(), "a", "2026-01-01");
    let clean = names(directory.path());
    let store = Store::lock(directory.path()).unwrap();
    assert!(matches!(
        Store::lock(directory.path()),
        Err(EngineError::Locked(_))
    ));
    drop(store);
    for left in [
        ".construction-1",
        ".retrait-0123456789abcdef",
        "0123456789abcdef",
    ] {
        fs::create_dir(directory.path().join(left)).unwrap();
        fs::write(directory.path().join(left).join("fiches.bin"), "half").unwrap();
    }
    fs::write(directory.path().join(".actuel"), "half").unwrap();
    publish(directory.path(), "a", "2026-01-02");
    assert_eq!(names(directory.path()), clean);
}

#[test]
fn a_build_that_fails_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    publish(directory.path(), "a", "2026-01-01");
    let clean = names(directory.path());
    let store = Store::lock(directory.path()).unwrap();
    let workspace = store.workspace().unwrap();
    fs::write(workspace.path().join("fiches.bin"), "half").unwrap();
    drop(workspace);
    assert_eq!(names(directory.path()), clean);
}

#[test]
fn a_changed_file_a_changed_manifest_and_a_foreign_file_are_noticed() {
    let directory = tempfile::tempdir().unwrap();
    let snapshot = publish(directory.path(), "a", "2026-01-01");
    let manifest = Manifest::read(&snapshot).unwrap();
    assert!(manifest.check_files(&snapshot).is_ok());
    fs::write(snapshot.join("fiches.bin"), "A").unwrap();
    assert!(matches!(
        manifest.check_files(&snapshot),
        Err(EngineError::Damaged { .. })
    ));
    fs::write(snapshot.join("étranger"), "").unwrap();
    assert!(matches!(
        manifest.check_nothing_else(&snapshot),
        Err(EngineError::ForeignFile(_))
    ));
    let path = snapshot.join(MANIFEST_FILE);
    let json = fs::read_to_string(&path).unwrap();
    fs::write(&path, json.replace("2026-01-01", "2026-01-02")).unwrap();
    assert!(matches!(
        Manifest::read(&snapshot),
        Err(EngineError::Damaged { .. })
    ));
}

/// One fiche of that name.
fn corpus(name: &str) -> Corpus {
    let kind = atlaas_model::Kind::point("arbre");
    let id = atlaas_model::FicheId::of_row(kind, "1").unwrap();
    let fiche = atlaas_model::Fiche::new(id, kind, name.to_owned());
    Corpus::new(std::sync::Arc::new(vec![fiche]), std::sync::Arc::default())
}

/// Publishes a snapshot with its fiches, and tells the journal; `dies` before it becomes current.
fn told(directory: &Path, name: &str, date: &str, dies: bool) -> String {
    let store = Store::lock(directory).unwrap();
    let workspace = store.workspace().unwrap();
    let corpus = corpus(name);
    crate::files::records::write(workspace.path(), &corpus.fiches, &corpus.schema).unwrap();
    let dataset = Dataset {
        fiches: Vec::new(),
        outlines: Vec::new(),
        schema: Schema::default(),
        context: ContextTable::default(),
        origin: Origin::Demonstration { graine: 1 },
        report: Report::default(),
    };
    let files = inventory(workspace.path()).unwrap();
    let manifest = Manifest::new(&dataset, BTreeMap::new(), files, date.to_owned());
    fs::write(workspace.path().join(MANIFEST_FILE), manifest.to_json()).unwrap();
    let next = store.compare(&corpus);
    let current = fs::read(directory.join(CURRENT)).ok();
    store.publish(workspace, &manifest, Some(next)).unwrap();
    if let Some(current) = current.filter(|_| dies) {
        fs::write(directory.join(CURRENT), current).unwrap();
    }
    manifest.id
}

#[test]
fn the_journal_tells_each_index_that_changes_something_once() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    let a = told(root, "a", "2026-01-01T00:00:00Z", false);
    let b = told(root, "b", "2026-01-02T00:00:00Z", false);
    assert_eq!(told(root, "b", "2026-01-03T00:00:00Z", false), b);
    // Killed between the journal and `actuel`: the next index takes its line out.
    told(root, "never current", "2026-01-04T00:00:00Z", true);
    // The clock went back.
    let c = told(root, "c", "2025-01-01T00:00:00Z", false);
    let journal = crate::journal::file::Journal::read(root);
    let lines: Vec<(Option<&str>, &str, usize)> = journal
        .runs
        .iter()
        .map(|run| {
            let before = run.precedent.as_deref();
            (before, run.instantane.as_str(), run.changements.len())
        })
        .collect();
    assert_eq!(
        lines,
        [
            (None, a.as_str(), 0),
            (Some(a.as_str()), b.as_str(), 1),
            (Some(b.as_str()), c.as_str(), 1)
        ]
    );
    assert_eq!(journal.runs[2].changements[0].champs, ["nom"]);
    assert!(journal.runs.is_sorted_by_key(|run| run.numero));
    assert_eq!(journal.runs[2].moment, "2026-01-02T00:00:01Z");
    assert!(journal.damage.is_none());
}
