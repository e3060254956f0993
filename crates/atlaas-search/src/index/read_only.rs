//! The directory of a text index that is only read: tantivy's own, without its locks and without a way
//! to write.
//!
//! tantivy locks a directory while it opens it, which takes a file to write. Nobody changes the files of
//! a snapshot, so there is nothing to lock out: it opens from a disk that cannot be written, for any user
//! that may read, and as often as anybody likes at once.

use std::{io, path::Path, sync::Arc};
use tantivy::{
    Directory,
    directory::{
        DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
    },
};

/// Files of an index, mapped when they are read.
#[derive(Clone, Debug)]
pub(crate) struct ReadOnly(MmapDirectory);

impl ReadOnly {
    /// A directory that must be there.
    pub fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        MmapDirectory::open(path).map(Self)
    }
}

fn refused() -> io::Error {
    io::Error::new(
        io::ErrorKind::ReadOnlyFilesystem,
        "the index of a snapshot never changes",
    )
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(refused()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        // Nothing ever happens.
        Ok(WatchHandle::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::META_LOCK;

    #[test]
    fn nothing_is_written_whoever_asks_and_a_lock_is_never_waited_for() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("meta.json"), "{}").unwrap();
        let files = ReadOnly::open(directory.path()).unwrap();
        let name = Path::new("meta.json");
        let _first = files.acquire_lock(&META_LOCK).unwrap();
        let _second = files.acquire_lock(&META_LOCK).unwrap();
        assert!(files.open_write(Path::new("new")).is_err());
        assert!(files.atomic_write(name, b"changed").is_err());
        assert!(files.delete(name).is_err());
        assert_eq!(files.atomic_read(name).unwrap(), b"{}");
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
    }
}
