//! The directory that holds snapshots: built beside, renamed into place, pointed at, pruned.
//!
//! Layout of `DIR`: one directory a snapshot, named by its id; `actuel`, a file with the id that
//! was built last; `.verrou`, locked while an index runs; `.construction-*`, unfinished builds,
//! which the next index removes. Whatever the moment at which a build dies, `actuel` names a whole
//! snapshot, because it is renamed over last.

use crate::error::EngineError;
use crate::manifest::{FileEntry, MANIFEST_FILE, Manifest};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

const CURRENT: &str = "actuel";
const LOCK: &str = ".verrou";
const UNFINISHED: &str = ".construction-";
/// How many snapshots stay on disk: the one that serves, and the one before it.
const KEPT: usize = 2;

/// A directory of snapshots, locked for writing.
pub struct Store {
    directory: PathBuf,
    _lock: File,
}

impl Store {
    /// Opens the directory for a build, creates it if needed, removes unfinished builds.
    pub fn lock(directory: &Path) -> Result<Self, EngineError> {
        fs::create_dir_all(directory).map_err(EngineError::at(directory))?;
        let path = directory.join(LOCK);
        let lock = File::create(&path).map_err(EngineError::at(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(EngineError::Locked(directory.to_owned())),
            Err(TryLockError::Error(error)) => return Err(EngineError::at(&path)(error)),
        }
        for entry in entries(directory)? {
            if name_of(&entry).starts_with(UNFINISHED) {
                fs::remove_dir_all(&entry).map_err(EngineError::at(&entry))?;
            }
        }
        Ok(Self {
            directory: directory.to_owned(),
            _lock: lock,
        })
    }

    /// An empty directory to build in.
    pub fn workspace(&self) -> Result<PathBuf, EngineError> {
        let path = self
            .directory
            .join(format!("{UNFINISHED}{}", std::process::id()));
        fs::create_dir(&path).map_err(EngineError::at(&path))?;
        Ok(path)
    }

    /// Makes a finished workspace the current snapshot and drops all but the two newest. The
    /// manifest must have been written; everything is on disk before anything points at it.
    pub fn publish(&self, workspace: &Path, manifest: &Manifest) -> Result<PathBuf, EngineError> {
        sync_tree(workspace)?;
        let target = self.directory.join(&manifest.id);
        let same = Manifest::read(&target).is_ok_and(|old| old.check_files(&target).is_ok());
        if same {
            // The very same content is already there, perhaps being served: keep it.
            fs::remove_dir_all(workspace).map_err(EngineError::at(workspace))?;
        } else {
            if target.exists() {
                fs::remove_dir_all(&target).map_err(EngineError::at(&target))?;
            }
            fs::rename(workspace, &target).map_err(EngineError::at(&target))?;
        }
        sync(&self.directory)?;
        self.point_at(&manifest.id)?;
        self.prune(&manifest.id)?;
        Ok(target)
    }

    fn point_at(&self, id: &str) -> Result<(), EngineError> {
        let fresh = self.directory.join(format!(".{CURRENT}"));
        fs::write(&fresh, format!("{id}\n")).map_err(EngineError::at(&fresh))?;
        sync(&fresh)?;
        let path = self.directory.join(CURRENT);
        fs::rename(&fresh, &path).map_err(EngineError::at(&path))?;
        sync(&self.directory)
    }

    fn prune(&self, current: &str) -> Result<(), EngineError> {
        let mut others = dated_snapshots(&self.directory)?;
        others.retain(|(_, path)| name_of(path) != current);
        for (_, path) in others.into_iter().skip(KEPT - 1) {
            fs::remove_dir_all(&path).map_err(EngineError::at(&path))?;
        }
        Ok(())
    }
}

/// The snapshots to try, best first: `DIR` itself when it is one, else the current one, then the
/// others from the newest.
pub fn candidates(directory: &Path) -> Result<Vec<PathBuf>, EngineError> {
    if directory.join(MANIFEST_FILE).is_file() {
        return Ok(vec![directory.to_owned()]);
    }
    if !directory.is_dir() {
        return Err(EngineError::NoSnapshot(directory.to_owned()));
    }
    let current = fs::read_to_string(directory.join(CURRENT)).unwrap_or_default();
    let mut dated = dated_snapshots(directory)?;
    dated.sort_by_key(|(_, path)| name_of(path) != current.trim());
    if dated.is_empty() {
        return Err(EngineError::NoSnapshot(directory.to_owned()));
    }
    Ok(dated.into_iter().map(|(_, path)| path).collect())
}

/// Lists every file of a finished build with its digest, by path relative to `directory`.
pub fn inventory(directory: &Path) -> Result<BTreeMap<String, FileEntry>, EngineError> {
    let mut files = BTreeMap::new();
    for path in files_below(directory)? {
        let relative = path.strip_prefix(directory).unwrap_or(&path);
        let name = relative.to_string_lossy().replace('\\', "/");
        if name != MANIFEST_FILE {
            files.insert(name, FileEntry::of(&path)?);
        }
    }
    Ok(files)
}

/// Snapshots with a readable manifest, the newest first.
fn dated_snapshots(directory: &Path) -> Result<Vec<(String, PathBuf)>, EngineError> {
    let mut dated: Vec<(String, PathBuf)> = entries(directory)?
        .into_iter()
        .filter(|path| !name_of(path).starts_with('.') && path.join(MANIFEST_FILE).is_file())
        .map(|path| (creation_date(&path), path))
        .collect();
    dated.sort_by(|a, b| b.cmp(a));
    Ok(dated)
}

/// The date in the manifest; empty, so oldest, when the manifest cannot be read.
fn creation_date(snapshot: &Path) -> String {
    #[derive(serde::Deserialize)]
    struct Dated {
        cree: String,
    }
    fs::read(snapshot.join(MANIFEST_FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Dated>(&bytes).ok())
        .map(|dated| dated.cree)
        .unwrap_or_default()
}

fn files_below(directory: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let mut files = Vec::new();
    for path in entries(directory)? {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn entries(directory: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let listing = fs::read_dir(directory).map_err(EngineError::at(directory))?;
    let paths: Result<Vec<PathBuf>, _> = listing.map(|entry| entry.map(|e| e.path())).collect();
    let mut paths = paths.map_err(EngineError::at(directory))?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn sync_tree(directory: &Path) -> Result<(), EngineError> {
    for path in entries(directory)? {
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            sync(&path)?;
        }
    }
    sync(directory)
}

fn sync(path: &Path) -> Result<(), EngineError> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(EngineError::at(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{Dataset, Kind, Origin, Report, Vocabulary};

    fn publish(directory: &Path, content: &str, date: &str) -> PathBuf {
        let store = Store::lock(directory).unwrap();
        let workspace = store.workspace().unwrap();
        fs::write(workspace.join("fiches.bin"), content).unwrap();
        let dataset = Dataset {
            fiches: Vec::new(),
            outlines: Vec::new(),
            vocabulary: Vocabulary::default(),
            origin: Origin::Demonstration { graine: 1 },
            report: Report::default(),
        };
        let counts = BTreeMap::from([(Kind::Commune, 0)]);
        let files = inventory(&workspace).unwrap();
        let manifest = Manifest::new(&dataset, counts, files, date.to_owned());
        let json = serde_json::to_vec(&manifest).unwrap();
        fs::write(workspace.join(MANIFEST_FILE), json).unwrap();
        store.publish(&workspace, &manifest).unwrap()
    }

    #[test]
    fn the_last_built_is_current_even_when_an_older_content_comes_back() {
        let directory = tempfile::tempdir().unwrap();
        let first = publish(directory.path(), "a", "2026-01-01T00:00:00Z");
        let second = publish(directory.path(), "b", "2026-01-02T00:00:00Z");
        assert_ne!(first, second);
        assert_eq!(
            candidates(directory.path()).unwrap(),
            [second.clone(), first.clone()]
        );
        assert_eq!(
            publish(directory.path(), "a", "2026-01-03T00:00:00Z"),
            first
        );
        assert_eq!(candidates(directory.path()).unwrap(), [first, second]);
    }

    #[test]
    fn two_snapshots_are_kept() {
        let directory = tempfile::tempdir().unwrap();
        for (content, date) in [
            ("a", "2026-01-01"),
            ("b", "2026-01-02"),
            ("c", "2026-01-03"),
        ] {
            publish(directory.path(), content, date);
        }
        assert_eq!(candidates(directory.path()).unwrap().len(), KEPT);
    }

    #[test]
    fn only_one_index_writes_at_a_time_and_leftovers_are_removed() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::lock(directory.path()).unwrap();
        let abandoned = store.workspace().unwrap();
        assert!(matches!(
            Store::lock(directory.path()),
            Err(EngineError::Locked(_))
        ));
        drop(store);
        let _store = Store::lock(directory.path()).unwrap();
        assert!(!abandoned.exists());
    }

    #[test]
    fn a_directory_without_a_snapshot_says_what_to_do() {
        let directory = tempfile::tempdir().unwrap();
        for path in [directory.path().to_owned(), directory.path().join("absent")] {
            let error = candidates(&path).unwrap_err();
            assert!(error.to_string().contains("atlaas index"), "{error}");
        }
    }

    #[test]
    fn a_changed_file_and_a_changed_manifest_are_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let snapshot = publish(directory.path(), "a", "2026-01-01");
        let manifest = Manifest::read(&snapshot).unwrap();
        assert!(manifest.check_files(&snapshot).is_ok());
        fs::write(snapshot.join("fiches.bin"), "A").unwrap();
        assert!(matches!(
            manifest.check_files(&snapshot),
            Err(EngineError::Damaged { .. })
        ));
        let path = snapshot.join(MANIFEST_FILE);
        let json = fs::read_to_string(&path).unwrap();
        fs::write(&path, json.replace("\"octets\":1", "\"octets\":2")).unwrap();
        assert!(matches!(
            Manifest::read(&snapshot),
            Err(EngineError::Foreign { .. })
        ));
    }
}
