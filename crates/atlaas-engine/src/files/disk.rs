//! Directories and files as the store needs them: listed in order, told by name, on disk for good.
//!
//! Links are never followed: a link in a snapshot is a file like another, and never a way out.

use crate::EngineError;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Everything in a directory, sorted.
pub fn entries(directory: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let listing = fs::read_dir(directory).map_err(EngineError::at(directory))?;
    let paths: Result<Vec<PathBuf>, _> = listing.map(|entry| entry.map(|e| e.path())).collect();
    let mut paths = paths.map_err(EngineError::at(directory))?;
    paths.sort();
    Ok(paths)
}

/// Every file in a directory and below, sorted.
pub fn files_below(directory: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let mut files = Vec::new();
    for path in entries(directory)? {
        if is_directory(&path) {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// The name of a file below a directory, as a manifest writes it.
pub fn relative_name(directory: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(directory).unwrap_or(file);
    relative.to_string_lossy().replace('\\', "/")
}

/// The last part of a path.
pub fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A whole file of at most `limit` bytes.
pub fn read_bounded(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if read as u64 > limit {
        let reason = format!("it has more than {limit} bytes");
        return Err(std::io::Error::other(reason));
    }
    Ok(bytes)
}

/// Removes a file or a whole directory.
pub fn remove(path: &Path) -> Result<(), EngineError> {
    let removed = if is_directory(path) {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    removed.map_err(EngineError::at(path))
}

/// Has the system write a file or a directory's list to disk.
pub fn sync(path: &Path) -> Result<(), EngineError> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(EngineError::at(path))
}

/// The same of everything in a directory, then of the directory itself.
pub fn sync_tree(directory: &Path) -> Result<(), EngineError> {
    for path in entries(directory)? {
        if is_directory(&path) {
            sync_tree(&path)?;
        } else {
            sync(&path)?;
        }
    }
    sync(directory)
}

fn is_directory(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_by_name_at_every_depth_and_links_are_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::create_dir_all(root.join("index/deep")).unwrap();
        for name in ["b", "a", "index/deep/c"] {
            fs::write(root.join(name), "x").unwrap();
        }
        std::os::unix::fs::symlink(root, root.join("index/loop")).unwrap();
        let found = files_below(root).unwrap();
        let names: Vec<String> = found.iter().map(|path| relative_name(root, path)).collect();
        assert_eq!(names, ["a", "b", "index/deep/c", "index/loop"]);
        remove(&root.join("index")).unwrap();
        assert!(root.join("a").exists(), "what a link led to stays");
    }

    #[test]
    fn a_file_longer_than_its_bound_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        fs::write(&path, "four").unwrap();
        assert_eq!(read_bounded(&path, 4).unwrap(), b"four");
        assert!(read_bounded(&path, 3).is_err());
    }
}
