//! The hierarchies of recent filters, kept within a bound of bytes.

use atlaas_model::Kind;
use atlaas_spatial::Hierarchy;
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

    /// The hierarchy of a filter, made by the first who asks while the others wait.
    pub fn get_or_make<E>(
        &self,
        filter: &(Kind, String),
        make: impl FnOnce() -> Result<Arc<Hierarchy>, E>,
    ) -> Result<Arc<Hierarchy>, E> {
        self.hierarchies.get_or_insert_with(filter, make)
    }

    /// How it serves, since it was made.
    pub fn usage(&self) -> CacheUse {
        let cache = &self.hierarchies;
        CacheUse {
            kept: cache.len(),
            bytes: cache.weight(),
            hits: cache.hits(),
            misses: cache.misses(),
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
