//! The label: a level of one to five arobases for a year, and mentions, given to a commune or to a
//! whole *territoire* (an EPCI, or an EPT of Grand Paris).

use crate::Code;
use crate::named::named;
use serde::{Deserialize, Serialize};

named! {
    /// Where a label comes from, as told by its source.
    #[derive(utoipa::ToSchema)]
    #[schema(as = OrigineDuLabel, rename_all = "lowercase")]
    pub enum LabelOrigin {
        /// A published fact.
        Releve = "releve",
        /// Drawn at random from known proportions.
        Synthetique = "synthetique",
        /// The source does not say.
        Inconnue = "inconnue",
    }
}

/// A group of communes that was labelled as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelledGroup {
    /// SIREN of the EPCI or EPT.
    pub code: Code,
    /// Its name.
    pub name: String,
}

/// One year's label; a mention may come without a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Year of the award.
    pub year: u16,
    /// One to five arobases.
    pub level: Option<u8>,
    /// Mention as people read it.
    pub mention: Option<String>,
    /// Fact or stand-in.
    pub origin: LabelOrigin,
    /// Of a commune: the EPT that was labelled, when it was not the commune itself. An EPT has no
    /// fiche of its own, so its communes carry what it was given.
    pub group: Option<LabelledGroup>,
}
