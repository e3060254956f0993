//! The same layers written by our encoder and by `mvt`, and compared as a decoder sees them.

use crate::raw_tile::{RawFeature, RawLayer, RawValue};
use atlaas_spatial::{EXTENT, GeometryType, LayerWriter};
use mvt::{Error, GeomEncoder, GeomType, Tile};

/// A tile by our encoder.
pub fn ours(layers: &[RawLayer]) -> Vec<u8> {
    let mut tile = Vec::new();
    for raw in layers {
        let mut layer = LayerWriter::new(raw.name.clone());
        if !raw.values_come_as_first_used() {
            for value in &raw.values {
                match value {
                    RawValue::Text(text) => layer.declare_text(text),
                    RawValue::Uint(number) => layer.declare_uint(*number),
                    RawValue::Bool(_) => {}
                }
            }
        }
        for raw_feature in &raw.features {
            let geometry = if raw_feature.is_polygon {
                GeometryType::Polygon
            } else {
                GeometryType::Point
            };
            let mut feature = layer.feature(raw_feature.id, geometry);
            for part in &raw_feature.parts {
                if raw_feature.is_polygon {
                    feature.ring(part);
                } else {
                    feature.points(part);
                }
            }
            for (key, value) in raw.properties(raw_feature) {
                match value {
                    RawValue::Text(text) => feature.text(key, text),
                    RawValue::Uint(number) => feature.uint(key, *number),
                    RawValue::Bool(yes) => feature.bool(key, *yes),
                };
            }
            feature.end();
        }
        layer.finish(&mut tile);
    }
    tile
}

/// A tile by `mvt`: rings start elsewhere than where the ring before ended, which it cannot write. It
/// numbers values as features first bear them, and has no other way.
pub fn theirs(layers: &[RawLayer]) -> Result<Vec<u8>, Error> {
    let mut tile = Tile::new(EXTENT);
    for raw in layers {
        let mut layer = tile.create_layer(&raw.name);
        for raw_feature in &raw.features {
            let mut feature = layer.into_feature(geometry(raw_feature)?);
            if let Some(id) = raw_feature.id {
                feature.set_id(id);
            }
            for (key, value) in raw.properties(raw_feature) {
                match value {
                    RawValue::Text(text) => feature.add_tag_string(key, text),
                    RawValue::Uint(number) => feature.add_tag_uint(key, *number),
                    RawValue::Bool(yes) => feature.add_tag_bool(key, *yes),
                }
            }
            layer = feature.into_layer();
        }
        tile.add_layer(layer)?;
    }
    tile.to_bytes()
}

fn geometry(feature: &RawFeature) -> Result<mvt::GeomData, Error> {
    let kind = if feature.is_polygon {
        GeomType::Polygon
    } else {
        GeomType::Point
    };
    let mut encoder = GeomEncoder::<i32>::new(kind);
    let mut last = None;
    for (rank, part) in feature.parts.iter().enumerate() {
        if rank > 0 {
            encoder.complete_geom()?;
        }
        let start = part
            .iter()
            .position(|at| last != Some(*at))
            .unwrap_or_default();
        let (before, from) = part.split_at(start);
        for &[x, y] in from.iter().chain(before) {
            encoder.add_point(x, y)?;
            last = Some([x, y]);
        }
    }
    encoder.encode()
}

/// How two tiles differ for a decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Not at all: rings may start elsewhere.
    None,
    /// One lacks vertices in the middle of straight lines along the axes.
    StraightVertices,
    /// In anything else.
    Content,
}

/// Compares two tiles.
pub fn compare(one: &[RawLayer], other: &[RawLayer]) -> Difference {
    if one.len() != other.len() {
        return Difference::Content;
    }
    let pairs = one.iter().zip(other);
    let each = pairs.map(|(a, b)| {
        if a.name != b.name || a.features.len() != b.features.len() {
            return Difference::Content;
        }
        let features = a.features.iter().zip(&b.features);
        let each = features.map(|(f, g)| compare_features((a, f), (b, g)));
        worst(each)
    });
    worst(each)
}

fn worst(differences: impl Iterator<Item = Difference>) -> Difference {
    differences.max().unwrap_or(Difference::None)
}

fn compare_features(
    (one, a): (&RawLayer, &RawFeature),
    (other, b): (&RawLayer, &RawFeature),
) -> Difference {
    let same = a.id == b.id
        && a.is_polygon == b.is_polygon
        && a.parts.len() == b.parts.len()
        && one.properties(a).eq(other.properties(b));
    if !same {
        return Difference::Content;
    }
    if !a.is_polygon {
        return if a.parts == b.parts {
            Difference::None
        } else {
            Difference::Content
        };
    }
    let rings = a.parts.iter().zip(&b.parts);
    worst(rings.map(|(r, s)| {
        if from_smallest(r.clone()) == from_smallest(s.clone()) {
            Difference::None
        } else if from_smallest(bends(r)) == from_smallest(bends(s)) {
            Difference::StraightVertices
        } else {
            Difference::Content
        }
    }))
}

fn from_smallest(mut ring: Vec<[i32; 2]>) -> Vec<[i32; 2]> {
    let smallest = ring.iter().enumerate().min_by_key(|(_, at)| **at);
    let rank = smallest.map_or(0, |(rank, _)| rank);
    ring.rotate_left(rank);
    ring
}

/// A ring without the vertices in the middle of straight lines along the axes.
fn bends(ring: &[[i32; 2]]) -> Vec<[i32; 2]> {
    let count = ring.len();
    let straight = |rank: usize| {
        let (before, at, after) = (
            ring[(rank + count - 1) % count],
            ring[rank],
            ring[(rank + 1) % count],
        );
        let along = |a: usize| before[a] == at[a] && at[a] == after[a];
        let onwards = |a: usize| (before[a] < at[a]) == (at[a] < after[a]);
        (along(0) && onwards(1)) || (along(1) && onwards(0))
    };
    (0..count)
        .filter(|&rank| !straight(rank))
        .map(|rank| ring[rank])
        .collect()
}
