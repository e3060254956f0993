//! What an index writes into the journal: its fiches compared with those of the snapshot that is current.

use crate::candidates;
use crate::error::EngineError;
use crate::files::manifest::Manifest;
use crate::journal::file::Journal;
use crate::journal::run::{ChangeKind, JournalChange, JournalRun};
use crate::journal::trace::Trace;
use crate::recipes::changes::{Changes, Side, changed_fields};
use atlaas_model::{Corpus, Fiche, LabelRule};
use jiff::Timestamp;
use std::path::Path;

/// What is to be written once the snapshot has its name.
pub struct NextRun {
    /// The snapshot that was current when the fiches were compared, and can be read.
    precedent: Option<String>,
    changes: Vec<JournalChange>,
}

impl NextRun {
    /// Compares what will be a snapshot with the one that is current. One that cannot be read is none: the
    /// journal has a gap there, and says so.
    pub fn of(directory: &Path, corpus: &Corpus) -> Self {
        let current = candidates::newest(directory).ok().flatten();
        let Some(old) = current.and_then(|path| Side::read(&path).ok()) else {
            return Self {
                precedent: None,
                changes: Vec::new(),
            };
        };
        let new = Side {
            id: String::new(),
            created: String::new(),
            fiches: std::sync::Arc::clone(&corpus.fiches),
            schema: std::sync::Arc::clone(&corpus.schema),
        };
        Self {
            changes: changes(&old, &new),
            precedent: Some(old.id),
        }
    }
}

/// Every difference, those of what is there now before those of what is not.
fn changes(old: &Side, new: &Side) -> Vec<JournalChange> {
    let (was, is) = (LabelRule::new(&old.fiches), LabelRule::new(&new.fiches));
    let found = Changes::between(old, new);
    let plain = |genre, fiche: &Fiche, rule: &LabelRule| JournalChange {
        genre,
        fiche: Trace::of(fiche, rule),
        champs: Vec::new(),
        avant: None,
    };
    let changed = found.changed.iter().map(|&(before, after)| {
        let (before, after) = (old.fiche(before), new.fiche(after));
        let fields = changed_fields((before, &old.schema), (after, &new.schema));
        let own = plain(ChangeKind::Modification, after, &is);
        let before = Trace::of(before, &was);
        JournalChange {
            champs: fields.into_iter().map(|field| field.champ).collect(),
            avant: (!before.filters_as(&own.fiche)).then(|| Box::new(before)),
            ..own
        }
    });
    let added = found.added.iter().map(|&doc| new.fiche(doc));
    let added = added.map(|fiche| plain(ChangeKind::Ajout, fiche, &is));
    let mut changes: Vec<JournalChange> = added.chain(changed).collect();
    changes.sort_by(|a, b| (a.fiche.kind, &a.fiche.id).cmp(&(b.fiche.kind, &b.fiche.id)));
    let removed = found.removed.iter().map(|&doc| old.fiche(doc));
    changes.extend(removed.map(|fiche| plain(ChangeKind::Retrait, fiche, &was)));
    changes
}

/// Adds a line for a snapshot that is about to be current; the very same snapshot adds none.
pub fn publish(
    directory: &Path,
    manifest: &Manifest,
    next: Option<NextRun>,
) -> Result<(), EngineError> {
    let current = candidates::newest(directory).ok().flatten();
    let current = current.map(|path| crate::files::disk::name_of(&path));
    let Some(next) = next.filter(|_| current.as_ref() != Some(&manifest.id)) else {
        return Ok(());
    };
    let mut journal = Journal::read(directory);
    if let Some(current) = &current {
        // A line of a snapshot that never became current: the index that wrote it was killed.
        journal = journal.up_to(current);
    }
    let moment = moment(manifest, journal.runs.last());
    journal.runs.push(JournalRun {
        numero: moment.as_second(),
        moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        instantane: manifest.id.clone(),
        precedent: next.precedent,
        omis: 0,
        changements: next.changes,
    });
    journal.cut();
    journal.write(directory)
}

/// When a snapshot was built; a second after the line before, should a clock have gone back.
fn moment(manifest: &Manifest, before: Option<&JournalRun>) -> Timestamp {
    let built = manifest.cree.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let next = before.and_then(|run| Timestamp::from_second(run.numero + 1).ok());
    next.map_or(built, |next| built.max(next))
}
