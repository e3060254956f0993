//! Fiches: every object with a page (commune, EPCI, département, région, colieu, initiative).

use crate::{Code, Facet, Label, Position};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// What a fiche is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

    /// Whether fiches of this kind are areas with an official code.
    pub const fn is_territory(self) -> bool {
        !matches!(self, Self::Colieu | Self::Initiative)
    }

    /// The facet by which fiches of this kind are coloured, and counted on the map.
    pub const fn category_facet(self) -> Facet {
        match self {
            Self::Colieu => Facet::Typologie,
            _ => Facet::Enjeu,
        }
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

/// A fiche's id: `{kind}-{rest}` in `a-z A-Z 0-9 . _ -`, at most 80 characters, safe in any URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FicheId(String);

/// Why a text is not a fiche id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a fiche id: expected a kind, a hyphen and a name, such as commune-13056")]
pub struct FicheIdError(pub String);

impl FicheId {
    /// The id of a territory.
    pub fn territory(kind: Kind, code: Code) -> Self {
        Self(format!("{kind}-{code}"))
    }

    /// The id of a row of a source: its own id, prefixed by the kind unless it bears it already.
    pub fn of_row(kind: Kind, own: &str) -> Result<Self, FicheIdError> {
        let own = own.trim();
        if own
            .strip_prefix(kind.as_str())
            .is_some_and(|rest| rest.starts_with('-'))
        {
            own.parse()
        } else {
            format!("{kind}-{own}").parse()
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FicheId {
    type Err = FicheIdError;
    fn from_str(text: &str) -> Result<Self, FicheIdError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let good = text.len() <= 80
            && text.bytes().all(plain)
            && text
                .split_once('-')
                .is_some_and(|(kind, rest)| kind.parse::<Kind>().is_ok() && !rest.is_empty());
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(FicheIdError(text.chars().take(100).collect()))
        }
    }
}

impl TryFrom<String> for FicheId {
    type Error = FicheIdError;
    fn try_from(text: String) -> Result<Self, FicheIdError> {
        text.parse()
    }
}

impl From<FicheId> for String {
    fn from(id: FicheId) -> Self {
        id.0
    }
}

impl fmt::Display for FicheId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// How far a position can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    fn a_row_id_bears_its_kind_once() {
        for (own, expected) in [
            ("initiative-00001", "initiative-00001"),
            ("42", "initiative-42"),
            ("initiatives42", "initiative-initiatives42"),
        ] {
            assert_eq!(
                FicheId::of_row(Kind::Initiative, own).unwrap().as_str(),
                expected
            );
        }
    }

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

    #[test]
    fn an_id_that_would_need_escaping_is_refused() {
        for text in [
            "",
            "commune-",
            "ville-1",
            "commune-a b",
            "commune-../x",
            "initiative-é",
        ] {
            assert!(text.parse::<FicheId>().is_err(), "{text:?}");
        }
    }
}
