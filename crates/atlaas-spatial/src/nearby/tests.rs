//! Every answer against a scan of all positions.

use super::SpatialIndex;
use super::bands::even_odd;
use atlaas_model::{Area, Bbox, DocId, Position, Ring};
use proptest::prelude::*;

/// Mostly France, with piles at the same spot, and the awkward corners of the world.
fn positions() -> impl Strategy<Value = Position> {
    let at = |(longitude, latitude)| Position::new(longitude, latitude).unwrap();
    prop_oneof![
        4 => (-5.0..9.0, 41.0..51.5).prop_map(at),
        2 => (0_u8..4, 0_u8..4).prop_map(move |(x, y)| at((f64::from(x), 46.0 + f64::from(y) / 2.0))),
        1 => (-180.0..=180.0, -90.0..=90.0).prop_map(at),
        1 => (prop_oneof![Just(-180.0), Just(180.0), 179.0..180.0, -180.0..-179.0], -25.0..-10.0)
            .prop_map(at),
        1 => (-180.0..=180.0, prop_oneof![Just(-90.0), Just(90.0), 89.0..90.0]).prop_map(at),
    ]
}

fn documents() -> impl Strategy<Value = Vec<Option<Position>>> {
    proptest::collection::vec(proptest::option::weighted(0.9, positions()), 0..200)
}

fn rings() -> impl Strategy<Value = Vec<Ring>> {
    let vertex = prop_oneof![
        (-6.0..10.0, 40.0..52.0).prop_map(|(x, y): (f64, f64)| [x, y]),
        (-2_i8..6, 44_i8..50).prop_map(|(x, y)| [f64::from(x), f64::from(y)]),
    ];
    proptest::collection::vec(proptest::collection::vec(vertex, 0..30), 0..4)
}

fn scan(documents: &[Option<Position>], inside: impl Fn(Position) -> bool) -> Vec<DocId> {
    let docs = documents.iter().zip(0..);
    docs.filter(|(position, _)| position.is_some_and(&inside))
        .map(|(_, doc)| doc)
        .collect()
}

fn select(documents: &[Option<Position>], area: &Area) -> Vec<DocId> {
    let index = SpatialIndex::new(documents.to_vec());
    index.select(area).unwrap().iter().collect()
}

proptest! {
    #[test]
    fn a_disc_holds_what_a_scan_finds(
        documents in documents(),
        centre in positions(),
        radius_km in prop_oneof![0.0..1.0, 1.0..500.0, 500.0..25_000.0],
    ) {
        let expected = scan(&documents, |position| position.distance_km(centre) <= radius_km);
        prop_assert_eq!(select(&documents, &Area::Disc { centre, radius_km }), expected);
    }

    #[test]
    fn a_disc_whose_edge_meets_a_document_holds_it(
        documents in documents(),
        centre in positions(),
        edge in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!documents.is_empty());
        if let Some(on_edge) = documents[edge.index(documents.len())] {
            let radius_km = on_edge.distance_km(centre);
            let expected = scan(&documents, |position| position.distance_km(centre) <= radius_km);
            prop_assert_eq!(select(&documents, &Area::Disc { centre, radius_km }), expected);
        }
    }

    #[test]
    fn a_box_holds_what_a_scan_finds_across_the_antimeridian_too(
        documents in documents(),
        (a, b) in (positions(), positions()),
    ) {
        let (south, north) = (a.latitude().min(b.latitude()), a.latitude().max(b.latitude()));
        let bbox = Bbox::new(a.longitude(), south, b.longitude(), north).unwrap();
        let expected = scan(&documents, |position| bbox.contains(position));
        prop_assert_eq!(select(&documents, &Area::Box(bbox)), expected);
    }

    #[test]
    fn polygons_hold_what_a_scan_of_their_edges_finds(
        documents in documents(),
        polygons in proptest::collection::vec(rings(), 0..3),
    ) {
        let expected = scan(&documents, |position| {
            polygons.iter().any(|rings| {
                let edges: Vec<_> = rings
                    .iter()
                    .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
                    .map(|(&a, &b)| [a, b])
                    .collect();
                even_odd(position, &edges)
            })
        });
        prop_assert_eq!(select(&documents, &Area::Polygons(polygons)), expected);
    }

    #[test]
    fn the_nearest_are_those_of_a_sorted_scan(
        documents in documents(),
        origin in positions(),
        limit in 0..30_usize,
    ) {
        let index = SpatialIndex::new(documents.clone());
        let keep = |doc: DocId| !doc.is_multiple_of(3);
        let mut expected: Vec<(DocId, f64)> = (0..documents.len() as u32)
            .filter(|&doc| keep(doc))
            .filter_map(|doc| Some((doc, index.distance_km(doc, origin)?)))
            .collect();
        expected.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        expected.truncate(limit);
        prop_assert_eq!(index.nearest(origin, limit, keep), expected);
    }

    #[test]
    fn distances_from_an_origin_are_those_of_the_model(
        documents in documents(),
        origin in positions(),
    ) {
        let index = SpatialIndex::new(documents.clone());
        let from = index.distances_from(origin);
        for doc in 0..documents.len() as u32 + 2 {
            prop_assert_eq!(from.km(doc), index.distance_km(doc, origin));
        }
    }
}

#[test]
fn holes_are_outside_and_a_ring_that_is_no_surface_holds_nothing() {
    let ring = |low: f64, high: f64| vec![[low, low], [high, low], [high, high], [low, high]];
    let inside = |degrees: f64| Some(Position::new(degrees, degrees).unwrap());
    let documents = [inside(1.0), inside(5.0), inside(9.0), None];
    let polygons = |rings| Area::Polygons(vec![rings]);
    let holed = vec![ring(0.0, 10.0), ring(4.0, 6.0)];
    assert_eq!(select(&documents, &polygons(holed)), [0, 2]);
    for rings in [
        vec![],
        vec![vec![]],
        vec![vec![[0.0, 0.0], [10.0, 10.0]]],
        vec![vec![[0.0, 0.0], [f64::NAN, 10.0], [10.0, 10.0]]],
    ] {
        assert_eq!(select(&documents, &polygons(rings)), [] as [DocId; 0]);
    }
}

#[test]
fn a_radius_that_is_no_length_selects_nothing() {
    let centre = Position::new(0.0, 0.0).unwrap();
    for radius_km in [-1.0, f64::NAN] {
        assert!(select(&[Some(centre)], &Area::Disc { centre, radius_km }).is_empty());
    }
    let everywhere = Area::Disc {
        centre,
        radius_km: f64::INFINITY,
    };
    let antipode = Position::new(180.0, 0.0).ok();
    assert_eq!(select(&[Some(centre), antipode], &everywhere), [0, 1]);
}

#[test]
fn an_area_around_a_territory_needs_its_polygon() {
    let index = SpatialIndex::new(Vec::new());
    let around = Area::Around {
        kind: atlaas_model::Level::Commune,
        code: "01001".parse().unwrap(),
        margin_km: 1.0,
    };
    assert!(index.select(&around).is_none());
}
