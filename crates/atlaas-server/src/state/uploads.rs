//! Files that clients send, so many at once: each is held in memory until its answer is read, and never
//! anywhere else.

use crate::clients::unread::Kept;
use crate::error::problem::ApiError;
use crate::state::limits::Limits;
use axum::http::Method;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Seconds that a client is asked to wait when too many files are under way.
const RETRY_AFTER_S: u32 = 10;
/// What an answer keeps beside the file and its compressor: rows that wait.
const KEPT: usize = 256 * 1024;

/// How many files may be under way.
pub struct Uploads {
    open: Arc<Semaphore>,
}

/// A place among the files under way, until the last copy of it is dropped.
#[derive(Clone)]
pub struct UploadPlace {
    _permit: Arc<OwnedSemaphorePermit>,
}

impl Uploads {
    /// As many as the limits say.
    pub fn new(limits: &Limits) -> Self {
        Self {
            open: Arc::new(Semaphore::new(limits.files_at_once.max(1))),
        }
    }

    /// Takes a place, or tells the client to come back later.
    pub fn begin(&self) -> Result<UploadPlace, ApiError> {
        let permit = Arc::clone(&self.open).try_acquire_owned();
        let permit = permit.map_err(|_| ApiError::busy(RETRY_AFTER_S))?;
        Ok(UploadPlace {
            _permit: Arc::new(permit),
        })
    }
}

/// Whether a request to this route sends a file.
pub fn sends_a_file(method: &Method, route: &str) -> bool {
    method == Method::POST && takes_a_file(route)
}

/// Whether a route takes a file.
pub fn takes_a_file(route: &str) -> bool {
    route.trim_end_matches('/').ends_with("/csv")
}

/// What the answer to a file of so many bytes keeps in memory until it is read, with a compressor that keeps
/// so many.
pub const fn kept(file: usize, compressor: usize) -> Kept {
    Kept {
        bytes: KEPT + file + compressor,
        export: true,
    }
}
