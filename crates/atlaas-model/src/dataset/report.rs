//! What was refused, repaired or dropped while reading, line by line: the content of `rapport.csv`.

use serde::{Deserialize, Serialize};

/// What was done with a value or a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The row does not enter the dataset.
    Refuse,
    /// The value was corrected.
    Repare,
    /// The value was left out, the row kept.
    Ignore,
    /// The value was kept as it is, but looks wrong.
    Garde,
}

impl Action {
    /// The public name, as in `rapport.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Repare => "repare",
            Self::Ignore => "ignore",
            Self::Garde => "garde",
        }
    }
}

/// One remark on one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// File name, relative to the source directory.
    pub file: String,
    /// Line of the row in the file, the header being line 1; 0 for the file as a whole.
    pub line: u64,
    /// Column or property.
    pub field: String,
    /// The value as it stood, cut at 200 characters.
    pub value: String,
    /// What was done.
    pub action: Action,
    /// What was wrong and what to do, in French.
    pub advice: String,
}

/// All remarks of one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In the order of the files and their lines.
    pub lines: Vec<ReportLine>,
}

impl Report {
    /// Adds a remark; the value is cut at 200 characters.
    pub fn push(&mut self, mut line: ReportLine) {
        if let Some((end, _)) = line.value.char_indices().nth(200) {
            line.value.truncate(end);
        }
        self.lines.push(line);
    }

    /// How many remarks carry this action.
    pub fn count(&self, action: Action) -> usize {
        self.lines
            .iter()
            .filter(|line| line.action == action)
            .count()
    }
}
