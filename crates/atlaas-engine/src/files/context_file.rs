//! `contexte.bin`: the context of the communes, as one postcard after a magic number.

use crate::error::EngineError;
use crate::files::disk;
use atlaas_model::ContextTable;
use std::fs;
use std::path::Path;

/// Name of the file of the context in a snapshot.
pub const CONTEXT_FILE: &str = "contexte.bin";
const MAGIC: &[u8; 8] = b"ATLAASC1";
/// More than two hundred columns of all communes, bytes.
const LARGEST: u64 = 512 << 20;

/// Writes the context; an empty one too.
pub fn write(snapshot: &Path, context: &ContextTable) -> Result<(), EngineError> {
    let path = snapshot.join(CONTEXT_FILE);
    let bytes = postcard::to_extend(context, MAGIC.to_vec())
        .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
    fs::write(&path, bytes).map_err(EngineError::at(&path))
}

/// Reads it back; refuses another file, and a table whose columns are of unequal length.
pub fn read(snapshot: &Path) -> Result<ContextTable, EngineError> {
    let path = snapshot.join(CONTEXT_FILE);
    let damaged = |reason: &str| EngineError::damaged(&path, reason);
    let bytes = disk::read_bounded(&path, LARGEST).map_err(EngineError::at(&path))?;
    let body = bytes.strip_prefix(MAGIC.as_slice());
    let body = body.ok_or_else(|| damaged("it does not start as a context"))?;
    let context: ContextTable =
        postcard::from_bytes(body).map_err(|error| damaged(&error.to_string()))?;
    if context.is_sound() {
        Ok(context)
    } else {
        Err(damaged("its columns are of unequal length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{ColumnAbout, ContextColumn};

    #[test]
    fn a_context_comes_back_and_a_cut_one_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let values = [1.5, -2.0];
        let column = ContextColumn::new("a".into(), ColumnAbout::default(), Vec::new(), &values);
        let context = ContextTable {
            communes: vec!["01001".parse().unwrap(), "01002".parse().unwrap()],
            columns: vec![column],
        };
        write(directory.path(), &context).unwrap();
        assert_eq!(read(directory.path()).unwrap(), context);
        let path = directory.path().join(CONTEXT_FILE);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(read(directory.path()).is_err(), "{length} bytes");
        }
    }
}
