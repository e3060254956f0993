//! The search of one snapshot: what it holds, how it is built and opened.
//!
//! Planning is in `plan.rs`, answering in `execute.rs`.

use crate::{
    analysis::Stems,
    columns::Columns,
    error::SearchError,
    gather::Scratch,
    gazetteer::Gazetteer,
    index::{self, TextIndex},
    rank::Known,
    tuning::{Tuning, Weights},
    understand::Understander,
};
use atlaas_model::{Corpus, DocId, Fiche, Kind, Position, TerritoryIndex, Vocabulary};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};

/// Everything that answers queries over one snapshot; immutable, shared between threads.
pub struct Search {
    pub(crate) fiches: Arc<Vec<Fiche>>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) columns: Columns,
    pub(crate) territories: Arc<TerritoryIndex>,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) understander: Understander,
    pub(crate) index: TextIndex,
    pub(crate) known: Known,
    pub(crate) stems: Stems,
    pub(crate) weights: Weights,
    pub(crate) positions: Arc<[Option<Position>]>,
    scratches: Mutex<Vec<Scratch>>,
}

impl Search {
    /// Writes the index of the fiches into a directory, which is created and must be empty.
    pub fn build(dir: &Path, fiches: &[Fiche], vocabulary: &Vocabulary) -> Result<(), SearchError> {
        Self::build_tuned(dir, fiches, vocabulary, Tuning::default())
    }

    /// The same, for an ablation.
    pub fn build_tuned(
        dir: &Path,
        fiches: &[Fiche],
        vocabulary: &Vocabulary,
        tuning: Tuning,
    ) -> Result<(), SearchError> {
        index::build(dir, fiches, vocabulary, tuning.stemming)
    }

    /// Opens what [`Search::build`] wrote; `fiches` must be the same, in the same order.
    pub fn open(
        dir: &Path,
        fiches: Arc<Vec<Fiche>>,
        vocabulary: Arc<Vocabulary>,
    ) -> Result<Self, SearchError> {
        Self::open_tuned(dir, fiches, vocabulary, Tuning::default())
    }

    /// The same, sharing what others have indexed of the fiches.
    pub fn open_corpus(dir: &Path, corpus: Corpus) -> Result<Self, SearchError> {
        Self::open_corpus_tuned(dir, corpus, Tuning::default())
    }

    /// The same, for an ablation.
    pub fn open_tuned(
        dir: &Path,
        fiches: Arc<Vec<Fiche>>,
        vocabulary: Arc<Vocabulary>,
        tuning: Tuning,
    ) -> Result<Self, SearchError> {
        Self::open_corpus_tuned(dir, Corpus::new(fiches, vocabulary), tuning)
    }

    fn open_corpus_tuned(dir: &Path, corpus: Corpus, tuning: Tuning) -> Result<Self, SearchError> {
        let Corpus {
            fiches,
            vocabulary,
            territories,
            positions,
        } = corpus;
        // The gazetteer is half of the work: two threads make a reload shorter.
        let (gazetteer, rest) = std::thread::scope(|threads| {
            let gazetteer = threads.spawn(|| Gazetteer::build(&fiches));
            let rest = TextIndex::open(dir, fiches.len() as u32).and_then(|index| {
                let columns = Columns::build(&fiches, &vocabulary)?;
                Ok((index, columns, Known::build(&fiches, &tuning.weights)))
            });
            (gazetteer.join(), rest)
        });
        let (index, columns, known) = rest?;
        Ok(Self {
            index,
            columns,
            known,
            // A panic there is a bug that must not be hidden.
            gazetteer: gazetteer.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            territories,
            understander: Understander::new(&vocabulary),
            stems: Stems::of(tuning.stemming),
            weights: tuning.weights,
            positions,
            scratches: Mutex::default(),
            fiches,
            vocabulary,
        })
    }

    /// The names of the territories, for suggestions and geocoding.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The fiches, by document.
    pub fn fiches(&self) -> &Arc<Vec<Fiche>> {
        &self.fiches
    }

    /// The words of the facets.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Finds territories by code.
    pub fn territories(&self) -> &TerritoryIndex {
        &self.territories
    }

    /// Département and région of a territory, as people tell homonyms apart.
    pub(crate) fn where_it_lies(&self, doc: DocId) -> String {
        let territory = &self.fiches[doc as usize].territory;
        let name = |kind: Kind| {
            let found = self.territories.doc(kind, territory.at(kind)?)?;
            (found != doc).then(|| self.fiches[found as usize].name.as_str())
        };
        let names: Vec<&str> = [Kind::Departement, Kind::Region]
            .into_iter()
            .filter_map(name)
            .collect();
        names.join(", ")
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
