//! The fiches of a snapshot and what follows from them: names and contents of territories, label
//! levels that fiches inherit, ids.

use atlaas_model::{
    Code, Corpus, DocId, Fiche, FicheId, Kind, LabelRule, LabelledGroup, Layer, Level, Position,
    Schema, Vocabulary,
};
use std::sync::Arc;

/// All fiches in document order, with their words.
pub struct Catalogue {
    corpus: Corpus,
    /// How many objects of each layer lie in each territory: a row a territory, a place a layer.
    contents: Vec<u32>,
    labels: LabelRule,
    levels: Vec<u8>,
}

impl Catalogue {
    /// Counts and indexes the fiches, which must be sorted by kind then id.
    pub fn new(corpus: Corpus) -> Self {
        let fiches = &corpus.fiches;
        debug_assert!(fiches.is_sorted_by_key(|fiche| (fiche.kind, &fiche.id)));
        let contents = count_contents(&corpus);
        let labels = LabelRule::new(fiches);
        let level = |fiche| labels.of(fiche).map_or(0, |standing| standing.level);
        let levels = fiches.iter().map(level).collect();
        Self {
            corpus,
            contents,
            labels,
            levels,
        }
    }

    /// The fiches and what finds them, to be shared.
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Position of every document.
    pub fn positions(&self) -> &[Option<Position>] {
        &self.corpus.positions
    }

    /// All fiches, in document order.
    pub fn fiches(&self) -> &Arc<Vec<Fiche>> {
        &self.corpus.fiches
    }

    /// The layers, the facets and their words.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.corpus.schema
    }

    /// The words of the facets.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.corpus.schema.vocabulary
    }

    /// How many documents there are.
    pub fn len(&self) -> u32 {
        self.corpus.fiches.len() as u32
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.corpus.fiches.is_empty()
    }

    /// One fiche; `doc` must come from this snapshot.
    pub fn fiche(&self, doc: DocId) -> &Fiche {
        &self.corpus.fiches[doc as usize]
    }

    /// The document of an id.
    pub fn doc_of(&self, id: &FicheId) -> Option<DocId> {
        let kind = self.corpus.schema.kind(id.as_str().split('-').next()?)?;
        let found = self
            .corpus
            .fiches
            .binary_search_by(|fiche| (fiche.kind, &fiche.id).cmp(&(kind, id)));
        found.ok().map(|rank| rank as DocId)
    }

    /// The document of a territory, by its code of today or a former one.
    pub fn territory(&self, level: Level, code: Code) -> Option<DocId> {
        self.corpus.territories.doc(level, code)
    }

    /// The name of a territory.
    pub fn territory_name(&self, level: Level, code: Code) -> Option<&str> {
        self.territory(level, code)
            .map(|doc| self.fiche(doc).name.as_str())
    }

    /// The name of the territory of a level that a fiche lies in; a territory lies in itself.
    pub fn name_at(&self, fiche: &Fiche, level: Level) -> Option<&str> {
        self.territory_name(level, fiche.territory.at(level)?)
    }

    /// The same, of a territory that is not the fiche itself.
    pub fn name_above(&self, fiche: &Fiche, level: Level) -> Option<&str> {
        (fiche.kind != level).then(|| self.name_at(fiche, level))?
    }

    /// How many objects of each layer lie in a territory; nothing for any other fiche.
    pub fn contents(&self, doc: DocId) -> impl Iterator<Item = (&Layer, u32)> {
        let layers = self.corpus.schema.layers();
        let start = doc as usize * layers.len();
        let row = self
            .contents
            .get(start..start + layers.len())
            .unwrap_or(&[]);
        layers.iter().zip(row.iter().copied())
    }

    /// The label level that counts for a fiche, by [`LabelRule`]; 0 without a label.
    pub fn level(&self, doc: DocId) -> u8 {
        self.levels.get(doc as usize).copied().unwrap_or(0)
    }

    /// The territoire whose label a fiche has, when its commune has no level of its own.
    pub fn labelled_as_part_of(&self, doc: DocId) -> Option<&LabelledGroup> {
        let fiche = self.corpus.fiches.get(doc as usize)?;
        self.labels.of(fiche)?.group.as_deref()
    }

    /// The documents of one kind: they follow each other.
    pub fn docs_of(&self, kind: impl Into<Kind>) -> std::ops::Range<DocId> {
        let kind = kind.into();
        let start = self
            .corpus
            .fiches
            .partition_point(|fiche| fiche.kind < kind);
        let end = self
            .corpus
            .fiches
            .partition_point(|fiche| fiche.kind <= kind);
        start as DocId..end as DocId
    }
}

fn count_contents(corpus: &Corpus) -> Vec<u32> {
    let (fiches, layers) = (&corpus.fiches, corpus.schema.layers());
    let first_point = fiches.partition_point(|fiche| fiche.kind.is_territory());
    let mut contents = vec![0; first_point * layers.len()];
    for fiche in &fiches[first_point..] {
        let Some(rank) = layers.iter().position(|layer| layer.kind() == fiche.kind) else {
            continue;
        };
        for level in Level::ALL {
            let code = fiche.territory.at(level);
            let doc = code.and_then(|code| corpus.territories.doc(level, code));
            let count = doc.and_then(|doc| contents.get_mut(doc as usize * layers.len() + rank));
            if let Some(count) = count {
                *count += 1;
            }
        }
    }
    contents
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{Label, LabelOrigin, Territory};

    fn sample() -> Catalogue {
        let code: Code = "13056".parse().unwrap();
        let region: Code = "93".parse().unwrap();
        let here = Territory {
            commune: Some(code),
            region: Some(region),
            ..Territory::default()
        };
        let mut commune = Fiche::new(
            FicheId::territory(Level::Commune, code),
            Level::Commune,
            "Martigues".into(),
        );
        commune.code = Some(code);
        commune.territory = here;
        commune.labels.push(Label {
            year: 2019,
            level: Some(4),
            mention: None,
            origin: LabelOrigin::Releve,
            group: None,
        });
        let mut area = Fiche::new(
            FicheId::territory(Level::Region, region),
            Level::Region,
            "PACA".into(),
        );
        area.code = Some(region);
        let mut point = Fiche::new(
            FicheId::of_row(Kind::point("initiative"), "1").unwrap(),
            Kind::point("initiative"),
            "Wifi".into(),
        );
        point.territory = here;
        let fiches = Arc::new(vec![commune, area, point]);
        Catalogue::new(Corpus::new(fiches, Arc::default()))
    }

    #[test]
    fn fiches_are_found_by_id_and_counted_in_their_territories() {
        let catalogue = sample();
        for (id, expected) in [
            ("commune-13056", Some(0)),
            ("initiative-1", Some(2)),
            ("colieu-1", None),
        ] {
            assert_eq!(catalogue.doc_of(&id.parse().unwrap()), expected, "{id}");
        }
        for territory in [0, 1] {
            let counts = catalogue.contents(territory);
            let counts: Vec<(&str, u32)> =
                counts.map(|(layer, n)| (layer.name.as_str(), n)).collect();
            assert_eq!(counts, [("initiatives", 1), ("colieux", 0)]);
        }
        assert_eq!(catalogue.contents(2).count(), 0);
        assert_eq!(catalogue.docs_of(Kind::point("initiative")), 2..3);
        assert_eq!(catalogue.docs_of(Level::Epci), 1..1);
    }

    #[test]
    fn an_initiative_inherits_the_level_of_its_commune() {
        let catalogue = sample();
        assert_eq!([0, 1, 2].map(|doc| catalogue.level(doc)), [4, 0, 4]);
        assert_eq!(catalogue.labelled_as_part_of(2), None);
    }
}
