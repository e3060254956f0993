//! Rows of named values, whatever file they come from: the one shape that every reader of points
//! and labels works on.

use crate::text::clean;
use std::sync::Arc;

/// Most bytes of one value; what is longer is cut and reported.
pub(crate) const VALUE_LIMIT: usize = 64 << 10;
/// Most columns of a table.
pub(crate) const COLUMN_LIMIT: usize = 256;

/// One row, its values by column name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Line of the row in its file, the header being line 1.
    pub(crate) line: u64,
    /// Which of the rows that begin on that line it is, the first being 1.
    pub(crate) rank: u64,
    cells: Vec<(Arc<str>, String)>,
}

impl Row {
    /// A row without values.
    pub(crate) fn new(line: u64) -> Self {
        Self {
            line,
            rank: 1,
            cells: Vec::new(),
        }
    }

    /// Adds a raw value; empty ones are not kept.
    pub(crate) fn push(&mut self, column: Arc<str>, raw: &str) {
        if self.cells.len() < COLUMN_LIMIT && !raw.trim().is_empty() {
            self.cells.push((column, raw.to_owned()));
        }
    }

    /// The raw value of a column; empty when there is none.
    pub(crate) fn raw(&self, column: &str) -> &str {
        self.cells
            .iter()
            .find(|(name, _)| &**name == column)
            .map_or("", |(_, value)| value)
    }

    /// The value of a column on one clean line; empty when there is none.
    pub(crate) fn get(&self, column: &str) -> String {
        clean::line(self.raw(column))
    }

    /// The first of several columns that has a value.
    pub(crate) fn first(&self, columns: &[&str]) -> String {
        columns
            .iter()
            .map(|column| self.get(column))
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    }

    /// The columns that are not among the known ones, with their raw values.
    pub(crate) fn others<'a>(
        &'a self,
        known: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.cells
            .iter()
            .filter(|(name, _)| !known.contains(&&**name))
            .map(|(name, value)| (&**name, value.as_str()))
    }

    /// The columns that have a value.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(name, _)| &**name)
    }

    /// Whether nothing was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// The text up to a number of bytes, cut between two characters.
pub(crate) fn floor(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}
