//! The schema: which layers of points there are, which facets, and which words they use.
//!
//! It is built from declarations, lies in the snapshot under names, and is all that the rest of the
//! code knows of a layer: *colieux* and *initiatives* are two declarations that ship with the program.

mod column;
mod error;
mod facet_info;
mod joining;
mod layer;

pub use column::{Column, ColumnType, Wording};
pub use error::SchemaError;
pub use facet_info::FacetInfo;
pub use joining::Order;
pub use layer::{CommonSources, Layer, Making, Symbol};

use crate::{Facet, Fiche, Kind, Level, Vocabulary};
use serde::{Deserialize, Serialize};

/// Declarations that ship with the program.
const SHIPPED: [&str; 2] = [
    include_str!("../../../data/couches/initiatives/couche.toml"),
    include_str!("../../../data/couches/colieux/couche.toml"),
];
/// The columns of territories, of whichever level.
const TERRITORIES: &str = include_str!("../../../data/couches/territoires.toml");

/// The layers, facets and words of a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    layers: Vec<Layer>,
    /// What territories of every level have.
    territories: Vec<Column>,
    facets: Vec<FacetInfo>,
    orders: Vec<Order>,
    /// The terms of the facets.
    pub vocabulary: Vocabulary,
}

impl Default for Schema {
    /// What ships with the program, without a vocabulary.
    fn default() -> Self {
        Self::shipped(Vocabulary::default())
    }
}

impl Schema {
    /// The layers that ship with the program.
    ///
    /// # Panics
    /// Never: a test reads the declarations that are part of the program.
    pub fn shipped(vocabulary: Vocabulary) -> Self {
        Self::new(Self::shipped_layers(), vocabulary).expect("shipped declarations agree")
    }

    /// The same, to be joined with others.
    ///
    /// # Panics
    /// Never, as above.
    pub fn shipped_layers() -> Vec<Layer> {
        let read = |text| Layer::from_toml(text).expect("a shipped declaration");
        let ships = |layer| Layer {
            ships: true,
            ..layer
        };
        SHIPPED.into_iter().map(read).map(ships).collect()
    }

    /// Joins declarations, and names their facets: by the column alone where that tells enough.
    pub fn new(mut layers: Vec<Layer>, vocabulary: Vocabulary) -> Result<Self, SchemaError> {
        joining::check_names(&layers)?;
        layers.sort_by_key(|layer| (layer.rank, layer.id));
        let territories = layer::columns(TERRITORIES)?;
        joining::name_columns(&mut layers, &territories)?;
        let (facets, orders) = joining::join(&layers, &territories)?;
        Ok(Self {
            layers,
            territories,
            facets,
            orders,
            vocabulary,
        })
    }

    /// The layers, in the order in which people see them.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layer of a kind of points.
    pub fn layer(&self, kind: Kind) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.kind() == kind)
    }

    /// The columns of a kind, in the order of its declaration.
    pub fn columns(&self, kind: Kind) -> &[Column] {
        match kind {
            Kind::Territory(_) => &self.territories,
            Kind::Point(_) => self.layer(kind).map_or(&[], |layer| &layer.columns),
        }
    }

    /// One column of a kind, by its name in answers.
    pub fn column(&self, kind: Kind, name: &str) -> Option<&Column> {
        let mut columns = self.columns(kind).iter();
        columns.find(|column| column.name.as_str() == name)
    }

    /// The columns of territories.
    pub fn territory_columns(&self) -> &[Column] {
        &self.territories
    }

    /// The layer that tilesets, collections and files call so.
    pub fn layer_named(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name.as_str() == name)
    }

    /// Every kind, in the order of the documents.
    pub fn kinds(&self) -> Vec<Kind> {
        let points = self.layers.iter().map(Layer::kind);
        let mut kinds: Vec<Kind> = Level::ALL
            .into_iter()
            .map(Kind::from)
            .chain(points)
            .collect();
        kinds.sort();
        kinds
    }

    /// The kind of that public name.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds().into_iter().find(|kind| kind.as_str() == name)
    }

    /// What a kind is called in tilesets, collections and files.
    pub fn plural(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Territory(level) => level.plural(),
            Kind::Point(name) => self.layer(kind).map_or(name, |layer| layer.name).as_str(),
        }
    }

    /// The facets, in the order in which answers list them.
    pub fn facets(&self) -> &[FacetInfo] {
        &self.facets
    }

    /// The orders by declared columns.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Declared facets of terms, the most telling first: where two have a word in common, it is
    /// taken for a term of the first.
    pub fn telling_facets(&self) -> Vec<Facet> {
        let declared = self
            .facets
            .iter()
            .filter(|info| info.kind.is_some_and(ColumnType::has_terms));
        let mut ranked: Vec<_> = declared
            .map(|info| (info.telling, info.rank, info.facet))
            .collect();
        ranked.sort();
        ranked.into_iter().map(|(.., facet)| facet).collect()
    }

    /// Whether the values of a facet are years.
    pub fn is_of_years(&self, facet: Facet) -> bool {
        self.info(facet)
            .is_some_and(|info| info.kind == Some(ColumnType::Year))
    }

    /// The facet of years, when there is one: what a year among the words of a query is about.
    pub fn year_facet(&self) -> Option<Facet> {
        let mut years = self
            .facets
            .iter()
            .filter(|info| info.kind == Some(ColumnType::Year));
        years.next().map(|info| info.facet)
    }

    /// The facet of that name.
    pub fn facet(&self, name: &str) -> Option<Facet> {
        let mut facets = self.facets.iter();
        facets
            .find(|info| info.facet.as_str() == name)
            .map(|info| info.facet)
    }

    /// The facet whose range a parameter bounds, and whether it is the upper end.
    pub fn bound(&self, parameter: &str) -> Option<(&FacetInfo, bool)> {
        let named = |info: &FacetInfo| match info.bounds() {
            Some((least, _)) if least == parameter => Some(false),
            Some((_, most)) if most == parameter => Some(true),
            Some(_) | None => None,
        };
        let mut facets = self.facets.iter();
        facets.find_map(|info| Some((info, named(info)?)))
    }

    /// What a facet is.
    pub fn info(&self, facet: Facet) -> Option<&FacetInfo> {
        self.facets.iter().find(|info| info.facet == facet)
    }

    /// The facet by which fiches of a kind are coloured, and counted on the map.
    pub fn colour(&self, kind: Kind) -> Option<Facet> {
        self.layer(kind)?.coloured_by
    }

    /// The term that gives a fiche its colour, on maps and in lists: the first that its source gives.
    pub fn category<'a>(&self, fiche: &'a Fiche) -> Option<&'a str> {
        let slugs = fiche.slugs(self.colour(fiche.kind)?);
        slugs.first().map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
