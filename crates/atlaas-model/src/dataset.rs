//! The dataset: all fiches, outlines, words and remarks of one reading, ready to be indexed.

pub mod corpus;
pub mod doc_set;
pub mod report;

use crate::{Code, ContextTable, DocId, Fiche, Level, Report, Ring, Schema};
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// The outline of one commune as its source draws it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// INSEE code of the commune of today.
    pub code: Code,
    /// Polygons, each an exterior ring followed by its holes.
    pub polygons: Vec<Vec<Ring>>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Name relative to the source directory.
    pub name: String,
    /// SHA-256 of the file as it lies on disk, in hexadecimal.
    pub sha256: String,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// Rows read, refused ones included.
    pub rows: u64,
}

/// Whether the data is somebody's, or made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "origine")]
pub enum Origin {
    /// Read from source files.
    Sources {
        /// The files, by name.
        fichiers: Vec<Source>,
    },
    /// The embedded gazetteer with generated initiatives, colieux, labels and territories.
    Demonstration {
        /// Seed of the generator.
        graine: u64,
    },
}

/// Everything that goes into a snapshot.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Sorted by kind then id; a fiche's rank is its [`DocId`].
    pub fiches: Vec<Fiche>,
    /// Outlines of communes, sorted by code; a commune without one is served as a point.
    pub outlines: Vec<Outline>,
    /// Its layers, facets and words.
    pub schema: Schema,
    /// What is known of the communes beside their fiches; empty when no source tells.
    pub context: ContextTable,
    /// Where it comes from.
    pub origin: Origin,
    /// What was refused or repaired.
    pub report: Report,
}

impl Dataset {
    /// Sorts fiches and outlines into the order that [`DocId`]s rely on.
    pub fn sort(&mut self) {
        self.fiches
            .sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        self.outlines.sort_by_key(|outline| outline.code);
    }
}

/// Finds the fiche of a territory by kind and code.
#[derive(Clone, Debug, Default)]
pub struct TerritoryIndex(HashMap<(Level, Code), DocId>);

impl TerritoryIndex {
    /// Indexes the territories among the fiches, former codes of communes included.
    pub fn new(fiches: &[Fiche]) -> Self {
        let mut index = HashMap::new();
        let docs = || {
            let docs = fiches.iter().zip(0..);
            docs.filter_map(|(fiche, doc)| Some((fiche.kind.level()?, fiche, doc)))
        };
        for (level, fiche, doc) in docs() {
            let aliases = fiche.aliases.iter().filter_map(|alias| alias.code);
            for code in fiche.former_codes.iter().copied().chain(aliases) {
                index.insert((level, code), doc);
            }
        }
        // Codes of today win over the same code in its former life.
        for (level, fiche, doc) in docs() {
            if let Some(code) = fiche.code {
                index.insert((level, code), doc);
            }
        }
        Self(index)
    }

    /// The document of a territory, by its code of today or a former one.
    pub fn doc(&self, level: Level, code: Code) -> Option<DocId> {
        self.0.get(&(level, code)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FicheId;

    fn commune(code: &str, former: &[&str]) -> Fiche {
        let code: Code = code.parse().unwrap();
        let mut fiche = Fiche::new(
            FicheId::territory(Level::Commune, code),
            Level::Commune,
            "X".into(),
        );
        fiche.code = Some(code);
        fiche.former_codes = former.iter().map(|code| code.parse().unwrap()).collect();
        fiche
    }

    #[test]
    fn a_former_code_leads_to_today_unless_it_is_in_use_again() {
        let fiches = [commune("01015", &["01340", "01016"]), commune("01016", &[])];
        let index = TerritoryIndex::new(&fiches);
        let doc = |code: &str| index.doc(Level::Commune, code.parse().unwrap());
        assert_eq!(doc("01340"), Some(0));
        assert_eq!(doc("01016"), Some(1));
        assert_eq!(doc("99999"), None);
        assert_eq!(index.doc(Level::Epci, "01015".parse().unwrap()), None);
    }
}
