//! One line of the journal: which snapshot followed which, when, and every fiche that differs.

use crate::journal::trace::Trace;
use serde::{Deserialize, Serialize};

/// What happened to a fiche.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = GenreDeChangement)]
pub enum ChangeKind {
    /// It came.
    Ajout,
    /// It changed.
    Modification,
    /// It went.
    Retrait,
    /// It changed so that it answers no more to what is asked; never written in a journal.
    Sortie,
}

impl ChangeKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Ajout, Self::Modification, Self::Retrait, Self::Sortie];

    /// Its public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ajout => "ajout",
            Self::Modification => "modification",
            Self::Retrait => "retrait",
            Self::Sortie => "sortie",
        }
    }

    /// Whether the fiche is not there any more, for who follows.
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Retrait | Self::Sortie)
    }
}

/// One fiche that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalChange {
    /// What happened.
    pub genre: ChangeKind,
    /// The fiche as it is after; as it was, when it went.
    pub fiche: Trace,
    /// Names of the fields that differ, when it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub champs: Vec<String>,
    /// As it was, when queries can tell the difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avant: Option<Box<Trace>>,
}

/// What one index changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JournalRun {
    /// Which one: the seconds of its moment since 1970, so that a journal that was lost gives no number again.
    pub numero: i64,
    /// When, RFC 3339 in UTC, later than the one before.
    pub moment: String,
    /// The snapshot that it built.
    pub instantane: String,
    /// The snapshot that it was compared with; absent when there was none, or none that could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precedent: Option<String>,
    /// How many changes are not listed, because there are more than a journal holds.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub omis: u64,
    /// Every fiche that differs, in the order of documents: those that came or changed, then those that went.
    pub changements: Vec<JournalChange>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_nothing(omitted: &u64) -> bool {
    *omitted == 0
}

impl JournalRun {
    /// Whether changes are told by no line: it does not follow the line before, or does not list its own.
    pub fn is_gap(&self, before: Option<&Self>) -> bool {
        let follows = |before: &Self| self.precedent.as_ref() == Some(&before.instantane);
        self.omis > 0 || before.is_some_and(|before| !follows(before))
    }
}
