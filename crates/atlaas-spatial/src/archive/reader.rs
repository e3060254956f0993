//! Reads an archive in place: directories are decoded once, tiles are slices of the mapped file.
//!
//! A damaged tile is one error for everybody, whether it is wanted packed or unpacked, and is counted.

mod soundness;

use super::mapping::map_file;
use super::{
    directory::{Entry, decode_all},
    gzip::gunzip,
    header::Header,
    hilbert::{from_hilbert, to_hilbert},
};
use crate::error::SpatialError;
use crate::grid::TileId;
use atlaas_model::{Bbox, Position};
use bytes::Bytes;
use rayon::prelude::*;
use soundness::Soundness;
use std::{
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

/// More than any list of layers.
const LARGEST_METADATA: usize = 16 << 20;
/// More than any tile that a client would survive.
const LARGEST_TILE: usize = 256 << 20;

/// An archive that is open; cheap to share behind an `Arc`, never changed.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    header: Header,
    metadata: serde_json::Value,
    /// Sorted by id, runs not overlapping, all within `tiles`.
    entries: Vec<Entry>,
    tiles: Bytes,
    soundness: Soundness,
}

impl Archive {
    /// Maps a file and checks that it is an archive with all its parts.
    pub fn open(path: &Path) -> Result<Self, SpatialError> {
        Self::from_bytes(&map_file(path)?, path)
    }

    /// Reads an archive that is in memory; `path` is what errors call it.
    pub fn from_bytes(file: &Bytes, path: &Path) -> Result<Self, SpatialError> {
        Self::decode(file, path).map_err(|reason| SpatialError::format(path, reason))
    }

    fn decode(file: &Bytes, path: &Path) -> Result<Self, String> {
        const CUT: &str = "it is cut short; make it again";
        let header = Header::decode(file)?;
        let metadata = gunzip(header.metadata.of(file).ok_or(CUT)?, LARGEST_METADATA)
            .ok_or("its metadata are damaged; make it again")?;
        let metadata = serde_json::from_slice(&metadata)
            .map_err(|error| format!("its metadata are no JSON: {error}"))?;
        let root = header.root.of(file).ok_or(CUT)?;
        let leaves = header.leaves.of(file).ok_or(CUT)?;
        let entries = decode_all(root, leaves)?;
        let within = |entry: &Entry| entry.offset + u64::from(entry.length) <= header.tiles.length;
        if !entries.iter().all(within) {
            return Err("its directories point outside of it; make it again".into());
        }
        let last = entries
            .last()
            .map(|entry| entry.id + u64::from(entry.run - 1));
        if last.is_some_and(|last| from_hilbert(last).is_none()) {
            return Err("it has tiles deeper than any that are served".into());
        }
        let tiles = header.tiles.of(file).ok_or(CUT)?;
        let tiles = file.slice_ref(tiles);
        Ok(Self {
            path: path.to_owned(),
            header,
            metadata,
            soundness: Soundness::unknown(entries.len()),
            entries,
            tiles,
        })
    }

    /// The gzipped tile, in the mapped file, as it lies; `None` when there is nothing at this address.
    pub fn tile(&self, tile: TileId) -> Option<&[u8]> {
        Some(self.slice(self.entry(tile)?.1))
    }

    /// The same, owned without a copy, for whoever sends it on as it lies: unpacked once in a while to
    /// know that it is whole. A gzip stream ends with its own checksum, so that its reader notices what
    /// happens to it in between.
    pub fn sound_tile(&self, tile: TileId) -> Result<Option<Bytes>, SpatialError> {
        let Some((rank, entry)) = self.entry(tile) else {
            return Ok(None);
        };
        let packed = self.slice(entry);
        if self.soundness.is_due(rank) {
            self.unpack(tile, packed)?;
            self.soundness.found_whole(rank);
        }
        Ok(Some(self.tiles.slice_ref(packed)))
    }

    /// The tile, unpacked; `None` when there is nothing at this address.
    pub fn unpacked(&self, tile: TileId) -> Result<Option<Vec<u8>>, SpatialError> {
        let packed = self.tile(tile);
        packed.map(|packed| self.unpack(tile, packed)).transpose()
    }

    /// How often a damaged tile was asked for since the archive was opened.
    pub fn damage_met(&self) -> u64 {
        self.soundness.damage_met()
    }

    fn unpack(&self, tile: TileId, packed: &[u8]) -> Result<Vec<u8>, SpatialError> {
        gunzip(packed, LARGEST_TILE).ok_or_else(|| {
            self.soundness.found_damaged();
            self.damaged_tile(tile)
        })
    }

    fn damaged_tile(&self, tile: TileId) -> SpatialError {
        SpatialError::DamagedTile {
            path: self.path.clone(),
            z: tile.z(),
            x: tile.x(),
            y: tile.y(),
        }
    }

    fn entry(&self, tile: TileId) -> Option<(usize, &Entry)> {
        let id = to_hilbert(tile);
        let behind = self.entries.partition_point(|entry| entry.id <= id);
        let rank = behind.checked_sub(1)?;
        let entry = self.entries.get(rank)?;
        (id < entry.id + u64::from(entry.run)).then_some((rank, entry))
    }

    /// Every tile that there is, in the order of the file.
    pub fn tiles(&self) -> impl Iterator<Item = (TileId, &[u8])> {
        self.entries.iter().flat_map(move |entry| {
            let ids = entry.id..entry.id + u64::from(entry.run);
            ids.filter_map(from_hilbert)
                .map(move |tile| (tile, self.slice(entry)))
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The JSON object that the archive was made with.
    pub const fn metadata(&self) -> &serde_json::Value {
        &self.metadata
    }

    /// Zooms that the archive is for.
    pub const fn zooms(&self) -> RangeInclusive<u8> {
        self.header.zooms.0..=self.header.zooms.1
    }

    /// What the tiles cover, to 1e-7 degrees.
    pub const fn bounds(&self) -> Bbox {
        self.header.bounds
    }

    /// Where a map of them starts, and at which zoom.
    pub const fn centre(&self) -> (Position, u8) {
        (self.header.centre, self.header.centre_zoom)
    }

    /// Addresses that have a tile.
    pub const fn tile_count(&self) -> u64 {
        self.header.addressed
    }

    /// Unpacks every tile and compares the counts with those of the header: is the file whole?
    pub fn verify(&self) -> Result<(), SpatialError> {
        let damaged = |reason: String| SpatialError::format(&self.path, reason);
        let addressed: u64 = self.entries.iter().map(|entry| u64::from(entry.run)).sum();
        if (addressed, self.entries.len() as u64) != (self.header.addressed, self.header.entries) {
            return Err(damaged(format!(
                "it has {addressed} tiles and says {}; make it again",
                self.header.addressed
            )));
        }
        let broken = self
            .entries
            .par_iter()
            .find_first(|entry| gunzip(self.slice(entry), LARGEST_TILE).is_none());
        match broken.and_then(|entry| from_hilbert(entry.id)) {
            None => Ok(()),
            Some(tile) => Err(self.damaged_tile(tile)),
        }
    }

    fn slice(&self, entry: &Entry) -> &[u8] {
        // Checked once for all when the archive was opened.
        &self.tiles[entry.offset as usize..entry.offset as usize + entry.length as usize]
    }
}

#[cfg(test)]
mod tests;
