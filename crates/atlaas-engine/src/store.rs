//! The directory that holds snapshots: built beside, renamed into place, pointed at, pruned.
//!
//! Layout of `DIR`: one directory a snapshot, named by its id; `actuel`, a file with the id that
//! was built last; `journal.txt`, what each index changed; `.verrou`, locked while an index runs; `.construction-*`, unfinished builds, and
//! `.retrait-*`, snapshots being removed, renamed first so that nobody opens half of one. The next
//! index removes what a killed one left. Whatever the moment at which a build dies, `actuel` names a
//! whole snapshot, because it is renamed over last.

use crate::candidates::{CURRENT, dated_snapshots, is_whole};
use crate::error::EngineError;
use crate::files::digest::FileEntry;
use crate::files::disk::{self, entries, name_of, sync};
use crate::files::manifest::{MANIFEST_FILE, Manifest};
use crate::journal::file::NEXT_JOURNAL;
use crate::journal::writing::{self, NextRun};
use atlaas_model::Corpus;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

const LOCK: &str = ".verrou";
const UNFINISHED: &str = ".construction-";
const LEAVING: &str = ".retrait-";
/// `actuel` before it is renamed.
const NEXT_CURRENT: &str = ".actuel";
/// How many snapshots stay on disk: the one that serves, and the one before it.
const KEPT: usize = 2;
/// Hexadecimal digits of a snapshot's name.
const NAME_LENGTH: usize = 16;

/// A directory of snapshots, locked for writing.
pub struct Store {
    directory: PathBuf,
    _lock: File,
}

/// A directory to build in: removed when it is dropped before it is published.
pub struct Workspace {
    path: PathBuf,
}

impl Workspace {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // Published, it is not there any more. A failure leaves it to the next index.
        let _ = fs::remove_dir_all(&self.path);
    }
}

impl Store {
    /// Opens the directory for a build, creates it if needed, removes what killed builds left.
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
            let name = name_of(&entry);
            if [UNFINISHED, LEAVING, NEXT_CURRENT, NEXT_JOURNAL]
                .iter()
                .any(|left| name.starts_with(left))
            {
                disk::remove(&entry)?;
            }
        }
        Ok(Self {
            directory: directory.to_owned(),
            _lock: lock,
        })
    }

    /// An empty directory to build in.
    pub fn workspace(&self) -> Result<Workspace, EngineError> {
        let path = self
            .directory
            .join(format!("{UNFINISHED}{}", std::process::id()));
        fs::create_dir(&path).map_err(EngineError::at(&path))?;
        Ok(Workspace { path })
    }

    /// What the journal will tell of fiches that are about to be published.
    pub fn compare(&self, corpus: &Corpus) -> NextRun {
        NextRun::of(&self.directory, corpus)
    }

    /// Makes a finished workspace the current snapshot, once the journal tells what it changes, and drops all
    /// but the two newest whole ones. The manifest must have been written; everything is on disk before anything
    /// points at it.
    pub fn publish(
        &self,
        workspace: Workspace,
        manifest: &Manifest,
        told: Option<NextRun>,
    ) -> Result<PathBuf, EngineError> {
        disk::sync_tree(workspace.path())?;
        let target = self.directory.join(&manifest.id);
        // The very same content may be there already, perhaps being served: it is kept then.
        if !is_whole(&target) {
            let damaged = fs::symlink_metadata(&target).is_ok();
            let aside = damaged.then(|| self.set_aside(&target)).transpose()?;
            fs::rename(workspace.path(), &target).map_err(EngineError::at(&target))?;
            sync(&self.directory)?;
            aside.map_or(Ok(()), |aside| disk::remove(&aside))?;
        }
        drop(workspace);
        writing::publish(&self.directory, manifest, told)?;
        self.point_at(&manifest.id)?;
        self.prune(&manifest.id)?;
        Ok(target)
    }

    fn point_at(&self, id: &str) -> Result<(), EngineError> {
        let fresh = self.directory.join(NEXT_CURRENT);
        fs::write(&fresh, format!("{id}\n")).map_err(EngineError::at(&fresh))?;
        sync(&fresh)?;
        let path = self.directory.join(CURRENT);
        fs::rename(&fresh, &path).map_err(EngineError::at(&path))?;
        sync(&self.directory)
    }

    /// Keeps the current snapshot and the newest other that is whole; when none is, the newest other,
    /// which an older program may still read.
    fn prune(&self, current: &str) -> Result<(), EngineError> {
        let mut others: Vec<PathBuf> = dated_snapshots(&self.directory)?
            .into_iter()
            .map(|(_, path)| path)
            .filter(|path| name_of(path) != current)
            .collect();
        if others.len() >= KEPT {
            // Stable: whole ones come first, and the newest first among them.
            others.sort_by_cached_key(|path| !is_whole(path));
        }
        for path in others.into_iter().skip(KEPT - 1).chain(self.halves()?) {
            self.retire(&path)?;
        }
        Ok(())
    }

    /// Directories that have the name of a snapshot and no manifest: what programs left that removed
    /// snapshots in place.
    fn halves(&self) -> Result<Vec<PathBuf>, EngineError> {
        let is_id = |name: &str| {
            name.len() == NAME_LENGTH && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let mut halves = entries(&self.directory)?;
        halves.retain(|path| {
            path.is_dir() && is_id(&name_of(path)) && !path.join(MANIFEST_FILE).exists()
        });
        Ok(halves)
    }

    /// Removes a snapshot: out of the way in one step, then file by file.
    fn retire(&self, path: &Path) -> Result<(), EngineError> {
        let aside = self.set_aside(path)?;
        sync(&self.directory)?;
        disk::remove(&aside)
    }

    /// Renames a snapshot so that it is none any more.
    fn set_aside(&self, path: &Path) -> Result<PathBuf, EngineError> {
        let aside = self.directory.join(format!("{LEAVING}{}", name_of(path)));
        if fs::symlink_metadata(&aside).is_ok() {
            disk::remove(&aside)?;
        }
        fs::rename(path, &aside).map_err(EngineError::at(path))?;
        Ok(aside)
    }
}

/// Lists every file of a finished build with its digest, by path relative to `directory`.
pub fn inventory(directory: &Path) -> Result<BTreeMap<String, FileEntry>, EngineError> {
    let mut files = BTreeMap::new();
    for path in disk::files_below(directory)? {
        let name = disk::relative_name(directory, &path);
        if name != MANIFEST_FILE {
            files.insert(name, FileEntry::of(&path)?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
