//! What territories must be, on made-up coverages and, where it is at hand, on the whole of France:
//! 1. neighbours share their borders, nothing overlaps, nothing is missing, at every zoom;
//! 2. adjacent tiles agree on their common edge;
//! 3. every commune is in the tiles from zoom 5 on, one without an outline as a point;
//! 4. each territory has one label a zoom;
//! 5. places are found, borders come back as the source drew them;
//! 6. a file gives back what was written, and a damaged one is refused.

mod accounting;
mod coverage;
mod france;
mod specks;

use super::collection::Territories;
use super::layers::LAYERS;
use crate::grid::{TileId, Vertex, area2, detail_of};
use crate::rings::Edge;
use atlaas_model::{Code, DocSet, Level, Position};
use coverage::{Coverage, built};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn ring_edges(ring: &[Vertex]) -> impl Iterator<Item = Edge> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().copied().zip(next.copied())
}

/// Directed edges of the territories of a kind in each tile of a zoom.
fn edges_of(
    territories: &Territories,
    kind: Level,
    zoom: u8,
) -> BTreeMap<[u32; 2], Vec<(Edge, u32)>> {
    let mut tiles: BTreeMap<[u32; 2], Vec<(Edge, u32)>> = BTreeMap::new();
    for (tile, content) in territories.contents(zoom) {
        for piece in &content.pieces {
            if territories.shapes[piece.shape as usize].attributes.kind == kind {
                let rings = piece.polygons.iter().flatten();
                let edges = rings.flat_map(|ring| ring_edges(ring));
                tiles
                    .entry(tile)
                    .or_default()
                    .extend(edges.map(|edge| (edge, piece.shape)));
            }
        }
    }
    tiles
}

fn on_box((a, b): Edge, zoom: u8) -> bool {
    let buffer = detail_of(zoom).buffer;
    let (low, high) = (-buffer, 4096 + buffer);
    [low, high]
        .iter()
        .any(|&line| (a.x == line && b.x == line) || (a.y == line && b.y == line))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_border_is_the_same_on_both_sides(seed in any::<u64>(), zoom in 6..=15_u8) {
        let territories = built(&Coverage::new(seed, 7));
        let regions = edges_of(&territories, Level::Region, zoom);
        for (tile, edges) in edges_of(&territories, Level::Commune, zoom) {
            let all: BTreeSet<Edge> = edges.iter().map(|(edge, _)| *edge).collect();
            prop_assert_eq!(all.len(), edges.len(), "no edge is walked twice the same way");
            let outer: BTreeSet<Edge> = regions[&tile].iter().map(|(edge, _)| *edge).collect();
            for ((a, b), shape) in edges {
                let shared = all.contains(&(b, a)) || on_box((a, b), zoom) || outer.contains(&(a, b));
                prop_assert!(shared, "{:?} at {} of {}", (a, b), zoom, shape);
            }
        }
    }

    #[test]
    fn communes_cover_exactly_what_their_region_covers(seed in any::<u64>(), zoom in 5..=14_u8) {
        let territories = built(&Coverage::new(seed, 7));
        for (_, content) in territories.contents(zoom) {
            let mut areas: BTreeMap<Level, i128> = BTreeMap::new();
            for piece in &content.pieces {
                let kind = territories.shapes[piece.shape as usize].attributes.kind;
                let area: i128 = piece.polygons.iter().flatten().map(|ring| area2(ring)).sum();
                prop_assert!(area > 0);
                *areas.entry(kind).or_default() += area;
            }
            prop_assert_eq!(areas.get(&Level::Commune), areas.get(&Level::Region));
            prop_assert_eq!(areas.get(&Level::Epci), areas.get(&Level::Region));
        }
    }

    #[test]
    fn adjacent_tiles_agree_on_their_common_edge(seed in any::<u64>(), zoom in 6..=14_u8) {
        let territories = built(&Coverage::new(seed, 7));
        let tiles = edges_of(&territories, Level::Commune, zoom);
        let vertices = |tile: [u32; 2], on: fn(Vertex) -> i32, line: i32| -> BTreeSet<(u32, i32)> {
            let edges = tiles.get(&tile).into_iter().flatten();
            let ends = edges.map(|((a, _), shape)| (*a, *shape));
            let along = |v: Vertex| v.x + v.y - on(v);
            ends.filter(|(v, _)| on(*v) == line && (0..=4096).contains(&along(*v)))
                .map(|(v, shape)| (shape, along(v)))
                .collect()
        };
        for &[x, y] in tiles.keys() {
            prop_assert_eq!(vertices([x, y], |v| v.x, 4096), vertices([x + 1, y], |v| v.x, 0));
            prop_assert_eq!(vertices([x, y], |v| v.y, 4096), vertices([x, y + 1], |v| v.y, 0));
        }
    }

    #[test]
    fn rings_are_simple(seed in any::<u64>(), zoom in 0..=14_u8) {
        let territories = built(&Coverage::new(seed, 6));
        for (_, content) in territories.contents(zoom) {
            for ring in content.pieces.iter().flat_map(|piece| piece.polygons.iter().flatten()) {
                let mut sorted = ring.clone();
                sorted.sort_unstable();
                sorted.dedup();
                prop_assert_eq!(sorted.len(), ring.len());
                prop_assert!(area2(ring) != 0);
            }
        }
    }

    #[test]
    fn a_tile_drawn_on_the_spot_is_the_one_of_the_pyramid(seed in any::<u64>(), zoom in 5..=14_u8) {
        let territories = built(&Coverage::new(seed, 6));
        let tiles = std::sync::Mutex::new(Vec::new());
        territories
            .tiles(zoom, &|tile, bytes| {
                tiles.lock().unwrap().push((tile, bytes.to_vec()));
                Ok(())
            })
            .unwrap();
        for (tile, bytes) in tiles.into_inner().unwrap().into_iter().take(12) {
            prop_assert!(territories.tile(tile) == bytes, "{:?}", tile);
        }
    }

    #[test]
    fn a_place_is_located_in_the_commune_that_holds_it(seed in any::<u64>()) {
        let coverage = Coverage::new(seed, 6);
        let territories = built(&coverage);
        for (position, code) in coverage.places_inside() {
            prop_assert_eq!(territories.locate(position), Some(code));
        }
        prop_assert_eq!(territories.locate(Position::new(-30.0, 40.0).unwrap()), None);
    }

    #[test]
    fn a_damaged_file_is_refused_without_panic(cut in 0..60_000_usize, place in 0..60_000_usize, byte in any::<u8>()) {
        let territories = built(&Coverage::new(1, 4));
        let bytes = territories.to_bytes().unwrap();
        prop_assert!(Territories::from_bytes(&bytes[..cut % bytes.len()]).is_err());
        let mut damaged = bytes.clone();
        damaged[place % bytes.len()] = byte;
        if let Ok(opened) = Territories::from_bytes(&damaged) {
            // What passes the checks can be used.
            let _ = opened.tile(TileId::new(9, 258, 181).unwrap());
            let codes: Vec<Code> = opened.attributes().map(|attributes| attributes.code).collect();
            for code in codes {
                let _ = (opened.contour(Level::Commune, code), opened.neighbours(Level::Epci, code));
            }
        }
    }
}

#[test]
fn every_commune_is_drawn_at_every_zoom_from_five() {
    let territories = built(&Coverage::tiny(3));
    for zoom in 5..=14 {
        let mut found = BTreeSet::new();
        for (_, content) in territories.contents(zoom) {
            found.extend(content.pieces.iter().map(|piece| piece.shape));
        }
        let communes = territories
            .attributes()
            .filter(|a| a.kind == Level::Commune)
            .count();
        assert_eq!(
            found.len(),
            communes + 6,
            "zoom {zoom}: communes, EPCI, one département, one région"
        );
    }
}

#[test]
fn each_territory_has_one_label_a_zoom_once_there_is_room() {
    let territories = built(&Coverage::new(5, 7));
    for zoom in 0..=14 {
        let mut labelled: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, content) in territories.contents(zoom) {
            for (rank, at) in content.labels {
                assert!(at.iter().all(|coordinate| (0..4096).contains(coordinate)));
                *labelled.entry(rank).or_default() += 1;
            }
        }
        assert!(labelled.values().all(|&times| times == 1), "zoom {zoom}");
        if zoom >= 11 {
            assert_eq!(labelled.len(), territories.len());
        }
    }
}

#[test]
fn a_commune_without_an_outline_is_a_point_with_its_properties() {
    let mut coverage = Coverage::new(5, 4);
    let lost = coverage.outlines.remove(5).code;
    let territories = built(&coverage);
    assert!(!territories.has_outline(Level::Commune, lost));
    for zoom in [5, 12] {
        let points: Vec<_> = territories
            .contents(zoom)
            .into_iter()
            .flat_map(|(_, content)| content.points)
            .collect();
        assert_eq!(points.len(), 1, "zoom {zoom}");
        assert_eq!(
            territories.shapes[points[0].0 as usize].attributes.code,
            lost
        );
    }
}

#[test]
fn borders_come_back_as_the_source_drew_them() {
    let coverage = Coverage::new(9, 5);
    let territories = built(&coverage);
    for outline in &coverage.outlines {
        let contour = territories.contour(Level::Commune, outline.code).unwrap();
        let places = |ring: &Vec<[f64; 2]>| -> BTreeSet<[i64; 2]> {
            ring.iter()
                .map(|at| at.map(|degrees| (degrees * 1e6).round() as i64))
                .collect()
        };
        assert_eq!(contour.len(), 1);
        assert_eq!(places(&contour[0][0]), places(&outline.polygons[0][0]));
    }
}

#[test]
fn neighbours_and_boxes_follow_the_borders() {
    let coverage = Coverage::new(2, 5);
    let territories = built(&coverage);
    let middle = coverage.outlines[12].code;
    let neighbours = territories.neighbours(Level::Commune, middle);
    for near in [7, 11, 13, 17] {
        assert!(neighbours.contains(&coverage.outlines[near].code));
    }
    assert!(neighbours.len() <= 8 && !neighbours.contains(&middle));
    let bbox = territories.bbox(Level::Commune, middle).unwrap();
    assert!(bbox.contains(coverage.places_inside()[12].0));
}

#[test]
fn around_a_territory_is_inside_it_or_near_its_border() {
    let coverage = Coverage::new(2, 5);
    let territories = built(&coverage);
    let middle = coverage.outlines[12].code;
    let positions: Vec<Option<Position>> = coverage
        .places_inside()
        .iter()
        .map(|(at, _)| Some(*at))
        .collect();
    let inside = territories
        .around(Level::Commune, middle, 0.0, &positions)
        .unwrap();
    assert_eq!(inside, DocSet::from_docs(25, [12]));
    for margin_km in [0.5, 2.0, 5.0, 30.0] {
        let found = territories
            .around(Level::Commune, middle, margin_km, &positions)
            .unwrap();
        let expected = positions.iter().zip(0..).filter(|(position, doc)| {
            let km = territories
                .distance_to_boundary_km(Level::Commune, middle, position.unwrap())
                .unwrap();
            *doc == 12 || km <= margin_km
        });
        assert_eq!(
            found,
            DocSet::from_docs(25, expected.map(|(_, doc)| doc)),
            "{margin_km} km"
        );
    }
    assert_eq!(
        territories.around(Level::Commune, "99999".parse().unwrap(), 1.0, &positions),
        None
    );
}

#[test]
fn a_file_gives_back_what_was_written() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("territoires.bin");
    let written = built(&Coverage::new(4, 5));
    written.write(&path).unwrap();
    let opened = Territories::open(&path).unwrap();
    assert_eq!(opened.shapes, written.shapes);
    assert_eq!(opened.arcs, written.arcs);
    assert_eq!(opened.to_bytes(), written.to_bytes());
    std::fs::write(&path, b"something else altogether").unwrap();
    let refusal = Territories::open(&path).err().unwrap().to_string();
    assert!(refusal.contains("run index again"), "{refusal}");
}

#[test]
fn the_catalogue_says_what_the_tiles_hold() {
    let catalogue = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tiles/couches.json"
    ));
    let catalogue: serde_json::Value = serde_json::from_str(catalogue).unwrap();
    let layers = catalogue["territoires"]["layers"].as_array().unwrap();
    assert_eq!(layers.len(), LAYERS.len());
    for (said, info) in layers.iter().zip(&LAYERS) {
        assert_eq!(said["id"], info.id);
        assert_eq!(said["minzoom"], info.min_zoom);
        let fields = said["fields"].as_object().unwrap();
        // Beside them, what is counted in each territory.
        let schema = atlaas_model::Schema::default();
        let counted = schema
            .layers()
            .iter()
            .filter(|layer| layer.counted && !info.labels);
        for layer in counted.clone() {
            assert_eq!(fields[layer.name.as_str()], "Number");
        }
        let columns = schema.territory_columns().iter();
        let numbers = columns.filter(|column| column.in_tiles);
        for column in numbers.clone() {
            assert_eq!(fields[column.name.as_str()], "Number");
        }
        let declared = counted.count() + numbers.count();
        assert_eq!(fields.len(), info.fields.len() + declared);
        for field in info.fields {
            assert_eq!(
                fields[field.name],
                format!("{:?}", field.kind),
                "{} of {}",
                field.name,
                info.id
            );
            let from = said["from"][field.name].as_u64().unwrap_or(0);
            assert_eq!(
                from,
                u64::from(field.from_zoom),
                "{} of {}",
                field.name,
                info.id
            );
        }
    }
}
