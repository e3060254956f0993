//! A column of a table as its data dictionary tells it: what it is called, what its cells hold, within
//! which bounds.
//!
//! It is told in one language and written by nobody here: [`super::frictionless`] and [`super::csvw`]
//! are two spellings of it. What a declaration says of a column is read from the declaration.

use crate::words::language::Language;
use atlaas_model::{Column, ColumnType, Vocabulary};

/// Most terms that a dictionary lists of one column: of longer vocabularies none.
const MOST_TERMS: usize = 200;

/// How tables write what is so.
pub const YES: &str = "oui";
/// How tables write what is not.
pub const NO: &str = "non";

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text; codes are texts.
    Text,
    /// Several texts, joined.
    Texts,
    /// A word of a vocabulary.
    Term,
    /// Several words of one, joined.
    Terms,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A year.
    Year,
    /// [`YES`] or [`NO`].
    Boolean,
    /// One address on the web.
    Link,
}

/// A column, as it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in the header.
    pub name: String,
    /// What people call it; empty when nobody says.
    pub title: String,
    /// What it tells; may be empty.
    pub about: String,
    /// What its cells hold.
    pub holds: Holds,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// Whether no cell is empty.
    pub required: bool,
    /// The least number.
    pub least: Option<f64>,
    /// The greatest number.
    pub most: Option<f64>,
    /// The terms that it may hold, in the order of their vocabulary; empty when any may stand there.
    pub terms: Vec<String>,
}

/// A column that we name ourselves: the words that tell it are messages.
#[derive(Clone, Copy, Debug)]
pub struct OwnColumn {
    /// Its name in the header.
    pub name: &'static str,
    title: &'static str,
    about: &'static str,
    holds: Holds,
    unit: &'static str,
    required: bool,
    bounds: [Option<f64>; 2],
}

impl OwnColumn {
    /// A column by its name, the messages of its title and of what it tells, and what it holds.
    pub const fn new(name: &'static str, [title, about]: [&'static str; 2], holds: Holds) -> Self {
        Self {
            name,
            title,
            about,
            holds,
            unit: "",
            required: false,
            bounds: [None; 2],
        }
    }

    /// The same, never empty.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The same between two numbers.
    #[must_use]
    pub const fn within(self, least: f64, most: f64) -> Self {
        Self {
            bounds: [Some(least), Some(most)],
            ..self
        }
    }

    /// The same, never below 0.
    #[must_use]
    pub const fn counted(self) -> Self {
        Self {
            bounds: [Some(0.0), None],
            ..self
        }
    }

    /// The same in a unit.
    #[must_use]
    pub const fn of(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// As it is told in a language.
    pub fn told(&self, language: Language) -> Field {
        let [least, most] = self.bounds;
        Field {
            title: language.say(self.title).to_owned(),
            about: language.say(self.about).to_owned(),
            holds: self.holds,
            unit: (!self.unit.is_empty()).then(|| self.unit.to_owned()),
            required: self.required,
            least,
            most,
            ..Field::of(self.name, Holds::Text)
        }
    }
}

impl Field {
    /// A column of which nothing but its name and what it holds is known.
    pub fn of(name: &str, holds: Holds) -> Self {
        Self {
            name: name.to_owned(),
            title: String::new(),
            about: String::new(),
            holds,
            unit: None,
            required: false,
            least: None,
            most: None,
            terms: Vec::new(),
        }
    }

    /// The same under a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// A column that some layers declare under one name: the first of them names it, and where they
    /// differ in what they hold it is a text.
    pub fn declared(
        columns: &[&Column],
        vocabulary: &Vocabulary,
        language: Language,
    ) -> Option<Self> {
        let (first, others) = columns.split_first()?;
        let holds = held(first.kind);
        let alike = others.iter().all(|other| held(other.kind) == holds);
        let holds = if alike { holds } else { Holds::Text };
        let (title, help) = (language.of(&first.title), language.of(&first.help));
        let mut field = Self::of(first.name.as_str(), holds).titled(title);
        // What it lets one ask for is its title where nobody says more.
        if help != title {
            help.clone_into(&mut field.about);
        }
        field.unit = first.unit.clone().filter(|_| alike);
        if matches!(holds, Holds::Term | Holds::Terms) {
            field.terms = terms(columns, vocabulary);
        }
        Some(field)
    }
}

/// What a table writes of a declared type.
const fn held(kind: ColumnType) -> Holds {
    match kind {
        ColumnType::Text | ColumnType::LongText | ColumnType::Hours => Holds::Text,
        // Several addresses may stand in a cell.
        ColumnType::Link | ColumnType::Picture => Holds::Texts,
        ColumnType::Term => Holds::Term,
        ColumnType::Terms => Holds::Terms,
        ColumnType::Number => Holds::Number,
        ColumnType::Integer => Holds::Integer,
        ColumnType::Boolean => Holds::Boolean,
        ColumnType::Date => Holds::Date,
        ColumnType::Year => Holds::Year,
    }
}

/// The names of all terms of some columns, each once; none when one of them has no vocabulary, or when
/// there are too many to be listed.
fn terms(columns: &[&Column], vocabulary: &Vocabulary) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        let Some(facet) = column.facet else {
            return Vec::new();
        };
        for term in vocabulary.terms(facet) {
            if !names.contains(&term.nom) {
                names.push(term.nom.clone());
            }
            if names.len() > MOST_TERMS {
                return Vec::new();
            }
        }
    }
    names
}
