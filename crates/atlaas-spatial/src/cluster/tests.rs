//! What is promised of clusters:
//! 1. They are those of a naive greedy walk, at every zoom.
//! 2. Every point is in exactly one tile of a zoom, once; counts and categories add up.
//! 3. The hierarchy is monotone: what is together stays together further up.
//! 4. Neighbouring tiles agree on what they share; ids are unique in a tile.
//! 5. Points at one place stay one feature, and say so.
//! 6. A filter gives what a table of the filtered points would give.

use super::hierarchy::Hierarchy;
use super::level::Level;
use super::options::ClusterOptions;
use super::prebuilt::write_points_archive;
use crate::archive::{Archive, ArchiveOptions, GzipLevel, gunzip};
use crate::grid::{TileId, WorldPoint};
use crate::points::{PointRow, PointTable, Property, PropertyType, TableHead};
use atlaas_model::{DocId, DocSet, Position};
use mvt_reader::{Reader, feature::Value};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

const CATEGORIES: usize = 4;

fn row(doc: DocId, position: Position) -> PointRow {
    PointRow {
        doc,
        position,
        categories: match doc % 5 {
            4 => vec![0, 3],
            one => vec![one as u16],
        },
        id: format!("initiative-{doc}"),
        name: format!("Initiative {doc}"),
        properties: vec![
            Some(Property::Text(format!("enjeu-{}", doc % 5))),
            doc.is_multiple_of(2)
                .then(|| Property::Number(f64::from(2000 + doc % 25))),
        ],
        commune: (!doc.is_multiple_of(3)).then(|| "Les Arcs".to_owned()),
        arobases: (doc % 6) as u8,
    }
}

fn head() -> TableHead {
    TableHead {
        layer: "initiatives".to_owned(),
        kind: "initiative".to_owned(),
        name_key: "titre".to_owned(),
        columns: vec![
            ("enjeu".to_owned(), PropertyType::String),
            ("annee".to_owned(), PropertyType::Number),
        ],
        categories: (0..CATEGORIES)
            .map(|rank| format!("enjeu-{rank}"))
            .collect(),
    }
}

fn table(positions: &[Position]) -> Arc<PointTable> {
    let docs = (7..).step_by(3);
    let rows = positions.iter().zip(docs).map(|(&at, doc)| row(doc, at));
    Arc::new(PointTable::new(head(), rows.collect()))
}

fn build(positions: &[Position]) -> Hierarchy {
    Hierarchy::build(&table(positions), None, &ClusterOptions::default())
}

/// A country, a dense town with piles, tile edges, the ends of the world.
fn positions() -> impl Strategy<Value = Position> {
    let at = |(longitude, latitude)| Position::new(longitude, latitude).unwrap();
    prop_oneof![
        3 => (-5.0..9.0, 41.0..51.5).prop_map(at),
        3 => (2.3..2.4, 48.8..48.9).prop_map(at),
        2 => (0_u8..5, 0_u8..5)
            .prop_map(move |(x, y)| at((2.35 + f64::from(x) / 500.0, 48.85 + f64::from(y) / 500.0))),
        1 => (-9_i8..9, Just(0.0)).prop_map(move |(x, y)| at((f64::from(x) * 11.25, y))),
        1 => (-180.0..=180.0, -90.0..=90.0).prop_map(at),
    ]
}

fn crowd() -> impl Strategy<Value = Vec<Position>> {
    proptest::collection::vec(positions(), 1..150)
}

/// What stands at a place: where, and the documents within.
type Standing = (WorldPoint, Vec<DocId>);

fn standing(hierarchy: &Hierarchy, zoom: u8) -> Vec<Standing> {
    let elements = hierarchy.elements(zoom);
    let all = elements.places.iter().zip(&elements.nodes);
    all.map(|(&place, &node)| {
        let mut docs = Vec::new();
        hierarchy.collect(node, &mut docs);
        docs.sort_unstable();
        (place, docs)
    })
    .collect()
}

/// The walk as it is told, with every distance measured; zooms from 14 to 0.
fn naive(table: &PointTable, radius: u64) -> Vec<Vec<Standing>> {
    let mut below: Vec<Standing> = Vec::new();
    for rank in table.all() {
        let (place, doc) = (table.place(rank), table.row(rank).doc);
        match below.iter_mut().find(|standing| standing.0 == place) {
            Some(pile) => pile.1.push(doc),
            None => below.push((place, vec![doc])),
        }
    }
    let mut zooms = vec![below.clone()];
    for zoom in (0..14).rev() {
        let reach = i128::from(radius << (32 - zoom) >> 9);
        let mut free: Vec<Option<Standing>> = below.into_iter().map(Some).collect();
        let mut next = Vec::new();
        for rank in 0..free.len() {
            let Some((seed, _)) = free[rank] else {
                continue;
            };
            let near = |place: WorldPoint| {
                let dx = i128::from(place.x) - i128::from(seed.x);
                let dy = i128::from(place.y) - i128::from(seed.y);
                dx * dx + dy * dy <= reach * reach
            };
            let group: Vec<Standing> = free
                .iter_mut()
                .filter_map(|slot| slot.take_if(|standing| near(standing.0)))
                .collect();
            let total: u128 = group.iter().map(|one| one.1.len() as u128).sum();
            let mean = |along: fn(&WorldPoint) -> u32| {
                let weight = |one: &Standing| u128::from(along(&one.0)) * one.1.len() as u128;
                (group.iter().map(weight).sum::<u128>() / total) as u32
            };
            let place = WorldPoint {
                x: mean(|place| place.x),
                y: mean(|place| place.y),
            };
            let mut docs: Vec<DocId> = group.iter().flat_map(|one| one.1.clone()).collect();
            docs.sort_unstable();
            next.push((place, docs));
        }
        zooms.push(next.clone());
        below = next;
    }
    zooms
}

struct Drawn {
    id: u64,
    at: [i32; 2],
    properties: HashMap<String, Value>,
}

impl Drawn {
    fn number(&self, key: &str) -> Option<u64> {
        match self.properties.get(key)? {
            Value::UInt(number) => Some(*number),
            other => panic!("{key} is {other:?}"),
        }
    }

    fn own(&self) -> bool {
        self.at.iter().all(|along| (0..4096).contains(along))
    }
}

fn decode(tile: Vec<u8>) -> Vec<Drawn> {
    if tile.is_empty() {
        return Vec::new();
    }
    let features = Reader::new(tile)
        .unwrap()
        .get_features_as::<i32>(0)
        .unwrap();
    let drawn = |feature: mvt_reader::feature::Feature<i32>| {
        let geo::Geometry::MultiPoint(points) = feature.geometry else {
            panic!("a symbol is a point");
        };
        Drawn {
            id: feature.id.unwrap(),
            at: [points.0[0].x(), points.0[0].y()],
            properties: feature.properties.unwrap(),
        }
    };
    features.into_iter().map(drawn).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn clusters_are_those_of_the_naive_walk(positions in crowd(), radius in 1_u16..=256) {
        let table = table(&positions);
        let options = ClusterOptions { radius, ..ClusterOptions::default() };
        let hierarchy = Hierarchy::build(&table, None, &options);
        for (zoom, expected) in (0..=14).rev().zip(naive(&table, u64::from(radius))) {
            prop_assert_eq!(standing(&hierarchy, zoom), expected, "zoom {}", zoom);
        }
    }

    #[test]
    fn what_is_together_stays_together_further_up(positions in crowd()) {
        let hierarchy = build(&positions);
        for zoom in 0..14 {
            let above = standing(&hierarchy, zoom);
            let cluster_of: HashMap<DocId, usize> = above
                .iter()
                .enumerate()
                .flat_map(|(rank, one)| one.1.iter().map(move |&doc| (doc, rank)))
                .collect();
            prop_assert_eq!(cluster_of.len(), positions.len());
            for (_, docs) in standing(&hierarchy, zoom + 1) {
                let together: HashSet<usize> = docs.iter().map(|doc| cluster_of[doc]).collect();
                prop_assert_eq!(together.len(), 1);
            }
        }
    }

    #[test]
    fn tiles_of_a_zoom_hold_every_point_once_and_counts_add_up(positions in crowd()) {
        let hierarchy = build(&positions);
        for zoom in [0, 1, 2, 5, 8, 11, 13, 14, 16, 24] {
            let mut docs = Vec::new();
            let mut sums = BTreeMap::<String, u64>::new();
            for tile in hierarchy.tiles_at(zoom) {
                let drawn = decode(hierarchy.tile(tile));
                prop_assert!(!drawn.is_empty());
                let ids: HashSet<u64> = drawn.iter().map(|one| one.id).collect();
                prop_assert_eq!(ids.len(), drawn.len(), "ids are unique");
                for one in drawn.iter().filter(|one| one.own()) {
                    let Some(count) = one.number("point_count") else {
                        docs.push((one.id >> 5) as DocId);
                        continue;
                    };
                    let detail = hierarchy.cluster(one.number("cluster_id").unwrap()).unwrap();
                    prop_assert_eq!(detail.docs.len() as u64, count);
                    prop_assert_eq!(detail.id, one.id);
                    for (key, number) in detail.counts {
                        prop_assert_eq!(one.number(&key), Some(u64::from(number)));
                        *sums.entry(key).or_default() += u64::from(number);
                    }
                    docs.extend(detail.docs);
                }
            }
            docs.sort_unstable();
            let expected: Vec<DocId> =
                hierarchy.table().rows().iter().map(|row| row.doc).collect();
            prop_assert_eq!(&docs, &expected, "zoom {}", zoom);
        }
    }

    #[test]
    fn neighbours_agree_on_what_they_share(positions in crowd(), zoom in 0_u8..18) {
        let hierarchy = build(&positions);
        let tiles: HashMap<TileId, Vec<Drawn>> = hierarchy
            .tiles_at(zoom)
            .into_iter()
            .map(|tile| (tile, decode(hierarchy.tile(tile))))
            .collect();
        let mut seen: HashMap<u64, (i64, i64, String)> = HashMap::new();
        for (tile, drawn) in &tiles {
            for one in drawn {
                let sorted: BTreeMap<_, _> = one.properties.iter().collect();
                let world = (
                    i64::from(tile.x()) * 4096 + i64::from(one.at[0]),
                    i64::from(tile.y()) * 4096 + i64::from(one.at[1]),
                    format!("{sorted:?}"),
                );
                let before = seen.entry(one.id).or_insert_with(|| world.clone());
                prop_assert_eq!(&*before, &world);
            }
        }
        // Wherever a window reaches, the tile shows what its neighbour has.
        for (tile, drawn) in &tiles {
            let ids: HashSet<u64> = drawn.iter().map(|one| one.id).collect();
            for (&id, &(x, y, _)) in &seen {
                let at = [x - i64::from(tile.x()) * 4096, y - i64::from(tile.y()) * 4096];
                let inside = at.iter().all(|along| (-256..4096 + 256).contains(along));
                prop_assert_eq!(ids.contains(&id), inside);
            }
        }
    }

    #[test]
    fn a_filter_gives_what_a_table_of_its_points_gives(
        positions in crowd(),
        keep in proptest::collection::vec(any::<bool>(), 150),
    ) {
        let table = table(&positions);
        let kept = || table.rows().iter().zip(&keep).filter(|(_, keep)| **keep);
        let docs = DocSet::from_docs(1000, kept().map(|(row, _)| row.doc));
        let options = ClusterOptions::default();
        let filtered = Hierarchy::build(&table, Some(&docs), &options);
        let rows = kept().map(|(row, _)| row.clone()).collect();
        let alone = Arc::new(PointTable::new(head(), rows));
        let alone = Hierarchy::build(&alone, None, &options);
        prop_assert_eq!(filtered.len(), docs.len());
        prop_assert_eq!(filtered.bounds(), alone.bounds());
        for zoom in [0, 4, 9, 13, 14] {
            for tile in alone.tiles_at(zoom) {
                prop_assert_eq!(filtered.tile(tile), alone.tile(tile));
            }
        }
    }

    #[test]
    fn memory_stays_under_what_is_said(positions in crowd()) {
        let hierarchy = build(&positions);
        hierarchy.build_all();
        let levels = hierarchy.levels.iter().filter_map(OnceLock::get);
        let used: usize = levels.map(Level::size_bytes).sum();
        prop_assert!(used + hierarchy.piles.size_bytes() <= hierarchy.size_bytes());
    }

    #[test]
    fn ids_that_do_not_exist_are_none(positions in crowd(), id in any::<u64>(), small in 0..5000_u64) {
        let hierarchy = build(&positions);
        prop_assert_eq!(hierarchy.cluster(id | 1 << 40), None);
        if let Some(detail) = hierarchy.cluster(small) {
            prop_assert!(detail.docs.len() > 1 && detail.id == small);
        }
    }
}

#[test]
fn a_cluster_falls_apart_at_its_expansion_zoom_and_not_before() {
    let at = |longitude| Position::new(longitude, 47.0).unwrap();
    let hierarchy = build(&[at(2.0), at(2.01), at(2.3), at(2.31)]);
    assert_eq!(standing(&hierarchy, 0).len(), 1);
    let id = decode(hierarchy.tile(TileId::new(0, 0, 0).unwrap()))[0].id;
    let detail = hierarchy.cluster(id).unwrap();
    assert_eq!(detail.docs.len(), 4);
    assert_eq!(standing(&hierarchy, detail.expansion_zoom - 1).len(), 1);
    assert_eq!(standing(&hierarchy, detail.expansion_zoom).len(), 2);
    assert!(detail.bbox.contains(at(2.0)) && detail.bbox.contains(at(2.31)));
    assert!((detail.centre.longitude() - 2.155).abs() < 1e-6);
    assert!(!detail.coincident);
}

#[test]
fn points_at_one_place_stay_one_feature_at_any_depth() {
    let here = Position::new(2.0, 47.0).unwrap();
    let there = Position::new(2.000_01, 47.0).unwrap();
    let hierarchy = build(&[here, there, here, here]);
    for zoom in [14, 18, 24] {
        let drawn: Vec<Drawn> = hierarchy
            .tiles_at(zoom)
            .into_iter()
            .flat_map(|tile| decode(hierarchy.tile(tile)))
            .filter(Drawn::own)
            .collect();
        assert_eq!(drawn.len(), 2);
        let pile = drawn.iter().find(|one| one.number("point_count").is_some());
        let pile = pile.expect("a pile");
        assert_eq!(pile.properties["coincident"], Value::Bool(true));
        assert_eq!(pile.number("point_count"), Some(3));
        let detail = hierarchy.cluster(pile.id).unwrap();
        assert_eq!((detail.docs, detail.coincident), (vec![7, 13, 16], true));
    }
}

#[test]
fn a_point_says_who_it_is_and_a_cluster_what_it_holds() {
    let at = |longitude| Position::new(longitude, 47.0).unwrap();
    let hierarchy = build(&[at(2.0), at(2.0001), at(60.0)]);
    let mut drawn = decode(hierarchy.tile(TileId::new(2, 2, 1).unwrap()));
    drawn.sort_by_key(|one| one.number("point_count"));
    let text = |one: &Drawn, key: &str| match one.properties.get(key) {
        Some(Value::String(text)) => text.clone(),
        other => panic!("{key} is {other:?}"),
    };
    let [point, cluster] = &drawn[..] else {
        panic!("two features")
    };
    assert_eq!(text(point, "id"), "initiative-13");
    assert_eq!(text(point, "type"), "initiative");
    assert_eq!(text(point, "titre"), "Initiative 13");
    assert_eq!(text(point, "enjeu"), "enjeu-3");
    assert_eq!(text(point, "commune"), "Les Arcs");
    assert_eq!(point.number("arobases"), Some(1));
    assert_eq!(cluster.properties["cluster"], Value::Bool(true));
    assert_eq!(cluster.number("cluster_id"), Some(cluster.id));
    assert_eq!(text(cluster, "point_count_abbreviated"), "2");
    assert_eq!(cluster.number("expansion_zoom"), Some(14));
    assert_eq!(text(cluster, "bbox"), "1.99999,46.99999,2.00011,47.00001");
    assert_eq!(cluster.number("n_enjeu-0"), Some(1));
    assert_eq!(cluster.number("n_enjeu-2"), Some(1));
    assert!(!cluster.properties.contains_key("n_enjeu-1"));
    let fields: HashSet<String> = hierarchy
        .table()
        .fields()
        .into_iter()
        .map(|f| f.0)
        .collect();
    for key in drawn.iter().flat_map(|one| one.properties.keys()) {
        assert!(fields.contains(key), "{key}");
    }
}

#[test]
fn nothing_makes_no_tile_and_no_archive_entry() {
    let hierarchy = build(&[]);
    assert!(hierarchy.is_empty() && hierarchy.bounds().is_none());
    assert!(hierarchy.tile(TileId::new(0, 0, 0).unwrap()).is_empty());
    assert!(hierarchy.tiles_at(5).is_empty());
    assert_eq!(hierarchy.cluster(0), None);
}

#[test]
fn an_archive_holds_the_tiles_that_are_made_on_the_fly() {
    let at = |rank: u32| {
        let (x, y) = (rank * 7919 % 1000, rank * 104_729 % 1000);
        Position::new(-4.0 + f64::from(x) / 90.0, 42.0 + f64::from(y) / 120.0).unwrap()
    };
    let positions: Vec<Position> = (0..500).map(at).collect();
    let hierarchy = build(&positions);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("initiatives.pmtiles");
    let options = ArchiveOptions {
        zooms: 0..=9,
        bounds: hierarchy.bounds().unwrap(),
        centre: (Position::new(2.5, 46.6).unwrap(), 5),
        metadata: serde_json::json!({}),
        level: GzipLevel::FAST,
    };
    let stats = write_points_archive(&path, &[&hierarchy], options).unwrap();
    let archive = Archive::open(&path).unwrap();
    assert_eq!(archive.tiles().count() as u64, stats.tiles);
    for zoom in 0..=9 {
        for tile in hierarchy.tiles_at(zoom) {
            let stored = gunzip(archive.tile(tile).unwrap(), 1 << 20).unwrap();
            assert_eq!(stored, hierarchy.tile(tile));
        }
    }
}
