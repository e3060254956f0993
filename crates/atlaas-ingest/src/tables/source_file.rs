//! Files as they lie on disk: found plain or packed, opened with a limit, named by their SHA-256.

use crate::IngestError;
use atlaas_model::Source;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Most bytes of a file that is read into memory, unpacked.
pub(crate) const IN_MEMORY_LIMIT: u64 = 512 << 20;
/// Most bytes of a file that is streamed, unpacked.
pub(crate) const STREAMED_LIMIT: u64 = 8 << 30;

/// A file of a source directory.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Name relative to the source directory, `.gz` included, with `/`.
    pub(crate) name: String,
    path: PathBuf,
    /// The content itself, of a file that is not on disk.
    bytes: Option<Arc<[u8]>>,
}

impl SourceFile {
    /// The file of that name under `dir`, plain or with `.gz`; the plain one wins.
    pub(crate) fn find(dir: &Path, name: &str) -> Option<Self> {
        [name.to_owned(), format!("{name}.gz")]
            .into_iter()
            .map(|name| Self {
                path: dir.join(&name),
                name,
                bytes: None,
            })
            .find(|file| file.path.is_file())
    }

    /// A file given by its path alone; its name is the last part.
    pub(crate) fn at(path: &Path) -> Self {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        Self {
            name,
            path: path.to_owned(),
            bytes: None,
        }
    }

    /// A file that was handed over, not read from disk.
    pub(crate) fn in_memory(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            path: PathBuf::from(name),
            bytes: Some(bytes.into()),
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

    /// The bytes as they lie on disk.
    fn raw(&self) -> Result<Box<dyn Read>, IngestError> {
        Ok(match &self.bytes {
            Some(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            None => Box::new(File::open(&self.path).map_err(|source| self.io(source))?),
        })
    }

    /// The whole unpacked content, at most [`IN_MEMORY_LIMIT`] bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, IngestError> {
        let mut bytes = Vec::new();
        self.open(IN_MEMORY_LIMIT)?
            .read_to_end(&mut bytes)
            .map_err(|source| self.failure(source, IN_MEMORY_LIMIT))?;
        Ok(bytes)
    }

    /// Names the file by what lies on disk.
    pub(crate) fn fingerprint(&self, rows: u64) -> Result<Source, IngestError> {
        let mut file = self.raw()?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 1 << 18];
        let mut bytes = 0;
        loop {
            let read = file.read(&mut buffer).map_err(|source| self.io(source))?;
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
    fn more_than_the_limit_is_an_error_of_its_own() {
        let mut reader = Limited::new(&b"0123456789"[..], 9);
        let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        let mut reader = Limited::new(&b"0123456789"[..], 10);
        assert_eq!(reader.read_to_end(&mut Vec::new()).unwrap(), 10);
    }
}
