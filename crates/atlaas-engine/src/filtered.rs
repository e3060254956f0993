//! Tiles under a filter: ids from the search, a hierarchy over those ids, a tile.
//!
//! The hierarchies of recent filters are kept within a bound of bytes; several requests for the
//! same new filter wait for one computation.

use crate::answer::QueryError;
use crate::points::PointLayer;
use crate::tileset::{PREBUILT_ZOOM, Tileset};
use crate::{EngineError, Snapshot};
use atlaas_model::Kind;
use atlaas_search::Query;
use atlaas_spatial::{ClusterDetail, Hierarchy, TileId};
use bytes::Bytes;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use std::sync::Arc;

/// Typical size of a hierarchy, from which the cache guesses how many it will hold.
const TYPICAL_BYTES: u64 = 512 << 10;
/// Bytes that a cached hierarchy takes beside its points: key and bookkeeping.
const OVERHEAD: u64 = 256;

#[derive(Clone)]
struct ByBytes;

impl Weighter<(Kind, String), Arc<Hierarchy>> for ByBytes {
    fn weight(&self, (_, filter): &(Kind, String), hierarchy: &Arc<Hierarchy>) -> u64 {
        hierarchy.size_bytes() as u64 + filter.len() as u64 + OVERHEAD
    }
}

/// Hierarchies of recent filters.
pub struct FilteredTiles {
    hierarchies: Cache<(Kind, String), Arc<Hierarchy>, ByBytes>,
}

impl FilteredTiles {
    /// Keeps hierarchies within so many bytes.
    pub fn new(bytes: u64) -> Self {
        let items = (bytes / TYPICAL_BYTES).clamp(4, 4096) as usize;
        let options = OptionsBuilder::new()
            .estimated_items_capacity(items)
            .weight_capacity(bytes)
            // One shard: a share of the bound would have no room for the hierarchy of a wide filter.
            .shards(1)
            // Half for what was asked for once: whoever looks at a new filter moves about in it.
            .hot_allocation(0.5)
            .build()
            .expect("the capacities are set");
        Self {
            hierarchies: Cache::with_options(
                options,
                ByBytes,
                DefaultHashBuilder::default(),
                DefaultLifecycle::default(),
            ),
        }
    }
}

/// How the memory of recent filters serves.
#[derive(Clone, Copy, Debug)]
pub struct CacheUse {
    /// Hierarchies kept.
    pub kept: usize,
    /// Their size, bytes.
    pub bytes: u64,
    /// Times that a hierarchy was there.
    pub hits: u64,
    /// Times that it had to be made.
    pub misses: u64,
}

impl Snapshot {
    /// How the memory of recent filters serves, since the snapshot was opened.
    pub fn filter_cache(&self) -> CacheUse {
        let cache = &self.filtered().hierarchies;
        CacheUse {
            kept: cache.len(),
            bytes: cache.weight(),
            hits: cache.hits(),
            misses: cache.misses(),
        }
    }

    /// The hierarchy of one kind of point under the filters of a query; order and paging of the
    /// query do not matter.
    fn hierarchy(&self, layer: &PointLayer, query: &Query) -> Result<Arc<Hierarchy>, QueryError> {
        let filter = query.filter_canonical();
        if filter.is_empty() {
            return Ok(Arc::clone(&layer.unfiltered));
        }
        let cache = &self.filtered().hierarchies;
        cache.get_or_insert_with(&(layer.kind, filter), || {
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
        for &kind in tileset.points() {
            if let Some(layer) = self.points().of(kind) {
                bytes.extend(self.hierarchy(layer, query)?.tile(tile));
            }
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
        for layer in tileset
            .points()
            .iter()
            .filter_map(|&kind| self.points().of(kind))
        {
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
        for layer in tileset
            .points()
            .iter()
            .filter_map(|&kind| self.points().of(kind))
        {
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
        Ok(self.archive(tileset).sound_tile(tile)?)
    }

    /// The territories of a tile: unpacked where they are prebuilt, drawn where they are not.
    fn territory_tile(&self, tile: TileId) -> Result<Vec<u8>, EngineError> {
        if tile.z() > PREBUILT_ZOOM {
            return Ok(self.territories().tile(tile));
        }
        let unpacked = self.archive(Tileset::Territoires).unpacked(tile)?;
        Ok(unpacked.unwrap_or_default())
    }
}
