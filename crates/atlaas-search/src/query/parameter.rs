//! What a row of the table of parameters says.

use std::borrow::Cow;

/// What a value looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Any text.
    Text,
    /// Texts, separated by commas or repeated.
    Texts,
    /// Yes or no, in one of these spellings.
    Flag(&'static [&'static str]),
    /// A whole number between bounds, included.
    Integer {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A number between bounds, included.
    Number {
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// One of these.
    OneOf(Cow<'static, [&'static str]>),
    /// Several of these, separated by commas or repeated.
    Several(Cow<'static, [&'static str]>),
}

/// What a parameter decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Which fiches match: it holds for lists, tiles, pictures and exports alike.
    Which,
    /// What is told of them, and in which order.
    How,
}

/// Words for people, in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// In French.
    pub french: Cow<'static, str>,
    /// In English.
    pub english: Cow<'static, str>,
}

/// A parameter of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in an address.
    pub name: &'static str,
    /// What it decides.
    pub purpose: Purpose,
    /// What its value looks like.
    pub form: Form,
    /// What it does.
    pub about: Words,
    /// What decides beside the form of the value whether it is accepted.
    pub condition: Option<Words>,
    /// A value that works; empty when none does for every territory.
    pub example: Cow<'static, str>,
    /// What people who know other interfaces write instead: refused, with this name as a suggestion.
    pub aliases: &'static [&'static str],
    /// The parameters that it is another way to write, which canonical addresses have.
    pub instead_of: &'static [&'static str],
}

/// Words in both languages.
pub(super) const fn words(french: &'static str, english: &'static str) -> Words {
    Words {
        french: Cow::Borrowed(french),
        english: Cow::Borrowed(english),
    }
}

/// A parameter that says which fiches match.
pub(super) const fn which(name: &'static str, form: Form, about: Words) -> Parameter {
    Parameter {
        name,
        purpose: Purpose::Which,
        form,
        about,
        condition: None,
        example: Cow::Borrowed(""),
        aliases: &[],
        instead_of: &[],
    }
}

/// A parameter that says how they are told.
pub(super) const fn how(name: &'static str, form: Form, about: Words) -> Parameter {
    Parameter {
        name,
        purpose: Purpose::How,
        form,
        about,
        condition: None,
        example: Cow::Borrowed(""),
        aliases: &[],
        instead_of: &[],
    }
}

impl Parameter {
    /// The same, accepted or refused by more than its form.
    pub(super) fn when(mut self, condition: Words) -> Self {
        self.condition = Some(condition);
        self
    }

    /// The same, with a value that works.
    pub(super) fn like(mut self, example: &'static str) -> Self {
        self.example = Cow::Borrowed(example);
        self
    }

    /// The same, with what people write instead.
    pub(super) fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The same, as another way to write others.
    pub(super) fn instead_of(mut self, others: &'static [&'static str]) -> Self {
        self.instead_of = others;
        self
    }
}
