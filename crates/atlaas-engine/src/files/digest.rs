//! Size and digest of a file: what the manifest says of each, and whether it still holds.

use crate::EngineError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Bytes read at a time.
const PIECE: usize = 1 << 18;

/// Size and digest of one file of the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Size in bytes.
    pub octets: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl FileEntry {
    /// Reads a file through and describes it.
    pub fn of(path: &Path) -> Result<Self, EngineError> {
        let mut file = File::open(path).map_err(EngineError::at(path))?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; PIECE];
        let mut octets = 0;
        loop {
            let read = file.read(&mut buffer).map_err(EngineError::at(path))?;
            if read == 0 {
                return Ok(Self {
                    octets,
                    sha256: hex(&digest.finalize()),
                });
            }
            octets += read as u64;
            digest.update(&buffer[..read]);
        }
    }

    /// Compares a file with this description; its size first, which costs nothing.
    pub fn check(&self, path: &Path) -> Result<(), EngineError> {
        let metadata = fs::metadata(path).map_err(EngineError::at(path))?;
        if !metadata.is_file() {
            // A pipe in place of a file would be waited for without end.
            return Err(EngineError::damaged(path, "it is not a file"));
        }
        if metadata.len() != self.octets {
            let reason = format!("{} bytes, expected {}", metadata.len(), self.octets);
            return Err(EngineError::damaged(path, reason));
        }
        if Self::of(path)? != *self {
            let reason = "its SHA-256 differs from the manifest's";
            return Err(EngineError::damaged(path, reason));
        }
        Ok(())
    }
}

/// SHA-256 of bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_flipped_cut_lengthened_or_replaced_is_damaged() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        fs::write(&path, "abc").unwrap();
        let entry = FileEntry::of(&path).unwrap();
        assert_eq!(entry.sha256, sha256(b"abc"));
        assert!(entry.check(&path).is_ok());
        for other in ["abd", "ab", "abcd", ""] {
            fs::write(&path, other).unwrap();
            let checked = entry.check(&path);
            assert!(
                matches!(checked, Err(EngineError::Damaged { .. })),
                "{other}"
            );
        }
        fs::remove_file(&path).unwrap();
        assert!(entry.check(&path).is_err(), "absent");
        fs::create_dir(&path).unwrap();
        assert!(entry.check(&path).is_err(), "a directory");
    }
}
