//! The outline of a territory as GeoJSON, rings closed.

use atlaas_engine::Snapshot;
use atlaas_model::{Fiche, Ring};
use serde::Serialize;
use utoipa::ToSchema;

/// One polygon or several, whichever the territory is.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Contour)]
pub enum Outline {
    /// One piece.
    Polygon(Polygon),
    /// Several pieces.
    MultiPolygon(MultiPolygon),
}

/// One polygon: an exterior ring and its holes.
#[derive(Serialize, ToSchema)]
pub struct Polygon {
    #[schema(value_type = Vec<Vec<[f64; 2]>>)]
    coordinates: Vec<Ring>,
    #[serde(rename = "type")]
    kind: PolygonName,
}

/// Several polygons.
#[derive(Serialize, ToSchema)]
pub struct MultiPolygon {
    #[schema(value_type = Vec<Vec<Vec<[f64; 2]>>>)]
    coordinates: Vec<Vec<Ring>>,
    #[serde(rename = "type")]
    kind: MultiPolygonName,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PolygonType)]
enum PolygonName {
    Polygon,
}

#[derive(Serialize, ToSchema)]
#[schema(as = MultiPolygonType)]
enum MultiPolygonName {
    MultiPolygon,
}

impl Polygon {
    /// Of closed rings.
    pub const fn new(rings: Vec<Ring>) -> Self {
        Self {
            coordinates: rings,
            kind: PolygonName::Polygon,
        }
    }
}

impl Outline {
    /// The outline of a territory, where it has one.
    pub fn of(snapshot: &Snapshot, fiche: &Fiche) -> Option<Self> {
        let polygons = snapshot
            .territories()
            .contour(fiche.kind.level()?, fiche.code?)?;
        let mut polygons: Vec<Vec<Ring>> = polygons;
        for ring in polygons.iter_mut().flatten() {
            ring.extend(ring.first().copied());
        }
        Some(if polygons.len() == 1 {
            Self::Polygon(Polygon::new(polygons.remove(0)))
        } else {
            Self::several(polygons)
        })
    }

    /// The same as several polygons, were it one: what GIS software expects of a collection is one
    /// type of geometry a layer.
    #[must_use]
    pub fn in_several(self) -> Self {
        match self {
            Self::Polygon(one) => Self::several(vec![one.coordinates]),
            several @ Self::MultiPolygon(_) => several,
        }
    }

    const fn several(polygons: Vec<Vec<Ring>>) -> Self {
        Self::MultiPolygon(MultiPolygon {
            coordinates: polygons,
            kind: MultiPolygonName::MultiPolygon,
        })
    }
}
