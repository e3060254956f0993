//! Opens a snapshot: manifest → every checksum → what answers; the newest alone, or the best whole
//! one, with what was refused on the way.
//!
//! Checksums come before anything is parsed, so that a reader of a format meets damage only when the
//! digests were made to fit; that one fails as an error too, whatever the reader does with it.

use crate::build::{INDEX_DIRECTORY, TERRITORIES_FILE};
use crate::candidates::Candidates;
use crate::catalogue::Catalogue;
use crate::comparing::Comparing;
use crate::error::EngineError;
use crate::files::manifest::Manifest;
use crate::files::{context_file, disk, records};
use crate::landings::Landings;
use crate::members::Members;
use crate::snapshot::Snapshot;
use crate::tilesets::{FilteredTiles, PointLayers, Tileset, point_layers};
use atlaas_compare::Method;
use atlaas_model::Corpus;
use atlaas_search::{Search, Suggester};
use atlaas_spatial::{Archive, SpatialIndex, Territories};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// A snapshot that cannot be served, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// Name of the snapshot, or of the file that should name it.
    pub name: String,
    /// What is wrong and what to do; paths relative to the directory of snapshots.
    pub reason: String,
}

/// The best whole snapshot of a directory.
pub struct Opening {
    /// What is open.
    pub snapshot: Snapshot,
    /// What was built later and is refused, the newest first.
    pub refused: Vec<Refusal>,
}

impl From<Snapshot> for Opening {
    fn from(snapshot: Snapshot) -> Self {
        let refused = Vec::new();
        Self { snapshot, refused }
    }
}

impl Refusal {
    /// Why `path`, in the directory of snapshots `directory`, is refused.
    pub fn new(directory: &Path, path: &Path, error: &EngineError) -> Self {
        let inside = format!("{}/", directory.display());
        Self {
            name: disk::name_of(path),
            reason: error.to_string().replace(&inside, ""),
        }
    }
}

impl Snapshot {
    /// Opens the best whole snapshot of a directory: the current one, else the newest that is
    /// whole; or the directory itself when it is one. `filter_cache_bytes` bounds the memory kept
    /// for filtered tiles.
    pub fn open(directory: &Path, filter_cache_bytes: u64) -> Result<Self, EngineError> {
        Self::open_best(directory, filter_cache_bytes).map(|opening| opening.snapshot)
    }

    /// The same, with what was refused before: whoever serves says it.
    pub fn open_best(directory: &Path, filter_cache_bytes: u64) -> Result<Opening, EngineError> {
        let candidates = Candidates::of(directory)?;
        let mut refused = Vec::new();
        let mut first_failure = None;
        if let Some(error) = candidates.unnamed {
            let path = directory.join(crate::candidates::CURRENT);
            refused.push(Refusal::new(directory, &path, &error));
            first_failure = Some(error);
        }
        for path in candidates.paths {
            match Self::open_one(&path, filter_cache_bytes) {
                Ok(snapshot) => return Ok(Opening { snapshot, refused }),
                Err(error) => {
                    refused.push(Refusal::new(directory, &path, &error));
                    first_failure = first_failure.or(Some(error));
                }
            }
        }
        Err(first_failure.unwrap_or_else(|| EngineError::NoSnapshot(directory.to_owned())))
    }

    /// Opens the newest snapshot of a directory and no other: for who has one open already.
    pub fn open_newest(directory: &Path, filter_cache_bytes: u64) -> Result<Self, Refusal> {
        let newest = Candidates::of(directory).and_then(|found| found.newest(directory));
        let path = newest.map_err(|error| Refusal::new(directory, directory, &error))?;
        Self::open_one(&path, filter_cache_bytes)
            .map_err(|error| Refusal::new(directory, &path, &error))
    }

    fn open_one(path: &Path, filter_cache_bytes: u64) -> Result<Self, EngineError> {
        let manifest = Manifest::read(path)?;
        manifest.check_files(path)?;
        let ((fiches, territories, context), archives) = guarded(path, || {
            // Fiches take the longest: all else is read beside them.
            let (fiches, (territories, context)) = rayon::join(
                || open_records(path),
                || {
                    let territories = Territories::open(&path.join(TERRITORIES_FILE));
                    (territories, context_file::read(path))
                },
            );
            let fiches = fiches?;
            let archive = |tileset: Tileset| {
                let opened = Archive::open(&path.join(tileset.archive_file()))?;
                Ok((tileset, opened))
            };
            let tilesets = Tileset::all(fiches.catalogue.schema()).into_iter();
            let archives = tilesets
                .map(archive)
                .collect::<Result<Vec<_>, EngineError>>()?;
            Ok(((fiches, territories?, context?), archives))
        })?;
        check_counts(path, &manifest, &fiches.catalogue)?;
        Ok(Self {
            path: path.to_owned(),
            manifest,
            spatial: fiches.spatial,
            points: fiches.points,
            filtered: FilteredTiles::new(filter_cache_bytes),
            landings: Landings::default(),
            suggester: fiches.suggester,
            comparing: Comparing::new(Method::shipped()?, context),
            members: Members::default(),
            communes: OnceLock::new(),
            journal: OnceLock::new(),
            archives,
            catalogue: fiches.catalogue,
            search: fiches.search,
            territories,
        })
    }

    /// How large a snapshot directory says that it is, without reading what is in it.
    pub fn bytes_on_disk(path: &Path) -> Result<u64, EngineError> {
        let manifest = Manifest::read(path)?;
        Ok(manifest.fichiers.values().map(|entry| entry.octets).sum())
    }

    /// Checks every checksum, count and tile of the newest snapshot of a directory, and that nothing
    /// else lies in it.
    pub fn verify(directory: &Path) -> Result<Manifest, EngineError> {
        let path = Candidates::of(directory)?.newest(directory)?;
        let snapshot = Self::open_one(&path, 0)?;
        snapshot.manifest.check_nothing_else(&path)?;
        guarded(&path, || {
            let mut archives = snapshot.archives.iter();
            Ok(archives.try_for_each(|(_, archive)| archive.verify())?)
        })?;
        Ok(snapshot.manifest)
    }
}

/// Runs what reads files; a reader that panics on what it reads is an error like another.
fn guarded<T>(
    path: &Path,
    read: impl FnOnce() -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let reason = "its digests are right, and reading it failed all the same";
        Err(EngineError::damaged(path, reason))
    })
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
    let (fiches, schema) = records::read(path)?;
    let corpus = Corpus::new(Arc::new(fiches), Arc::new(schema));
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
            || Suggester::build(&corpus.fiches, &corpus.schema),
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
    for kind in catalogue.schema().kinds() {
        let found = catalogue.docs_of(kind).len() as u64;
        let expected = manifest.comptes.get(kind.as_str()).copied().unwrap_or(0);
        if found != expected {
            let reason = format!("{found} fiches of type {kind}, the manifest says {expected}");
            return Err(EngineError::damaged(path, reason));
        }
    }
    Ok(())
}
