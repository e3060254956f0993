//! Draws whole zooms ahead of time: the tiles that a hierarchy has, and an archive of them.

use super::hierarchy::Hierarchy;
use super::window::Window;
use crate::archive::{ArchiveOptions, ArchiveStats, ArchiveWriter};
use crate::error::SpatialError;
use crate::grid::TileId;
use rayon::prelude::*;
use std::path::Path;

impl Hierarchy {
    /// The tiles of a zoom in which something is drawn, buffers included; sorted.
    pub fn tiles_at(&self, zoom: u8) -> Vec<TileId> {
        let mut tiles: Vec<TileId> = self
            .elements(zoom)
            .places
            .iter()
            .flat_map(|&place| Window::around(place, zoom, self.options.buffer))
            .collect();
        tiles.sort_unstable();
        tiles.dedup();
        tiles
    }
}

/// Writes the archive of one tileset: at each address the layers of all hierarchies, one after the
/// other. Zooms are those of the options.
pub fn write_points_archive(
    path: &Path,
    hierarchies: &[&Hierarchy],
    options: ArchiveOptions,
) -> Result<ArchiveStats, SpatialError> {
    let zooms = options.zooms.clone();
    let writer = ArchiveWriter::create(path, options)?;
    for zoom in zooms {
        let mut tiles: Vec<TileId> = hierarchies
            .iter()
            .flat_map(|hierarchy| hierarchy.tiles_at(zoom))
            .collect();
        tiles.sort_unstable();
        tiles.dedup();
        tiles.par_iter().try_for_each(|&tile| {
            let mut bytes = Vec::new();
            for hierarchy in hierarchies {
                hierarchy.append(tile, &mut bytes);
            }
            writer.add(tile, &bytes)
        })?;
    }
    writer.finish()
}
