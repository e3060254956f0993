//! Files as they lie on disk: found plain or packed, opened with a limit, named by their SHA-256.

use crate::{
    IngestError,
    tables::disguise::{self, Expected},
};
use atlaas_model::Source;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// Most bytes of a file that is read into memory, unpacked.
pub(crate) const IN_MEMORY_LIMIT: u64 = 512 << 20;
/// Most bytes of a file that is streamed, unpacked.
pub(crate) const STREAMED_LIMIT: u64 = 8 << 30;
/// Most bytes of one line of a file that is read into memory.
const LINE_LIMIT: usize = 64 << 20;

/// A file of a source directory, open from the moment that it is found: what is moved or replaced
/// while the sources are read does not change what is read.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Name relative to the source directory, `.gz` included, with `/`.
    pub(crate) name: String,
    path: PathBuf,
    content: FileContent,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Clone, Debug)]
enum FileContent {
    Disk(Arc<File>),
    Memory(Arc<[u8]>),
}

/// What was read of a file since it was opened last.
#[derive(Clone, Debug, Default)]
struct Taken {
    digest: Sha256,
    bytes: u64,
}

impl SourceFile {
    /// The file of that name under `dir`, plain or with `.gz`; the plain one wins. A name that leads
    /// to a folder, a pipe, a device or nothing is an error, and so is a file of no bytes.
    pub(crate) fn find(dir: &Path, name: &str) -> Result<Option<Self>, IngestError> {
        for name in [name.to_owned(), format!("{name}.gz")] {
            let path = dir.join(&name);
            if path.symlink_metadata().is_ok() {
                return Self::opened(name, path).map(Some);
            }
        }
        Ok(None)
    }

    /// A file given by its path alone; its name is the last part.
    pub(crate) fn at(path: &Path) -> Result<Self, IngestError> {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        Self::opened(name, path.to_owned())
    }

    /// The file of that name in the same folder, plain or with `.gz`; none beside bytes in memory.
    pub(crate) fn beside(&self, name: &str) -> Result<Option<Self>, IngestError> {
        match (&self.content, self.path.parent()) {
            (FileContent::Disk(_), Some(folder)) => Self::find(folder, name),
            _ => Ok(None),
        }
    }

    fn opened(name: String, path: PathBuf) -> Result<Self, IngestError> {
        let refuse = |source| IngestError::Io {
            path: path.clone(),
            source,
        };
        // A pipe would wait for its writer when opened, so it is looked at first.
        let metadata = fs::metadata(&path).map_err(refuse)?;
        if !metadata.is_file() {
            let what = if metadata.is_dir() {
                "a folder"
            } else {
                "a pipe or a device"
            };
            return Err(IngestError::NotAFile { path, what });
        }
        if metadata.len() == 0 {
            return Err(IngestError::Empty {
                name,
                what: "bytes",
            });
        }
        let file = File::open(&path).map_err(refuse)?;
        Ok(Self {
            name,
            path,
            content: FileContent::Disk(Arc::new(file)),
            taken: Arc::default(),
        })
    }

    /// A file that was handed over, not read from disk.
    pub(crate) fn in_memory(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            path: PathBuf::from(name),
            content: FileContent::Memory(bytes.into()),
            taken: Arc::default(),
        }
    }

    /// The name without `.gz`.
    pub(crate) fn plain_name(&self) -> &str {
        self.name.strip_suffix(".gz").unwrap_or(&self.name)
    }

    /// A reader of the unpacked content that fails beyond `limit` bytes.
    pub(crate) fn open(&self, limit: u64) -> Result<Box<dyn Read>, IngestError> {
        let packed = self.plain_name().len() < self.name.len();
        let file = BufReader::with_capacity(1 << 18, self.raw()?);
        Ok(if packed {
            Box::new(Limited::new(MultiGzDecoder::new(file), limit))
        } else {
            Box::new(Limited::new(file, limit))
        })
    }

    /// The bytes as they lie on disk, from the first on; what passes is remembered for
    /// [`Self::fingerprint`].
    fn raw(&self) -> Result<Box<dyn Read>, IngestError> {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = Taken::default();
        Ok(Box::new(Digesting {
            inner: self.from(0)?,
            taken: Arc::clone(&self.taken),
        }))
    }

    fn from(&self, byte: u64) -> Result<Box<dyn Read>, IngestError> {
        Ok(match &self.content {
            FileContent::Memory(bytes) => {
                let mut reader = Cursor::new(Arc::clone(bytes));
                reader.set_position(byte);
                Box::new(reader)
            }
            FileContent::Disk(file) => {
                let mut file = file.try_clone().map_err(|source| self.io(source))?;
                let place = file.seek(SeekFrom::Start(byte));
                place.map_err(|source| self.io(source))?;
                Box::new(file)
            }
        })
    }

    /// The whole unpacked content of a table: at most [`IN_MEMORY_LIMIT`] bytes, and [`LINE_LIMIT`]
    /// a line. A longer line is refused before the rest is read.
    pub(crate) fn read(&self) -> Result<Vec<u8>, IngestError> {
        let mut reader = self.open(IN_MEMORY_LIMIT)?;
        let (mut bytes, mut line) = (Vec::new(), 0);
        loop {
            let before = bytes.len();
            (&mut reader)
                .take(1 << 20)
                .read_to_end(&mut bytes)
                .map_err(|source| self.failure(source, IN_MEMORY_LIMIT))?;
            if bytes.len() == before {
                return Ok(bytes);
            }
            if before == 0 {
                disguise::refuse(&self.name, &bytes, Expected::Table)?;
            }
            if disguise::workbook(&bytes[..bytes.len().min(1 << 16)]).is_some() {
                line = bytes.len();
            }
            if let Some(at) = memchr::memrchr2(b'\n', b'\r', &bytes[before..]) {
                line = before + at;
            }
            if bytes.len() - line > LINE_LIMIT {
                let lines = memchr::memchr_iter(b'\n', &bytes[..line]).count() + 1;
                return Err(IngestError::Table {
                    name: self.name.clone(),
                    problem: format!(
                        "after line {lines}, 64 MiB follow without a line break: it is no table in \
                         text, or its line breaks are lost"
                    ),
                });
            }
        }
    }

    /// Names the file by what was read of it, to the last byte.
    pub(crate) fn fingerprint(&self, rows: u64) -> Result<Source, IngestError> {
        if rows == 0 {
            return Err(self.empty("rows"));
        }
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let Taken {
            mut digest,
            mut bytes,
        } = taken.clone();
        drop(taken);
        // A reader may stop before the end; what it did not read belongs to the file all the same.
        let mut rest = self.from(bytes)?;
        let mut buffer = vec![0; 1 << 18];
        loop {
            let read = rest.read(&mut buffer).map_err(|source| self.io(source))?;
            if read == 0 {
                break;
            }
            digest.update(&buffer[..read]);
            bytes += read as u64;
        }
        let sha256 = digest
            .finalize()
            .iter()
            .fold(String::new(), |mut hex, byte| {
                for digit in [byte >> 4, byte & 15] {
                    hex.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
                }
                hex
            });
        Ok(Source {
            name: self.name.clone(),
            sha256,
            bytes,
            rows,
        })
    }

    /// The error of a file that holds none of what it should.
    pub(crate) fn empty(&self, what: &'static str) -> IngestError {
        IngestError::Empty {
            name: self.name.clone(),
            what,
        }
    }

    /// An error of the system about this file.
    pub(crate) fn io(&self, source: io::Error) -> IngestError {
        IngestError::Io {
            path: self.path.clone(),
            source,
        }
    }

    /// The error behind a failed read: the limit, or the system.
    pub(crate) fn failure(&self, source: io::Error, limit: u64) -> IngestError {
        if source.kind() == io::ErrorKind::FileTooLarge {
            IngestError::TooLarge {
                name: self.name.clone(),
                limit,
            }
        } else {
            self.io(source)
        }
    }
}

/// Remembers what passes through it.
struct Digesting {
    inner: Box<dyn Read>,
    taken: Arc<Mutex<Taken>>,
}

impl Read for Digesting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.digest.update(&buffer[..read]);
        taken.bytes += read as u64;
        Ok(read)
    }
}

/// Fails once more than its limit has been read, so that a small packed file cannot fill memory.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R> Limited<R> {
    fn new(inner: R, limit: u64) -> Self {
        Self { inner, left: limit }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_of_the_bytes_that_were_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.csv");
        fs::write(&path, "id,titre\n1,a\n").unwrap();
        let file = SourceFile::at(&path).unwrap();
        let aside = dir.path().join("aside");
        fs::rename(&path, aside).unwrap();
        fs::write(&path, "id,titre\n2,b\n").unwrap();
        assert_eq!(file.read().unwrap(), b"id,titre\n1,a\n");
        let memory = SourceFile::in_memory("x.csv", b"id,titre\n1,a\n");
        assert_eq!(file.fingerprint(1).unwrap(), memory.fingerprint(1).unwrap());
        // Read twice, or in part: the same file.
        file.read().unwrap();
        file.open(100).unwrap().read_exact(&mut [0; 3]).unwrap();
        assert_eq!(file.fingerprint(1).unwrap(), memory.fingerprint(1).unwrap());
    }

    #[test]
    fn a_line_without_end_is_refused_before_the_rest_is_read() {
        let mut commas = b"id,titre\n1,a\n".to_vec();
        commas.resize(LINE_LIMIT + (4 << 20), b',');
        let file = SourceFile::in_memory("x.csv", &commas);
        let error = file.read().unwrap_err().to_string();
        assert!(error.contains("after line 2"), "{error}");
        let taken = file.taken.lock().unwrap().bytes;
        assert!(taken < (LINE_LIMIT + (3 << 20)) as u64, "{taken}");
    }

    #[test]
    fn what_has_no_content_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let find = |name| SourceFile::find(dir.path(), name);
        assert!(find("x.csv").unwrap().is_none());
        fs::create_dir(dir.path().join("folder.csv")).unwrap();
        fs::write(dir.path().join("empty.csv"), "").unwrap();
        assert!(matches!(
            find("folder.csv"),
            Err(IngestError::NotAFile { .. })
        ));
        assert!(matches!(find("empty.csv"), Err(IngestError::Empty { .. })));
        #[cfg(unix)]
        for (name, target) in [("gone.csv", "/nowhere/at/all"), ("null.csv", "/dev/null")] {
            std::os::unix::fs::symlink(target, dir.path().join(name)).unwrap();
            assert!(find(name).is_err(), "{name}");
        }
    }

    #[test]
    fn more_than_the_limit_is_an_error_of_its_own() {
        let mut reader = Limited::new(&b"0123456789"[..], 9);
        let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        let mut reader = Limited::new(&b"0123456789"[..], 10);
        assert_eq!(reader.read_to_end(&mut Vec::new()).unwrap(), 10);
    }
}
