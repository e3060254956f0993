//! What the territories of a catalogue are on the map: the properties of their polygons and labels.

use crate::catalogue::Catalogue;
use atlaas_model::Kind;
use atlaas_spatial::TerritoryAttributes;

/// Every commune, EPCI, département and région, with its counts and label level.
pub fn territory_attributes(catalogue: &Catalogue) -> Vec<TerritoryAttributes> {
    let territories = [Kind::Commune, Kind::Epci, Kind::Departement, Kind::Region];
    let docs = territories
        .into_iter()
        .flat_map(|kind| catalogue.docs_of(kind));
    docs.filter_map(|doc| {
        let fiche = catalogue.fiche(doc);
        let code = fiche.code?;
        let contents = catalogue.contents(doc);
        Some(TerritoryAttributes {
            kind: fiche.kind,
            code,
            feature_id: code.feature_id(),
            name: fiche.name.clone(),
            population: fiche.population.unwrap_or(0),
            arobases: catalogue.level(doc),
            initiatives: contents.initiatives,
            colieux: contents.colieux,
            centre: fiche.position,
            parents: fiche.territory,
        })
    })
    .collect()
}
