//! What shrinks to nothing: a commune is never lost, and its smallest triangles neither touch nor lie
//! in what is drawn of it, whatever stands around its mainland.

use crate::grid::Vertex;
use crate::rings::{Polygon, contains};
use crate::territories::{Territories, TerritoryAttributes, drawing::Piece};
use atlaas_model::{Code, Level, Outline, Ring, Territory};
use proptest::prelude::*;

fn square(west: f64, north: f64, side: f64) -> Vec<Ring> {
    let (east, south) = (west + side, north - side);
    vec![vec![
        [west, north],
        [east, north],
        [east, south],
        [west, south],
    ]]
}

/// One commune: a mainland of `side` degrees, and islets where `places` say, in thousandths of a
/// degree from its north-west corner.
fn archipelago(side: f64, places: &[(i32, i32)]) -> Territories {
    let (west, north) = (-4.9, 48.04);
    let mut polygons = vec![square(west, north, side)];
    let mut cells: Vec<(i32, i32)> = places.to_vec();
    cells.sort_unstable();
    cells.dedup();
    for (x, y) in cells {
        let (x, y) = (f64::from(x) / 1e3, f64::from(y) / 1e3);
        let on_land = (-6e-4..=side).contains(&x) && (-6e-4..=side).contains(&y);
        if !on_land {
            polygons.push(square(west + x, north - y, 4e-4));
        }
    }
    let code: Code = "29083".parse().unwrap();
    let attributes = TerritoryAttributes {
        kind: Level::Commune,
        code,
        feature_id: code.feature_id(),
        name: "Île-de-Sein".to_owned(),
        population: 260,
        numbers: Vec::new(),
        arobases: 0,
        counts: Vec::new(),
        centre: None,
        parents: Territory::default(),
    };
    let outline = Outline { code, polygons };
    let mut remarks = Vec::new();
    let territories = Territories::build(&[outline], vec![attributes], &mut remarks).unwrap();
    assert_eq!(remarks, []);
    territories
}

fn pieces(territories: &Territories, zoom: u8) -> Vec<Piece> {
    let contents = territories.contents(zoom);
    contents
        .into_iter()
        .flat_map(|(_, content)| content.pieces)
        .collect()
}

/// Whether the closed unit square of a speck meets another polygon.
fn meets(speck: Vertex, other: &Polygon) -> bool {
    let near =
        |v: &Vertex| (0..=1).contains(&(v.x - speck.x)) && (0..=1).contains(&(v.y - speck.y));
    other[0].iter().any(near) || contains(&other[0], speck)
}

/// Whether a polygon is the triangle that is drawn for what shrinks to nothing: the upper left half of a
/// unit square. A small outline may keep another one, which is no speck.
fn is_speck(polygon: &Polygon) -> bool {
    let [corner, right, below] = polygon[0][..] else {
        return false;
    };
    (right.x, right.y) == (corner.x + 1, corner.y) && (below.x, below.y) == (corner.x, corner.y + 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_speck_stands_clear_of_its_own_territory(
        side in 0.0005..0.2_f64,
        places in proptest::collection::vec((-150..350_i32, -150..350_i32), 0..60),
    ) {
        let territories = archipelago(side, &places);
        for zoom in 5..=9 {
            let pieces = pieces(&territories, zoom);
            prop_assert!(!pieces.is_empty(), "the commune is drawn at {}", zoom);
            for piece in &pieces {
                let specks = piece.polygons.iter().enumerate();
                for (rank, speck) in specks.filter(|(_, polygon)| is_speck(polygon)) {
                    for (other, polygon) in piece.polygons.iter().enumerate() {
                        prop_assert!(other == rank || !meets(speck[0][0], polygon), "zoom {}", zoom);
                    }
                }
            }
        }
    }
}

#[test]
fn islets_far_from_each_other_are_all_drawn() {
    let places = [(300, 0), (300, 150), (0, 300), (150, 300)];
    let territories = archipelago(0.1, &places);
    let drawn: usize = pieces(&territories, 6)
        .iter()
        .map(|piece| piece.polygons.len())
        .sum();
    assert_eq!(drawn, 1 + places.len());
}

#[test]
fn a_small_outline_beside_a_speck_is_no_speck() {
    let territories = archipelago(0.0005, &[(-62, 80), (-61, 80)]);
    let drawn: Vec<_> = pieces(&territories, 7)
        .into_iter()
        .flat_map(|piece| piece.polygons)
        .collect();
    assert_eq!(drawn.len(), 3);
    assert_eq!(drawn.iter().filter(|polygon| is_speck(polygon)).count(), 1);
}
