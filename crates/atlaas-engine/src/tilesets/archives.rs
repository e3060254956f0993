//! The prebuilt archives of points, and the one that joins all tilesets.

use super::layers::metadata;
use super::points::{PointLayer, PointLayers};
use super::tileset::{CENTRE, PREBUILT_ZOOM, Tileset};
use crate::error::EngineError;
use atlaas_model::{Bbox, Position, Schema};
use atlaas_spatial::{
    Archive, ArchiveOptions, ArchiveWriter, GzipLevel, TileId, write_points_archive,
};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Joins the archives of territories and of every layer: at every address the layers of all.
pub fn write_joined(
    workspace: &Path,
    points: &PointLayers,
    schema: &Schema,
) -> Result<(), EngineError> {
    let open = |tileset: Tileset| Archive::open(&workspace.join(tileset.archive_file()));
    let mut parts = vec![open(Tileset::Territoires)?];
    for layer in points.of(Tileset::Atlaas) {
        parts.push(open(Tileset::Layer(layer.layer.name))?);
    }
    let base = &parts[0];
    let options = ArchiveOptions {
        zooms: 0..=PREBUILT_ZOOM,
        bounds: base.bounds(),
        centre: base.centre(),
        metadata: metadata(Tileset::Atlaas, points, schema),
        level: GzipLevel::SMALL,
    };
    let writer = ArchiveWriter::create(&workspace.join(Tileset::Atlaas.archive_file()), options)?;
    let addresses: BTreeSet<TileId> = parts
        .iter()
        .flat_map(|part| part.tiles().map(|(tile, _)| tile))
        .collect();
    let addresses: Vec<TileId> = addresses.into_iter().collect();
    addresses
        .par_iter()
        .try_for_each(|&tile| join_tile(&parts, tile, &writer))?;
    writer.finish()?;
    Ok(())
}

fn join_tile(parts: &[Archive], tile: TileId, writer: &ArchiveWriter) -> Result<(), EngineError> {
    let present: Vec<&Archive> = parts
        .iter()
        .filter(|part| part.tile(tile).is_some())
        .collect();
    if let [only] = present.as_slice()
        && let Some(packed) = only.tile(tile)
    {
        // One part alone: its bytes serve as they are.
        return Ok(writer.add_gzip(tile, packed)?);
    }
    let mut joined = Vec::new();
    for part in present {
        joined.extend(part.unpacked(tile)?.unwrap_or_default());
    }
    Ok(writer.add(tile, &joined)?)
}

/// Writes the unfiltered tiles of every layer of points.
pub fn write_point_archives(
    layers: &PointLayers,
    workspace: &Path,
    schema: &Schema,
) -> Result<(), EngineError> {
    for layer in layers.iter() {
        let tileset = Tileset::Layer(layer.layer.name);
        let path = workspace.join(tileset.archive_file());
        let options = options(layer, metadata(tileset, layers, schema))?;
        write_points_archive(&path, &[&layer.unfiltered], options)?;
    }
    Ok(())
}

fn options(layer: &PointLayer, metadata: Value) -> Result<ArchiveOptions, EngineError> {
    let bounds = layer.unfiltered.bounds().unwrap_or(FRANCE);
    let [longitude, latitude, zoom] = CENTRE;
    let centre = Position::new(longitude, latitude)
        .map_err(|error| EngineError::Unexpected(error.to_string()))?;
    Ok(ArchiveOptions {
        zooms: 0..=PREBUILT_ZOOM,
        bounds,
        centre: (centre, zoom as u8),
        metadata,
        level: GzipLevel::SMALL,
    })
}

/// What an archive without a single point is said to cover: metropolitan France.
pub const FRANCE: Bbox = Bbox {
    west: -5.2,
    south: 41.3,
    east: 9.6,
    north: 51.1,
};
