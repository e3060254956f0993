//! The changes as JSON of our own shape.

use crate::api::changes::document::{ChangesDocument, ToldChange};
use crate::formats::stamp::SnapshotStamp;
use crate::wire::links::Link;
use atlaas_engine::{ChangeCounts, ChangeKind, JournalGround};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use utoipa::ToSchema;

/// What came, changed and went.
#[derive(Serialize, ToSchema)]
#[schema(as = Changements)]
pub struct ChangesAnswer<'a> {
    snapshot: SnapshotStamp,
    journal: JournalStamp,
    /// How many changes are followed in all.
    total: usize,
    /// The same by kind of fiche; what left the query counts among those that went.
    comptes: BTreeMap<String, ChangeCounts>,
    /// Whether the query has words, which fiches that went are not filtered by.
    mots_non_filtres: bool,
    /// The newest line of the journal first.
    changements: Vec<Change<'a>>,
    links: &'a [Link],
}

/// What the journal holds.
#[derive(Serialize, ToSchema)]
#[schema(as = Journal)]
struct JournalStamp {
    /// Moment of its first line; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    debut: Option<String>,
    /// Lines: indexes that changed something.
    passages: usize,
    /// Whether changes are told by no line, since one was lost or is too long.
    lacunes: bool,
}

impl JournalStamp {
    fn of(ground: &JournalGround) -> Self {
        Self {
            debut: ground.runs().first().map(|run| run.moment.clone()),
            passages: ground.runs().len(),
            lacunes: ground.damage().is_some() || ground.has_gaps(),
        }
    }
}

/// One change.
#[derive(Serialize, ToSchema)]
#[schema(as = Changement)]
struct Change<'a> {
    changement: ChangeKind,
    /// When it was indexed, RFC 3339.
    moment: &'a str,
    /// The snapshot that has it.
    instantane: &'a str,
    /// The one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    precedent: Option<&'a str>,
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    nom: &'a str,
    /// Names of the fields that changed.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    champs: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    code_commune: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_departement: Option<String>,
    /// Page of the fiche; absent when it is not there any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

impl<'a> Change<'a> {
    fn of(told: &'a ToldChange<'a>) -> Self {
        let fiche = &told.change.fiche;
        let code = |code: Option<atlaas_model::Code>| code.map(|code| code.to_string());
        Self {
            changement: told.genre,
            moment: &told.run.moment,
            instantane: &told.run.instantane,
            precedent: told.run.precedent.as_deref(),
            id: fiche.id.as_str(),
            kind: fiche.kind.as_str(),
            nom: &fiche.nom,
            champs: &told.change.champs,
            code_commune: code(fiche.territoire.commune),
            code_departement: code(fiche.territoire.departement),
            url: told.url.as_deref(),
        }
    }
}

/// Writes it.
pub fn write(document: &ChangesDocument<'_>) -> io::Result<Vec<u8>> {
    let ground = document.snapshot.journal();
    let counts = document.followed.counts(ground).into_iter();
    let answer = ChangesAnswer {
        snapshot: SnapshotStamp::of(document.snapshot),
        journal: JournalStamp::of(ground),
        total: document.followed.changes.len(),
        comptes: counts
            .map(|(kind, counts)| (kind.to_string(), counts))
            .collect(),
        mots_non_filtres: document.followed.has_words,
        changements: document.changes.iter().map(Change::of).collect(),
        links: &document.links,
    };
    serde_json::to_vec(&answer).map_err(io::Error::other)
}
