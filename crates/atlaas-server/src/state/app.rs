//! What every handler shares: the snapshot being served, the public address, the bounds.

use crate::clients::open_connections::OpenConnections;
use crate::clients::unread::Unread;
use crate::error::problem::ApiError;
use crate::state::base_map::BaseMap;
use crate::state::exports::Exports;
use crate::state::limits::Limits;
use crate::state::metrics::Metrics;
use crate::state::public::PublicAddress;
use crate::state::rate::Rate;
use crate::state::site::Site;
use crate::state::standing::Standing;
use crate::state::uploads::Uploads;
use crate::state::versions::Versions;
use arc_swap::ArcSwap;
use atlaas_engine::{Opening, Refusal, Snapshot};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

/// Seconds that a client is asked to wait when too much work is under way.
const RETRY_AFTER_S: u32 = 2;

/// State of the service; handlers hold it as [`AppState`].
pub struct App {
    snapshot: ArcSwap<Snapshot>,
    directory: PathBuf,
    /// What was built later than the open snapshot, and refused.
    pub standing: Standing,
    /// How absolute URLs begin.
    pub public: PublicAddress,
    /// What the operator lays under live maps.
    pub base_map: Option<BaseMap>,
    /// The WebSub hub that is told of, if any.
    pub websub_hub: Option<String>,
    /// Snapshots that are kept beside the open one.
    pub versions: Arc<Versions>,
    /// Bounds.
    pub limits: Limits,
    /// Connections that are open.
    pub connections: Arc<OpenConnections>,
    /// Answers that clients have not read yet.
    pub unread: Arc<Unread>,
    /// Exports under way.
    pub exports: Exports,
    /// Files of clients under way.
    pub uploads: Uploads,
    /// Counts for the operators.
    pub metrics: Arc<Metrics>,
    /// How often one client may ask, when there is a limit.
    pub rate: Option<Rate>,
    heavy: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The shared state, cheap to clone.
pub type AppState = Arc<App>;

impl App {
    /// Serves an open snapshot under the face that `site` gives it, and reloads from `directory`.
    pub fn new(
        opening: impl Into<Opening>,
        directory: PathBuf,
        site: impl Into<Site>,
        limits: Limits,
    ) -> AppState {
        let Site {
            public,
            base_map,
            websub_hub,
        } = site.into();
        let heavy = Arc::new(Semaphore::new(limits.heavy_at_once.max(1)));
        let Opening { snapshot, refused } = opening.into();
        let standing = Standing::new(refused, snapshot.id());
        say_what_the_journal_lacks(&snapshot);
        let snapshot = ArcSwap::from_pointee(snapshot);
        let connections = OpenConnections::new(
            limits.connections,
            limits.client_connections,
            public.proxies().clone(),
        );
        Arc::new(Self {
            snapshot,
            versions: Arc::new(Versions::new(&directory, limits.older_snapshot_bytes)),
            directory,
            standing,
            exports: Exports::new(&limits, Arc::clone(&connections), public.proxies().clone()),
            uploads: Uploads::new(&limits),
            public,
            base_map,
            websub_hub,
            connections,
            unread: Unread::new(limits.unread_bytes, limits.connection_unread_bytes),
            metrics: Arc::default(),
            rate: Rate::new(&limits),
            limits,
            heavy,
            waiting: AtomicUsize::new(0),
        })
    }

    /// The snapshot to answer from; a request keeps the one it began with.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Opens the newest snapshot whole, then swaps it in; requests under way keep the old one. When
    /// it is damaged, what is open stays open: never an older one in silence.
    pub fn reload(&self) -> Result<Arc<Snapshot>, Refusal> {
        self.versions.let_go();
        let newest = Snapshot::open_newest(&self.directory, self.limits.filter_cache_bytes);
        let fresh = Arc::new(newest.inspect_err(|refusal| self.standing.refuse(refusal.clone()))?);
        say_what_the_journal_lacks(&fresh);
        self.snapshot.store(Arc::clone(&fresh));
        self.versions.look_again();
        self.standing.reloaded();
        Ok(fresh)
    }

    /// Runs work that takes longer than a memory look-up, off the threads that serve tiles: so many
    /// at once, so many waiting, and 503 beyond.
    pub async fn heavy<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let permit = match Arc::clone(&self.heavy).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.wait_for_a_turn().await?,
        };
        let task = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        task.await
            .unwrap_or_else(|error| Err(ApiError::internal(&error)))
    }

    async fn wait_for_a_turn(&self) -> Result<tokio::sync::OwnedSemaphorePermit, ApiError> {
        struct Waiting<'a>(&'a AtomicUsize);
        impl Drop for Waiting<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        // Also taken back when the client leaves while it waits.
        let _waiting = Waiting(&self.waiting);
        if before >= self.limits.heavy_waiting {
            return Err(ApiError::busy(RETRY_AFTER_S));
        }
        let turn = Arc::clone(&self.heavy).acquire_owned().await;
        turn.map_err(|_| ApiError::busy(RETRY_AFTER_S))
    }
}

/// Reads the journal beside a snapshot now rather than under a request; a damaged one is served without what it
/// lacks.
fn say_what_the_journal_lacks(snapshot: &Snapshot) {
    if let Some(damage) = snapshot.journal().damage() {
        tracing::warn!(damage, "journal of changes: served without what it lacks");
    }
}
