//! Fiches: every object with a page (commune, EPCI, département, région, colieu, initiative).

use crate::{Alias, Code, Facet, FicheId, Kind, Label, Position, Territory};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a position can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The place itself.
    Point,
    /// The centre of its commune.
    Commune,
    /// The centre of a wider territory (EPCI, département, région).
    Territoire,
    /// No position could be found; the fiche is listed but not on the map.
    Inconnue,
}

/// A field that is shown, searched and exported, but is no facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Column name in the source (`horaires`, `frais_a_charge`, an unknown column…).
    pub name: String,
    /// Values as they stood, cleaned.
    pub values: Vec<String>,
}

/// An object with a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fiche {
    /// Unique in the dataset.
    pub id: FicheId,
    /// What it is about.
    pub kind: Kind,
    /// `nom` of a territory or colieu, `titre` of an initiative; never empty.
    pub name: String,
    /// Description, plain text; may be empty.
    pub text: String,
    /// Where it is; `None` only with [`Precision::Inconnue`].
    pub position: Option<Position>,
    /// How far the position can be trusted.
    pub precision: Precision,
    /// Where it lies, by codes of today.
    pub territory: Territory,
    /// Own code of a territory (INSEE or SIREN).
    pub code: Option<Code>,
    /// SIREN of a commune.
    pub siren: Option<Code>,
    /// Inhabitants of a territory.
    pub population: Option<u32>,
    /// Post codes.
    pub postcodes: Vec<String>,
    /// Other names that lead here.
    pub aliases: Vec<Alias>,
    /// Codes of communes that are part of this one today.
    pub former_codes: Vec<Code>,
    /// Facet values by slug, in the order of the source; names are in the vocabulary. Holds
    /// `enjeu categorie services publics typologie` only: the other facets follow from other fields.
    pub terms: BTreeMap<Facet, Vec<String>>,
    /// Year of an initiative.
    pub year: Option<u16>,
    /// Last change at the source.
    pub updated: Option<Date>,
    /// Labels by year, oldest first; of communes and EPCI only.
    pub labels: Vec<Label>,
    /// Street address of a colieu.
    pub address: Option<String>,
    /// Everything else that the source tells.
    pub attributes: Vec<Attribute>,
}

impl Fiche {
    /// An empty fiche of a kind, to be filled by a reader.
    pub fn new(id: FicheId, kind: Kind, name: String) -> Self {
        Self {
            id,
            kind,
            name,
            text: String::new(),
            position: None,
            precision: Precision::Inconnue,
            territory: Territory::default(),
            code: None,
            siren: None,
            population: None,
            postcodes: Vec::new(),
            aliases: Vec::new(),
            former_codes: Vec::new(),
            terms: BTreeMap::new(),
            year: None,
            updated: None,
            labels: Vec::new(),
            address: None,
            attributes: Vec::new(),
        }
    }

    /// The term that gives the fiche its colour, on maps and in lists: of the facet of its kind, the
    /// first that the source gives.
    pub fn category(&self) -> Option<&str> {
        let slugs = self.slugs(self.kind.category_facet());
        slugs.first().map(String::as_str)
    }

    /// The slugs of one facet; empty when there are none.
    pub fn slugs(&self, facet: Facet) -> &[String] {
        self.terms.get(&facet).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiche_has_the_colour_of_the_first_term_that_its_source_gives() {
        let types = ["tiers-lieu", "bibliotheque"].map(str::to_owned).to_vec();
        for (kind, expected) in [(Kind::Colieu, Some("tiers-lieu")), (Kind::Initiative, None)] {
            let id = FicheId::of_row(kind, "1").unwrap();
            let mut fiche = Fiche::new(id, kind, "X".into());
            fiche.terms.insert(Facet::Typologie, types.clone());
            assert_eq!(fiche.category(), expected, "{kind}");
        }
    }
}
