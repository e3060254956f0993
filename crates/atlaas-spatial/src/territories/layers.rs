//! The layers of the territories tileset: from which zoom, with which fields of which types. TileJSON
//! and `tiles/couches.json` say the same; a test compares them.

use super::shape::Shape;
use atlaas_model::Level;
use serde::Serialize;

/// Type of a property in a tile, as TileJSON's `fields` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FieldType {
    /// Text.
    String,
    /// Whole number, never negative.
    Number,
}

/// A property of the features of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Key.
    pub name: &'static str,
    /// Type of its values.
    pub kind: FieldType,
    /// First zoom that has it.
    pub from_zoom: u8,
}

/// A layer of the tileset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LayerInfo {
    /// Name of the layer.
    pub id: &'static str,
    /// Level of the territories in it.
    pub territory: Level,
    /// Whether it holds label points rather than surfaces.
    pub labels: bool,
    /// First zoom with features.
    pub min_zoom: u8,
    /// Its properties, beside the numbers that a schema declares.
    pub fields: &'static [Field],
}

/// First zoom at which polygons bear their names; label layers always do.
pub const NAME_ZOOM: u8 = 8;

const fn number(name: &'static str) -> Field {
    Field {
        name,
        kind: FieldType::Number,
        from_zoom: 0,
    }
}

const fn text(name: &'static str, from_zoom: u8) -> Field {
    Field {
        name,
        kind: FieldType::String,
        from_zoom,
    }
}

const SURFACE: &[Field] = &[text("code", 0), text("nom", NAME_ZOOM), number("arobases")];
const POINT: &[Field] = &[text("code", 0), text("nom", 0), number("rang")];

const fn surfaces(id: &'static str, territory: Level, min_zoom: u8) -> LayerInfo {
    LayerInfo {
        id,
        territory,
        labels: false,
        min_zoom,
        fields: SURFACE,
    }
}

const fn labels(id: &'static str, territory: Level, min_zoom: u8) -> LayerInfo {
    LayerInfo {
        id,
        territory,
        labels: true,
        min_zoom,
        fields: POINT,
    }
}

/// Every layer, in the order of a tile: surfaces, the largest first, then labels.
pub const LAYERS: [LayerInfo; 8] = [
    surfaces("regions", Level::Region, 0),
    surfaces("departements", Level::Departement, 3),
    surfaces("epci", Level::Epci, 5),
    surfaces("communes", Level::Commune, 5),
    labels("regions_label", Level::Region, 0),
    labels("departements_label", Level::Departement, 3),
    labels("epci_label", Level::Epci, 5),
    labels("communes_label", Level::Commune, 5),
];

/// First zoom at which territories of a kind are drawn.
pub fn min_zoom(kind: Level) -> u8 {
    LAYERS
        .iter()
        .find(|layer| layer.territory == kind)
        .map_or(u8::MAX, |layer| layer.min_zoom)
}

/// First zoom at which each arc is drawn.
pub fn arc_zooms(shapes: &[Shape], arcs: usize) -> Vec<u8> {
    let mut zooms = vec![u8::MAX; arcs];
    for shape in shapes {
        let zoom = min_zoom(shape.attributes.kind);
        for arc in &shape.arcs {
            let first = &mut zooms[arc.arc()];
            *first = zoom.min(*first);
        }
    }
    zooms
}
