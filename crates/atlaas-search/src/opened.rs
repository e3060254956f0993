//! Everything that is open of one snapshot, ready to be asked.
//!
//! It is made once and never changes; it answers nothing by itself.

use crate::{
    error::SearchError,
    gazetteer::Gazetteer,
    index::columns::Columns,
    index::text_index::TextIndex,
    matching::gather::Scratch,
    matching::priors::Priors,
    matching::tuning::{LadderStep, Tuning, Weights},
    text::analysis::Stems,
    understand::Understander,
};
use atlaas_model::{Corpus, Fiche, Position, Schema, TerritoryIndex};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};

/// Everything that answers queries over one snapshot; immutable, shared between threads.
pub(crate) struct Opened {
    pub fiches: Arc<Vec<Fiche>>,
    pub schema: Arc<Schema>,
    pub columns: Columns,
    pub territories: Arc<TerritoryIndex>,
    pub gazetteer: Gazetteer,
    pub understander: Understander,
    pub index: TextIndex,
    pub priors: Priors,
    pub stems: Stems,
    pub weights: Weights,
    without: Option<LadderStep>,
    pub positions: Arc<[Option<Position>]>,
    scratches: Mutex<Vec<Scratch>>,
}

impl Opened {
    /// Opens what `writing::build` wrote; the fiches must be the same, in the same order.
    pub fn open(dir: &Path, corpus: Corpus, tuning: Tuning) -> Result<Self, SearchError> {
        let Corpus {
            fiches,
            schema,
            territories,
            positions,
        } = corpus;
        // The gazetteer is half of the work: two threads make a reload shorter.
        let (gazetteer, rest) = std::thread::scope(|threads| {
            let gazetteer = threads.spawn(|| Gazetteer::build(&fiches));
            let rest = TextIndex::open(dir, fiches.len() as u32).and_then(|index| {
                let columns = Columns::build(&fiches, &schema)?;
                Ok((index, columns, Priors::build(&fiches, &tuning.weights)))
            });
            (gazetteer.join(), rest)
        });
        let (index, columns, priors) = rest?;
        Ok(Self {
            index,
            columns,
            priors,
            // A panic there is a bug that must not be hidden.
            gazetteer: gazetteer.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            territories,
            understander: Understander::new(&schema),
            stems: Stems::of(tuning.stemming),
            weights: tuning.weights,
            without: tuning.without,
            positions,
            scratches: Mutex::default(),
            fiches,
            schema,
        })
    }

    /// Whether a step may be taken; all may but in an ablation.
    pub(crate) fn takes(&self, step: LadderStep) -> bool {
        self.without != Some(step)
    }

    /// Working memory for one query, returned when dropped.
    pub(crate) fn scratch(&self) -> Borrowed<'_> {
        let free = self.scratches.lock().ok().and_then(|mut pool| pool.pop());
        Borrowed {
            pool: &self.scratches,
            scratch: free.unwrap_or_default().for_docs(self.columns.universe),
        }
    }
}

/// Working memory that goes back to its pool, clean.
pub(crate) struct Borrowed<'a> {
    pool: &'a Mutex<Vec<Scratch>>,
    pub scratch: Scratch,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        if let Ok(mut pool) = self.pool.lock() {
            pool.push(scratch);
        }
    }
}
