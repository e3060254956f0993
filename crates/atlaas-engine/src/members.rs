//! Which documents lie in each territory: what a set of territories selects, without looking at every
//! fiche. Made when it is first asked for.

use atlaas_model::{Code, DocId, DocSet, Fiche, Level};
use std::sync::OnceLock;

/// Documents by territory, for each level.
#[derive(Default)]
pub struct Members([OnceLock<Vec<(Code, DocId)>>; Level::ALL.len()]);

impl Members {
    /// The documents that lie in one territory, itself among them.
    pub fn of<'a>(
        &'a self,
        fiches: &[Fiche],
        level: Level,
        code: Code,
    ) -> impl Iterator<Item = DocId> + 'a {
        let all = self.at(fiches, level);
        let start = all.partition_point(|(own, _)| *own < code);
        let rest = all[start..].iter();
        rest.take_while(move |(own, _)| *own == code)
            .map(|(_, doc)| *doc)
    }

    /// The documents that lie in any of some territories.
    pub fn of_any(&self, fiches: &[Fiche], level: Level, codes: &[Code]) -> DocSet {
        let docs = codes.iter().flat_map(|&code| self.of(fiches, level, code));
        DocSet::from_docs(fiches.len() as u32, docs)
    }

    fn at(&self, fiches: &[Fiche], level: Level) -> &[(Code, DocId)] {
        // The levels are few and fixed: each has its place in their order.
        self.0[level as usize].get_or_init(|| {
            let placed = fiches.iter().zip(0..);
            let placed = placed.filter_map(|(fiche, doc)| Some((fiche.territory.at(level)?, doc)));
            let mut all: Vec<(Code, DocId)> = placed.collect();
            all.sort_unstable();
            all
        })
    }
}
