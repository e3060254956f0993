//! `fiches.bin`: every fiche and the vocabulary, as one postcard after a magic number.

use crate::error::EngineError;
use atlaas_model::{Fiche, Vocabulary};
use std::fs;
use std::path::Path;

/// Name of the file in a snapshot.
pub const RECORDS_FILE: &str = "fiches.bin";
const MAGIC: &[u8; 8] = b"ATLAASF2";

/// Writes fiches in document order, and the vocabulary that names their terms.
pub fn write(
    snapshot: &Path,
    fiches: &[Fiche],
    vocabulary: &Vocabulary,
) -> Result<(), EngineError> {
    let path = snapshot.join(RECORDS_FILE);
    let bytes = postcard::to_extend(&(fiches, vocabulary), MAGIC.to_vec())
        .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
    fs::write(&path, bytes).map_err(EngineError::at(&path))
}

/// Reads them back; refuses a file of another kind or version.
pub fn read(snapshot: &Path) -> Result<(Vec<Fiche>, Vocabulary), EngineError> {
    let path = snapshot.join(RECORDS_FILE);
    let bytes = fs::read(&path).map_err(EngineError::at(&path))?;
    let body = bytes
        .strip_prefix(MAGIC.as_slice())
        .ok_or_else(|| EngineError::damaged(&path, "it does not start as a file of fiches"))?;
    postcard::from_bytes(body).map_err(|error| EngineError::damaged(&path, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{FicheId, Kind};

    fn sample() -> Vec<Fiche> {
        let mut fiche = Fiche::new(
            FicheId::of_row(Kind::Initiative, "7").unwrap(),
            Kind::Initiative,
            "Un fablab « mobile »".into(),
        );
        fiche.updated = Some(jiff::civil::date(2024, 2, 29));
        fiche.position = atlaas_model::Position::new(-1.5, 47.2).ok();
        vec![fiche]
    }

    #[test]
    fn fiches_come_back_as_they_were() {
        let directory = tempfile::tempdir().unwrap();
        write(directory.path(), &sample(), &Vocabulary::default()).unwrap();
        assert_eq!(
            read(directory.path()).unwrap(),
            (sample(), Vocabulary::default())
        );
    }

    #[test]
    fn a_truncated_or_foreign_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        write(directory.path(), &sample(), &Vocabulary::default()).unwrap();
        let path = directory.path().join(RECORDS_FILE);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(read(directory.path()).is_err(), "{length} bytes");
        }
    }
}
