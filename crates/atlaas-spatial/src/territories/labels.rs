//! Where each territory bears its name, and from which zoom there is room for it.

use super::collection::Territories;
use super::layers::min_zoom;
use super::shape::{NamePlace, Shape};
use crate::grid::{LATTICE_BITS, TILE_BITS, Vertex, WHOLE_ZOOM, area2, tolerance};
use crate::rings::{Edge, Polygon, assemble, pole};
use crate::topology::kept_segments;
use atlaas_model::Level;
use hashbrown::HashMap;
use rayon::prelude::*;

/// Room that a label needs, as a share of a tile: 80 pixels of 512.
const ROOM: f64 = 80.0 / 512.0;
/// From this zoom every territory bears its name.
pub const EVERY_NAME_ZOOM: u8 = 11;
/// Poles are sought in outlines that are at most this share of their smaller side from the true ones.
const POLE_DETAIL: f64 = 1.0 / 400.0;
/// Least zoom of the vertices that are looked at.
const POLE_ZOOM: u8 = 9;

/// Places the labels of all territories and the islets of those in several parts.
pub fn place(territories: &mut Territories) {
    let places: Vec<Places> = territories
        .shapes
        .par_iter()
        .map(|shape| places(territories, shape))
        .collect();
    for (shape, (at, islets)) in territories.shapes.iter_mut().zip(places) {
        shape.label = at.map(|at| NamePlace {
            at,
            zoom: 0,
            rank: 0,
        });
        shape.islets = islets;
    }
    for kind in [
        Level::Commune,
        Level::Epci,
        Level::Departement,
        Level::Region,
    ] {
        let mut same: Vec<&mut Shape> = territories
            .shapes
            .iter_mut()
            .filter(|shape| shape.attributes.kind == kind)
            .collect();
        same.sort_by_key(|shape| {
            (
                std::cmp::Reverse(shape.attributes.population),
                shape.attributes.code,
            )
        });
        rank(&mut same, min_zoom(kind));
    }
}

type Places = (Option<Vertex>, Vec<Vertex>);

/// The label's place, then one place inside each other exterior.
fn places(territories: &Territories, shape: &Shape) -> Places {
    let size = |polygon: &Polygon| area2(&polygon[0]);
    let mut polygons = assemble(detail(territories, shape));
    polygons.sort_by_key(|polygon| std::cmp::Reverse(size(polygon)));
    let mut poles = polygons.iter().filter_map(pole).map(|(at, _)| at);
    match poles.next() {
        Some(at) => (Some(at), poles.collect()),
        None => (shape.attributes.centre.map(Vertex::new), Vec::new()),
    }
}

/// The edges of a shape, as finely as the search for its poles needs.
fn detail(territories: &Territories, shape: &Shape) -> Vec<Edge> {
    let [west, north, east, south] = shape.bounds.map(i64::from);
    let error = (east - west).min(south - north) as f64 * POLE_DETAIL;
    let zoom = (POLE_ZOOM..WHOLE_ZOOM)
        .find(|&zoom| tolerance(zoom) <= error)
        .unwrap_or(WHOLE_ZOOM);
    let mut edges = Vec::new();
    for arc in &shape.arcs {
        let start = edges.len();
        let kept = kept_segments(
            &territories.arcs,
            arc.arc(),
            &territories.vertex_zooms,
            zoom,
        );
        if arc.is_backward() {
            edges.extend(kept.map(|segment| (segment.b, segment.a)));
            edges[start..].reverse();
        } else {
            edges.extend(kept.map(|segment| (segment.a, segment.b)));
        }
    }
    edges
}

/// Gives each its rank, and the first zoom at which no more populous label stands too near.
fn rank(shapes: &mut [&mut Shape], first_zoom: u8) {
    for (shape, rank) in shapes.iter_mut().zip(1..) {
        if let Some(label) = &mut shape.label {
            (label.rank, label.zoom) = (rank, EVERY_NAME_ZOOM);
        }
    }
    for zoom in first_zoom..EVERY_NAME_ZOOM {
        let room = (f64::from(1_u32 << (LATTICE_BITS - u32::from(zoom))) * ROOM) as i32;
        let mut taken: HashMap<(i32, i32), Vec<Vertex>> = HashMap::new();
        for shape in shapes.iter_mut() {
            let Some(label) = &mut shape.label else {
                continue;
            };
            let (column, row) = (label.at.x / room, label.at.y / room);
            let around =
                (column - 1..=column + 1).flat_map(|c| (row - 1..=row + 1).map(move |r| (c, r)));
            let near = |other: &Vertex| {
                (other.x - label.at.x).abs() < room && (other.y - label.at.y).abs() < room
            };
            let crowded = around
                .filter_map(|cell| taken.get(&cell))
                .flatten()
                .any(near);
            // Once shown, a label stays at deeper zooms: more populous ones were there before it.
            if label.zoom <= zoom || !crowded {
                label.zoom = label.zoom.min(zoom);
                taken.entry((column, row)).or_default().push(label.at);
            }
        }
    }
}

/// The tile of a zoom that a label stands in, and where in it: each label in exactly one tile.
pub fn tile_of(at: Vertex, zoom: u8) -> ([u32; 2], [i32; 2]) {
    let last = (1_i64 << LATTICE_BITS) - 1;
    let coordinates = [at.x, at.y].map(|coordinate| i64::from(coordinate).min(last));
    let tile_shift = LATTICE_BITS - u32::from(zoom);
    let tile = coordinates.map(|c| (c >> tile_shift) as u32);
    let inside = coordinates.map(|c| {
        let within = c & ((1 << tile_shift) - 1);
        ((within << TILE_BITS) >> tile_shift) as i32
    });
    (tile, inside)
}
