//! How many exports may be under way, for one client and for all, and how many of them compute at the
//! same time.

use crate::clients::address;
use crate::clients::open_connections::OpenConnections;
use crate::clients::trusted::TrustedProxies;
use crate::clients::unread::Kept;
use crate::error::problem::ApiError;
use crate::state::limits::Limits;
use atlaas_model::DocId;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What an export under way keeps beside its compressor: pieces that wait.
const KEPT: usize = 256 * 1024;
/// A client that has read nothing of its export for so long makes room for another.
const SILENT: Duration = Duration::from_secs(5);
/// How long it may take a client that was cut to be gone.
const LEAVING: Duration = Duration::from_millis(500);
/// Seconds that a client is asked to wait when too many exports are under way.
const RETRY_AFTER_S: u32 = 10;

/// How many exports may run, for one client and for all, and how many of them compute at the same time.
pub struct Exports {
    open: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    most_per_client: usize,
    per_client: Arc<Mutex<HashMap<IpAddr, usize>>>,
    proxies: TrustedProxies,
    connections: Arc<OpenConnections>,
}

impl Exports {
    /// Bounded as the limits say; all but one core compute them. Silent readers among `connections` make
    /// room; `proxies` are no clients.
    pub fn new(
        limits: &Limits,
        connections: Arc<OpenConnections>,
        proxies: TrustedProxies,
    ) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Arc::new(Semaphore::new((cores - 1).max(1)));
        Self {
            open: Arc::new(Semaphore::new(limits.exports_at_once.max(1))),
            turns,
            most_per_client: limits.client_exports.max(1),
            per_client: Arc::default(),
            proxies,
            connections,
        }
    }

    /// Begins an export, or tells the client to come back later.
    pub async fn begin(&self, client: Option<IpAddr>) -> Result<Begun, ApiError> {
        let share = self.share_of(client)?;
        let permit = match Arc::clone(&self.open).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.place_of_a_silent_reader().await?,
        };
        Ok(Begun {
            _permit: permit,
            _share: share,
            turns: Arc::clone(&self.turns),
        })
    }

    fn share_of(&self, client: Option<IpAddr>) -> Result<Option<ExportShare>, ApiError> {
        let client = client.filter(|client| !self.proxies.trusts(*client));
        let Some(subject) = client.map(address::subject) else {
            return Ok(None);
        };
        let mut per_client = locked(&self.per_client);
        let own = per_client.entry(subject).or_default();
        if *own >= self.most_per_client {
            return Err(ApiError::busy(RETRY_AFTER_S));
        }
        *own += 1;
        let per_client = Arc::clone(&self.per_client);
        Ok(Some(ExportShare {
            per_client,
            subject,
        }))
    }

    /// Cuts the client that has left its export unread longest, and takes its place.
    async fn place_of_a_silent_reader(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let now = Instant::now();
        let silent = |since: Instant| now.duration_since(since) >= SILENT;
        self.connections.cut_waiting(
            |open| open.export && open.waits_since.is_some_and(silent),
            |_| true,
        );
        let freed = Arc::clone(&self.open).acquire_owned();
        match tokio::time::timeout(LEAVING, freed).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(ApiError::busy(RETRY_AFTER_S)),
        }
    }
}

/// One of the exports of one client.
struct ExportShare {
    per_client: Arc<Mutex<HashMap<IpAddr, usize>>>,
    subject: IpAddr,
}

impl Drop for ExportShare {
    fn drop(&mut self) {
        let mut per_client = locked(&self.per_client);
        if let Some(own) = per_client.get_mut(&self.subject) {
            *own -= 1;
            if *own == 0 {
                per_client.remove(&self.subject);
            }
        }
    }
}

fn locked(per_client: &Mutex<HashMap<IpAddr, usize>>) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
    // A poisoned lock only means that another thread panicked: the counts are still good.
    per_client.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An export that was let in.
pub struct Begun {
    /// Held to the end of the export.
    _permit: OwnedSemaphorePermit,
    _share: Option<ExportShare>,
    turns: Arc<Semaphore>,
}

/// What the answer of an export of so many documents keeps in memory until it is read, with a compressor that
/// keeps so many bytes.
pub const fn kept(docs: usize, compressor: usize) -> Kept {
    Kept {
        bytes: KEPT + docs * size_of::<DocId>() + compressor,
        export: true,
    }
}

impl Begun {
    /// Waits until this export may compute; the turn ends when it is dropped.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turns).acquire_owned().await.ok()
    }
}
