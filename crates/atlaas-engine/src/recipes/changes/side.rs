//! The fiches of one snapshot, read alone: a comparison needs neither index nor tiles.

use crate::error::EngineError;
use crate::files::manifest::Manifest;
use crate::files::records;
use atlaas_model::{DocId, Fiche, Kind, Schema};
use std::path::Path;
use std::sync::Arc;

/// The fiches of one snapshot, and what tells their columns.
pub struct Side {
    /// Name of the snapshot.
    pub id: String,
    /// When it was built, RFC 3339.
    pub created: String,
    /// The fiches, in document order.
    pub fiches: Arc<Vec<Fiche>>,
    /// Their layers and columns.
    pub schema: Arc<Schema>,
}

impl Side {
    /// Reads the fiches of a snapshot directory, once their digests are checked. An index written by another
    /// analyser is no obstacle.
    pub fn read(snapshot: &Path) -> Result<Self, EngineError> {
        let manifest = Manifest::read_whatever_analyser(snapshot)?;
        for name in [records::RECORDS_FILE, records::SCHEMA_FILE] {
            let path = snapshot.join(name);
            let entry = manifest
                .fichiers
                .get(name)
                .ok_or_else(|| EngineError::damaged(&path, "the manifest does not name it"))?;
            entry.check(&path)?;
        }
        let (fiches, schema) = records::read(snapshot)?;
        if !fiches.is_sorted_by_key(|fiche| (fiche.kind, &fiche.id)) {
            let path = snapshot.join(records::RECORDS_FILE);
            return Err(EngineError::damaged(&path, "its fiches are not in order"));
        }
        Ok(Self {
            id: manifest.id,
            created: manifest.cree,
            fiches: Arc::new(fiches),
            schema: Arc::new(schema),
        })
    }

    /// One fiche; `doc` must be of this side.
    pub fn fiche(&self, doc: DocId) -> &Fiche {
        &self.fiches[doc as usize]
    }

    /// Its kind.
    pub fn kind(&self, doc: DocId) -> Kind {
        self.fiche(doc).kind
    }
}
