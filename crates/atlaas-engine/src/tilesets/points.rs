//! The points of a snapshot: tables, and hierarchies without a filter.

use crate::catalogue::Catalogue;
use atlaas_model::{Fiche, Kind};
use atlaas_spatial::{ClusterOptions, Hierarchy, PointTable};
use std::sync::Arc;

/// Points of one kind, ready for tiles.
pub struct PointLayer {
    /// What it is.
    pub kind: Kind,
    /// What each point says.
    pub table: Arc<PointTable>,
    /// How they are clustered.
    pub options: ClusterOptions,
    /// The clusters of all of them.
    pub unfiltered: Arc<Hierarchy>,
}

/// Every kind of point.
pub struct PointLayers([PointLayer; KINDS.len()]);

const KINDS: [Kind; 2] = [Kind::Initiative, Kind::Colieu];

impl PointLayers {
    /// The points of one kind; `None` for territories.
    pub fn of(&self, kind: Kind) -> Option<&PointLayer> {
        self.0.iter().find(|layer| layer.kind == kind)
    }
}

/// The point layers of a catalogue.
pub fn point_layers(catalogue: &Catalogue) -> PointLayers {
    PointLayers(KINDS.map(|kind| layer(catalogue, kind)))
}

fn layer(catalogue: &Catalogue, kind: Kind) -> PointLayer {
    let level = |fiche: &Fiche| {
        catalogue
            .doc_of(&fiche.id)
            .map_or(0, |doc| catalogue.level(doc))
    };
    let table = PointTable::of_kind(kind, catalogue.corpus(), level);
    let table = Arc::new(table);
    let options = ClusterOptions::default();
    let unfiltered = Arc::new(Hierarchy::build(&table, None, &options));
    PointLayer {
        kind,
        table,
        options,
        unfiltered,
    }
}
