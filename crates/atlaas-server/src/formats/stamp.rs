//! Which snapshot an answer comes from, and what an export tells of itself: its title, its query, its date,
//! under which licence.

use serde::Serialize;

/// Which snapshot an answer comes from.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Instantane)]
pub struct SnapshotStamp {
    /// Name of the snapshot.
    pub id: String,
    /// When it was built, RFC 3339.
    pub date: String,
    /// Whether its data was generated.
    pub demonstration: bool,
}

impl SnapshotStamp {
    /// The stamp of a snapshot.
    pub fn of(snapshot: &atlaas_engine::Snapshot) -> Self {
        let manifest = snapshot.manifest();
        Self {
            id: manifest.id.clone(),
            date: manifest.cree.clone(),
            demonstration: manifest.is_demonstration(),
        }
    }
}

/// A licence, as catalogues and files name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Identifier in the list of SPDX.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Where its text stands.
    pub url: &'static str,
}

/// The licence of what is published.
pub const LICENCE: Licence = Licence {
    id: "etalab-2.0",
    title: "Licence Ouverte / Open Licence version 2.0",
    url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
};

/// What an export tells of itself, inside or beside.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// What it is, in words.
    pub title: String,
    /// The snapshot that it was written from.
    pub stamp: SnapshotStamp,
    /// The canonical query that it answers; may be empty.
    pub query: String,
    /// Its own address.
    pub address: String,
}
