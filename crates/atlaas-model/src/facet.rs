//! Facets: the dimensions that fiches are filtered and counted by, under their public names.

use crate::{Level, Name};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{cmp::Ordering, fmt};

/// A dimension to filter and count by; its name is the query parameter and the JSON key. Facets sort
/// by name; the order in which answers list them is the schema's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Kind of fiche.
    Type,
    /// Latest label level of the commune (or EPCI) the fiche belongs to.
    Arobases,
    /// Région, by code.
    Region,
    /// Département, by code.
    Departement,
    /// EPCI, by SIREN.
    Epci,
    /// Mention received with the label.
    Mention,
    /// A column that a layer declares.
    Column(Name),
}

impl Facet {
    /// The facets that every schema has: they follow from where a fiche lies and whose label it has.
    pub const CORE: [Self; 6] = [
        Self::Type,
        Self::Arobases,
        Self::Region,
        Self::Departement,
        Self::Epci,
        Self::Mention,
    ];

    /// The facet of a column that stands in code under this name.
    pub const fn column(name: &'static str) -> Self {
        Self::Column(Name::known(name))
    }

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Arobases => "arobases",
            Self::Region => Level::Region.as_str(),
            Self::Departement => Level::Departement.as_str(),
            Self::Epci => Level::Epci.as_str(),
            Self::Mention => "mention",
            Self::Column(name) => name.as_str(),
        }
    }

    /// The level whose territories are its values.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Region => Some(Level::Region),
            Self::Departement => Some(Level::Departement),
            Self::Epci => Some(Level::Epci),
            Self::Type | Self::Arobases | Self::Mention | Self::Column(_) => None,
        }
    }
}

impl PartialOrd for Facet {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Facet {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl Serialize for Facet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Facet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Facet;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a facet")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Facet, E> {
                let mut core = Facet::CORE.into_iter();
                match core.find(|facet| facet.as_str() == text) {
                    Some(facet) => Ok(facet),
                    None => Name::new(text).map(Facet::Column).map_err(E::custom),
                }
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Which names there are is the schema's to say: the description of the service lists them.
impl utoipa::PartialSchema for Facet {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        String::schema()
    }
}

impl utoipa::ToSchema for Facet {
    fn name() -> std::borrow::Cow<'static, str> {
        "Facette".into()
    }
}
