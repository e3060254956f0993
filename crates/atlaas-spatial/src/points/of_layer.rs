//! From the fiches of a snapshot to the points of one layer.

use super::head::{TableHead, columns};
use super::row::{PointRow, Property};
use super::table::PointTable;
use atlaas_model::{Column, Corpus, DocId, Fiche, Layer, Level};
use std::collections::HashMap;

impl PointTable {
    /// The points of one declared layer that have a position. `arobases` tells the level that a fiche
    /// inherits.
    pub fn of_layer(layer: &Layer, corpus: &Corpus, arobases: impl Fn(&Fiche) -> u8) -> Self {
        let head = TableHead::of(layer, &corpus.schema);
        let ranks: HashMap<&str, u16> = head
            .categories
            .iter()
            .map(String::as_str)
            .zip(0..)
            .collect();
        let told: Vec<&Column> = columns(layer).collect();
        let fiches = &corpus.fiches;
        let commune = |fiche: &Fiche| {
            let code = fiche.territory.commune?;
            let doc = corpus.territories.doc(Level::Commune, code)?;
            Some(fiches[doc as usize].name.clone())
        };
        let categories = |fiche: &Fiche| -> Vec<u16> {
            let slugs = layer
                .coloured_by
                .map_or(&[][..], |facet| fiche.slugs(facet));
            let known = slugs.iter().filter_map(|slug| ranks.get(slug.as_str()));
            known.copied().collect()
        };
        let said = |fiche: &Fiche, column: &Column| Property::of(fiche.values.get(column.key)?);
        let row = |(fiche, doc): (&Fiche, DocId)| {
            Some(PointRow {
                doc,
                position: fiche.position?,
                categories: categories(fiche),
                id: fiche.id.as_str().to_owned(),
                name: fiche.name.clone(),
                properties: told.iter().map(|column| said(fiche, column)).collect(),
                commune: commune(fiche),
                arobases: arobases(fiche),
            })
        };
        let docs = fiches.iter().zip(0..);
        let rows = docs
            .filter(|(fiche, _)| fiche.kind == layer.kind())
            .filter_map(row)
            .collect();
        Self::new(head, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{FicheId, Kind, Name, Position, Schema, Value, Vocabulary};
    use std::sync::Arc;

    fn fiche(kind: &'static str, own: &str, name: &str, position: Option<Position>) -> Fiche {
        let kind = Kind::point(kind);
        let mut fiche = Fiche::new(FicheId::of_row(kind, own).unwrap(), kind, name.to_owned());
        fiche.position = position;
        fiche
    }

    fn table(kind: &'static str, fiches: Vec<Fiche>, vocabulary: &str) -> (PointTable, Corpus) {
        let schema = Schema::shipped(Vocabulary::from_toml(vocabulary).unwrap());
        let corpus = Corpus::new(Arc::new(fiches), Arc::new(schema));
        let layer = corpus.schema.layer(Kind::point(kind)).unwrap();
        (PointTable::of_layer(layer, &corpus, |_| 4), corpus)
    }

    #[test]
    fn points_come_from_the_fiches_of_a_layer_that_have_a_position() {
        let text = "[[enjeu]]\nslug = \"education\"\nnom = \"éducation\"\n[[enjeu]]\nslug = \"emploi\"\nnom = \"emploi\"";
        let code = "13056".parse().unwrap();
        let mut commune = Fiche::new(
            FicheId::territory(Level::Commune, code),
            Level::Commune,
            "Martigues".into(),
        );
        commune.code = Some(code);
        let initiative = |own: &str, position| {
            let mut fiche = fiche("initiative", own, &"é".repeat(100), position);
            fiche.territory.commune = Some(code);
            let enjeux = ["emploi", "education", "emploi"].map(str::to_owned);
            fiche
                .values
                .add_terms(Name::known("enjeu"), enjeux.to_vec());
            fiche.values.set(Name::known("annee"), Value::Year(2019));
            fiche
        };
        let fiches = vec![
            commune,
            initiative("1", None),
            initiative("2", Position::new(5.0, 43.4).ok()),
        ];
        let (table, _) = table("initiative", fiches, text);
        assert_eq!(table.layer(), "initiatives");
        assert_eq!(table.category_keys(), ["n_education", "n_emploi"]);
        let [row] = table.rows() else {
            panic!("one point")
        };
        assert_eq!((row.doc, row.id.as_str()), (2, "initiative-2"));
        assert_eq!(row.categories, [0, 1]);
        let said = [Property::Text("emploi".into()), Property::Number(2019.0)];
        assert_eq!(row.properties, said.map(Some));
        assert_eq!(row.commune.as_deref(), Some("Martigues"));
        assert_eq!(row.name.chars().count(), 80);
    }

    #[test]
    fn a_colieu_of_several_types_bears_the_first_of_its_source_and_counts_for_all() {
        let text =
            "[[typologie]]\nslug = \"a\"\nnom = \"A\"\n[[typologie]]\nslug = \"b\"\nnom = \"B\"";
        let mut colieu = fiche("colieu", "1", "Le Phare", Position::new(5.0, 43.4).ok());
        let types = ["b", "a"].map(str::to_owned).to_vec();
        colieu.values.add_terms(Name::known("typologie"), types);
        let (table, corpus) = table("colieu", vec![colieu], text);
        let [row] = table.rows() else {
            panic!("one point")
        };
        assert_eq!(row.properties, [Some(Property::Text("b".into()))]);
        assert_eq!(corpus.schema.category(&corpus.fiches[0]), Some("b"));
        assert_eq!(row.categories, [0, 1]);
    }
}
