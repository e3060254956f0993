//! Where a fiche lies among the territories, and the other names that a territory answers to.

use crate::{Code, Kind, Position};
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
    /// The code at one level; `None` for kinds that are not territories.
    pub const fn at(&self, kind: Kind) -> Option<Code> {
        match kind {
            Kind::Commune => self.commune,
            Kind::Epci => self.epci,
            Kind::Departement => self.departement,
            Kind::Region => self.region,
            Kind::Colieu | Kind::Initiative => None,
        }
    }
}

/// What kind of other name a commune answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AliasKind {
    /// Commune déléguée of a commune nouvelle.
    Deleguee,
    /// Commune associée.
    Associee,
    /// Former commune, merged.
    Ancienne,
    /// Arrondissement of Paris, Lyon or Marseille.
    Arrondissement,
    /// Another usual name.
    Usuelle,
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
