//! The recipe *answer a tile*: ids from the search, a hierarchy over those ids, a tile. Several requests
//! for the same new filter wait for one computation.

use super::search::QueryError;
use crate::error::EngineError;
use crate::snapshot::Snapshot;
use crate::tilesets::{CacheUse, PREBUILT_ZOOM, PointLayer, Tileset};
use atlaas_search::Query;
use atlaas_spatial::{ClusterDetail, Hierarchy, TileId};
use bytes::Bytes;
use std::sync::Arc;

impl Snapshot {
    /// How the memory of recent filters serves, since the snapshot was opened.
    pub fn filter_cache(&self) -> CacheUse {
        self.filtered().usage()
    }

    /// The hierarchy of one kind of point under the filters of a query; order and paging of the
    /// query do not matter.
    fn hierarchy(&self, layer: &PointLayer, query: &Query) -> Result<Arc<Hierarchy>, QueryError> {
        let filter = query.filter_canonical();
        if filter.is_empty() {
            return Ok(Arc::clone(&layer.unfiltered));
        }
        self.filtered()
            .get_or_make(&(layer.layer.kind(), filter), || {
                let (_, docs) = self.matching(query)?;
                Ok(Arc::new(Hierarchy::build(
                    &layer.table,
                    Some(&docs),
                    &layer.options,
                )))
            })
    }

    /// An uncompressed tile of what a query matches; empty when nothing does.
    pub fn filtered_tile(
        &self,
        tileset: Tileset,
        tile: TileId,
        query: &Query,
    ) -> Result<Vec<u8>, QueryError> {
        let mut bytes = if tileset.has_territories() {
            self.territory_tile(tile)?
        } else {
            Vec::new()
        };
        for layer in self.points().of(tileset) {
            bytes.extend(self.hierarchy(layer, query)?.tile(tile));
        }
        Ok(bytes)
    }

    /// An uncompressed tile without a filter, made now.
    pub fn live_tile(&self, tileset: Tileset, tile: TileId) -> Result<Vec<u8>, EngineError> {
        let mut bytes = if tileset.has_territories() {
            self.territory_tile(tile)?
        } else {
            Vec::new()
        };
        for layer in self.points().of(tileset) {
            bytes.extend(layer.unfiltered.tile(tile));
        }
        Ok(bytes)
    }

    /// What a cluster of a tileset stands for under the filters of a query; `None` when no cluster
    /// bears this id.
    pub fn cluster(
        &self,
        tileset: Tileset,
        id: u64,
        query: &Query,
    ) -> Result<Option<ClusterDetail>, QueryError> {
        for layer in self.points().of(tileset) {
            if let Some(detail) = self.hierarchy(layer, query)?.cluster(id) {
                return Ok(Some(detail));
            }
        }
        Ok(None)
    }

    /// A gzipped tile from the archive, without a copy; `None` when there is nothing there. A damaged
    /// one is an error, as it is for whoever asks for it unpacked or filtered.
    pub fn prebuilt_tile(
        &self,
        tileset: Tileset,
        tile: TileId,
    ) -> Result<Option<Bytes>, EngineError> {
        match self.archive(tileset) {
            Some(archive) => Ok(archive.sound_tile(tile)?),
            None => Ok(None),
        }
    }

    /// The territories of a tile: unpacked where they are prebuilt, drawn where they are not.
    fn territory_tile(&self, tile: TileId) -> Result<Vec<u8>, EngineError> {
        if tile.z() > PREBUILT_ZOOM {
            return Ok(self.territories().tile(tile));
        }
        match self.archive(Tileset::Territoires) {
            Some(archive) => Ok(archive.unpacked(tile)?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }
}
