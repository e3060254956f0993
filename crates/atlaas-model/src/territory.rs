//! Where a fiche lies among the territories, and the other names that a territory answers to.

use crate::named::named;
use crate::{Code, Level, Position};
use serde::{Deserialize, Serialize};

/// The territories a fiche lies in, by code. A territory lies in itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Territory {
    /// INSEE code of the commune of today.
    pub commune: Option<Code>,
    /// SIREN of the EPCI.
    pub epci: Option<Code>,
    /// Code of the département or overseas collectivity.
    pub departement: Option<Code>,
    /// Code of the région or overseas collectivity.
    pub region: Option<Code>,
}

impl Territory {
    /// The code at one level.
    pub const fn at(&self, level: Level) -> Option<Code> {
        match level {
            Level::Commune => self.commune,
            Level::Epci => self.epci,
            Level::Departement => self.departement,
            Level::Region => self.region,
        }
    }
}

named! {
    /// What kind of other name a commune answers to.
    pub enum AliasKind {
        /// Commune déléguée of a commune nouvelle.
        Deleguee = "deleguee",
        /// Commune associée.
        Associee = "associee",
        /// Former commune, merged.
        Ancienne = "ancienne",
        /// Arrondissement of Paris, Lyon or Marseille.
        Arrondissement = "arrondissement",
        /// Another usual name.
        Usuelle = "usuelle",
    }
}

/// Another name that leads to this fiche.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// Its own code, when it has one (`75117`).
    pub code: Option<Code>,
    /// What it is.
    pub kind: AliasKind,
    /// Its own inhabitants, when known.
    pub population: Option<u32>,
    /// Its own post codes.
    pub postcodes: Vec<String>,
    /// Its own centre, when known.
    pub position: Option<Position>,
}
