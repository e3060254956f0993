//! Kinds of fiches, under their public names.

use crate::Facet;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a fiche is about.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = TypeDeFiche)]
pub enum Kind {
    /// A commune of today.
    Commune,
    /// An intercommunality with its own taxes.
    Epci,
    /// A département, or an overseas collectivity in that place.
    Departement,
    /// A région.
    Region,
    /// A public place of digital mediation.
    Colieu,
    /// A digital initiative of a territory.
    Initiative,
}

impl Kind {
    /// Every kind, in the order of the documents.
    pub const ALL: [Self; 6] = [
        Self::Commune,
        Self::Epci,
        Self::Departement,
        Self::Region,
        Self::Colieu,
        Self::Initiative,
    ];

    /// Public name: value of `type`, prefix of ids, path of pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Epci => "epci",
            Self::Departement => "departement",
            Self::Region => "region",
            Self::Colieu => "colieu",
            Self::Initiative => "initiative",
        }
    }

    /// The facet by which fiches of this kind are coloured, and counted on the map.
    pub const fn category_facet(self) -> Facet {
        match self {
            Self::Colieu => Facet::Typologie,
            _ => Facet::Enjeu,
        }
    }

    /// Whether fiches of this kind are areas with an official code.
    pub const fn is_territory(self) -> bool {
        !matches!(self, Self::Colieu | Self::Initiative)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();
    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or(())
    }
}
