//! The points of a snapshot: tables, and hierarchies without a filter.

use super::tileset::Tileset;
use crate::catalogue::Catalogue;
use atlaas_model::{Fiche, Layer};
use atlaas_spatial::{ClusterOptions, Hierarchy, PointTable};
use std::sync::Arc;

/// The points of one layer, ready for tiles.
pub struct PointLayer {
    /// What it is.
    pub layer: Layer,
    /// What each point says.
    pub table: Arc<PointTable>,
    /// How they are clustered.
    pub options: ClusterOptions,
    /// The clusters of all of them.
    pub unfiltered: Arc<Hierarchy>,
}

/// Every layer of points, in the order of the schema.
pub struct PointLayers(Vec<PointLayer>);

impl PointLayers {
    /// Those that a tileset draws.
    pub fn of(&self, tileset: Tileset) -> impl Iterator<Item = &PointLayer> {
        let mut layers = self.0.iter();
        std::iter::from_fn(move || layers.find(|points| tileset.draws(&points.layer)))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &PointLayer> {
        self.0.iter()
    }
}

/// The point layers of a catalogue.
pub fn point_layers(catalogue: &Catalogue) -> PointLayers {
    let layers = catalogue.schema().layers().iter();
    PointLayers(layers.map(|layer| points(catalogue, layer)).collect())
}

fn points(catalogue: &Catalogue, layer: &Layer) -> PointLayer {
    let level = |fiche: &Fiche| {
        catalogue
            .doc_of(&fiche.id)
            .map_or(0, |doc| catalogue.level(doc))
    };
    let table = Arc::new(PointTable::of_layer(layer, catalogue.corpus(), level));
    let options = ClusterOptions::default();
    let unfiltered = Arc::new(Hierarchy::build(&table, None, &options));
    PointLayer {
        layer: layer.clone(),
        table,
        options,
        unfiltered,
    }
}
