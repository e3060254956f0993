//! From outlines and attributes to territories.

use super::collection::Territories;
use super::shape::{Shape, TerritoryAttributes};
use super::{labels, layers};
use crate::error::SpatialError;
use crate::topology::{
    ArcRef, TopologyRemark, clean_outline, cut_into_arcs, dissolve, mend, repair, vertex_zooms,
};
use atlaas_model::{Action, Code, Level, Outline};
use std::collections::{BTreeMap, HashMap};

impl Territories {
    /// Builds the topology of the communes' outlines, dissolves it by the communes' parents, ranks
    /// its vertices and places the labels. Whatever is repaired, left out or looks wrong is remarked
    /// on by commune; attributes without an outline are kept as points.
    pub fn build(
        outlines: &[Outline],
        attributes: Vec<TerritoryAttributes>,
        report: &mut Vec<TopologyRemark>,
    ) -> Result<Self, SpatialError> {
        let mut rings = Vec::new();
        for (outline, owner) in outlines.iter().zip(0..) {
            rings.extend(clean_outline(outline, owner, report));
        }
        let codes: Vec<Code> = outlines.iter().map(|outline| outline.code).collect();
        repair(&mut rings, &codes, report);
        let (arcs, mut owned) = cut_into_arcs(&rings, outlines.len());
        drop(rings);
        mend(&arcs, &mut owned, &codes, report);
        let mut outlined: HashMap<Code, Vec<ArcRef>> = HashMap::new();
        for (code, arcs) in codes.iter().zip(owned) {
            outlined.entry(*code).or_default().extend(arcs);
        }
        let mut shapes = shapes(attributes, outlined, report);
        draw_parents(&mut shapes);
        let arc_zooms = layers::arc_zooms(&shapes, arcs.len());
        let zooms = vertex_zooms(&arcs, &arc_zooms);
        let mut territories = Self::assemble(arcs, zooms, shapes);
        labels::place(&mut territories);
        Ok(territories)
    }
}

/// Shapes of all attributes, sorted; communes have their arcs, the others none yet.
fn shapes(
    attributes: Vec<TerritoryAttributes>,
    mut outlined: HashMap<Code, Vec<ArcRef>>,
    report: &mut Vec<TopologyRemark>,
) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = attributes
        .into_iter()
        .map(|attributes| Shape {
            attributes,
            arcs: Vec::new(),
            bounds: [0; 4],
            label: None,
            islets: Vec::new(),
        })
        .collect();
    shapes.sort_by_key(|shape| (shape.attributes.kind, shape.attributes.code));
    shapes.dedup_by_key(|shape| (shape.attributes.kind, shape.attributes.code));
    let communes = shapes
        .iter_mut()
        .filter(|shape| shape.attributes.kind == Level::Commune);
    for shape in communes {
        let arcs = outlined.remove(&shape.attributes.code).unwrap_or_default();
        shape.arcs = dissolve(arcs.into_iter());
    }
    let mut strangers: Vec<Code> = outlined.into_keys().collect();
    strangers.sort_unstable();
    report.extend(strangers.into_iter().map(|code| {
        TopologyRemark {
            code,
            action: Action::Ignore,
            value: String::new(),
            advice:
                "contour d’une commune inconnue du découpage : laissé de côté ; vérifier son code"
                    .into(),
        }
    }));
    shapes
}

fn draw_parents(shapes: &mut [Shape]) {
    let mut parts: BTreeMap<(Level, Code), Vec<ArcRef>> = BTreeMap::new();
    for shape in shapes.iter().filter(|shape| !shape.arcs.is_empty()) {
        for kind in [Level::Epci, Level::Departement, Level::Region] {
            if let Some(code) = shape.attributes.parents.at(kind) {
                parts.entry((kind, code)).or_default().extend(&shape.arcs);
            }
        }
    }
    for shape in shapes {
        if let Some(arcs) = parts.remove(&(shape.attributes.kind, shape.attributes.code)) {
            shape.arcs = dissolve(arcs.into_iter());
        }
    }
}
