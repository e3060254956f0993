//! What goes over one connection: bytes taken by the system, answers not read yet, requests under way.
//!
//! The connection's stream counts what it writes, the bodies of its answers what they hand over, and a
//! watch that looks at all connections every second decides from it who does not read.

use crate::clients::progress::Progress;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Instant;
use tokio::sync::Notify;

/// Answers that are noted before those that have gone are forgotten.
const FORGET_AT: usize = 32;

/// What an open connection keeps, measured on ten thousand that are idle.
const CONNECTION_BYTES: usize = 20 * 1024;
/// What a stream leaves behind in it, measured on connections that had a hundred at once.
const STREAM_BYTES: usize = 1536;

/// One connection's traffic, shared by its stream, its answers and the watch.
#[derive(Default)]
pub struct Traffic {
    written: AtomicU64,
    unread: AtomicUsize,
    asked: AtomicU64,
    under_way: AtomicUsize,
    /// The most that were under way at once.
    peak: AtomicUsize,
    /// Whether bytes that were handed over lie before the system, which has not taken them yet.
    sending: AtomicBool,
    owed: Mutex<Vec<Owed>>,
    /// Heard by the connection when it is to end at once.
    pub cut: Notify,
}

/// An answer that is owed, as the watch saw it last.
struct Owed {
    answer: Weak<Progress>,
    handed: u64,
    since: Option<Instant>,
}

/// The answer of a connection that has waited longest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Since when no byte of it went on.
    pub since: Option<Instant>,
    /// Whether it holds a place of those for exports.
    pub export: bool,
    /// Answers that are owed.
    pub answers: usize,
}

/// A request under way on a connection, until it is answered.
pub struct UnderWay(Arc<Traffic>);

impl Traffic {
    /// Notes a request that begins.
    pub fn begin(self: &Arc<Self>) -> UnderWay {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let before = self.under_way.fetch_add(1, Ordering::Relaxed);
        self.peak.fetch_max(before + 1, Ordering::Relaxed);
        UnderWay(Arc::clone(self))
    }

    /// Requests so far.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// What the connection keeps beside its answers: its buffers, and the tables of as many streams as
    /// were ever open at once, which HTTP/2 does not give back.
    pub fn own_bytes(&self) -> usize {
        CONNECTION_BYTES + STREAM_BYTES * self.peak.load(Ordering::Relaxed)
    }

    /// Whether nothing is being answered: no request is under way, no answer keeps anything, and the
    /// system has taken whatever was handed over.
    pub fn is_idle(&self) -> bool {
        // First, and after whatever its answer left behind: see the end of a request under way.
        self.under_way.load(Ordering::Acquire) == 0 && self.unread() == 0 && !self.is_sending()
    }

    /// Notes bytes that the system is to take.
    pub fn send(&self) {
        self.sending.store(true, Ordering::Relaxed);
    }

    /// Notes that the system has taken all there was.
    pub fn sent(&self) {
        self.sending.store(false, Ordering::Relaxed);
    }

    /// Whether there are bytes that the system has not taken yet.
    pub fn is_sending(&self) -> bool {
        self.sending.load(Ordering::Relaxed)
    }

    /// Notes bytes that the system took.
    pub fn wrote(&self, bytes: usize) {
        self.written.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Bytes that the system took so far.
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    /// Bytes that unread answers keep.
    pub fn unread(&self) -> usize {
        self.unread.load(Ordering::Relaxed)
    }

    /// Notes an answer that was charged with `bytes`.
    pub fn owe(&self, answer: &Arc<Progress>, bytes: usize) {
        self.add_unread(bytes);
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        if owed.len() >= FORGET_AT {
            owed.retain(|one| one.answer.strong_count() > 0);
        }
        owed.push(Owed {
            answer: Arc::downgrade(answer),
            handed: 0,
            since: None,
        });
    }

    /// Charges more.
    pub fn add_unread(&self, bytes: usize) {
        self.unread.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Charges less.
    pub fn take_unread(&self, bytes: usize) {
        self.unread.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Looks at every answer that is owed: what moved since the last look waits from now on. While the
    /// network takes bytes of this connection (`drains`), none of its answers is to blame.
    pub fn look(&self, now: Instant, drains: bool) -> Waiting {
        let mut longest = Waiting::default();
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        owed.retain_mut(|one| {
            let Some(answer) = one.answer.upgrade() else {
                return false;
            };
            longest.answers += 1;
            let handed = answer.handed();
            if drains || handed != one.handed || answer.waits_for_us() || one.since.is_none() {
                one.handed = handed;
                one.since = Some(now);
            }
            if longest.since.is_none() || one.since < longest.since {
                longest.since = one.since;
            }
            longest.export |= answer.export;
            true
        });
        longest
    }
}

impl UnderWay {
    /// Ends it with an answer that is written next: until the system has taken it, and it is said that
    /// nothing is left, the connection is busy.
    pub fn answered(self) {
        self.0.send();
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::unread::{Kept, Unread};
    use std::time::Duration;

    #[test]
    fn an_answer_waits_from_when_it_last_moved_and_its_own_silence_counts() {
        let unread = Unread::new(1 << 20, 1 << 20);
        let traffic = Arc::new(Traffic::default());
        let still = unread.admit(Kept::bytes(9), Some(&traffic)).unwrap();
        let moving = unread.admit(Kept::bytes(9), Some(&traffic)).unwrap();
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(traffic.look(at(0), false).since, Some(at(0)));
        moving.progress.hand_over(5);
        let seen = traffic.look(at(10), false);
        assert_eq!((seen.since, seen.answers), (Some(at(0)), 2));
        still.progress.keep_waiting();
        assert_eq!(traffic.look(at(20), false).since, Some(at(10)));
        drop(moving);
        assert_eq!(traffic.look(at(30), true).since, Some(at(30)));
        drop(still);
        assert_eq!(traffic.look(at(40), false), Waiting::default());
        assert!(traffic.is_idle());
    }

    #[test]
    fn a_connection_is_idle_when_nothing_is_asked_kept_or_left_to_send() {
        let unread = Unread::new(1 << 20, 1 << 20);
        let traffic = Arc::new(Traffic::default());
        assert!(traffic.is_idle());
        let asked = traffic.begin();
        assert!(!traffic.is_idle(), "a request is under way");
        let answer = unread.admit(Kept::bytes(9), Some(&traffic));
        drop(asked);
        assert!(!traffic.is_idle(), "its answer is kept");
        drop(answer);
        assert!(traffic.is_idle());
        // What was asked before is sent while this one is under way.
        let asked = traffic.begin();
        traffic.sent();
        asked.answered();
        traffic.wrote(100);
        assert!(!traffic.is_idle(), "the system has not taken all");
        traffic.sent();
        assert!(traffic.is_idle());
    }

    #[test]
    fn answers_that_have_gone_are_forgotten() {
        let unread = Unread::new(1 << 20, 1 << 20);
        let traffic = Arc::new(Traffic::default());
        for _ in 0..1000 {
            drop(unread.admit(Kept::NOTHING, Some(&traffic)));
        }
        assert!(traffic.owed.lock().unwrap().len() <= FORGET_AT);
    }
}
