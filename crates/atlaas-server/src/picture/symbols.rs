//! Symbols of a picture: points, and circles with a count where points would cover each other.

use crate::picture::canvas::Canvas;
use atlaas_engine::Snapshot;
use atlaas_model::{DocSet, Fiche, Layer, Position, Schema, Symbol as Shape};
use std::collections::BTreeMap;

/// Side of the cells within which points become one circle, in pixels.
const CELL: f64 = 46.0;

/// One fiche on the picture.
#[derive(Clone)]
pub struct Symbol {
    /// Where it lies.
    pub position: Position,
    /// Its colour, `#rrggbb`; empty when it has none.
    pub color: String,
    /// Whether it is a disc rather than a square.
    pub round: bool,
}

/// What is drawn, in pixels.
pub struct Drawn {
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// How many fiches.
    pub count: u32,
    /// Colour of a single point.
    pub color: String,
    /// Whether a single point is round.
    pub round: bool,
}

impl Drawn {
    /// Radius in pixels.
    pub fn radius(&self) -> f64 {
        if self.count == 1 {
            5.0
        } else {
            9.0 + 4.5 * f64::from(self.count).log10()
        }
    }
}

impl Symbol {
    /// A place.
    pub fn of_place(position: Position, color: &str) -> Self {
        Self {
            position,
            color: color.to_owned(),
            round: true,
        }
    }
}

/// The points among documents.
pub fn of_docs(snapshot: &Snapshot, docs: &DocSet) -> Vec<Symbol> {
    let catalogue = snapshot.catalogue();
    let schema = catalogue.schema();
    let of_layer = |layer: &Layer| {
        let round = layer.symbol == Shape::Round;
        let drawn = catalogue
            .docs_of(layer.kind())
            .filter(|&doc| docs.contains(doc));
        let symbols = drawn.filter_map(move |doc| {
            let fiche = catalogue.fiche(doc);
            Some(Symbol {
                position: fiche.position?,
                color: color_of(fiche, schema).to_owned(),
                round,
            })
        });
        symbols.collect::<Vec<_>>()
    };
    schema.layers().iter().flat_map(of_layer).collect()
}

/// The colour of a fiche ([`Schema::category`]), as on the map; empty without one.
pub fn color_of<'a>(fiche: &Fiche, schema: &'a Schema) -> &'a str {
    let facet = schema.colour(fiche.kind);
    let terms = facet.map_or(&[][..], |facet| schema.vocabulary.terms(facet));
    let category = schema.category(fiche);
    let term = category.and_then(|slug| terms.iter().find(|term| term.slug == slug));
    term.map_or("", |term| term.couleur.as_str())
}

/// Joins points of the same cell, then circles that would overlap; largest last, so that they lie on top.
pub fn cluster(points: &[Symbol], canvas: &Canvas) -> Vec<Drawn> {
    let mut cells: BTreeMap<(i32, i32), Drawn> = BTreeMap::new();
    for point in points {
        let [x, y] = canvas.place([point.position.longitude(), point.position.latitude()]);
        if !canvas.holds(x, y) {
            continue;
        }
        let cell = cells.entry(((x / CELL) as i32, (y / CELL) as i32));
        let drawn = cell.or_insert_with(|| Drawn {
            x,
            y,
            count: 0,
            color: point.color.clone(),
            round: point.round,
        });
        drawn.count += 1;
        let share = 1.0 / f64::from(drawn.count);
        drawn.x += (x - drawn.x) * share;
        drawn.y += (y - drawn.y) * share;
    }
    let mut queue: Vec<Drawn> = cells.into_values().collect();
    queue.sort_by_key(|drawn| std::cmp::Reverse(drawn.count));
    let mut kept: Vec<Drawn> = Vec::new();
    for drawn in queue {
        let touched = kept.iter_mut().find(|other| {
            (other.x - drawn.x).hypot(other.y - drawn.y) < other.radius() + drawn.radius()
        });
        match touched {
            Some(other) => other.count += drawn.count,
            None => kept.push(drawn),
        }
    }
    kept.reverse();
    kept
}
