//! What a look-up is asked, and what it finds.

use atlaas_model::{DocId, Level, Position};

/// What to look for and where the user is.
#[derive(Clone, Debug)]
pub struct LookupOptions {
    /// Most matches to give.
    pub limit: usize,
    /// Where the user is: nearer places come first among alike names.
    pub near: Option<Position>,
    /// Kinds of territories; empty for all.
    pub kinds: Vec<Level>,
    /// Whether the text may be unfinished.
    pub autocomplete: bool,
}

impl Default for LookupOptions {
    fn default() -> Self {
        Self {
            limit: 5,
            near: None,
            kinds: Vec::new(),
            autocomplete: true,
        }
    }
}

/// How a text was found to mean a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Its name.
    Exact,
    /// Its code.
    Code,
    /// Its post code.
    Postcode,
    /// The first words of its name, by which it is meant.
    Head,
    /// The beginning of its name.
    Unfinished,
    /// Its name, with typing mistakes.
    Misspelt,
    /// Words of its name, in another order or not all of them.
    Words,
}

/// A place that a text may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMatch {
    /// The territory.
    pub doc: DocId,
    /// Which of its aliases bears the name, when it is not its own.
    pub alias: Option<usize>,
    /// Kind of territory.
    pub kind: Level,
    /// Inhabitants, 0 when unknown.
    pub population: u32,
    /// From 0 to 1, falling along the list.
    pub score: f32,
    /// Typing mistakes between the text and the name.
    pub edits: u32,
    /// How it was found.
    pub how: Match,
    /// Whether something beside the name (département, région, post code) settled it.
    pub qualified: bool,
    /// The name that was found.
    pub name: String,
}
