//! Which snapshot an answer comes from.

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
