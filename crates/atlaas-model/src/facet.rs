//! Facets: the dimensions that fiches are filtered and counted by, under their public names.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A dimension to filter and count by; its name is the query parameter and the JSON key.
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
#[schema(as = Facette)]
pub enum Facet {
    /// Kind of fiche.
    Type,
    /// What is at stake, of an initiative.
    Enjeu,
    /// Family of enjeux.
    Categorie,
    /// Services offered.
    Services,
    /// Whom it is for.
    Publics,
    /// Year of the initiative.
    Annee,
    /// Latest label level of the commune (or EPCI) the fiche belongs to.
    Arobases,
    /// Région, by code.
    Region,
    /// Département, by code.
    Departement,
    /// EPCI, by SIREN.
    Epci,
    /// Kind of place, of a colieu.
    Typologie,
    /// Mention received with the label.
    Mention,
}

impl Facet {
    /// Every facet, in the order in which answers list them.
    pub const ALL: [Self; 12] = [
        Self::Type,
        Self::Enjeu,
        Self::Categorie,
        Self::Services,
        Self::Publics,
        Self::Annee,
        Self::Arobases,
        Self::Region,
        Self::Departement,
        Self::Epci,
        Self::Typologie,
        Self::Mention,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Enjeu => "enjeu",
            Self::Categorie => "categorie",
            Self::Services => "services",
            Self::Publics => "publics",
            Self::Annee => "annee",
            Self::Arobases => "arobases",
            Self::Region => "region",
            Self::Departement => "departement",
            Self::Epci => "epci",
            Self::Typologie => "typologie",
            Self::Mention => "mention",
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Facet {
    type Err = ();
    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|facet| facet.as_str() == name)
            .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_found_by_its_name() {
        for facet in Facet::ALL {
            assert_eq!(facet.as_str().parse(), Ok(facet));
        }
        assert_eq!("couleur".parse::<Facet>(), Err(()));
    }
}
