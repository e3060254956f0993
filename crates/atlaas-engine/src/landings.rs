//! On which step of the ladder recent queries found something, so that a list, its tiles and its
//! exports climb once and agree.

use atlaas_search::Landing;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// Queries that are remembered.
const QUERIES: usize = 1024;
/// Longer ones (a polygon) climb anew: what is kept stays within some megabytes.
const LONGEST_KEY: usize = 2048;

/// Steps of recent queries by their canonical filter; `None` for those for which no step finds anything.
pub struct Landings(Cache<String, Option<Arc<Landing>>>);

impl Default for Landings {
    fn default() -> Self {
        Self(Cache::new(QUERIES))
    }
}

impl Landings {
    /// Where a query landed, when it is known.
    pub fn get(&self, filter: &str) -> Option<Option<Arc<Landing>>> {
        self.0.get(filter)
    }

    /// Remembers where a query landed.
    pub fn keep(&self, filter: String, landing: Option<Arc<Landing>>) {
        if filter.len() <= LONGEST_KEY {
            self.0.insert(filter, landing);
        }
    }
}
