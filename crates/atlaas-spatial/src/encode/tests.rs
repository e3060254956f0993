//! The bytes that we write, read by `mvt-reader`, and compared with what `mvt` writes of the same.

use super::{GeometryType, LayerWriter};
use crate::grid::EXTENT;
use mvt::{GeomEncoder, GeomType};
use mvt_reader::{Reader, feature::Value};
use proptest::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Debug)]
enum Shape {
    Points(Vec<[i32; 2]>),
    Rings(Vec<Vec<[i32; 2]>>),
}

#[derive(Clone, Debug)]
struct Sample {
    id: Option<u64>,
    shape: Shape,
    properties: HashMap<String, Value>,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let position = || (-200_i32..4300, -200_i32..4300).prop_map(|(x, y)| [x, y]);
    // Distinct and never repeated in a row, because `mvt` drops repeated positions.
    let points = proptest::collection::hash_set(position(), 1..20)
        .prop_map(|set| Shape::Points(set.into_iter().collect()));
    // Right triangles far enough apart that none starts where the one before it ends.
    let rings = proptest::collection::vec((1_i32..50, 1_i32..50), 1..6).prop_map(|sizes| {
        let ring = |(rank, (w, h)): (i32, &(i32, i32))| {
            let (x, y) = (rank * 100, 7);
            vec![[x, y], [x + w, y + 1], [x, y + 1 + h]]
        };
        Shape::Rings((0..).zip(&sizes).map(ring).collect())
    });
    prop_oneof![points, rings]
}

fn samples() -> impl Strategy<Value = Vec<Sample>> {
    let value = prop_oneof![
        "\\PC{0,12}".prop_map(Value::String),
        any::<u64>().prop_map(Value::UInt),
        any::<i64>().prop_map(Value::SInt),
        (-1e9..1e9).prop_map(Value::Double),
        any::<bool>().prop_map(Value::Bool),
    ];
    let properties = proptest::collection::hash_map("[a-e]{1,2}", value, 0..6);
    let sample =
        (any::<Option<u64>>(), shapes(), properties).prop_map(|(id, shape, properties)| Sample {
            id,
            shape,
            properties,
        });
    proptest::collection::vec(sample, 1..12)
}

fn ours(samples: &[Sample]) -> Vec<u8> {
    let mut layer = LayerWriter::new("essai");
    for sample in samples {
        let geometry = match sample.shape {
            Shape::Points(_) => GeometryType::Point,
            Shape::Rings(_) => GeometryType::Polygon,
        };
        let mut feature = layer.feature(sample.id, geometry);
        match &sample.shape {
            Shape::Points(points) => _ = feature.points(points),
            Shape::Rings(rings) => rings.iter().for_each(|ring| _ = feature.ring(ring)),
        }
        for (key, value) in &sample.properties {
            match value {
                Value::String(text) => feature.text(key, text),
                Value::UInt(number) => feature.uint(key, *number),
                Value::SInt(number) => feature.int(key, *number),
                Value::Double(number) => feature.double(key, *number),
                Value::Bool(yes) => feature.bool(key, *yes),
                _ => unreachable!("not generated"),
            };
        }
        assert!(feature.end());
    }
    let mut tile = Vec::new();
    layer.finish(&mut tile);
    tile
}

fn theirs(samples: &[Sample]) -> Vec<u8> {
    let mut tile = mvt::Tile::new(EXTENT);
    let mut layer = tile.create_layer("essai");
    for sample in samples {
        let (kind, parts) = match &sample.shape {
            Shape::Points(points) => (GeomType::Point, vec![points.clone()]),
            Shape::Rings(rings) => (GeomType::Polygon, rings.clone()),
        };
        let mut encoder = GeomEncoder::new(kind);
        for (rank, part) in parts.into_iter().enumerate() {
            if rank > 0 {
                encoder.complete_geom().unwrap();
            }
            for [x, y] in part {
                encoder.add_point(f64::from(x), f64::from(y)).unwrap();
            }
        }
        let data = encoder.encode().unwrap();
        let mut feature = layer.into_feature(data);
        if let Some(id) = sample.id {
            feature.set_id(id);
        }
        for (key, value) in &sample.properties {
            match value {
                Value::String(text) => feature.add_tag_string(key, text),
                Value::UInt(number) => feature.add_tag_uint(key, *number),
                Value::SInt(number) => feature.add_tag_sint(key, *number),
                Value::Double(number) => feature.add_tag_double(key, *number),
                Value::Bool(yes) => feature.add_tag_bool(key, *yes),
                _ => unreachable!("not generated"),
            }
        }
        layer = feature.into_layer();
    }
    tile.add_layer(layer).unwrap();
    tile.to_bytes().unwrap()
}

/// Id, geometry and properties of every feature of the first layer.
fn decode(tile: Vec<u8>) -> Vec<(Option<u64>, String, HashMap<String, Value>)> {
    let reader = Reader::new(tile).unwrap();
    let layer = &reader.get_layer_metadata().unwrap()[0];
    assert_eq!(
        (layer.name.as_str(), layer.version, layer.extent),
        ("essai", 2, EXTENT)
    );
    let features = reader.get_features_as::<i32>(0).unwrap();
    features
        .into_iter()
        .map(|f| (f.id, format!("{:?}", f.geometry), f.properties.unwrap()))
        .collect()
}

proptest! {
    #[test]
    fn a_decoder_reads_the_same_from_our_bytes_and_from_those_of_mvt(samples in samples()) {
        let decoded = decode(ours(&samples));
        prop_assert_eq!(&decoded, &decode(theirs(&samples)));
        for (feature, sample) in decoded.iter().zip(&samples) {
            prop_assert_eq!(feature.0, sample.id);
            prop_assert_eq!(&feature.2, &sample.properties);
        }
    }
}

#[test]
fn the_bytes_are_those_of_the_example_in_the_specification() {
    let mut layer = LayerWriter::new("p");
    layer
        .feature(None, GeometryType::Polygon)
        .ring(&[[0, 0], [10, 0], [10, 10], [0, 10]])
        .ring(&[[11, 11], [20, 11], [20, 20], [11, 20]])
        .ring(&[[13, 13], [13, 17], [17, 17], [17, 13]])
        .end();
    let mut tile = Vec::new();
    layer.finish(&mut tile);
    // Section 4.3.5.6 of MVT 2.1.
    let geometry = [
        9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26,
        0, 8, 8, 0, 0, 7, 15,
    ];
    assert!(
        tile.windows(geometry.len())
            .any(|bytes| bytes == geometry.as_slice())
    );
}

#[test]
fn a_feature_without_geometry_or_without_end_leaves_no_trace() {
    let mut layer = LayerWriter::new("essai");
    assert!(
        !layer
            .feature(Some(1), GeometryType::Point)
            .points(&[])
            .end()
    );
    assert!(
        !layer
            .feature(Some(2), GeometryType::Polygon)
            .ring(&[[0, 0], [1, 1]])
            .end()
    );
    layer
        .feature(Some(3), GeometryType::Point)
        .points(&[[1, 1]]);
    let mut tile = Vec::new();
    layer.finish(&mut tile);
    assert!(tile.is_empty());
}

#[test]
fn a_layer_that_is_finished_starts_afresh() {
    let mut layer = LayerWriter::new("essai");
    let mut write = |name: &str| {
        layer
            .feature(Some(1), GeometryType::Point)
            .points(&[[5, 6]])
            .text("nom", name)
            .end();
        let mut tile = Vec::new();
        layer.finish(&mut tile);
        tile
    };
    let first = write("Y");
    assert_ne!(write("Les Arcs"), first);
    assert_eq!(write("Y"), first);
}

#[test]
fn equal_values_are_written_once_a_layer() {
    let mut layer = LayerWriter::new("essai");
    for id in 0..1000 {
        layer
            .feature(Some(id), GeometryType::Point)
            .points(&[[1, 1]])
            .text("enjeu", "education-et-formation-tout-au-long-de-la-vie")
            .end();
    }
    let mut tile = Vec::new();
    layer.finish(&mut tile);
    assert!(tile.len() < 20_000, "{} bytes", tile.len());
    assert_eq!(decode(tile).len(), 1000);
}
