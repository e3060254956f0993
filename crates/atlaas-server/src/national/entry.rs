//! One line of a list of territories: a fiche, or one of the parts of a commune that have a code of their
//! own (arrondissements, communes associées and déléguées), of which less is known.

use crate::national::part_types::part_type;
use atlaas_engine::Snapshot;
use atlaas_model::{Alias, AliasKind, Code, DocId, Level, Position};

/// A territory, or a part of a commune.
#[derive(Clone, Copy, Debug)]
pub struct NationalEntry {
    /// The fiche; of a part, that of its commune.
    pub doc: DocId,
    /// Which of the other names of the commune the part is.
    pub part: Option<usize>,
    /// How well the name fits that was asked for.
    pub score: Option<f32>,
}

impl NationalEntry {
    /// A fiche.
    pub const fn whole(doc: DocId) -> Self {
        Self {
            doc,
            part: None,
            score: None,
        }
    }

    /// A part of a commune.
    pub const fn part(doc: DocId, part: usize) -> Self {
        Self {
            doc,
            part: Some(part),
            score: None,
        }
    }

    /// The same, found by a name.
    #[must_use]
    pub const fn scored(self, score: f32) -> Self {
        Self {
            score: Some(score),
            ..self
        }
    }

    /// Whether both are one territory.
    pub fn same(self, other: Self) -> bool {
        (self.doc, self.part) == (other.doc, other.part)
    }

    /// The part, when it is one.
    pub fn alias(self, snapshot: &Snapshot) -> Option<&Alias> {
        snapshot.catalogue().fiche(self.doc).aliases.get(self.part?)
    }

    /// Whether it has a list apart from communes.
    pub fn is_listed_apart(self, snapshot: &Snapshot) -> bool {
        let part = self.alias(snapshot);
        part.is_some_and(|part| part.kind != AliasKind::Arrondissement)
    }

    /// Name.
    pub fn name(self, snapshot: &Snapshot) -> &str {
        let whole = || snapshot.catalogue().fiche(self.doc).name.as_str();
        self.alias(snapshot).map_or_else(whole, |part| &part.name)
    }

    /// Code.
    pub fn code(self, snapshot: &Snapshot) -> Option<Code> {
        match self.alias(snapshot) {
            Some(part) => part.code,
            None => snapshot.catalogue().fiche(self.doc).code,
        }
    }

    /// Post codes.
    pub fn postcodes(self, snapshot: &Snapshot) -> &[String] {
        let whole = || &snapshot.catalogue().fiche(self.doc).postcodes;
        self.alias(snapshot)
            .map_or_else(whole, |part| &part.postcodes)
    }

    /// Inhabitants.
    pub fn population(self, snapshot: &Snapshot) -> Option<u32> {
        match self.alias(snapshot) {
            Some(part) => part.population,
            None => snapshot.catalogue().fiche(self.doc).population(),
        }
    }

    /// The centre: of the source, else the place of the name within the outline.
    pub fn position(self, snapshot: &Snapshot) -> Option<Position> {
        let fiche = snapshot.catalogue().fiche(self.doc);
        match self.alias(snapshot) {
            Some(part) => part.position,
            None => fiche.position.or_else(|| {
                let territories = snapshot.territories();
                territories.label_position(fiche.kind.level()?, fiche.code?)
            }),
        }
    }

    /// Type of commune, or of EPCI.
    pub fn own_type(self, snapshot: &Snapshot) -> Option<&str> {
        if let Some(part) = self.alias(snapshot) {
            return part_type(part.kind);
        }
        let fiche = snapshot.catalogue().fiche(self.doc);
        if fiche.kind == Level::Commune {
            return Some("commune-actuelle");
        }
        let told = fiche.attributes.iter().find(|told| told.name == "nature")?;
        told.values.first().map(String::as_str)
    }
}
