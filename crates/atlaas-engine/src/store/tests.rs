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
    store.publish(workspace, &manifest).unwrap()
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
