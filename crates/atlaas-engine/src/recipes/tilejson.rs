//! TileJSON 3.0: what a client must know to ask for tiles, with or without a filter.

use super::search::QueryError;
use crate::snapshot::Snapshot;
use crate::tilesets::{ATTRIBUTION, CENTRE, FRANCE, Tileset, VectorLayer, vector_layers};
use atlaas_model::Bbox;
use atlaas_search::Query;
use atlaas_spatial::Archive;
use serde::Serialize;

/// A TileJSON document.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TileJSON)]
pub struct TileJson {
    tilejson: &'static str,
    name: &'static str,
    description: String,
    attribution: &'static str,
    version: String,
    scheme: &'static str,
    tiles: [String; 1],
    minzoom: u8,
    maxzoom: u8,
    bounds: [f64; 4],
    center: [f64; 3],
    vector_layers: Vec<VectorLayer>,
}

impl Snapshot {
    /// The TileJSON of a tileset under the filters of a query; `base` is the public address. Without
    /// a filter the tiles' URL names the snapshot, so that they can be kept for ever.
    pub fn tilejson(
        &self,
        tileset: Tileset,
        query: &Query,
        base: &str,
    ) -> Result<TileJson, QueryError> {
        let filter = query.filter_canonical();
        let whole = self.archive(tileset).map_or(FRANCE, Archive::bounds);
        let (bounds, center, parameters) = if filter.is_empty() {
            (whole, CENTRE, format!("v={}", self.id()))
        } else {
            let bounds = self.bounds_of(tileset, query)?;
            let bounds = bounds.unwrap_or(whole);
            (
                bounds,
                centre_of(bounds),
                format!("{filter}&v={}", self.id()),
            )
        };
        Ok(TileJson {
            tilejson: "3.0.0",
            name: tileset.as_str(),
            description: tileset.description(self.schema()),
            attribution: ATTRIBUTION,
            // TileJSON wants a semantic version; the snapshot's date orders like one.
            version: "1.0.0".to_owned(),
            scheme: "xyz",
            tiles: [format!(
                "{base}/tiles/{tileset}/{{z}}/{{x}}/{{y}}.mvt?{parameters}"
            )],
            minzoom: 0,
            maxzoom: tileset.max_zoom(),
            bounds: [bounds.west, bounds.south, bounds.east, bounds.north],
            center,
            vector_layers: vector_layers(tileset, self.points(), self.schema()),
        })
    }

    /// The box of the points that match, for the kinds that the tileset draws.
    fn bounds_of(&self, tileset: Tileset, query: &Query) -> Result<Option<Bbox>, QueryError> {
        let (_, docs) = self.matching(query)?;
        let drawn = docs.iter().filter(|&doc| {
            let kind = self.catalogue().fiche(doc).kind;
            self.points()
                .of(tileset)
                .any(|points| points.layer.kind() == kind)
        });
        Ok(Bbox::around(
            drawn.filter_map(|doc| self.positions()[doc as usize]),
        ))
    }
}

/// The middle of a box, at a zoom that shows all of it on a small map.
fn centre_of(bounds: Bbox) -> [f64; 3] {
    let widest = (bounds.east - bounds.west)
        .max(bounds.north - bounds.south)
        .max(1e-3);
    let zoom = (360.0 / widest).log2().floor().clamp(0.0, 14.0);
    [
        f64::midpoint(bounds.west, bounds.east),
        f64::midpoint(bounds.south, bounds.north),
        zoom,
    ]
}
