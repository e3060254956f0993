//! What the prebuilt archives say of themselves, and the one that joins them all.

use crate::EngineError;
use crate::points::PointLayers;
use crate::tileset::{PREBUILT_ZOOM, Tileset};
use atlaas_spatial::{
    Archive, ArchiveOptions, ArchiveWriter, FieldType, GzipLevel, LAYERS, TileId,
};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Attribution of the tiles, shown by every map that uses them.
pub const ATTRIBUTION: &str = "Atlaas, Villes Internet ; IGN, INSEE (Licence Ouverte)";

/// A layer as TileJSON 3.0 describes it.
#[derive(Clone, Debug, Serialize)]
pub struct VectorLayer {
    id: String,
    description: &'static str,
    minzoom: u8,
    maxzoom: u8,
    fields: BTreeMap<String, &'static str>,
}

/// The layers of a tileset.
pub fn vector_layers(tileset: Tileset, points: &PointLayers) -> Vec<VectorLayer> {
    let mut layers = Vec::new();
    if tileset.has_territories() {
        layers.extend(LAYERS.iter().map(|layer| {
            VectorLayer {
                id: layer.id.to_owned(),
                description: if layer.labels {
                    "Points d’étiquette"
                } else {
                    "Territoires"
                },
                minzoom: layer.min_zoom,
                maxzoom: tileset.max_zoom(),
                fields: layer
                    .fields
                    .iter()
                    .map(|f| (f.name.to_owned(), type_name(f.kind)))
                    .collect(),
            }
        }));
    }
    for layer in tileset.points().iter().filter_map(|&kind| points.of(kind)) {
        layers.push(VectorLayer {
            id: layer.table.layer().to_owned(),
            description: "Points et regroupements",
            minzoom: 0,
            maxzoom: tileset.max_zoom(),
            fields: layer.table.fields().into_iter().collect(),
        });
    }
    layers
}

const fn type_name(kind: FieldType) -> &'static str {
    match kind {
        FieldType::String => "String",
        FieldType::Number => "Number",
    }
}

/// Metadata of an archive, as PMTiles clients read them.
pub fn metadata(tileset: Tileset, points: &PointLayers) -> serde_json::Value {
    let mut layers = vector_layers(tileset, points);
    for layer in &mut layers {
        layer.maxzoom = PREBUILT_ZOOM;
    }
    serde_json::json!({
        "name": tileset.as_str(),
        "description": tileset.description(),
        "attribution": ATTRIBUTION,
        "type": "overlay",
        "version": "1",
        "vector_layers": layers,
    })
}

/// Joins the archives of territories, initiatives and places: at every address the layers of all.
pub fn write_joined(workspace: &Path, points: &PointLayers) -> Result<(), EngineError> {
    let open = |tileset: Tileset| Archive::open(&workspace.join(tileset.archive_file()));
    let parts = [
        open(Tileset::Territoires)?,
        open(Tileset::Initiatives)?,
        open(Tileset::Colieux)?,
    ];
    let [base, ..] = &parts;
    let options = ArchiveOptions {
        zooms: 0..=PREBUILT_ZOOM,
        bounds: base.bounds(),
        centre: base.centre(),
        metadata: metadata(Tileset::Atlaas, points),
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
