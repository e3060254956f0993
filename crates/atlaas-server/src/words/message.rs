//! A message on its way to somebody: its name in the catalogue and its arguments, in no language yet.

use std::fmt::Display;

/// What will be told, once the language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its name in the catalogue.
    pub(super) id: &'static str,
    pub(super) arguments: Vec<(&'static str, Argument)>,
}

/// What fills a place in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// Told as it is.
    Text(String),
    /// Written as each language writes numbers, and choosing between one and several.
    Count(u64),
}

impl Message {
    /// The message of that name.
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
        }
    }

    /// With a text, or anything that is told as it displays.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        let text = Argument::Text(value.to_string());
        self.arguments.push((name, text));
        self
    }

    /// With a number of things.
    #[must_use]
    pub fn count(mut self, name: &'static str, n: impl Into<u64>) -> Self {
        self.arguments.push((name, Argument::Count(n.into())));
        self
    }
}
