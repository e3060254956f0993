//! How many exports may be under way, and how many of them compute at the same time.

use crate::error::problem::ApiError;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Seconds that a client is asked to wait when too many exports are under way.
const RETRY_AFTER_S: u32 = 10;

/// How many exports may run, and how many of them compute at the same time.
pub struct Exports {
    open: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl Exports {
    /// Lets `at_once` exports be under way; all but one core compute them.
    pub fn new(at_once: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Arc::new(Semaphore::new((cores - 1).max(1)));
        Self {
            open: Arc::new(Semaphore::new(at_once.max(1))),
            turns,
        }
    }

    /// Begins an export, or tells the client to come back later.
    pub fn begin(&self) -> Result<Begun, ApiError> {
        let permit = Arc::clone(&self.open).try_acquire_owned();
        let permit = permit.map_err(|_| ApiError::busy(RETRY_AFTER_S))?;
        Ok(Begun {
            _permit: permit,
            turns: Arc::clone(&self.turns),
        })
    }
}

/// An export that was let in.
pub struct Begun {
    /// Held to the end of the export.
    _permit: OwnedSemaphorePermit,
    turns: Arc<Semaphore>,
}

impl Begun {
    /// Waits until this export may compute; the turn ends when it is dropped.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turns).acquire_owned().await.ok()
    }
}
