//! Answers that clients have not read yet: what they keep in memory, bounded for all together and for
//! each connection.
//!
//! Whoever asks without reading makes the service hold what it computed. Every body is therefore
//! charged with the memory that it keeps until its last byte has gone to the system, wherever it waits:
//! in a handler's hands, in hyper, in an HTTP/2 stream whose window is shut. Beyond the bounds an answer
//! is refused with 503 before it is kept.
//!
//! One that keeps nothing ([`Kept::NOTHING`]) is not charged on HTTP/1.1, which sends one answer at a time:
//! what it costs is within what its connection costs, and the connection's stream knows that it waits.

use crate::clients::progress::Progress;
use crate::clients::traffic::Traffic;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use tokio::sync::Notify;

/// What any answer costs beside its body: heads, state of its stream.
pub const ANSWER_BYTES: usize = 4 * 1024;
/// An answer that keeps no more than this is small: a prebuilt tile, a refusal, a page of words.
const SMALL: usize = ANSWER_BYTES + 4 * 1024;
/// Bytes in flight whose release is worth giving memory back to the system for.
const WORTH_RETURNING: usize = 64 << 20;

/// What a body keeps in memory, where its length does not tell: put on a response by whoever made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Bytes, beside [`ANSWER_BYTES`].
    pub bytes: usize,
    /// Whether the answer holds a place of those for exports.
    pub export: bool,
}

impl Kept {
    /// A body that lies in a mapped file or in the program.
    pub const NOTHING: Self = Self {
        bytes: 0,
        export: false,
    };

    /// A body that keeps so many bytes.
    pub const fn bytes(bytes: usize) -> Self {
        Self {
            bytes,
            export: false,
        }
    }
}

/// The bytes that all unread answers keep.
pub struct Unread {
    used: AtomicUsize,
    /// The most since memory was last given back.
    peak: AtomicUsize,
    /// What exports have let go since: their compressors leave holes that the next ones do not fill.
    let_go: AtomicUsize,
    limit: usize,
    limit_per_connection: usize,
    refused: AtomicU64,
    /// Heard when an answer had to be refused: silent clients are to make room.
    pub pressure: Notify,
}

impl Unread {
    /// Bounds in bytes, for all and for one connection.
    pub fn new(limit: usize, limit_per_connection: usize) -> Arc<Self> {
        Arc::new(Self {
            used: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            let_go: AtomicUsize::new(0),
            limit,
            limit_per_connection,
            refused: AtomicU64::new(0),
            pressure: Notify::new(),
        })
    }

    /// Charges an answer that is about to be sent; `None` when there is no room for it. A connection
    /// that owes nothing may have one answer of any length.
    pub fn admit(
        self: &Arc<Self>,
        kept: Kept,
        traffic: Option<&Arc<Traffic>>,
    ) -> Option<Arc<UnreadAnswer>> {
        // An eighth is for small answers alone: a flood of large ones takes no tile from the others.
        let small = kept.bytes + ANSWER_BYTES <= SMALL;
        let admitted = self.admit_within(kept, traffic, if small { 16 } else { 14 });
        if admitted.is_none() {
            self.refused.fetch_add(1, Ordering::Relaxed);
            if self.used() > self.limit / 4 * 3 {
                self.pressure.notify_one();
            }
        }
        admitted
    }

    /// The same for the words of a refusal, which leave some room to small answers that are none.
    pub fn admit_refusal(
        self: &Arc<Self>,
        kept: Kept,
        traffic: Option<&Arc<Traffic>>,
    ) -> Option<Arc<UnreadAnswer>> {
        self.admit_within(kept, traffic, 15)
    }

    /// Charges an answer within so many sixteenths of the bounds.
    fn admit_within(
        self: &Arc<Self>,
        kept: Kept,
        traffic: Option<&Arc<Traffic>>,
        sixteenths: usize,
    ) -> Option<Arc<UnreadAnswer>> {
        let bytes = kept.bytes.saturating_add(ANSWER_BYTES);
        let share = |limit: usize| limit / 16 * sixteenths;
        let own = traffic.map_or(0, |traffic| traffic.unread());
        let fits_here = own == 0 || own.saturating_add(bytes) <= share(self.limit_per_connection);
        if !fits_here || !self.take(bytes, share(self.limit)) {
            return None;
        }
        let answer = Arc::new(UnreadAnswer {
            unread: Arc::clone(self),
            traffic: traffic.map(Arc::downgrade).unwrap_or_default(),
            bytes: AtomicUsize::new(bytes),
            progress: Arc::new(Progress::new(kept.export)),
        });
        if let Some(traffic) = traffic {
            traffic.owe(&answer.progress, bytes);
        }
        Some(answer)
    }

    fn take(&self, bytes: usize, limit: usize) -> bool {
        let before = self.used.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > limit {
            self.used.fetch_sub(bytes, Ordering::Relaxed);
            return false;
        }
        self.peak.fetch_max(before + bytes, Ordering::Relaxed);
        true
    }

    /// Bytes that unread answers keep now.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// The bound for all.
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// Answers refused so far.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Whether much was kept and most of it has gone, or exports that have gone kept much: true once for each
    /// such ebb.
    pub fn ebbed(&self) -> bool {
        let (used, peak) = (self.used(), self.peak.load(Ordering::Relaxed));
        let ebbed = (peak >= WORTH_RETURNING && used <= peak / 4)
            || self.let_go.load(Ordering::Relaxed) >= WORTH_RETURNING;
        if ebbed {
            self.peak.store(used, Ordering::Relaxed);
            self.let_go.store(0, Ordering::Relaxed);
        }
        ebbed
    }
}

/// One answer on its way; its charge ends when the last of its bytes is let go.
pub struct UnreadAnswer {
    unread: Arc<Unread>,
    traffic: Weak<Traffic>,
    bytes: AtomicUsize,
    /// How far it has been read.
    pub progress: Arc<Progress>,
}

impl UnreadAnswer {
    /// Charges bytes that were made while it is sent, refused by nobody: they are there.
    pub fn grow(&self, bytes: usize) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.unread.used.fetch_add(bytes, Ordering::Relaxed);
        if let Some(traffic) = self.traffic.upgrade() {
            traffic.add_unread(bytes);
        }
    }

    /// Takes back what [`Self::grow`] charged.
    pub fn shrink(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
        self.release(bytes);
    }

    fn release(&self, bytes: usize) {
        self.unread.used.fetch_sub(bytes, Ordering::Relaxed);
        if let Some(traffic) = self.traffic.upgrade() {
            traffic.take_unread(bytes);
        }
    }
}

impl Drop for UnreadAnswer {
    fn drop(&mut self) {
        let bytes = self.bytes.load(Ordering::Relaxed);
        self.release(bytes);
        if self.progress.export {
            self.unread.let_go.fetch_add(bytes, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_charged_comes_back_whatever_the_order() {
        let unread = Unread::new(100_000, 50_000);
        let first = unread.admit(Kept::bytes(10_000), None).unwrap();
        let second = unread.admit(Kept::NOTHING, None).unwrap();
        first.grow(500);
        assert_eq!(unread.used(), 10_500 + 2 * ANSWER_BYTES);
        first.shrink(500);
        drop(first);
        assert_eq!(unread.used(), ANSWER_BYTES);
        drop(second);
        assert_eq!(unread.used(), 0);
    }

    #[test]
    fn beyond_the_bound_for_all_an_answer_is_refused_and_room_is_asked_for() {
        let unread = Unread::new(100_000, usize::MAX);
        let held: Vec<_> = std::iter::from_fn(|| unread.admit(Kept::bytes(20_000), None)).collect();
        assert_eq!(held.len(), 3);
        assert_eq!(unread.refused(), 1);
        // What is small still finds room, up to the bound.
        let small: Vec<_> = std::iter::from_fn(|| unread.admit(Kept::NOTHING, None)).collect();
        assert!(small.len() > 2 && unread.used() <= unread.limit());
        drop(small);
        drop(held);
        assert!(unread.admit(Kept::bytes(20_000), None).is_some());
    }

    #[test]
    fn a_connection_may_always_have_one_answer_and_no_more_than_its_bound_together() {
        let unread = Unread::new(usize::MAX, 50_000);
        let traffic = Arc::new(Traffic::default());
        let long = unread.admit(Kept::bytes(80_000), Some(&traffic)).unwrap();
        assert!(unread.admit(Kept::NOTHING, Some(&traffic)).is_none());
        drop(long);
        let held: Vec<_> =
            std::iter::from_fn(|| unread.admit(Kept::bytes(10_000), Some(&traffic))).collect();
        assert_eq!(held.len(), 3);
        drop(held);
        assert_eq!(traffic.unread(), 0);
    }

    #[test]
    fn an_ebb_is_told_once() {
        let unread = Unread::new(1 << 30, 1 << 30);
        let held = unread.admit(Kept::bytes(WORTH_RETURNING), None);
        assert!(!unread.ebbed());
        drop(held);
        assert!(unread.ebbed());
        assert!(!unread.ebbed());
    }

    #[test]
    fn exports_that_come_and_go_are_an_ebb_whatever_is_kept() {
        let unread = Unread::new(1 << 30, 1 << 30);
        let others = unread.admit(Kept::bytes(WORTH_RETURNING), None);
        let export = || Kept {
            bytes: WORTH_RETURNING / 4,
            export: true,
        };
        let told = (0..8).map(|_| {
            drop(unread.admit(export(), None));
            unread.ebbed()
        });
        let told: Vec<bool> = told.collect();
        assert_eq!(told, [false, false, false, true, false, false, false, true]);
        drop(others);
    }
}
