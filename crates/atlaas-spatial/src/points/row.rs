//! One point of a tileset: where its symbol stands, what it says, which categories it counts for.

use atlaas_model::{DocId, Position};

/// One fiche on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// The fiche.
    pub doc: DocId,
    /// Where its symbol stands.
    pub position: Position,
    /// Ranks of its categories in the list of the table; ranks outside of it count for nothing.
    pub categories: Vec<u16>,
    /// Property `id`: the fiche's id.
    pub id: String,
    /// Property `titre` of an initiative, `nom` of anything else; cut at 80 characters.
    pub name: String,
    /// Property `enjeu` of an initiative, `typologie` of anything else, by slug: what colours its
    /// symbol ([`Fiche::category`](atlaas_model::Fiche::category)).
    pub category: Option<String>,
    /// Property `annee`.
    pub year: Option<u16>,
    /// Property `commune`: the name of the commune.
    pub commune: Option<String>,
    /// Property `arobases`: level of the commune or EPCI, 0 without any.
    pub arobases: u8,
}
