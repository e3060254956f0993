//! The surface that communes cover in every tile of France, held against the surface of the source's
//! own outlines cut to the tile: an account that a hole, an overlap or a lost commune throws out.
//!
//! The two may differ by a thousandth, and along borders that one commune alone has (coasts, lagoons,
//! frontiers) by what the zoom's detail may move them.

use super::{france::france, on_box, ring_edges};
use crate::grid::{Vertex, detail_of, mercator::project};
use crate::rings::Edge;
use crate::territories::{collection::Territories, drawing::Piece};
use atlaas_model::{Level, Outline, Position, Ring};
use hashbrown::HashSet;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

const SIDE: f64 = 4096.0;

type Corner = [f64; 2];

/// Keeps the part of a closed ring on one side of a line (Sutherland and Hodgman, 1974).
fn keep(ring: &[Corner], axis: usize, line: f64, above: bool) -> Vec<Corner> {
    let depth = |at: &Corner| {
        if above {
            at[axis] - line
        } else {
            line - at[axis]
        }
    };
    let mut kept = Vec::with_capacity(ring.len() + 4);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (from, to) = (depth(a), depth(b));
        if from >= 0.0 {
            kept.push(*a);
        }
        if (from > 0.0 && to < 0.0) || (from < 0.0 && to > 0.0) {
            let share = from / (from - to);
            kept.push([0, 1].map(|axis| a[axis] + share * (b[axis] - a[axis])));
        }
    }
    kept
}

/// Signed area of the part of a ring in the square `[x, x + SIDE] × [y, y + SIDE]`.
fn area_within(ring: &[Corner], [x, y]: Corner) -> f64 {
    let ring = keep(ring, 0, x, true);
    let ring = keep(&ring, 0, x + SIDE, false);
    let ring = keep(&ring, 1, y, true);
    let ring = keep(&ring, 1, y + SIDE, false);
    let next = ring.iter().cycle().skip(1);
    let doubled: f64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| (a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y))
        .sum();
    doubled / 2.0
}

/// The surface of the outlines in each tile of a zoom, in grid units.
fn surfaces(outlines: &[Outline], zoom: u8) -> BTreeMap<[u32; 2], f64> {
    let scale = SIDE * f64::from(1_u32 << zoom);
    let place = |at: &[f64; 2]| {
        let point = project(Position::new(at[0], at[1]).unwrap());
        [point.x * scale, point.y * scale]
    };
    let of_ring = |ring: &Ring, sign: f64| -> Vec<([u32; 2], f64)> {
        let ring: Vec<Corner> = ring.iter().map(place).collect();
        let run = |axis: usize| {
            let along = ring.iter().map(|at| at[axis] / SIDE);
            let (low, high) = along.fold((f64::MAX, f64::MIN), |(low, high), at| {
                (low.min(at), high.max(at))
            });
            low as u32..=high as u32
        };
        let tiles = run(0).flat_map(|x| run(1).map(move |y| [x, y]));
        let corner = |[x, y]: [u32; 2]| [f64::from(x) * SIDE, f64::from(y) * SIDE];
        tiles
            .map(|tile| (tile, sign * area_within(&ring, corner(tile)).abs()))
            .collect()
    };
    let shares: Vec<([u32; 2], f64)> = outlines
        .par_iter()
        .flat_map_iter(|outline| {
            let polygons = outline.polygons.iter();
            let signed = polygons.flat_map(|polygon| {
                let signs = std::iter::once(1.0).chain(std::iter::repeat(-1.0));
                polygon.iter().zip(signs)
            });
            signed
                .flat_map(|(ring, sign)| of_ring(ring, sign))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut sums = BTreeMap::new();
    for (tile, area) in shares {
        *sums.entry(tile).or_default() += area;
    }
    sums
}

/// Surface of the communes in a tile, and how long their borders are that no other commune shares.
fn drawn(pieces: &[&Piece], zoom: u8) -> (f64, f64) {
    let rings = || {
        pieces
            .iter()
            .flat_map(|piece| piece.polygons.iter().flatten())
    };
    let corners = |ring: &Vec<Vertex>| -> Vec<Corner> { ring.iter().map(|v| v.to_f64()).collect() };
    let area = rings()
        .map(|ring| area_within(&corners(ring), [0.0, 0.0]))
        .sum();
    let edges: Vec<Edge> = rings().flat_map(|ring| ring_edges(ring)).collect();
    let all: HashSet<Edge> = edges.iter().copied().collect();
    let alone = edges
        .iter()
        .filter(|&&(a, b)| !all.contains(&(b, a)) && !on_box((a, b), zoom));
    let length = alone
        .map(|(a, b)| f64::from(a.x - b.x).hypot(f64::from(a.y - b.y)))
        .sum();
    (area, length)
}

fn communes<'a>(territories: &Territories, pieces: &'a [Piece]) -> Vec<&'a Piece> {
    let kind = |piece: &Piece| territories.shapes[piece.shape as usize].attributes.kind;
    pieces
        .iter()
        .filter(|piece| kind(piece) == Level::Commune)
        .collect()
}

#[test]
fn every_tile_of_france_holds_the_surface_of_its_source() {
    let Some((outlines, territories)) = france() else {
        return;
    };
    for zoom in [5, 6, 8, 10, 12] {
        let expected = surfaces(outlines, zoom);
        let detail = detail_of(zoom);
        let reach = detail.tolerance_units + f64::from(1_u32 << detail.coarse_bits);
        let contents = territories.contents(zoom);
        let inland = AtomicUsize::new(0);
        contents.par_iter().for_each(|(tile, content)| {
            let pieces = communes(territories, &content.pieces);
            let source = expected.get(tile).copied().unwrap_or_default();
            let (area, alone) = drawn(&pieces, zoom);
            inland.fetch_add(usize::from(alone == 0.0), Ordering::Relaxed);
            let allowed = source / 1000.0 + alone * reach + 4.0;
            assert!(
                (area - source).abs() <= allowed,
                "{zoom}/{tile:?}: {area} drawn, {source} in the source, {alone} of lone border"
            );
        });
        let seen: HashSet<[u32; 2]> = contents.iter().map(|(tile, _)| *tile).collect();
        let lost = expected
            .iter()
            .find(|(tile, area)| **area > 4.0 && !seen.contains(*tile));
        assert_eq!(lost, None, "zoom {zoom}");
        assert!(
            zoom < 8 || inland.into_inner() > 0,
            "zoom {zoom}: no tile is inland"
        );
    }
}

#[test]
fn a_part_of_a_ring_has_its_part_of_the_surface() {
    let square = [
        [-100.0, -100.0],
        [200.0, -100.0],
        [200.0, 300.0],
        [-100.0, 300.0],
    ];
    assert!((area_within(&square, [0.0, 0.0]) - 60_000.0).abs() < 1e-6);
    let far = square.map(|[x, y]| [x + 1e4, y]);
    assert!(area_within(&far, [0.0, 0.0]).abs() < 1e-6);
}
