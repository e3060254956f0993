//! All tiles of the territories, zoom after zoom: each zoom is drawn once, its territories are cut
//! into tiles in parallel, and its tiles are encoded and compressed in parallel.

use super::collection::Territories;
use super::content::TileContent;
use super::drawing::Piece;
use super::encode::layer_writers;
use crate::archive::{ArchiveOptions, ArchiveStats, ArchiveWriter, GzipLevel, gzip};
use crate::error::SpatialError;
use crate::grid::TileId;
use atlaas_model::{Bbox, Position};
use hashbrown::HashMap;
use rayon::prelude::*;
use std::{ops::RangeInclusive, path::Path};

/// Where a map of France starts: its metropolitan part, whatever lies overseas.
const CENTRE: (f64, f64, u8) = (2.5, 46.6, 5);

/// Up to this zoom tiles are compressed as hard as can be: they are few, large and looked at most.
/// Below, level 12 would cost five seconds of processor and save one per cent.
const HARDEST_TO_ZOOM: u8 = 6;

/// How hard to compress the tiles of a zoom: an archive is written once and read for months.
pub fn pyramid_level(zoom: u8) -> GzipLevel {
    GzipLevel::new(if zoom <= HARDEST_TO_ZOOM { 12 } else { 6 })
}

/// Takes the tiles of [`Territories::tiles`], from several threads.
pub type TileSink<'a> = dyn Fn(TileId, &[u8]) -> Result<(), SpatialError> + Sync + 'a;

/// What a pyramid is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PyramidStats {
    /// The archive as a whole.
    pub archive: ArchiveStats,
}

impl Territories {
    /// Writes the pyramid of the territories alone as a PMTiles archive; `progress` hears of each
    /// zoom as it is finished.
    pub fn write_pyramid(
        &self,
        path: &Path,
        zooms: RangeInclusive<u8>,
        metadata: serde_json::Value,
        progress: &(dyn Fn(u8) + Sync),
    ) -> Result<PyramidStats, SpatialError> {
        let options = ArchiveOptions {
            zooms: zooms.clone(),
            bounds: self.bounds(),
            centre: (self.centre(), CENTRE.2),
            metadata,
            level: pyramid_level(u8::MAX),
        };
        let writer = ArchiveWriter::create(path, options)?;
        for zoom in zooms {
            let level = pyramid_level(zoom);
            self.tiles(zoom, &|tile, bytes| {
                writer.add_gzip(tile, &gzip(bytes, level))
            })?;
            progress(zoom);
        }
        Ok(PyramidStats {
            archive: writer.finish()?,
        })
    }

    /// Makes every tile of a zoom that is not empty, uncompressed, and hands each to `sink`, from
    /// several threads and in no order. Stops at the first error.
    pub fn tiles(&self, zoom: u8, sink: &TileSink) -> Result<(), SpatialError> {
        self.contents(zoom).into_par_iter().try_for_each_init(
            layer_writers,
            |layers, ([x, y], content)| {
                let Ok(tile) = TileId::new(zoom, x, y) else {
                    return Ok(());
                };
                sink(tile, &self.encode(zoom, content, layers))
            },
        )
    }

    /// What each tile of a zoom holds.
    pub(crate) fn contents(&self, zoom: u8) -> Vec<([u32; 2], TileContent)> {
        let drawing = self.draw(zoom);
        let pieces: Vec<Vec<Piece>> = (0..self.len() as u32)
            .into_par_iter()
            .map(|rank| drawing.pieces(rank))
            .collect();
        drop(drawing);
        let mut contents: HashMap<[u32; 2], TileContent> = HashMap::new();
        for piece in pieces.into_iter().flatten() {
            contents.entry(piece.tile).or_default().pieces.push(piece);
        }
        self.for_each_point(zoom, &mut |rank, tile, inside, role| {
            let content = contents.entry(tile).or_default();
            content.put(rank, inside, role);
        });
        contents.into_iter().collect()
    }

    /// The box around every territory that has a place; the whole world without any.
    pub fn bounds(&self) -> Bbox {
        const WORLD: Bbox = Bbox {
            west: -180.0,
            south: -85.0,
            east: 180.0,
            north: 85.0,
        };
        self.extent().unwrap_or(WORLD)
    }

    /// Where a map of the territories starts.
    ///
    /// # Panics
    /// Never: the middle of a box on Earth is on Earth.
    pub fn centre(&self) -> Position {
        let bounds = self.bounds();
        let usual = Position::try_from((CENTRE.0, CENTRE.1)).ok();
        let middle = Position::try_from((
            f64::midpoint(bounds.west, bounds.east),
            f64::midpoint(bounds.south, bounds.north),
        ));
        usual
            .filter(|usual| bounds.contains(*usual))
            .or(middle.ok())
            .expect("the middle of two positions is a position")
    }
}
