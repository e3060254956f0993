//! How far one answer has been read: what the connection took over of it, and who waits for whom.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The progress of one answer, noted by its body and looked at by the watch.
#[derive(Debug, Default)]
pub struct Progress {
    /// Whether the answer holds a place of those for exports.
    pub export: bool,
    handed: AtomicU64,
    waits_for_us: AtomicBool,
}

impl Progress {
    /// Of an answer that begins.
    pub fn new(export: bool) -> Self {
        Self {
            export,
            ..Self::default()
        }
    }

    /// Notes a piece that the connection took over.
    pub fn hand_over(&self, bytes: usize) {
        self.handed.fetch_add(bytes as u64, Ordering::Relaxed);
        self.waits_for_us.store(false, Ordering::Relaxed);
    }

    /// Notes that the connection would take more and there is nothing yet: the client is not to blame.
    pub fn keep_waiting(&self) {
        self.waits_for_us.store(true, Ordering::Relaxed);
    }

    /// Whether the client waits for us.
    pub fn waits_for_us(&self) -> bool {
        self.waits_for_us.load(Ordering::Relaxed)
    }

    /// Bytes of its body that the connection has taken over so far.
    pub fn handed(&self) -> u64 {
        self.handed.load(Ordering::Relaxed)
    }
}
