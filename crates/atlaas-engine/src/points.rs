//! The points of a snapshot: tables, hierarchies without a filter, and their prebuilt archives.

use crate::catalogue::Catalogue;
use crate::tilejson::CENTRE;
use crate::tileset::{PREBUILT_ZOOM, Tileset};
use crate::{EngineError, archives};
use atlaas_model::{Bbox, Fiche, Kind, Position};
use atlaas_spatial::{
    ArchiveOptions, ClusterOptions, GzipLevel, Hierarchy, PointTable, write_points_archive,
};
use std::path::Path;
use std::sync::Arc;

/// Points of one kind, ready for tiles.
pub struct PointLayer {
    /// What it is.
    pub kind: Kind,
    /// What each point says.
    pub table: Arc<PointTable>,
    /// How they are clustered.
    pub options: ClusterOptions,
    /// The clusters of all of them.
    pub unfiltered: Arc<Hierarchy>,
}

/// Every kind of point.
pub struct PointLayers([PointLayer; KINDS.len()]);

const KINDS: [Kind; 2] = [Kind::Initiative, Kind::Colieu];

impl PointLayers {
    /// The points of one kind; `None` for territories.
    pub fn of(&self, kind: Kind) -> Option<&PointLayer> {
        self.0.iter().find(|layer| layer.kind == kind)
    }
}

/// The point layers of a catalogue.
pub fn layers(catalogue: &Catalogue) -> PointLayers {
    PointLayers(KINDS.map(|kind| layer(catalogue, kind)))
}

fn layer(catalogue: &Catalogue, kind: Kind) -> PointLayer {
    let level = |fiche: &Fiche| {
        catalogue
            .doc_of(&fiche.id)
            .map_or(0, |doc| catalogue.level(doc))
    };
    let table = PointTable::of_kind(kind, catalogue.fiches(), catalogue.vocabulary(), level);
    let table = Arc::new(table);
    let options = ClusterOptions::default();
    let unfiltered = Arc::new(Hierarchy::build(&table, None, &options));
    PointLayer {
        kind,
        table,
        options,
        unfiltered,
    }
}

/// Writes the unfiltered tiles of every kind of point.
pub fn write_archives(layers: &PointLayers, workspace: &Path) -> Result<(), EngineError> {
    for tileset in [Tileset::Initiatives, Tileset::Colieux] {
        for layer in tileset.points().iter().filter_map(|&kind| layers.of(kind)) {
            let path = workspace.join(tileset.archive_file());
            write_points_archive(
                &path,
                &[&layer.unfiltered],
                options(tileset, layers, layer)?,
            )?;
        }
    }
    Ok(())
}

fn options(
    tileset: Tileset,
    layers: &PointLayers,
    layer: &PointLayer,
) -> Result<ArchiveOptions, EngineError> {
    let bounds = layer.unfiltered.bounds().unwrap_or(FRANCE);
    let [longitude, latitude, zoom] = CENTRE;
    let centre = Position::new(longitude, latitude)
        .map_err(|error| EngineError::Unexpected(error.to_string()))?;
    Ok(ArchiveOptions {
        zooms: 0..=PREBUILT_ZOOM,
        bounds,
        centre: (centre, zoom as u8),
        metadata: archives::metadata(tileset, layers),
        level: GzipLevel::SMALL,
    })
}

/// What an archive without a single point is said to cover: metropolitan France.
const FRANCE: Bbox = Bbox {
    west: -5.2,
    south: 41.3,
    east: 9.6,
    north: 51.1,
};
