//! Which tiles were found whole, and when: a tile that is served packed need not be unpacked for that
//! each time.
//!
//! Whoever opens an archive has checked it as a whole; what is caught here is what happens to the file
//! afterwards. Four bytes a tile.

use std::{
    sync::atomic::{AtomicU32, AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// How long a tile that was found whole is believed to be. To unpack a tile costs some ten times what
/// it costs to send it: once in so long, that is nothing where tiles are asked for often.
const BELIEVED: Duration = Duration::from_secs(600);

/// What is known of the tiles of one archive.
#[derive(Debug)]
pub struct Soundness {
    opened: Instant,
    /// By entry: seconds from the opening to the last check, plus one; 0 before the first.
    checked_s: Box<[AtomicU32]>,
    damage_met: AtomicU64,
}

impl Soundness {
    /// Nothing is known of so many tiles.
    pub fn unknown(tiles: usize) -> Self {
        Self {
            opened: Instant::now(),
            checked_s: (0..tiles).map(|_| AtomicU32::new(0)).collect(),
            damage_met: AtomicU64::new(0),
        }
    }

    /// Whether a tile must be looked at before it is sent.
    pub fn is_due(&self, rank: usize) -> bool {
        self.is_due_at(rank, self.opened.elapsed())
    }

    fn is_due_at(&self, rank: usize, now: Duration) -> bool {
        match self.checked_s[rank].load(Ordering::Relaxed).checked_sub(1) {
            None => true,
            Some(checked) => now.as_secs() >= u64::from(checked) + BELIEVED.as_secs(),
        }
    }

    /// A tile was unpacked without fault.
    pub fn found_whole(&self, rank: usize) {
        self.found_whole_at(rank, self.opened.elapsed());
    }

    fn found_whole_at(&self, rank: usize, now: Duration) {
        // After 136 years every tile is looked at each time.
        let seconds = u32::try_from(now.as_secs() + 1).unwrap_or(u32::MAX);
        self.checked_s[rank].store(seconds, Ordering::Relaxed);
    }

    /// A tile could not be unpacked.
    pub fn found_damaged(&self) {
        self.damage_met.fetch_add(1, Ordering::Relaxed);
    }

    /// How often that happened.
    pub fn damage_met(&self) -> u64 {
        self.damage_met.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_looked_at_first_and_again_after_a_while() {
        let soundness = Soundness::unknown(2);
        let at = Duration::from_secs;
        assert!(soundness.is_due_at(0, at(0)));
        soundness.found_whole_at(0, at(5));
        assert!(!soundness.is_due_at(0, at(5)));
        assert!(!soundness.is_due_at(0, at(604)));
        assert!(soundness.is_due_at(0, at(605)));
        assert!(soundness.is_due_at(1, at(604)), "each tile by itself");
    }
}
