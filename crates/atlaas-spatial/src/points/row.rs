//! One point of a tileset: where its symbol stands, what it says, which categories it counts for.

use atlaas_model::{DocId, Position};

/// One fiche on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// The fiche.
    pub doc: DocId,
    /// Where its symbol stands.
    pub position: Position,
    /// Ranks of its categories in the head of the table; ranks outside of it count for nothing.
    pub categories: Vec<u16>,
    /// Property `id`: the fiche's id.
    pub id: String,
    /// Its name, under the key of the table; cut at 80 characters.
    pub name: String,
    /// What it says in each column of the head, in that order.
    pub properties: Vec<Option<Property>>,
    /// Property `commune`: the name of the commune.
    pub commune: Option<String>,
    /// Property `arobases`: level of the commune or EPCI, 0 without any.
    pub arobases: u8,
}

/// A value on a tile.
#[derive(Clone, Debug, PartialEq)]
pub enum Property {
    /// Words, a date.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

impl Property {
    /// What a fiche holds, as a tile tells it: the first of several values.
    pub(super) fn of(value: &atlaas_model::Value) -> Option<Self> {
        use atlaas_model::Value;
        match value {
            Value::Texts(texts) | Value::Terms(texts) => texts.first().cloned().map(Self::Text),
            Value::Number(number) => Some(Self::Number(*number)),
            Value::Year(year) => Some(Self::Number(f64::from(*year))),
            Value::Date(date) => Some(Self::Text(date.to_string())),
            Value::Boolean(yes) => Some(Self::Boolean(*yes)),
        }
    }
}
