//! The journal as an open snapshot asks it: every change in one row, with the fiche that it is about where that
//! is still there, and where each fiche was.

use crate::catalogue::Catalogue;
use crate::journal::file::Journal;
use crate::journal::run::{JournalChange, JournalRun};
use crate::journal::trace::Trace;
use atlaas_model::{DocId, FicheId};
use atlaas_spatial::SpatialIndex;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Where a change stands, and what is there of it now.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// Rank of its line.
    run: u32,
    /// Rank within the line.
    rank: u32,
    /// The fiche of its id, when there is one today.
    doc: Option<DocId>,
    /// Whether no later change is about the same fiche.
    latest: bool,
}

/// The journal up to a snapshot, ready to be asked; changes are known by their rank, the oldest first.
pub struct JournalGround {
    journal: Journal,
    rows: Vec<Row>,
    after: OnceLock<SpatialIndex>,
    before: OnceLock<SpatialIndex>,
}

impl JournalGround {
    /// Looks up every change among the fiches of the snapshot.
    pub(crate) fn new(journal: Journal, catalogue: &Catalogue) -> Self {
        let mut rows = Vec::new();
        for (run, number) in journal.runs.iter().zip(0..) {
            rows.extend(run.changements.iter().zip(0..).map(|(change, rank)| Row {
                run: number,
                rank,
                doc: catalogue.doc_of(&change.fiche.id),
                latest: false,
            }));
        }
        let mut met: HashSet<&FicheId> = HashSet::new();
        for row in rows.iter_mut().rev() {
            let run = &journal.runs[row.run as usize];
            row.latest = met.insert(&run.changements[row.rank as usize].fiche.id);
        }
        drop(met);
        Self {
            journal,
            rows,
            after: OnceLock::new(),
            before: OnceLock::new(),
        }
    }

    /// The lines, the oldest first.
    pub fn runs(&self) -> &[JournalRun] {
        &self.journal.runs
    }

    /// What of the journal could not be read, if anything.
    pub fn damage(&self) -> Option<&str> {
        self.journal.damage.as_deref()
    }

    /// How many changes there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A change; `change` must be below [`len`](Self::len).
    pub fn change(&self, change: usize) -> &JournalChange {
        let row = self.rows[change];
        &self.run_of(change).changements[row.rank as usize]
    }

    /// The line of a change.
    pub fn run_of(&self, change: usize) -> &JournalRun {
        &self.journal.runs[self.rows[change].run as usize]
    }

    /// The rank of a change within its line.
    pub fn rank_of(&self, change: usize) -> u32 {
        self.rows[change].rank
    }

    /// The fiche of its id, when there is one today.
    pub fn doc(&self, change: usize) -> Option<DocId> {
        self.rows[change].doc
    }

    /// Whether no later change is about the same fiche.
    pub fn is_latest(&self, change: usize) -> bool {
        self.rows[change].latest
    }

    /// Whether changes are told by no line between the first and the last.
    pub fn has_gaps(&self) -> bool {
        let lines = self.journal.runs.iter();
        let before = std::iter::once(None).chain(self.journal.runs.iter().map(Some));
        lines.zip(before).any(|(run, before)| run.is_gap(before))
    }

    /// Where the fiches of the changes are, by change.
    pub(crate) fn after(&self) -> &SpatialIndex {
        self.after
            .get_or_init(|| self.placed(|change| Some(&change.fiche)))
    }

    /// Where they were before, by change, when that is kept.
    pub(crate) fn before(&self) -> &SpatialIndex {
        self.before
            .get_or_init(|| self.placed(|change| change.avant.as_deref()))
    }

    fn placed(&self, trace: impl Fn(&JournalChange) -> Option<&Trace>) -> SpatialIndex {
        let changes = (0..self.len()).map(|change| self.change(change));
        let positions = changes.map(|change| trace(change).and_then(|trace| trace.position));
        SpatialIndex::new(positions.collect::<Vec<_>>())
    }
}
