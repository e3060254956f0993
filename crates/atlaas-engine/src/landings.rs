//! On which step of the ladder recent queries found something, so that a list, its tiles and its
//! exports climb once and agree.

use atlaas_search::Landing;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// Queries that are remembered.
const QUERIES: usize = 1024;
/// Longer ones (a polygon) climb anew: what is kept stays within some megabytes.
const LONGEST_KEY: usize = 2048;

/// How a climb ended.
#[derive(Clone)]
pub enum Climbed {
    /// On this step.
    To(Arc<Landing>),
    /// No step finds anything.
    Nowhere,
}

impl Climbed {
    /// The step, if there is one.
    pub fn landing(self) -> Option<Arc<Landing>> {
        match self {
            Self::To(landing) => Some(landing),
            Self::Nowhere => None,
        }
    }
}

/// Ends of the climbs of recent queries, by their canonical filter.
pub struct Landings(Cache<String, Climbed>);

impl Default for Landings {
    fn default() -> Self {
        Self(Cache::new(QUERIES))
    }
}

impl Landings {
    /// How a query's climb ended, when it is known.
    pub fn get(&self, filter: &str) -> Option<Climbed> {
        self.0.get(filter)
    }

    /// Remembers how a query's climb ended.
    pub fn keep(&self, filter: String, end: Climbed) {
        if filter.len() <= LONGEST_KEY {
            self.0.insert(filter, end);
        }
    }
}
