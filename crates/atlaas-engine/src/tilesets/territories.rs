//! What the territories of a catalogue are on the map: the properties of their polygons and labels.

use crate::catalogue::Catalogue;
use atlaas_model::{Column, Fiche, Layer, Level, Name, Schema, Value};
use atlaas_spatial::TerritoryAttributes;

/// Every commune, EPCI, département and région, with its counts and label level.
pub fn territory_attributes(catalogue: &Catalogue) -> Vec<TerritoryAttributes> {
    let name = |(layer, count): (&Layer, u32)| (layer.name, count);
    let levels = Level::ALL.into_iter();
    let docs = levels.flat_map(|level| catalogue.docs_of(level));
    docs.filter_map(|doc| {
        let fiche = catalogue.fiche(doc);
        let code = fiche.code?;
        Some(TerritoryAttributes {
            kind: fiche.kind.level()?,
            code,
            feature_id: code.feature_id(),
            name: fiche.name.clone(),
            population: fiche.population().unwrap_or(0),
            numbers: numbers(catalogue.schema(), fiche),
            arobases: catalogue.level(doc),
            counts: catalogue
                .contents(doc)
                .filter(|(layer, _)| layer.counted)
                .map(name)
                .collect(),
            centre: fiche.position,
            parents: fiche.territory,
        })
    })
    .collect()
}

/// The numbers that the tiles of territories bear: 0 where one is not known.
fn numbers(schema: &Schema, fiche: &Fiche) -> Vec<(Name, f64)> {
    let columns = schema.territory_columns().iter();
    let borne = columns.filter(|column| column.in_tiles);
    let number = |column: &Column| {
        let value = fiche.values.get(column.key).and_then(Value::measure);
        (column.name, value.unwrap_or(0.0))
    };
    borne.map(number).collect()
}
