//! Fiches: every object with a page, a territory or an object of a layer.

pub mod fiche_id;
pub mod source_date;
pub mod value;

use crate::named::named;
use crate::{Alias, Code, Facet, FicheId, Kind, Label, Name, Position, Territory, Value, Values};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The columns of territories that their reader fills.
const POPULATION: Name = Name::known("population");
const SURFACE: Name = Name::known("superficie");
const DENSITY: Name = Name::known("densite");

named! {
    /// How far a position can be trusted.
    #[derive(utoipa::ToSchema)]
    #[schema(rename_all = "lowercase")]
    pub enum Precision {
        /// The place itself.
        Point = "point",
        /// The centre of its commune.
        Commune = "commune",
        /// The centre of a wider territory (EPCI, département, région).
        Territoire = "territoire",
        /// No position could be found; the fiche is listed but not on the map.
        Inconnue = "inconnue",
    }
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
    /// Post codes.
    pub postcodes: Vec<String>,
    /// Other names that lead here.
    pub aliases: Vec<Alias>,
    /// Codes of communes that are part of this one today.
    pub former_codes: Vec<Code>,
    /// What the columns of its layer hold. Terms are slugs, whose names are in the vocabulary.
    pub values: Values,
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
    pub fn new(id: FicheId, kind: impl Into<Kind>, name: String) -> Self {
        Self {
            id,
            kind: kind.into(),
            name,
            text: String::new(),
            position: None,
            precision: Precision::Inconnue,
            territory: Territory::default(),
            code: None,
            siren: None,
            postcodes: Vec::new(),
            aliases: Vec::new(),
            former_codes: Vec::new(),
            values: Values::default(),
            updated: None,
            labels: Vec::new(),
            address: None,
            attributes: Vec::new(),
        }
    }

    /// Inhabitants of a territory, which is a column like others: the gazetteer and the order of hits
    /// go by it.
    pub fn population(&self) -> Option<u32> {
        match self.values.get(POPULATION) {
            Some(Value::Number(people)) if self.kind.is_territory() => Some(*people as u32),
            _ => None,
        }
    }

    /// Surface of a territory in square kilometres, when it has an outline.
    pub fn surface_km2(&self) -> Option<f64> {
        match self.values.get(SURFACE) {
            Some(Value::Number(surface)) if self.kind.is_territory() => Some(*surface),
            _ => None,
        }
    }

    /// Sets how many people live in a territory and how large it is, to a hundred square metres, and
    /// what follows: people to the square kilometre.
    pub fn set_extent(&mut self, people: Option<u32>, surface_km2: Option<f64>) {
        let mut set = |column, number| self.values.set(column, Value::Number(number));
        if let Some(people) = people {
            set(POPULATION, f64::from(people));
        }
        let Some(surface) = surface_km2.filter(|surface| *surface > 0.0) else {
            return;
        };
        set(SURFACE, (surface * 1e4).round() / 1e4);
        if let Some(people) = people {
            set(DENSITY, (f64::from(people) / surface * 10.0).round() / 10.0);
        }
    }

    /// The slugs of one facet; empty when there are none.
    pub fn slugs(&self, facet: Facet) -> &[String] {
        match facet {
            Facet::Column(key) => self.values.terms(key),
            Facet::Type
            | Facet::Arobases
            | Facet::Region
            | Facet::Departement
            | Facet::Epci
            | Facet::Mention => &[],
        }
    }

    /// What a facet is counted and filtered by.
    pub fn value(&self, facet: Facet) -> Option<&Value> {
        match facet {
            Facet::Column(key) => self.values.get(key),
            Facet::Type
            | Facet::Arobases
            | Facet::Region
            | Facet::Departement
            | Facet::Epci
            | Facet::Mention => None,
        }
    }

    /// The year that it bears, in whichever column.
    pub fn year(&self) -> Option<u16> {
        self.values.iter().find_map(|(_, value)| match value {
            Value::Year(year) => Some(*year),
            _ => None,
        })
    }
}
