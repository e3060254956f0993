//! The journal as a file: read with whatever is damaged left out, cut to its bounds, written whole.

use crate::error::EngineError;
use crate::files::digest::sha256;
use crate::files::disk::{self, sync};
use crate::journal::run::JournalRun;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Name of the journal in a directory of snapshots.
pub const JOURNAL_FILE: &str = "journal.txt";
/// The same before it is renamed; the next index removes what a killed one left.
pub const NEXT_JOURNAL: &str = ".journal";
/// Changes that a journal lists: more than all fiches of France, once.
pub const MOST_CHANGES: usize = 100_000;
/// Lines of a journal: one an hour for a year.
pub const MOST_RUNS: usize = 10_000;
/// Days before the newest line after which a line goes.
pub const OLDEST_DAYS: i64 = 400;
/// Seconds of a day.
const DAY_S: i64 = 24 * 3600;
/// Bytes that are read at most: twice what the bounds make.
const LARGEST: u64 = 256 << 20;
/// Hexadecimal digits of a digest.
const DIGEST: usize = 64;

/// What is known of the changes before a snapshot, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// What each index changed.
    pub runs: Vec<JournalRun>,
    /// What of the file could not be read, if anything.
    pub damage: Option<String>,
}

impl Journal {
    /// Reads the journal of a directory of snapshots: whatever is sound in it. None at all is an empty one.
    pub fn read(directory: &Path) -> Self {
        let path = directory.join(JOURNAL_FILE);
        match disk::read_bounded(&path, LARGEST) {
            Ok(bytes) => Self::parse(&bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => Self {
                runs: Vec::new(),
                damage: Some(format!("{JOURNAL_FILE}: {error}")),
            },
        }
    }

    fn parse(bytes: &[u8]) -> Self {
        let mut journal = Self::default();
        let mut broken = Vec::new();
        for (line, number) in bytes.split_inclusive(|byte| *byte == b'\n').zip(1..) {
            let last = journal.runs.last().map_or(i64::MIN, |run| run.numero);
            match read_line(line).filter(|run| run.numero > last) {
                Some(run) => journal.runs.push(run),
                None => broken.push(number),
            }
        }
        if let [first, others @ ..] = broken.as_slice() {
            let more = if others.is_empty() {
                String::new()
            } else {
                format!(" and {} more", others.len())
            };
            let reason = "torn or damaged, left out";
            journal.damage = Some(format!("{JOURNAL_FILE}: line {first}{more} {reason}"));
        }
        journal
    }

    /// The same as it stood when a snapshot was current: later lines are those of snapshots that are not open,
    /// or never were current. A snapshot of which no line tells has it whole.
    #[must_use]
    pub fn up_to(mut self, snapshot: &str) -> Self {
        let of = |run: &JournalRun| run.instantane == snapshot;
        let after = |run: &JournalRun| run.precedent.as_deref() == Some(snapshot);
        let end = self.runs.iter().rposition(of).map(|rank| rank + 1);
        let end = end.or_else(|| self.runs.iter().position(after));
        self.runs.truncate(end.unwrap_or(self.runs.len()));
        self
    }

    /// Drops the oldest lines until the rest is within bounds.
    pub(super) fn cut(&mut self) {
        if let Some(newest) = self.runs.last_mut()
            && newest.changements.len() > MOST_CHANGES
        {
            newest.omis = newest.changements.len() as u64;
            newest.changements = Vec::new();
        }
        let newest = self.runs.last().map_or(0, |run| run.numero);
        let recent = |run: &JournalRun| newest - run.numero <= OLDEST_DAYS * DAY_S;
        let mut changes = 0;
        let kept = self.runs.iter().rev().take(MOST_RUNS).take_while(|run| {
            changes += run.changements.len();
            changes <= MOST_CHANGES && recent(run)
        });
        let kept = kept.count().max(1);
        self.runs.drain(..self.runs.len().saturating_sub(kept));
    }

    /// Puts the journal in the place of the one that is there, in one step.
    pub(super) fn write(&self, directory: &Path) -> Result<(), EngineError> {
        let mut text = String::new();
        for run in &self.runs {
            let path = directory.join(JOURNAL_FILE);
            let json = serde_json::to_string(run)
                .map_err(|error| EngineError::damaged(&path, error.to_string()))?;
            text.push_str(&sha256(json.as_bytes()));
            text.push(' ');
            text.push_str(&json);
            text.push('\n');
        }
        let fresh = directory.join(NEXT_JOURNAL);
        fs::write(&fresh, text).map_err(EngineError::at(&fresh))?;
        sync(&fresh)?;
        let path = directory.join(JOURNAL_FILE);
        fs::rename(&fresh, &path).map_err(EngineError::at(&path))?;
        sync(directory)
    }
}

/// One line, when it is what was written.
fn read_line(line: &[u8]) -> Option<JournalRun> {
    let line = line.strip_suffix(b"\n")?;
    let (digest, json) = line.split_at_checked(DIGEST)?;
    let json = json.strip_prefix(b" ")?;
    (sha256(json).as_bytes() == digest).then_some(())?;
    serde_json::from_slice(json).ok()
}
