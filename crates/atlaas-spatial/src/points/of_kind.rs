//! From the fiches of a snapshot to the points of one kind.

use super::row::PointRow;
use super::table::PointTable;
use atlaas_model::{Corpus, DocId, Fiche, Kind};
use std::{borrow::Cow, collections::HashMap};

impl PointTable {
    /// The points of one kind of fiche that have a position: layer `initiatives` counted by enjeu,
    /// layer `colieux` counted by typologie. `arobases` tells the level that a fiche inherits.
    pub fn of_kind(kind: Kind, corpus: &Corpus, arobases: impl Fn(&Fiche) -> u8) -> Self {
        let facet = kind.category_facet();
        let terms = corpus.vocabulary.terms(facet);
        let ranks: HashMap<&str, u16> = terms
            .iter()
            .map(|term| term.slug.as_str())
            .zip(0..)
            .collect();
        let fiches = &corpus.fiches;
        let commune = |fiche: &Fiche| {
            let doc = corpus
                .territories
                .doc(Kind::Commune, fiche.territory.commune?)?;
            Some(fiches[doc as usize].name.clone())
        };
        let row = |(fiche, doc): (&Fiche, DocId)| {
            Some(PointRow {
                doc,
                position: fiche.position?,
                categories: fiche
                    .slugs(facet)
                    .iter()
                    .filter_map(|slug| ranks.get(slug.as_str()).copied())
                    .collect(),
                id: fiche.id.as_str().to_owned(),
                name: fiche.name.clone(),
                category: fiche.category().map(ToOwned::to_owned),
                year: fiche.year,
                commune: commune(fiche),
                arobases: arobases(fiche),
            })
        };
        let docs = fiches.iter().zip(0..);
        let rows = docs
            .filter(|(fiche, _)| fiche.kind == kind)
            .filter_map(row)
            .collect();
        let categories: Vec<String> = terms.iter().map(|term| term.slug.clone()).collect();
        let layer: Cow<'static, str> = match kind {
            Kind::Initiative => "initiatives".into(),
            Kind::Colieu => "colieux".into(),
            other => other.as_str().into(),
        };
        Self::new(layer, kind, &categories, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{Facet, FicheId, Position, Vocabulary};
    use std::sync::Arc;

    #[test]
    fn points_come_from_the_fiches_of_a_kind_that_have_a_position() {
        let text = "[[enjeu]]\nslug = \"education\"\nnom = \"éducation\"\n[[enjeu]]\nslug = \"emploi\"\nnom = \"emploi\"";
        let vocabulary = Vocabulary::from_toml(text).unwrap();
        let code = "13056".parse().unwrap();
        let mut commune = Fiche::new(
            FicheId::territory(Kind::Commune, code),
            Kind::Commune,
            "Martigues".into(),
        );
        commune.code = Some(code);
        let fiche = |own: &str, position| {
            let id = FicheId::of_row(Kind::Initiative, own).unwrap();
            let mut fiche = Fiche::new(id, Kind::Initiative, "é".repeat(100));
            fiche.position = position;
            fiche.territory.commune = Some(code);
            fiche.terms.insert(
                Facet::Enjeu,
                vec!["emploi".into(), "education".into(), "emploi".into()],
            );
            fiche
        };
        let fiches = vec![
            commune,
            fiche("1", None),
            fiche("2", Position::new(5.0, 43.4).ok()),
        ];
        let corpus = Corpus::new(Arc::new(fiches), Arc::new(vocabulary));
        let table = PointTable::of_kind(Kind::Initiative, &corpus, |_| 4);
        assert_eq!(table.layer(), "initiatives");
        assert_eq!(table.category_keys(), ["n_education", "n_emploi"]);
        let [row] = table.rows() else {
            panic!("one point")
        };
        assert_eq!((row.doc, row.id.as_str()), (2, "initiative-2"));
        assert_eq!(row.categories, [0, 1]);
        assert_eq!(row.category.as_deref(), Some("emploi"));
        assert_eq!(row.commune.as_deref(), Some("Martigues"));
        assert_eq!(row.name.chars().count(), 80);
    }

    #[test]
    fn a_colieu_of_several_types_bears_the_first_of_its_source_and_counts_for_all() {
        let text =
            "[[typologie]]\nslug = \"a\"\nnom = \"A\"\n[[typologie]]\nslug = \"b\"\nnom = \"B\"";
        let vocabulary = Vocabulary::from_toml(text).unwrap();
        let id = FicheId::of_row(Kind::Colieu, "1").unwrap();
        let mut fiche = Fiche::new(id, Kind::Colieu, "Le Phare".into());
        fiche.position = Position::new(5.0, 43.4).ok();
        let types = ["b", "a"].map(str::to_owned).to_vec();
        fiche.terms.insert(Facet::Typologie, types);
        let corpus = Corpus::new(Arc::new(vec![fiche]), Arc::new(vocabulary));
        let table = PointTable::of_kind(Kind::Colieu, &corpus, |_| 0);
        let [row] = table.rows() else {
            panic!("one point")
        };
        assert_eq!(row.category.as_deref(), corpus.fiches[0].category());
        assert_eq!(row.category.as_deref(), Some("b"));
        assert_eq!(row.categories, [0, 1]);
    }
}
