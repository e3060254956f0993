//! Maps a file into memory: the one place of this crate that needs `unsafe`.

use crate::error::SpatialError;
use bytes::Bytes;
use std::{fs::File, path::Path};

/// Maps a whole file for reading; the bytes are shared, cloned and sliced without copying.
///
/// Files of a snapshot are written beside their final name, renamed once and never changed; they
/// may be deleted while mapped.
#[expect(
    unsafe_code,
    reason = "mapping is unsafe because others may change the file"
)]
pub(crate) fn map_file(path: &Path) -> Result<Bytes, SpatialError> {
    let file = File::open(path).map_err(SpatialError::io("open", path))?;
    // SAFETY: files of a snapshot never change after their rename; see above. A file that somebody
    // cuts short under our feet ends the process, as it does for every program that maps files.
    let map = unsafe { memmap2::Mmap::map(&file) }.map_err(SpatialError::io("map", path))?;
    Ok(Bytes::from_owner(map))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapped_file_has_the_bytes_of_the_file_even_when_empty() {
        let directory = tempfile::tempdir().unwrap();
        for content in [b"".as_slice(), b"abc"] {
            let path = directory.path().join("file");
            std::fs::write(&path, content).unwrap();
            assert_eq!(map_file(&path).unwrap(), content);
        }
        assert!(matches!(
            map_file(&directory.path().join("missing")),
            Err(SpatialError::Io { action: "open", .. })
        ));
    }
}
