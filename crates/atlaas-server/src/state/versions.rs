//! Snapshots beside the one that is served: what `?v=` answers from, while they are kept on disk.
//!
//! At most one is open at a time. It is opened when somebody asks for it, off the threads that serve tiles, one
//! opening at a time, and let go when nobody asked for a while, and before a reload. A name is looked up in the
//! list of the directory, which is read again after a few seconds: any number of names that are none open
//! nothing and read nothing more.

use crate::error::problem::{ApiError, KeptNames};
use crate::words::message::Message;
use atlaas_engine::{KeptSnapshot, Snapshot, kept};
use axum::http::StatusCode;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the list of the directory is believed.
const LISTED_FOR: Duration = Duration::from_secs(3);
/// Snapshots of the directory that are listed at most: the store keeps two.
const MOST_LISTED: usize = 20;
/// How long an older snapshot stays open when nobody asks for it.
const IDLE: Duration = Duration::from_secs(300);
/// How long it stays in any case when another is asked for: two that take turns must not be opened all the time.
const AT_LEAST: Duration = Duration::from_secs(10);
/// Requests that wait for an opening; those beyond are told to come again.
const MOST_WAITING: usize = 16;
/// Seconds after which they do.
const RETRY_AFTER_S: u32 = 5;
/// Memory for filtered tiles of an older snapshot: few ask for them.
const FILTER_CACHE_BYTES: u64 = 8 << 20;
/// How long a snapshot that could not be opened is not tried again.
const FAILED_FOR: Duration = Duration::from_secs(60);
/// Hexadecimal digits of a snapshot's name.
const NAME_LENGTH: usize = 16;

/// An older snapshot that is open.
struct Older {
    snapshot: Arc<Snapshot>,
    opened: Instant,
    asked: Instant,
}

/// What the directory held when it was last read.
#[derive(Default)]
struct ListedDirectory {
    read: Option<Instant>,
    kept: Arc<Vec<KeptSnapshot>>,
}

/// The snapshots that are kept beside the one that is served.
pub struct Versions {
    directory: PathBuf,
    /// Bytes on disk of the largest that is opened beside the current one.
    most_bytes: u64,
    listing: Mutex<ListedDirectory>,
    listing_again: tokio::sync::Mutex<()>,
    older: Mutex<Option<Older>>,
    /// What could not be opened last, and when.
    failed: Mutex<Option<(String, Instant)>>,
    opening: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
    opened: AtomicU64,
}

impl Versions {
    /// Those of a directory; none larger than `most_bytes` on disk is opened, so that 0 opens none.
    pub fn new(directory: &Path, most_bytes: u64) -> Self {
        Self {
            directory: directory.to_owned(),
            most_bytes,
            listing: Mutex::default(),
            listing_again: tokio::sync::Mutex::default(),
            older: Mutex::default(),
            failed: Mutex::default(),
            opening: tokio::sync::Mutex::default(),
            waiting: AtomicUsize::new(0),
            opened: AtomicU64::new(0),
        }
    }

    /// How many were opened since the service started.
    pub fn opened(&self) -> u64 {
        self.opened.load(Ordering::Relaxed)
    }

    /// Whether one is open now.
    pub fn is_open(&self) -> bool {
        held(&self.older).is_some()
    }

    /// The snapshot of that name, which is not the current one.
    pub async fn named(
        self: &Arc<Self>,
        name: &str,
        current: &Snapshot,
    ) -> Result<Arc<Snapshot>, ApiError> {
        if let Some(open) = self.open(name) {
            return Ok(open);
        }
        if !is_name(name) {
            return Err(self.refusal(name, current).await);
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = WaitingForOpening(&self.waiting);
        if before >= MOST_WAITING {
            return Err(ApiError::busy(RETRY_AFTER_S));
        }
        let kept = self.kept().await;
        let Some(found) = kept.iter().find(|one| one.id == name) else {
            return Err(gone(name, current, &kept));
        };
        let turn = self.opening.lock().await;
        if let Some(open) = self.open(name) {
            return Ok(open);
        }
        if self.opened_just_now() {
            return Err(ApiError::busy(AT_LEAST.as_secs() as u32));
        }
        let opened = self.try_to_open(name, &found.path).await?;
        drop((turn, waiting));
        opened.ok_or_else(|| gone(name, current, &others(&kept, name)))
    }

    /// Whether another was opened so recently that it stays.
    fn opened_just_now(&self) -> bool {
        let older = held(&self.older);
        let older = older.as_ref();
        older.is_some_and(|older| older.opened.elapsed() < AT_LEAST)
    }

    /// Opens a snapshot in the place of the one that is open; nothing for one that is too large or damaged.
    async fn try_to_open(
        self: &Arc<Self>,
        name: &str,
        path: &Path,
    ) -> Result<Option<Arc<Snapshot>>, ApiError> {
        let failed =
            |(known, when): &(String, Instant)| known == name && when.elapsed() < FAILED_FOR;
        if held(&self.failed).as_ref().is_some_and(failed) {
            return Ok(None);
        }
        let before = held(&self.older).take();
        let (path, most) = (path.to_owned(), self.most_bytes);
        let opening = tokio::task::spawn_blocking(move || {
            // It goes first: never two beside the current one, but for requests under way.
            drop(before);
            let fits = Snapshot::bytes_on_disk(&path).is_ok_and(|bytes| bytes <= most);
            fits.then(|| Snapshot::open(&path, FILTER_CACHE_BYTES))
        });
        let opened = opening.await.map_err(|error| ApiError::internal(&error))?;
        if let Some(Err(error)) = &opened {
            tracing::warn!(id = name, %error, "an older snapshot cannot be opened");
        }
        let sound = opened.and_then(Result::ok);
        let Some(snapshot) = sound.filter(|snapshot| snapshot.id() == name) else {
            *held(&self.failed) = Some((name.to_owned(), Instant::now()));
            return Ok(None);
        };
        let snapshot = Arc::new(snapshot);
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.hold(&snapshot);
        Ok(Some(snapshot))
    }

    /// The one of that name, if it is open; asking keeps it open.
    fn open(&self, name: &str) -> Option<Arc<Snapshot>> {
        let mut older = held(&self.older);
        let older = older.as_mut().filter(|one| one.snapshot.id() == name)?;
        older.asked = Instant::now();
        Some(Arc::clone(&older.snapshot))
    }

    /// Keeps a snapshot until nobody asks for it.
    fn hold(self: &Arc<Self>, snapshot: &Arc<Snapshot>) {
        let now = Instant::now();
        *held(&self.older) = Some(Older {
            snapshot: Arc::clone(snapshot),
            opened: now,
            asked: now,
        });
        let (own, versions) = (Arc::downgrade(snapshot), Arc::downgrade(self));
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(IDLE / 5).await;
                let (Some(versions), Some(own)) = (versions.upgrade(), own.upgrade()) else {
                    return;
                };
                let mut older = held(&versions.older);
                let same = |older: &&Older| Arc::ptr_eq(&older.snapshot, &own);
                match older.as_ref().filter(same) {
                    Some(older) if older.asked.elapsed() < IDLE => {}
                    Some(_) => {
                        let idle = older.take();
                        tokio::task::spawn_blocking(move || drop((idle, own)));
                        return;
                    }
                    None => return,
                }
            }
        });
    }

    /// Lets go of what is open, where memory is about to be wanted; requests under way keep it to their end.
    pub fn let_go(&self) {
        let older = held(&self.older).take();
        drop(older);
    }

    /// Forgets what the directory held: there is a new snapshot.
    pub fn look_again(&self) {
        held(&self.listing).read = None;
    }

    /// What the directory holds, read again after a few seconds.
    pub async fn kept(&self) -> Arc<Vec<KeptSnapshot>> {
        if let Some(kept) = self.listed() {
            return kept;
        }
        // One reads, the others have what it read.
        let _reading = self.listing_again.lock().await;
        if let Some(kept) = self.listed() {
            return kept;
        }
        let directory = self.directory.clone();
        let read = tokio::task::spawn_blocking(move || kept(&directory)).await;
        let mut found = read.ok().and_then(Result::ok).unwrap_or_default();
        found.truncate(MOST_LISTED);
        let found = Arc::new(found);
        *held(&self.listing) = ListedDirectory {
            read: Some(Instant::now()),
            kept: Arc::clone(&found),
        };
        found
    }

    /// What it held a few seconds ago at most.
    fn listed(&self) -> Option<Arc<Vec<KeptSnapshot>>> {
        let listing = held(&self.listing);
        let fresh = listing.read.is_some_and(|read| read.elapsed() < LISTED_FOR);
        fresh.then(|| Arc::clone(&listing.kept))
    }

    async fn refusal(&self, name: &str, current: &Snapshot) -> ApiError {
        gone(name, current, &self.kept().await)
    }
}

/// One request fewer waits, also when its client leaves.
struct WaitingForOpening<'a>(&'a AtomicUsize);

impl Drop for WaitingForOpening<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A poisoned lock only means that another thread panicked: what it holds is replaced whole.
fn held<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_name(text: &str) -> bool {
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == NAME_LENGTH && text.bytes().all(hexadecimal)
}

fn others(kept: &[KeptSnapshot], name: &str) -> Vec<KeptSnapshot> {
    let others = kept.iter().filter(|one| one.id != name);
    others.cloned().collect()
}

/// That a snapshot is not kept, which ones are, and which of them is nearest in time. 410 when the journal knows
/// it, 404 when nothing does.
fn gone(name: &str, current: &Snapshot, kept: &[KeptSnapshot]) -> ApiError {
    let mut known: Vec<(&str, &str)> = vec![(current.id(), &current.manifest().cree)];
    for one in kept {
        if known.iter().all(|(id, _)| *id != one.id) {
            known.push((&one.id, &one.created));
        }
    }
    let runs = current.journal().runs();
    let built = runs.iter().rev().find(|run| run.instantane == name);
    // Days are near enough, and RFC 3339 in UTC sorts as time does.
    let seconds = |moment: &str| {
        moment
            .parse::<jiff::Timestamp>()
            .map_or(0, jiff::Timestamp::as_second)
    };
    let nearest = built.and_then(|run| {
        let moment = seconds(&run.moment);
        known
            .iter()
            .min_by_key(|(_, built)| seconds(built).abs_diff(moment))
    });
    let nearest = nearest.unwrap_or(&known[0]);
    let list = known.iter().map(|(id, date)| format!("{id} ({date})"));
    let list = list.collect::<Vec<_>>().join(", ");
    let shown: String = name.chars().take(NAME_LENGTH * 2).collect();
    let (status, detail) = match built {
        Some(run) => (
            StatusCode::GONE,
            Message::new("error-snapshot-gone")
                .with("id", shown)
                .with("date", &run.moment)
                .with("kept", list)
                .with("nearest", nearest.0),
        ),
        None => (
            StatusCode::NOT_FOUND,
            Message::new("error-snapshot-unknown")
                .with("id", shown)
                .with("kept", list)
                .with("nearest", nearest.0),
        ),
    };
    ApiError::new(status, "error-snapshot", detail).answered_by(KeptNames {
        plus_proche: nearest.0.to_owned(),
        gardes: known.iter().map(|(id, _)| (*id).to_owned()).collect(),
    })
}
