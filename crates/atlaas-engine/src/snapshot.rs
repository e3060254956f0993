//! A snapshot that is open: everything that answers, immutable and shared.

use crate::build::{INDEX_DIRECTORY, TERRITORIES_FILE};
use crate::catalogue::Catalogue;
use crate::error::EngineError;
use crate::manifest::Manifest;
use crate::tilesets::{FilteredTiles, PointLayers, Tileset, point_layers};
use crate::{records, store};
use atlaas_model::{Corpus, DocId, Kind, Position};
use atlaas_search::{Search, Suggester};
use atlaas_spatial::{Archive, SpatialIndex, Territories};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open snapshot.
pub struct Snapshot {
    path: PathBuf,
    manifest: Manifest,
    catalogue: Catalogue,
    search: Search,
    spatial: SpatialIndex,
    territories: Territories,
    archives: [Archive; Tileset::ALL.len()],
    points: PointLayers,
    filtered: FilteredTiles,
    suggester: Suggester,
}

impl Snapshot {
    /// Opens the best whole snapshot of a directory: the current one, else the newest that is
    /// whole; or the directory itself when it is one. `filter_cache_bytes` bounds the memory kept
    /// for filtered tiles.
    pub fn open(directory: &Path, filter_cache_bytes: u64) -> Result<Self, EngineError> {
        let mut first_failure = None;
        for candidate in store::candidates(directory)? {
            match Self::open_one(&candidate, filter_cache_bytes) {
                Ok(snapshot) => return Ok(snapshot),
                Err(error) => first_failure = first_failure.or(Some(error)),
            }
        }
        Err(first_failure.unwrap_or_else(|| EngineError::NoSnapshot(directory.to_owned())))
    }

    fn open_one(path: &Path, filter_cache_bytes: u64) -> Result<Self, EngineError> {
        let manifest = Manifest::read(path)?;
        let (checked, opened) = rayon::join(
            || manifest.check_files(path),
            || {
                rayon::join(
                    || open_records(path),
                    || Territories::open(&path.join(TERRITORIES_FILE)),
                )
            },
        );
        // A damaged file is named as such rather than by what failed to read it.
        checked?;
        let (fiches, territories) = (opened.0?, opened.1?);
        check_counts(path, &manifest, &fiches.catalogue)?;
        let archive = |tileset: Tileset| Archive::open(&path.join(tileset.archive_file()));
        let [a, b, c, d] = Tileset::ALL.map(archive);
        Ok(Self {
            path: path.to_owned(),
            manifest,
            spatial: fiches.spatial,
            points: fiches.points,
            filtered: FilteredTiles::new(filter_cache_bytes),
            suggester: fiches.suggester,
            archives: [a?, b?, c?, d?],
            catalogue: fiches.catalogue,
            search: fiches.search,
            territories,
        })
    }

    /// Checks every checksum, count and tile of the best snapshot of a directory.
    pub fn verify(directory: &Path) -> Result<Manifest, EngineError> {
        let candidates = store::candidates(directory)?;
        let path = candidates
            .first()
            .ok_or_else(|| EngineError::NoSnapshot(directory.to_owned()))?;
        let snapshot = Self::open_one(path, 0)?;
        for archive in &snapshot.archives {
            archive.verify()?;
        }
        Ok(snapshot.manifest)
    }

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

    /// A prebuilt archive.
    pub fn archive(&self, tileset: Tileset) -> &Archive {
        &self.archives[tileset as usize]
    }

    pub(crate) const fn suggester(&self) -> &Suggester {
        &self.suggester
    }

    /// Writes a tileset as an MBTiles database; returns how many tiles it holds.
    pub fn write_mbtiles(&self, tileset: Tileset, path: &Path) -> Result<u32, EngineError> {
        Ok(atlaas_spatial::write_mbtiles(
            path,
            &[self.archive(tileset)],
        )?)
    }

    pub(crate) const fn points(&self) -> &PointLayers {
        &self.points
    }

    pub(crate) const fn filtered(&self) -> &FilteredTiles {
        &self.filtered
    }

    /// Kilometres between a fiche and a position.
    pub fn distance_km(&self, doc: DocId, from: Position) -> Option<f64> {
        let position = self.positions().get(doc as usize).copied().flatten()?;
        Some(position.distance_km(from))
    }
}

/// The fiches, and everything that is made from them when a snapshot opens.
struct OpenFiches {
    catalogue: Catalogue,
    spatial: SpatialIndex,
    points: PointLayers,
    search: Search,
    suggester: Suggester,
}

fn open_records(path: &Path) -> Result<OpenFiches, EngineError> {
    let (fiches, vocabulary) = records::read(path)?;
    let corpus = Corpus::new(Arc::new(fiches), Arc::new(vocabulary));
    let directory = path.join(INDEX_DIRECTORY);
    let on_the_map = || {
        let catalogue = Catalogue::new(corpus.clone());
        let positions = Arc::clone(&corpus.positions);
        let (spatial, points) =
            rayon::join(|| SpatialIndex::new(positions), || point_layers(&catalogue));
        (catalogue, spatial, points)
    };
    let in_words = || {
        rayon::join(
            || Search::open_corpus(&directory, corpus.clone()),
            || Suggester::build(&corpus.fiches, &corpus.vocabulary),
        )
    };
    let (map, (search, suggester)) = rayon::join(on_the_map, in_words);
    let (catalogue, spatial, points) = map;
    Ok(OpenFiches {
        catalogue,
        spatial,
        points,
        search: search?,
        suggester,
    })
}

fn check_counts(
    path: &Path,
    manifest: &Manifest,
    catalogue: &Catalogue,
) -> Result<(), EngineError> {
    for kind in Kind::ALL {
        let found = catalogue.docs_of(kind).len() as u64;
        let expected = manifest.comptes.get(&kind).copied().unwrap_or(0);
        if found != expected {
            let reason = format!("{found} fiches of type {kind}, the manifest says {expected}");
            return Err(EngineError::Damaged {
                path: path.to_owned(),
                reason,
            });
        }
    }
    Ok(())
}
