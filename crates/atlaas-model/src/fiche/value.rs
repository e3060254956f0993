//! Values of declared columns, each of its declared type.

use crate::Name;
use jiff::civil::Date;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What one column of one fiche holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Texts, links, pictures, opening hours: as they are read.
    Texts(Vec<String>),
    /// Slugs of a vocabulary, in the order of the source.
    Terms(Vec<String>),
    /// A number.
    Number(f64),
    /// A year.
    Year(u16),
    /// A day.
    Date(Date),
    /// Yes or no.
    Boolean(bool),
}

/// The values of one fiche by column, in the order in which they were read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(Vec<(Name, Value)>);

impl Values {
    /// What a column holds.
    pub fn get(&self, column: Name) -> Option<&Value> {
        let mut values = self.0.iter();
        values
            .find(|(name, _)| *name == column)
            .map(|(_, value)| value)
    }

    /// Sets what a column holds.
    pub fn set(&mut self, column: Name, value: Value) {
        match self.0.iter_mut().find(|(name, _)| *name == column) {
            Some((_, known)) => *known = value,
            None => self.0.push((column, value)),
        }
    }

    /// Adds slugs to those that a column holds.
    pub fn add_terms(&mut self, column: Name, slugs: Vec<String>) {
        let known = self.0.iter_mut().find(|(name, _)| *name == column);
        match known {
            Some((_, Value::Terms(known))) => known.extend(slugs),
            _ => self.set(column, Value::Terms(slugs)),
        }
    }

    /// The slugs that a column holds.
    pub fn terms(&self, column: Name) -> &[String] {
        match self.get(column) {
            Some(Value::Terms(slugs)) => slugs,
            _ => &[],
        }
    }

    /// Columns and values.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

impl Value {
    /// As a number, for ranges and order: a date by its days, a year by itself.
    pub fn measure(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Year(year) => Some(f64::from(*year)),
            Self::Date(date) => Some(f64::from(days(*date))),
            Self::Boolean(_) | Self::Texts(_) | Self::Terms(_) => None,
        }
    }
}

/// A date as days since the first of January 1970.
pub fn days(date: Date) -> i32 {
    let since = date.since(jiff::civil::date(1970, 1, 1));
    since.map_or(0, |span| span.get_days())
}

/// Written as the name of its type and itself, so that no rank of a variant reaches a file.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_tuple(2)?;
        match self {
            Self::Texts(texts) => {
                pair.serialize_element("textes")?;
                pair.serialize_element(texts)?;
            }
            Self::Terms(slugs) => {
                pair.serialize_element("termes")?;
                pair.serialize_element(slugs)?;
            }
            Self::Number(number) => {
                pair.serialize_element("nombre")?;
                pair.serialize_element(number)?;
            }
            Self::Year(year) => {
                pair.serialize_element("annee")?;
                pair.serialize_element(year)?;
            }
            Self::Date(date) => {
                pair.serialize_element("date")?;
                pair.serialize_element(date)?;
            }
            Self::Boolean(yes) => {
                pair.serialize_element("oui_non")?;
                pair.serialize_element(yes)?;
            }
        }
        pair.end()
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Value;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a type and a value of it")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Value, A::Error> {
                let short = || A::Error::invalid_length(1, &"two");
                let kind: &str = pair.next_element()?.ok_or_else(short)?;
                match kind {
                    "textes" => pair.next_element()?.map(Value::Texts),
                    "termes" => pair.next_element()?.map(Value::Terms),
                    "nombre" => pair.next_element()?.map(Value::Number),
                    "annee" => pair.next_element()?.map(Value::Year),
                    "date" => pair.next_element()?.map(Value::Date),
                    "oui_non" => pair.next_element()?.map(Value::Boolean),
                    other => return Err(A::Error::custom(format!("no type is called {other:?}"))),
                }
                .ok_or_else(short)
            }
        }
        deserializer.deserialize_tuple(2, Pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_values_stands_and_terms_add_up() {
        let (a, b) = (Name::known("a"), Name::known("b"));
        let mut values = Values::default();
        values.set(a, Value::Number(1.0));
        values.set(a, Value::Number(2.0));
        values.add_terms(b, vec!["x".to_owned()]);
        values.add_terms(b, vec!["y".to_owned()]);
        assert_eq!(values.get(a), Some(&Value::Number(2.0)));
        assert_eq!(values.terms(b), ["x", "y"]);
        assert_eq!(values.iter().count(), 2);
    }

    #[test]
    fn dates_are_measured_in_days() {
        assert_eq!(days(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(days(jiff::civil::date(1969, 12, 31)), -1);
    }
}
