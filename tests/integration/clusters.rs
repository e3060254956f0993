//! Clusters under a filter are exact: at every zoom, what the tiles count adds up to what the same
//! query finds, no cluster is on both sides of an edge, and ids are unique in a tile.

use crate::{demonstration, full_scale};
use atlaas_engine::{Query, Snapshot, TileId, Tileset, decode};
use atlaas_model::Position;
use std::collections::{BTreeSet, HashSet};
use std::f64::consts::PI;

/// Twenty filters and none: words, facets, circles, territories, and several at once.
const FILTERS: [(Tileset, &str); 21] = [
    (Tileset::layer("initiatives"), ""),
    (Tileset::layer("initiatives"), "q=médiathèque"),
    (Tileset::layer("initiatives"), "q=wifi public"),
    (Tileset::layer("initiatives"), "q=ecoles&q_brut=1"),
    (Tileset::layer("initiatives"), "enjeu=education"),
    (Tileset::layer("initiatives"), "enjeu=emploi,innovation"),
    (
        Tileset::layer("initiatives"),
        "categorie=vivre-ensemble&annee=2015-2017",
    ),
    (Tileset::layer("initiatives"), "annee=2020-"),
    (Tileset::layer("initiatives"), "arobases=5"),
    (
        Tileset::layer("initiatives"),
        "arobases=3-&enjeu=innovation",
    ),
    (Tileset::layer("initiatives"), "publics=seniors"),
    (Tileset::layer("initiatives"), "region=53"),
    (Tileset::layer("initiatives"), "departement=2A"),
    (
        Tileset::layer("initiatives"),
        "epci=200054807&annee=2012-2022",
    ),
    (Tileset::layer("initiatives"), "lat=48.85&lon=2.35&rayon=30"),
    (
        Tileset::layer("initiatives"),
        "lat=48.85&lon=0&rayon=100&enjeu=education",
    ),
    (Tileset::layer("initiatives"), "pres_de=nantes&rayon=40"),
    (Tileset::layer("initiatives"), "bbox=-5,47,0,49"),
    (Tileset::layer("initiatives"), "departement=974"),
    (Tileset::layer("colieux"), ""),
    (Tileset::layer("colieux"), "typologie=fablab"),
];

fn query(snapshot: &Snapshot, tileset: Tileset, filter: &str) -> Query {
    let kind = match tileset {
        Tileset::Layer(name) => snapshot.schema().layer_named(name.as_str()).unwrap().id,
        _ => unreachable!("filters are of layers"),
    };
    let pairs = filter.split('&').filter_map(|pair| pair.split_once('='));
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    pairs.push(("type".to_owned(), kind.to_string()));
    Query::parse(&pairs, snapshot.schema(), &[]).unwrap()
}

/// The tile of a position, by the textbook formula: not the code under test.
fn tile_of(position: Position, zoom: u8) -> TileId {
    let side = f64::from(1_u32 << zoom);
    let latitude = position.latitude().to_radians();
    let x = (position.longitude() + 180.0) / 360.0 * side;
    let y = (1.0 - latitude.tan().asinh() / PI) / 2.0 * side;
    let last = (1_u32 << zoom) - 1;
    TileId::new(zoom, (x as u32).min(last), (y as u32).min(last)).unwrap()
}

/// Tiles around the points: a cluster may stand in a tile where none of its points is.
fn candidates(snapshot: &Snapshot, found: &[u32], zoom: u8) -> BTreeSet<TileId> {
    let last = (1_u32 << zoom) - 1;
    let mut tiles = BTreeSet::new();
    for &doc in found {
        let Some(position) = snapshot.positions()[doc as usize] else {
            continue;
        };
        let tile = tile_of(position, zoom);
        for x in tile.x().saturating_sub(1)..=(tile.x() + 1).min(last) {
            for y in tile.y().saturating_sub(1)..=(tile.y() + 1).min(last) {
                tiles.insert(TileId::new(zoom, x, y).unwrap());
            }
        }
    }
    tiles
}

/// Counts what lies in one tile, buffer left out; asserts that ids are unique in it.
fn count(bytes: Vec<u8>, clusters: &mut HashSet<u64>) -> u64 {
    let mut sum = 0;
    let mut ids = HashSet::new();
    for feature in decode(bytes)
        .unwrap()
        .into_iter()
        .flat_map(|layer| layer.features)
    {
        let id = feature.id.expect("every symbol has an id");
        assert!(ids.insert(id), "id {id} twice in a tile");
        let json = serde_json::to_value(&feature.geometry).unwrap();
        // The decoder calls a point a multipoint of one.
        let place = if json["type"] == "MultiPoint" {
            &json["coordinates"][0]
        } else {
            &json["coordinates"]
        };
        let inside = [0, 1]
            .iter()
            .all(|&axis| (0.0..4096.0).contains(&place[axis].as_f64().unwrap()));
        if inside {
            assert!(clusters.insert(id), "id {id} in two tiles");
            sum += feature
                .properties
                .get("point_count")
                .map_or(1, |n| n.as_u64().unwrap());
        }
    }
    sum
}

fn check(snapshot: &Snapshot, zooms: &[u8]) {
    for (tileset, filter) in FILTERS {
        let query = query(snapshot, tileset, filter);
        let matched = u64::from(snapshot.answer(&query).unwrap().answer.matched);
        let found: Vec<u32> = snapshot.matching(&query).unwrap().1.iter().collect();
        assert_eq!(found.len() as u64, matched, "{filter}");
        for &zoom in zooms {
            let mut clusters = HashSet::new();
            let sum: u64 = candidates(snapshot, &found, zoom)
                .into_iter()
                .map(|tile| snapshot.filtered_tile(tileset, tile, &query).unwrap())
                .map(|bytes| count(bytes, &mut clusters))
                .sum();
            assert_eq!(sum, matched, "{tileset} {filter:?} at zoom {zoom}");
        }
    }
}

#[test]
fn what_tiles_count_adds_up_to_what_the_query_finds_on_the_demonstration() {
    let snapshot = demonstration::app().snapshot();
    check(&snapshot, &(0..=14).collect::<Vec<u8>>());
}

#[test]
fn what_tiles_count_adds_up_to_what_the_query_finds_at_full_scale() {
    if let Some(snapshot) = full_scale::snapshot() {
        check(&snapshot, &(0..=14).collect::<Vec<u8>>());
    }
}

#[test]
fn the_full_scale_inputs_give_every_fiche() {
    let Some(snapshot) = full_scale::snapshot() else {
        return;
    };
    let counts = &snapshot.manifest().comptes;
    let counts: Vec<(&str, u64)> = counts.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    let expected = [
        ("colieu", 5_000),
        ("commune", 34_969),
        ("departement", 109),
        ("epci", 1_255),
        ("initiative", 19_000),
        ("region", 26),
    ];
    assert_eq!(counts, expected);
}
