//! What the territories of a catalogue are on the map: the properties of their polygons and labels.

use crate::catalogue::Catalogue;
use atlaas_model::{Layer, Level};
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
            population: fiche.population.unwrap_or(0),
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
