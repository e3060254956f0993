//! The recipe *follow queries*: which changes of the journal are about what some queries ask for.
//!
//! 1. A fiche as it stands today, by its latest change: it is followed when the query finds it, words and all.
//! 2. A fiche that went, or a state that a later change replaced: by what the journal kept of it
//!    ([`Trace`](crate::Trace)), which is everything that queries filter by but words. A query with words follows
//!    every fiche that went and that the rest of it finds: better told once too often than never.
//! 3. A fiche that changed so that a query without words finds it no more: it has left (`Sortie`).
//!
//! Several queries are followed as one: what any of them finds is there, what none finds any more has left.

mod kept;

use crate::journal::ground::JournalGround;
use crate::journal::run::ChangeKind;
use crate::recipes::changes::ChangeCounts;
use crate::recipes::followed::kept::KeptFilter;
use crate::recipes::search::QueryError;
use crate::snapshot::Snapshot;
use atlaas_model::{DocSet, Kind};
use atlaas_search::Query;
use std::collections::BTreeMap;

/// Queries that are followed together, at most.
pub const MOST_FOLLOWED: usize = 20;

/// From when on changes are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// All that the journal has.
    #[default]
    Start,
    /// Those of this moment, RFC 3339 in UTC, and later.
    Moment(String),
    /// Those after a snapshot.
    Snapshot(String),
}

/// What is followed.
#[derive(Clone, Debug, Default)]
pub struct FollowAsk {
    /// The queries, whose pages and orders say nothing here; none is the query that finds everything.
    pub queries: Vec<Query>,
    /// From when on.
    pub since: Since,
}

/// One change that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowedChange {
    /// Its rank in the journal.
    pub change: usize,
    /// What it is to who follows.
    pub genre: ChangeKind,
}

/// All that is followed.
#[derive(Debug, Default)]
pub struct Followed {
    /// The lines from the newest, the changes of each in its own order.
    pub changes: Vec<FollowedChange>,
    /// Whether words were asked for, which fiches that went are not filtered by.
    pub has_words: bool,
}

/// Why nothing can be followed.
#[derive(Debug, thiserror::Error)]
pub enum SinceError {
    /// The journal does not know the snapshot from which on changes are asked for.
    #[error("the journal has no snapshot {0:?}")]
    Unknown(String),
    /// A query is wrong, or failed.
    #[error(transparent)]
    Query(#[from] QueryError),
}

impl Snapshot {
    /// The changes that are about what the queries ask for, up to this snapshot.
    pub fn followed(&self, ask: &FollowAsk) -> Result<Followed, SinceError> {
        let ground = self.journal();
        let first = first(ground, &ask.since)?;
        let everything = [Query::default()];
        let queries = if ask.queries.is_empty() {
            &everything[..]
        } else {
            &ask.queries[..]
        };
        let mut has_words = false;
        let mut found: Vec<Option<ChangeKind>> = vec![None; ground.len() - first];
        for query in queries {
            let follower = Follower::of(self, ground, query)?;
            has_words |= follower.has_words;
            for (change, known) in (first..).zip(&mut found) {
                *known = match (*known, follower.follows(change)) {
                    (None | Some(ChangeKind::Sortie), Some(told)) => Some(told),
                    (known, _) => known,
                };
            }
        }
        let mut changes: Vec<FollowedChange> = (first..)
            .zip(found)
            .filter_map(|(change, genre)| Some(genre).flatten().map(|genre| (change, genre)))
            .map(|(change, genre)| FollowedChange { change, genre })
            .collect();
        // Lines from the newest; stable, so that each keeps its own order.
        changes.sort_by_key(|one| std::cmp::Reverse(ground.run_of(one.change).numero));
        Ok(Followed { changes, has_words })
    }
}

impl Followed {
    /// How many of each kind came, changed, went or left.
    pub fn counts(&self, ground: &JournalGround) -> BTreeMap<Kind, ChangeCounts> {
        let mut counts: BTreeMap<Kind, ChangeCounts> = BTreeMap::new();
        for one in &self.changes {
            let of = counts.entry(ground.change(one.change).fiche.kind);
            let counts = of.or_default();
            match one.genre {
                ChangeKind::Ajout => counts.ajouts += 1,
                ChangeKind::Modification => counts.modifications += 1,
                ChangeKind::Retrait | ChangeKind::Sortie => counts.retraits += 1,
            }
        }
        counts
    }
}

/// The first change that is asked for.
fn first(ground: &JournalGround, since: &Since) -> Result<usize, SinceError> {
    let after = |numero: i64| {
        (0..ground.len())
            .position(|change| ground.run_of(change).numero > numero)
            .unwrap_or(ground.len())
    };
    match since {
        Since::Start => Ok(0),
        Since::Moment(moment) => Ok((0..ground.len())
            .position(|change| ground.run_of(change).moment >= *moment)
            .unwrap_or(ground.len())),
        Since::Snapshot(id) => {
            let runs = ground.runs();
            if let Some(run) = runs.iter().rev().find(|run| run.instantane == *id) {
                return Ok(after(run.numero));
            }
            let start = runs.first().and_then(|run| run.precedent.as_ref());
            if start == Some(id) {
                return Ok(0);
            }
            Err(SinceError::Unknown(id.clone()))
        }
    }
}

/// What one query follows.
struct Follower<'a> {
    ground: &'a JournalGround,
    /// What it finds today.
    docs: DocSet,
    kept: KeptFilter<'a>,
    has_words: bool,
}

impl<'a> Follower<'a> {
    fn of(
        snapshot: &'a Snapshot,
        ground: &'a JournalGround,
        query: &Query,
    ) -> Result<Self, QueryError> {
        let (plan, docs) = snapshot.matching(query)?;
        let told = &plan.comprehension;
        let query = &plan.resolved;
        let has_words = !told.texte.is_empty()
            || !told.sens_proches.is_empty()
            || !query.or_named.is_empty()
            || !query.or_texted.is_empty();
        Ok(Self {
            ground,
            docs,
            kept: KeptFilter::new(snapshot, ground, plan),
            has_words,
        })
    }

    fn follows(&self, change: usize) -> Option<ChangeKind> {
        let told = self.ground.change(change);
        let today = self.ground.doc(change);
        let found = |doc| self.docs.contains(doc);
        let is_there = match today {
            _ if told.genre == ChangeKind::Retrait => self.kept.keeps(change),
            Some(doc) if self.ground.is_latest(change) => found(doc),
            Some(doc) => (!self.has_words || found(doc)) && self.kept.keeps(change),
            None => self.kept.keeps(change),
        };
        if is_there {
            return Some(told.genre);
        }
        let was_there = !self.has_words && self.kept.kept_before(change);
        was_there.then_some(ChangeKind::Sortie)
    }
}
