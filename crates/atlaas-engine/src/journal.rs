//! The journal of changes: what each index added, changed and removed, and when. It lies beside the snapshots
//! and is no part of any, nor of their names: it holds what no single snapshot knows.
//!
//! `journal.txt` in the directory of snapshots has one line an index that changed something: the SHA-256 of
//! the rest, a space, a [`JournalRun`] as JSON. It is written whole beside and renamed, before `actuel` moves:
//! a kill leaves the old journal, or a last line of a snapshot that was never current, which the next index
//! takes out and no server reads. A line that is torn or damaged is left out and said; nothing fails for it.
//!
//! It is bounded ([`file::MOST_CHANGES`], [`file::MOST_RUNS`], [`file::OLDEST_DAYS`]): the oldest lines go first.
//! Of a fiche it keeps what queries filter by, its name and its id ([`Trace`]): no text, address or contact.

pub mod file;
pub mod ground;
pub mod run;
pub mod trace;
pub mod writing;

pub use file::JOURNAL_FILE;
pub use ground::JournalGround;
pub use run::{ChangeKind, JournalChange, JournalRun};
pub use trace::Trace;

/// What of the journal of a directory of snapshots, or of the one beside a snapshot, cannot be read.
pub fn journal_damage(directory: &std::path::Path) -> Option<String> {
    let is_snapshot = directory
        .join(crate::files::manifest::MANIFEST_FILE)
        .is_file();
    let beside = directory.parent().filter(|_| is_snapshot);
    file::Journal::read(beside.unwrap_or(directory)).damage
}

#[cfg(test)]
mod tests;
