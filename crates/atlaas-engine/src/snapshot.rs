//! A snapshot that is open: everything that answers, immutable and shared.

use crate::catalogue::Catalogue;
use crate::communes::Communes;
use crate::comparing::Comparing;
use crate::error::EngineError;
use crate::files::manifest::Manifest;
use crate::journal::file::Journal;
use crate::journal::ground::JournalGround;
use crate::landings::Landings;
use crate::members::Members;
use crate::tilesets::{FilteredTiles, PointLayers, Tileset};
use atlaas_model::{DocId, Position, Schema};
use atlaas_search::{Search, Suggester};
use atlaas_spatial::{Archive, SpatialIndex, Territories};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// An open snapshot.
pub struct Snapshot {
    pub(crate) path: PathBuf,
    pub(crate) manifest: Manifest,
    pub(crate) catalogue: Catalogue,
    pub(crate) search: Search,
    pub(crate) spatial: SpatialIndex,
    pub(crate) territories: Territories,
    pub(crate) archives: Vec<(Tileset, Archive)>,
    pub(crate) points: PointLayers,
    pub(crate) filtered: FilteredTiles,
    pub(crate) landings: Landings,
    pub(crate) suggester: Suggester,
    pub(crate) comparing: Comparing,
    pub(crate) members: Members,
    pub(crate) communes: OnceLock<Communes>,
    pub(crate) journal: OnceLock<JournalGround>,
}

impl Snapshot {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its name.
    pub fn id(&self) -> &str {
        &self.manifest.id
    }

    /// What changed up to it, as the journal beside it tells: read when it is first asked for.
    pub fn journal(&self) -> &JournalGround {
        self.journal.get_or_init(|| {
            let directory = self.path.parent().unwrap_or(&self.path);
            let journal = Journal::read(directory).up_to(self.id());
            JournalGround::new(journal, &self.catalogue)
        })
    }

    /// Whether the journal was read already.
    pub fn has_read_journal(&self) -> bool {
        self.journal.get().is_some()
    }

    /// Its fiches.
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Everything that touches a word.
    pub const fn search(&self) -> &Search {
        &self.search
    }

    /// The R-tree of the fiches.
    pub const fn spatial(&self) -> &SpatialIndex {
        &self.spatial
    }

    /// Boundaries.
    pub const fn territories(&self) -> &Territories {
        &self.territories
    }

    /// Position of every document.
    pub fn positions(&self) -> &[Option<Position>] {
        self.catalogue.positions()
    }

    /// Which layers, facets and words there are.
    pub fn schema(&self) -> &std::sync::Arc<Schema> {
        self.catalogue.schema()
    }

    /// Every tileset.
    pub fn tilesets(&self) -> impl Iterator<Item = Tileset> {
        self.archives.iter().map(|(tileset, _)| *tileset)
    }

    /// A prebuilt archive; `None` for a tileset of another snapshot.
    pub fn archive(&self, tileset: Tileset) -> Option<&Archive> {
        let mut archives = self.archives.iter();
        archives
            .find(|(known, _)| *known == tileset)
            .map(|(_, archive)| archive)
    }

    pub(crate) const fn suggester(&self) -> &Suggester {
        &self.suggester
    }

    /// Writes a tileset as an MBTiles database; returns how many tiles it holds.
    pub fn write_mbtiles(&self, tileset: Tileset, path: &Path) -> Result<u32, EngineError> {
        let archive: Vec<&Archive> = self.archive(tileset).into_iter().collect();
        Ok(atlaas_spatial::write_mbtiles(path, &archive)?)
    }

    pub(crate) const fn points(&self) -> &PointLayers {
        &self.points
    }

    pub(crate) const fn filtered(&self) -> &FilteredTiles {
        &self.filtered
    }

    pub(crate) const fn landings(&self) -> &Landings {
        &self.landings
    }

    /// Kilometres between a fiche and a position.
    pub fn distance_km(&self, doc: DocId, from: Position) -> Option<f64> {
        let position = self.positions().get(doc as usize).copied().flatten()?;
        Some(position.distance_km(from))
    }
}
