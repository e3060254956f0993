//! Kinds of fiches: four levels of territories, and as many layers of points as are declared.

use crate::Name;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{fmt, str::FromStr};

/// A level of territories: these have codes, borders and one topology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Communes of today.
    Commune,
    /// Intercommunalities with taxes of their own.
    Epci,
    /// Départements, and overseas collectivities in that place.
    Departement,
    /// Régions.
    Region,
}

/// What a fiche is about. Kinds sort as documents do: territories by level, then points by layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A territory.
    Territory(Level),
    /// An object of a declared layer, under the name by which one of them is called.
    Point(Name),
}

impl Level {
    /// Every level, from the smallest.
    pub const ALL: [Self; 4] = [Self::Commune, Self::Epci, Self::Departement, Self::Region];

    /// Public name: value of `type`, prefix of ids, path of pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Epci => "epci",
            Self::Departement => "departement",
            Self::Region => "region",
        }
    }

    /// Several of them, as layers and collections are called.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Commune => "communes",
            Self::Epci => "epci",
            Self::Departement => "departements",
            Self::Region => "regions",
        }
    }
}

impl Kind {
    /// The kind of points that stands in code under this name.
    pub const fn point(name: &'static str) -> Self {
        Self::Point(Name::known(name))
    }

    /// Public name: value of `type`, prefix of ids, path of pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territory(level) => level.as_str(),
            Self::Point(name) => name.as_str(),
        }
    }

    /// The level of a territory.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Territory(level) => Some(level),
            Self::Point(_) => None,
        }
    }

    /// Whether fiches of this kind are areas with an official code.
    pub const fn is_territory(self) -> bool {
        self.level().is_some()
    }
}

impl From<Level> for Kind {
    fn from(level: Level) -> Self {
        Self::Territory(level)
    }
}

impl PartialEq<Level> for Kind {
    fn eq(&self, level: &Level) -> bool {
        self.level() == Some(*level)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Level {
    type Err = ();
    fn from_str(name: &str) -> Result<Self, ()> {
        let mut levels = Self::ALL.into_iter();
        levels.find(|level| level.as_str() == name).ok_or(())
    }
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kind = Kind::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom("a level of territories is expected");
        kind.level().ok_or_else(unknown)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Kind;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a kind of fiches")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Kind, E> {
                match text.parse() {
                    Ok(level) => Ok(Kind::Territory(level)),
                    Err(()) => Name::new(text).map(Kind::Point).map_err(E::custom),
                }
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Which names there are is the schema's to say: the description of the service lists them.
impl utoipa::PartialSchema for Kind {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        String::schema()
    }
}

impl utoipa::ToSchema for Kind {
    fn name() -> std::borrow::Cow<'static, str> {
        "TypeDeFiche".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stand_by_level_then_by_layer() {
        let mut kinds = vec![Kind::point("initiative"), Kind::point("colieu")];
        kinds.extend(Level::ALL.map(Kind::from));
        kinds.sort();
        let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        let expected = [
            "commune",
            "epci",
            "departement",
            "region",
            "colieu",
            "initiative",
        ];
        assert_eq!(names, expected);
    }
}
