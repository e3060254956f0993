//! Which snapshot of a directory to open: the one that was built last, or those before it.

use crate::EngineError;
use crate::files::disk::{entries, name_of, read_bounded};
use crate::files::manifest::{MANIFEST_FILE, Manifest};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// File with the name of the snapshot that was built last.
pub const CURRENT: &str = "actuel";
/// Bytes of a name at most; ours have sixteen.
const LONGEST_NAME: u64 = 255;

/// Snapshots of a directory.
#[derive(Debug)]
pub struct Candidates {
    /// What is wrong with the file that names the newest, if anything is: then the newest is unknown.
    pub unnamed: Option<EngineError>,
    /// The newest, then the others from the latest. The newest may be missing or damaged.
    pub paths: Vec<PathBuf>,
}

impl Candidates {
    /// The snapshots to try: `DIR` itself when it is one, else the one named as built last, then
    /// the others by date.
    pub fn of(directory: &Path) -> Result<Self, EngineError> {
        if directory.join(MANIFEST_FILE).is_file() {
            let paths = vec![directory.to_owned()];
            return Ok(Self {
                unnamed: None,
                paths,
            });
        }
        if !directory.is_dir() {
            return Err(EngineError::NoSnapshot(directory.to_owned()));
        }
        let (newest, unnamed) = match newest(directory) {
            Ok(newest) => (newest, None),
            Err(error) => (None, Some(error)),
        };
        let mut paths: Vec<PathBuf> = newest.into_iter().collect();
        for (_, path) in dated_snapshots(directory)? {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        if paths.is_empty() && unnamed.is_none() {
            return Err(EngineError::NoSnapshot(directory.to_owned()));
        }
        Ok(Self { unnamed, paths })
    }

    /// The newest alone; an error when it is not known which one that is.
    pub fn newest(self, directory: &Path) -> Result<PathBuf, EngineError> {
        if let Some(error) = self.unnamed {
            return Err(error);
        }
        let first = self.paths.into_iter().next();
        first.ok_or_else(|| EngineError::NoSnapshot(directory.to_owned()))
    }
}

/// The snapshot that was built last, if the directory says so.
pub fn newest(directory: &Path) -> Result<Option<PathBuf>, EngineError> {
    let path = directory.join(CURRENT);
    let bytes = match read_bounded(&path, LONGEST_NAME) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(EngineError::at(&path)(error)),
    };
    let name = std::str::from_utf8(&bytes).ok().map(str::trim);
    let sound =
        |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = name
        .filter(sound)
        .ok_or_else(|| EngineError::damaged(&path, "it does not name a snapshot"))?;
    Ok(Some(directory.join(name)))
}

/// A snapshot that lies in a directory, whole or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSnapshot {
    /// Its name.
    pub id: String,
    /// When it was built, RFC 3339; empty when its manifest cannot be read.
    pub created: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// The snapshots of a directory, the newest first; `directory` itself when it is one.
pub fn kept(directory: &Path) -> Result<Vec<KeptSnapshot>, EngineError> {
    let dated = if directory.join(MANIFEST_FILE).is_file() {
        vec![(creation_date(directory), directory.to_owned())]
    } else {
        dated_snapshots(directory)?
    };
    let kept = |(created, path): (String, PathBuf)| KeptSnapshot {
        id: name_of(&path),
        created,
        path,
    };
    Ok(dated.into_iter().map(kept).collect())
}

/// The snapshot that somebody calls so: the path of one, the path of a directory of snapshots, whose newest
/// is meant, or a name in `directory`.
pub fn snapshot_called(directory: &Path, called: &str) -> Result<PathBuf, EngineError> {
    let path = Path::new(called);
    if path.is_dir() {
        return Candidates::of(path)?.newest(path);
    }
    // A directory that is not there holds no snapshot of that name either.
    let listed = kept(directory).unwrap_or_default();
    let named = listed.into_iter().find(|one| one.id == called);
    let named = named.ok_or_else(|| EngineError::NoSnapshotCalled {
        name: called.to_owned(),
        directory: directory.to_owned(),
    })?;
    Ok(named.path)
}

/// Whether there is nothing at all in a directory, or no directory: nobody has built in it, and no
/// data of anybody's is expected there.
pub fn is_untouched(directory: &Path) -> Result<bool, EngineError> {
    if !directory.exists() {
        return Ok(true);
    }
    // The root of a disk of its own.
    Ok(entries(directory)?
        .iter()
        .all(|path| name_of(path) == "lost+found"))
}

/// Snapshots that have a manifest, whole or not, the newest first.
pub fn dated_snapshots(directory: &Path) -> Result<Vec<(String, PathBuf)>, EngineError> {
    let mut dated: Vec<(String, PathBuf)> = entries(directory)?
        .into_iter()
        .filter(|path| !name_of(path).starts_with('.') && path.join(MANIFEST_FILE).is_file())
        .map(|path| (creation_date(&path), path))
        .collect();
    dated.sort_by(|a, b| b.cmp(a));
    Ok(dated)
}

/// Whether a snapshot is what it says, every byte, and nothing else lies in it.
pub fn is_whole(snapshot: &Path) -> bool {
    Manifest::read(snapshot).is_ok_and(|manifest| {
        manifest.check_files(snapshot).is_ok() && manifest.check_nothing_else(snapshot).is_ok()
    })
}

/// The date in the manifest, of whatever format; empty, so oldest, when it cannot be read.
fn creation_date(snapshot: &Path) -> String {
    #[derive(serde::Deserialize)]
    struct Dated {
        cree: String,
    }
    read_bounded(
        &snapshot.join(MANIFEST_FILE),
        crate::files::manifest::LARGEST,
    )
    .ok()
    .and_then(|bytes| serde_json::from_slice::<Dated>(&bytes).ok())
    .map(|dated| dated.cree)
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn snapshot(directory: &Path, name: &str, date: &str) -> PathBuf {
        let path = directory.join(name);
        fs::create_dir_all(&path).unwrap();
        let json = format!("{{\"cree\": \"{date}\"}}");
        fs::write(path.join(MANIFEST_FILE), json).unwrap();
        path
    }

    #[test]
    fn the_one_that_is_named_comes_first_even_when_it_is_not_there() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let older = snapshot(root, "a", "2026-01-01");
        let newer = snapshot(root, "b", "2026-01-02");
        snapshot(root, ".retrait-c", "2026-01-03");
        let paths = || Candidates::of(root).unwrap().paths;
        assert_eq!(paths(), [newer.clone(), older.clone()], "by date");
        fs::write(root.join(CURRENT), "a\n").unwrap();
        assert_eq!(paths(), [older.clone(), newer.clone()]);
        fs::write(root.join(CURRENT), "gone\n").unwrap();
        assert_eq!(paths(), [root.join("gone"), newer, older]);
    }

    #[test]
    fn a_name_that_is_none_is_said_and_never_a_way_out() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        snapshot(root, "a", "2026-01-01");
        let long = "x".repeat(300);
        for content in ["", "\n", "../a", "/etc", "a b", "é", long.as_str()] {
            fs::write(root.join(CURRENT), content).unwrap();
            let found = Candidates::of(root).unwrap();
            assert!(found.unnamed.is_some(), "{content}");
            assert_eq!(found.paths, [root.join("a")], "{content}");
            assert!(found.newest(root).is_err(), "{content}");
        }
    }

    #[test]
    fn a_directory_without_a_snapshot_says_what_to_do() {
        let directory = tempfile::tempdir().unwrap();
        for path in [directory.path().to_owned(), directory.path().join("absent")] {
            let error = Candidates::of(&path).unwrap_err();
            assert!(error.to_string().contains("atlaas index"), "{error}");
            assert!(is_untouched(&path).unwrap());
        }
        fs::create_dir(directory.path().join("lost+found")).unwrap();
        assert!(is_untouched(directory.path()).unwrap());
        fs::create_dir(directory.path().join(".construction-1")).unwrap();
        assert!(!is_untouched(directory.path()).unwrap());
    }
}
