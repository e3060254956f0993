//! `fiches.bin`: every fiche, as one postcard after a magic number; `schema.json`: the layers, facets
//! and words that they are told by. Both hold names, never the rank of anything in a list of the code.

use crate::error::EngineError;
use crate::files::disk;
use atlaas_model::{Fiche, Schema};
use std::fs;
use std::path::Path;

/// Name of the file of fiches in a snapshot.
pub const RECORDS_FILE: &str = "fiches.bin";
/// Name of the file of the schema in a snapshot.
pub const SCHEMA_FILE: &str = "schema.json";
const MAGIC: &[u8; 8] = b"ATLAASF3";
/// More than a schema of a hundred layers with their words, bytes.
const LARGEST_SCHEMA: u64 = 256 << 20;

/// Writes fiches in document order, and the schema that names what they hold.
pub fn write(snapshot: &Path, fiches: &[Fiche], schema: &Schema) -> Result<(), EngineError> {
    let path = snapshot.join(RECORDS_FILE);
    let bytes = postcard::to_extend(fiches, MAGIC.to_vec())
        .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
    fs::write(&path, bytes).map_err(EngineError::at(&path))?;
    let path = snapshot.join(SCHEMA_FILE);
    let text = serde_json::to_vec_pretty(schema)
        .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
    fs::write(&path, text).map_err(EngineError::at(&path))
}

/// Reads them back; refuses a file of another kind or version.
pub fn read(snapshot: &Path) -> Result<(Vec<Fiche>, Schema), EngineError> {
    let path = snapshot.join(SCHEMA_FILE);
    let text = disk::read_bounded(&path, LARGEST_SCHEMA).map_err(EngineError::at(&path))?;
    let schema = serde_json::from_slice(&text)
        .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
    let path = snapshot.join(RECORDS_FILE);
    let bytes = fs::read(&path).map_err(EngineError::at(&path))?;
    let body = bytes
        .strip_prefix(MAGIC.as_slice())
        .ok_or_else(|| EngineError::damaged(&path, "it does not start as a file of fiches"))?;
    let fiches = postcard::from_bytes(body)
        .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
    Ok((fiches, schema))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{FicheId, Kind};

    fn sample() -> Vec<Fiche> {
        let mut fiche = Fiche::new(
            FicheId::of_row(Kind::point("initiative"), "7").unwrap(),
            Kind::point("initiative"),
            "Un fablab « mobile »".into(),
        );
        fiche.updated = Some(jiff::civil::date(2024, 2, 29));
        fiche.position = atlaas_model::Position::new(-1.5, 47.2).ok();
        vec![fiche]
    }

    #[test]
    fn fiches_come_back_as_they_were() {
        let directory = tempfile::tempdir().unwrap();
        write(directory.path(), &sample(), &Schema::default()).unwrap();
        assert_eq!(
            read(directory.path()).unwrap(),
            (sample(), Schema::default())
        );
    }

    #[test]
    fn a_truncated_or_foreign_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        write(directory.path(), &sample(), &Schema::default()).unwrap();
        let path = directory.path().join(RECORDS_FILE);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(read(directory.path()).is_err(), "{length} bytes");
        }
    }
}
