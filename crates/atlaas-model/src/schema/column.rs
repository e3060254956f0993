//! A column that a layer declares: what its values are, and where they are seen.

use crate::{Facet, Name, NameError};
use serde::{Deserialize, Serialize};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// A few words.
    #[serde(rename = "texte")]
    Text,
    /// Paragraphs.
    #[serde(rename = "texte_long")]
    LongText,
    /// One word of a vocabulary.
    #[serde(rename = "terme")]
    Term,
    /// Several words of a vocabulary.
    #[serde(rename = "termes")]
    Terms,
    /// A number, perhaps with a unit.
    #[serde(rename = "nombre")]
    Number,
    /// A whole number.
    #[serde(rename = "entier")]
    Integer,
    /// Yes or no.
    #[serde(rename = "oui_non")]
    Boolean,
    /// A day.
    #[serde(rename = "date")]
    Date,
    /// A year.
    #[serde(rename = "annee")]
    Year,
    /// An address on the web.
    #[serde(rename = "lien")]
    Link,
    /// The address of a picture, which is never fetched.
    #[serde(rename = "image")]
    Picture,
    /// When it is open, in the syntax of OpenStreetMap.
    #[serde(rename = "horaires")]
    Hours,
}

/// A text in both languages of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// In French.
    pub fr: String,
    /// In English; the French stands for it when it is empty.
    #[serde(default)]
    pub en: String,
}

/// A column of a layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a declaration is a list of what holds"
)]
pub struct Column {
    /// Its name in answers and tables.
    pub name: Name,
    /// Under which fiches hold it, and addresses name it: its own name, with that of its layer where
    /// another layer's facet is called the same.
    pub key: Name,
    /// What its source calls it.
    pub sources: Vec<String>,
    /// What its values are.
    pub kind: ColumnType,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// Other words by which people say the unit.
    pub spoken: Vec<String>,
    /// Title for people.
    pub title: Wording,
    /// What it lets one ask for; its title when nothing more is to be said.
    pub help: Wording,
    /// Whether sheets show it.
    pub on_sheet: bool,
    /// Whether its words are searched.
    pub searched: bool,
    /// The facet that it is.
    pub facet: Option<Facet>,
    /// Whether the columns of this name in other layers are the same facet.
    pub shared: bool,
    /// Whether lists can be sorted by it.
    pub sortable: bool,
    /// Whether points on tiles bear it.
    pub in_tiles: bool,
    /// How soon its terms are recognised among the words of a query: low ones first.
    pub telling: u16,
    /// Under which name its terms are suggested while somebody types, if they are.
    pub suggested: Option<Name>,
    /// Where its facet stands among the others: low ones first.
    pub rank: u16,
    /// Where the classes of its numbers begin, in ascending order.
    pub classes: Vec<f64>,
    /// Whether territories are told what others have under its terms and they have not.
    pub compared: bool,
}

impl Column {
    /// Whether queries name it: a facet, or an order.
    pub const fn is_asked(&self) -> bool {
        self.facet.is_some() || self.sortable
    }

    /// Its name with that of a layer: `arbres.hauteur`.
    pub(super) fn with(&self, layer: Name) -> Result<Name, NameError> {
        Name::new(&format!("{layer}.{}", self.name))
    }
}

impl ColumnType {
    /// Whether the values are words of a vocabulary.
    pub const fn has_terms(self) -> bool {
        matches!(self, Self::Term | Self::Terms)
    }

    /// Whether the values can be less or more than another: they are filtered by ranges.
    pub const fn is_measured(self) -> bool {
        matches!(self, Self::Number | Self::Integer | Self::Date | Self::Year)
    }

    /// Whether it can be counted as a facet.
    pub const fn may_be_facet(self) -> bool {
        self.has_terms() || self.is_measured() || matches!(self, Self::Boolean)
    }
}

impl Wording {
    /// In English, or in French when nobody translated it.
    pub fn english(&self) -> &str {
        if self.en.is_empty() {
            &self.fr
        } else {
            &self.en
        }
    }
}
