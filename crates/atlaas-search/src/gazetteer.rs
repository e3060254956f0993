//! The gazetteer: every name and code of every territory, found as people write it.
//!
//! It holds the names of communes (former, delegated and associated ones included), EPCI,
//! départements and régions, with the few facts that rank them. It is rebuilt from the fiches when
//! an index is opened. It refuses nothing: a text of any length or script gives at most an empty
//! answer, since only the first 200 characters and 16 words are read.

mod alignment;
mod build;
mod codes;
mod keys;
mod known;
mod lookup;
mod qualifier;
mod ranking;
mod spelling;
mod tokens;
mod usual;
mod weights;

pub use lookup::{LookupOptions, Match, PlaceMatch};

use atlaas_model::{Code, DocId, Fiche, Kind, Position};
use keys::KeyTable;
use std::ops::Range;
use tokens::TokenTable;

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
    pub(crate) kind: Kind,
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
    postcodes: Range<u32>,
    name: Range<u32>,
}

/// All names of territories, ready to be looked up.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    names: String,
    postcodes: Vec<u32>,
    keys: KeyTable,
    tokens: TokenTable,
    codes: codes::CodeTable,
    qualifiers: qualifier::QualifierTable,
    known: known::KnownWords,
}

impl Gazetteer {
    /// Reads the names of the territories among the fiches, whose ranks are the [`DocId`]s of its
    /// answers.
    pub fn build(fiches: &[Fiche]) -> Self {
        build::build(fiches)
    }

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
}
