//! The register: every name of every territory, with the tables by which it is found.

use super::codes::CodeTable;
use super::keys::KeyTable;
use super::known::KnownWords;
use super::qualifier::{Filter, QualifierTable};
use super::tokens::TokenTable;
use atlaas_model::{Code, DocId, Level, Position};
use std::ops::Range;

/// Most characters of a text that are read.
pub(crate) const MOST_CHARACTERS: usize = 200;

/// A name of a territory.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The territory.
    pub(crate) doc: DocId,
    /// Which of its aliases, when it is not its own name.
    pub(crate) alias: Option<u16>,
    /// Kind of territory.
    pub(crate) kind: Level,
    /// What its inhabitants weigh in the rank.
    pub(crate) importance: f32,
    /// Inhabitants of the name itself, 0 when unknown.
    pub(crate) population: u32,
    /// Where it is.
    pub(crate) position: Option<Position>,
    /// Département and région, as ranks in the table of qualifiers.
    pub(crate) departement: u16,
    /// See `departement`.
    pub(crate) region: u16,
    /// An arrondissement of a big commune, which its own name already leads to.
    pub(crate) arrondissement: bool,
    pub(super) postcodes: Range<u32>,
    pub(super) name: Range<u32>,
}

/// All names of territories, ready to be looked up.
#[derive(Debug, Default)]
pub struct Gazetteer {
    pub(super) entries: Vec<Entry>,
    pub(super) names: String,
    pub(super) postcodes: Vec<u32>,
    pub(super) keys: KeyTable,
    pub(super) tokens: TokenTable,
    pub(super) codes: CodeTable,
    pub(super) qualifiers: QualifierTable,
    pub(super) known: KnownWords,
}

impl Gazetteer {
    /// How many names it knows.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it knows no name.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes held, about.
    pub fn size_bytes(&self) -> usize {
        self.entries.len() * size_of::<Entry>()
            + self.names.len()
            + self.postcodes.len() * 4
            + self.keys.size_bytes()
            + self.tokens.size_bytes()
            + self.codes.size_bytes()
            + self.known.size_bytes()
    }

    /// The territories of a code: INSEE of today, then former, SIREN; of every kind that bears it.
    pub fn by_code(&self, code: Code) -> Vec<DocId> {
        let mut docs = Vec::new();
        for (entry, _) in self.codes.exact(code.as_str()) {
            let doc = self.entries[entry as usize].doc;
            if !docs.contains(&doc) {
                docs.push(doc);
            }
        }
        docs
    }

    /// Whether titles of fiches use a folded word, which then is hardly a misspelt name.
    pub(crate) fn is_known_word(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// The name of an entry.
    pub(crate) fn name(&self, entry: &Entry) -> &str {
        &self.names[entry.name.start as usize..entry.name.end as usize]
    }

    /// The post codes of an entry.
    pub(crate) fn postcodes(&self, entry: &Entry) -> &[u32] {
        &self.postcodes[entry.postcodes.start as usize..entry.postcodes.end as usize]
    }

    /// Whether an entry satisfies a filter.
    pub(crate) fn satisfies(&self, entry: &Entry, filter: Filter) -> bool {
        match filter {
            Filter::France => true,
            Filter::Departement(rank) => entry.departement == rank,
            Filter::Region(rank) => entry.region == rank,
            Filter::Number(number) => {
                self.postcodes(entry).contains(&number)
                    || self
                        .codes
                        .exact(&format!("{number:05}"))
                        .any(|(found, _)| self.entries[found as usize].doc == entry.doc)
            }
        }
    }
}
