//! Writes an archive: tiles come in any order from any thread, lie in a spool file meanwhile, and
//! are laid down in the order of their ids at the end. Memory grows by some 100 bytes a tile, never
//! with the size of the tiles.

use super::mapping::map_file;
use super::{
    directory::{Directories, Entry},
    gzip::{GzipLevel, gzip},
    header::{self, Header, Section},
    hilbert::{from_hilbert, to_hilbert},
};
use crate::error::SpatialError;
use crate::grid::TileId;
use atlaas_model::{Bbox, Position};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufWriter, Write},
    ops::RangeInclusive,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use tempfile::NamedTempFile;

/// What an archive says of itself.
#[derive(Clone, Debug)]
pub struct ArchiveOptions {
    /// Zooms that clients may ask for.
    pub zooms: RangeInclusive<u8>,
    /// What the tiles cover.
    pub bounds: Bbox,
    /// Where a map of them starts, and at which zoom.
    pub centre: (Position, u8),
    /// A JSON object: `name`, `description`, `attribution`, `vector_layers`…
    pub metadata: serde_json::Value,
    /// For tiles that come uncompressed.
    pub level: GzipLevel,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArchiveStats {
    /// Addresses that have a tile.
    pub tiles: u64,
    /// Different tiles.
    pub contents: u64,
    /// Size of the file.
    pub bytes: u64,
    /// Size of the largest tile, gzipped.
    pub largest_tile: u32,
}

/// An archive being written; shared between threads as it is.
///
/// ```
/// use atlaas_model::{Bbox, Position};
/// use atlaas_spatial::{Archive, ArchiveOptions, ArchiveWriter, GzipLevel, TileId};
/// # let directory = tempfile::tempdir()?;
/// # let path = directory.path().join("points.pmtiles");
/// let writer = ArchiveWriter::create(&path, ArchiveOptions {
///     zooms: 0..=12,
///     bounds: Bbox::new(-61.9, -21.4, 55.9, 51.1)?,
///     centre: (Position::new(2.5, 46.6)?, 5),
///     metadata: serde_json::json!({ "name": "initiatives" }),
///     level: GzipLevel::SMALL,
/// })?;
/// let tile = TileId::new(5, 16, 11)?;
/// writer.add(tile, b"an uncompressed vector tile")?;
/// assert_eq!(writer.finish()?.tiles, 1);
/// assert!(Archive::open(&path)?.tile(tile).is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ArchiveWriter {
    path: PathBuf,
    options: ArchiveOptions,
    spool: Mutex<Spool>,
}

/// The tiles so far, in the order in which they came.
#[derive(Debug)]
struct Spool {
    file: BufWriter<NamedTempFile>,
    length: u64,
    /// By their SHA-256: where equal tiles lie.
    contents: HashMap<[u8; 32], (u64, u32)>,
    /// `run` is 1; offsets are those of the spool.
    entries: Vec<Entry>,
}

impl ArchiveWriter {
    /// Opens a spool beside `path`; the archive itself appears at [`finish`](Self::finish).
    pub fn create(path: &Path, options: ArchiveOptions) -> Result<Self, SpatialError> {
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = NamedTempFile::with_prefix_in(".tuiles-", directory)
            .map_err(SpatialError::io("create a file in", directory))?;
        Ok(Self {
            path: path.to_owned(),
            options,
            spool: Mutex::new(Spool {
                file: BufWriter::with_capacity(1 << 20, file),
                length: 0,
                contents: HashMap::new(),
                entries: Vec::new(),
            }),
        })
    }

    /// Compresses a tile in the calling thread and adds it; an empty one is left out, which is how
    /// an archive says that there is nothing.
    pub fn add(&self, tile: TileId, raw: &[u8]) -> Result<(), SpatialError> {
        if raw.is_empty() {
            return Ok(());
        }
        self.add_gzip(tile, &gzip(raw, self.options.level))
    }

    /// Adds a tile that is gzipped already.
    pub fn add_gzip(&self, tile: TileId, gzipped: &[u8]) -> Result<(), SpatialError> {
        if !self.options.zooms.contains(&tile.z()) {
            return Err(refused(tile, "its zoom is not among those of the archive"));
        }
        let Ok(length) = u32::try_from(gzipped.len()) else {
            return Err(refused(tile, "it is larger than 4 GB"));
        };
        let key: [u8; 32] = Sha256::digest(gzipped).into();
        // A thread that panicked while it held the lock ends the build; nothing is finished then.
        let mut spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        let known = spool.contents.get(&key).copied();
        let (offset, length) = known.unwrap_or((spool.length, length));
        if known.is_none() {
            spool
                .file
                .write_all(gzipped)
                .map_err(SpatialError::io("write the spool of", &self.path))?;
            spool.length += u64::from(length);
            spool.contents.insert(key, (offset, length));
        }
        spool.entries.push(Entry {
            id: to_hilbert(tile),
            offset,
            length,
            run: 1,
        });
        Ok(())
    }

    /// Lays everything down in order.
    pub fn finish(self) -> Result<ArchiveStats, SpatialError> {
        let Self {
            path,
            options,
            spool,
        } = self;
        let Spool {
            file,
            contents,
            mut entries,
            ..
        } = spool.into_inner().unwrap_or_else(PoisonError::into_inner);
        let distinct = contents.len() as u64;
        drop(contents);
        let file = file
            .into_inner()
            .map_err(|error| SpatialError::io("write the spool of", &path)(error.into_error()))?;
        entries.sort_unstable_by_key(|entry| entry.id);
        if let Some(twice) = entries.windows(2).find(|pair| pair[0].id == pair[1].id)
            && let Some(tile) = from_hilbert(twice[0].id)
        {
            return Err(refused(tile, "it was added twice"));
        }
        let layout = Layout::new(&entries);
        let directories = Directories::encode(&layout.entries);
        let metadata = gzip(options.metadata.to_string().as_bytes(), GzipLevel::SMALL);
        let header = layout.header(&options, &directories, (metadata.len(), distinct));
        let stats = ArchiveStats {
            tiles: header.addressed,
            contents: distinct,
            bytes: header.tiles.offset + header.tiles.length,
            largest_tile: entries.iter().map(|entry| entry.length).max().unwrap_or(0),
        };
        let spooled = map_file(file.path())?;
        let written = || {
            let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
            out.write_all(&header.encode())?;
            for part in [&directories.root, &metadata, &directories.leaves] {
                out.write_all(part)?;
            }
            for &(offset, length) in &layout.copies {
                out.write_all(&spooled[offset as usize..offset as usize + length as usize])?;
            }
            out.into_inner()?.sync_all()
        };
        written().map_err(SpatialError::io("write", &path))?;
        Ok(stats)
    }
}

fn refused(tile: TileId, reason: &str) -> SpatialError {
    SpatialError::Tile {
        z: tile.z(),
        x: tile.x(),
        y: tile.y(),
        reason: reason.into(),
    }
}

/// Where each content comes to lie: in the order of the first tile that shows it.
struct Layout {
    /// With the offsets of the archive, equal neighbours joined into runs.
    entries: Vec<Entry>,
    /// Offset and length in the spool, in the order of the archive.
    copies: Vec<(u64, u32)>,
    length: u64,
}

impl Layout {
    fn new(spooled: &[Entry]) -> Self {
        let mut layout = Self {
            entries: Vec::with_capacity(spooled.len()),
            copies: Vec::new(),
            length: 0,
        };
        let mut placed = HashMap::new();
        for entry in spooled {
            let offset = *placed.entry(entry.offset).or_insert_with(|| {
                layout.copies.push((entry.offset, entry.length));
                layout.length += u64::from(entry.length);
                layout.length - u64::from(entry.length)
            });
            match layout.entries.last_mut() {
                Some(last)
                    if last.offset == offset && last.id + u64::from(last.run) == entry.id =>
                {
                    last.run += 1;
                }
                _ => layout.entries.push(Entry { offset, ..*entry }),
            }
        }
        layout
    }

    fn header(
        &self,
        options: &ArchiveOptions,
        directories: &Directories,
        (metadata, contents): (usize, u64),
    ) -> Header {
        let mut end = header::LENGTH as u64;
        let mut section = |length: u64| {
            let section = Section {
                offset: end,
                length,
            };
            end += length;
            section
        };
        Header {
            root: section(directories.root.len() as u64),
            metadata: section(metadata as u64),
            leaves: section(directories.leaves.len() as u64),
            tiles: section(self.length),
            addressed: self.entries.iter().map(|entry| u64::from(entry.run)).sum(),
            entries: self.entries.len() as u64,
            contents,
            zooms: (*options.zooms.start(), *options.zooms.end()),
            bounds: options.bounds,
            centre: options.centre.0,
            centre_zoom: options.centre.1,
        }
    }
}
