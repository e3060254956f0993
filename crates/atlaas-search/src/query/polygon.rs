//! `polygone`: GeoJSON or WKT, bounded, into checked rings; and back into WKT.

use crate::{query::limits, query::mistake::Mistake};
use atlaas_model::{Position, Ring};
use serde_json::Value;
use std::fmt::Write as _;

type Polygons = Vec<Vec<Ring>>;

/// Reads a `Polygon` or `MultiPolygon` in GeoJSON (bare geometry or feature) or in WKT.
pub(crate) fn parse(text: &str) -> Result<Polygons, Mistake> {
    if text.len() > limits::MAX_POLYGON_CHARS {
        return Err(Mistake::TooLong {
            most: limits::MAX_POLYGON_CHARS,
        });
    }
    let polygons = if text.starts_with('{') {
        from_geojson(text)
    } else {
        from_wkt(text)
    };
    check(polygons.ok_or(Mistake::PolygonForm)?)
}

/// Counts, positions on Earth, at least three corners a ring; the closing repetition is taken off.
fn check(mut polygons: Polygons) -> Result<Polygons, Mistake> {
    let rings: usize = polygons.iter().map(Vec::len).sum();
    let vertices: usize = polygons.iter().flatten().map(Vec::len).sum();
    let (most, most_rings) = (limits::MAX_VERTICES, limits::MAX_RINGS);
    // A ring's repeated first vertex is not counted.
    if vertices > most + rings || rings > most_rings {
        return Err(Mistake::PolygonTooLarge {
            vertices: [vertices, most],
            rings: [rings, most_rings],
        });
    }
    for ring in polygons.iter_mut().flatten() {
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() < 3 {
            return Err(Mistake::PolygonForm);
        }
        for vertex in ring.iter_mut() {
            Position::new(vertex[0], vertex[1]).map_err(Mistake::Vertex)?;
            // One spelling of zero.
            *vertex = vertex.map(|degrees| if degrees == 0.0 { 0.0 } else { degrees });
        }
    }
    if polygons.is_empty() || polygons.iter().any(Vec::is_empty) {
        return Err(Mistake::PolygonForm);
    }
    Ok(polygons)
}

fn from_geojson(text: &str) -> Option<Polygons> {
    let value: Value = serde_json::from_str(text).ok()?;
    let geometry = match value.get("type")?.as_str()? {
        "Feature" => value.get("geometry")?,
        _ => &value,
    };
    let coordinates = geometry.get("coordinates")?;
    match geometry.get("type")?.as_str()? {
        "Polygon" => Some(vec![polygon(coordinates)?]),
        "MultiPolygon" => coordinates.as_array()?.iter().map(polygon).collect(),
        _ => None,
    }
}

fn polygon(value: &Value) -> Option<Vec<Ring>> {
    let vertex = |value: &Value| {
        let numbers = value.as_array()?;
        Some([numbers.first()?.as_f64()?, numbers.get(1)?.as_f64()?])
    };
    let ring = |value: &Value| value.as_array()?.iter().map(vertex).collect();
    value.as_array()?.iter().map(ring).collect()
}

/// `POLYGON((x y, …),(…))` or `MULTIPOLYGON(((…)))`, any case, a third coordinate ignored.
fn from_wkt(text: &str) -> Option<Polygons> {
    let upper = text.get(..text.find('(')?)?.trim().to_ascii_uppercase();
    let body = text[text.find('(')?..].trim();
    match upper.as_str() {
        "POLYGON" | "POLYGON Z" => Some(vec![wkt_rings(body)?]),
        "MULTIPOLYGON" | "MULTIPOLYGON Z" => split_groups(unwrap(body)?)?
            .into_iter()
            .map(wkt_rings)
            .collect(),
        _ => None,
    }
}

fn wkt_rings(group: &str) -> Option<Vec<Ring>> {
    let ring = |ring: &str| unwrap(ring)?.split(',').map(wkt_vertex).collect();
    split_groups(unwrap(group)?)?
        .into_iter()
        .map(ring)
        .collect()
}

fn wkt_vertex(text: &str) -> Option<[f64; 2]> {
    let numbers: Option<Vec<f64>> = text
        .split_whitespace()
        .map(|number| number.parse().ok().filter(|n: &f64| n.is_finite()))
        .collect();
    match numbers?.as_slice() {
        &[x, y] | &[x, y, _] => Some([x, y]),
        _ => None,
    }
}

/// The inside of one pair of parentheses.
fn unwrap(text: &str) -> Option<&str> {
    text.trim().strip_prefix('(')?.strip_suffix(')')
}

/// Splits `(…),(…)` at the commas outside parentheses.
fn split_groups(text: &str) -> Option<Vec<&str>> {
    let (mut depth, mut start, mut groups) = (0_u32, 0, Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                groups.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    groups.push(text[start..].trim());
    (depth == 0).then_some(groups)
}

/// The one spelling of polygons: `MULTIPOLYGON` only for several, rings closed.
pub(crate) fn to_wkt(polygons: &[Vec<Ring>]) -> String {
    let rings: Vec<String> = polygons.iter().map(|rings| wkt_of(rings)).collect();
    match rings.as_slice() {
        [one] => format!("POLYGON{one}"),
        several => format!("MULTIPOLYGON({})", several.join(",")),
    }
}

fn wkt_of(rings: &[Ring]) -> String {
    let mut out = String::from("(");
    for (rank, ring) in rings.iter().enumerate() {
        out.push_str(if rank == 0 { "(" } else { ",(" });
        for vertex in ring.iter().chain(ring.first()) {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "{} {},", vertex[0], vertex[1]);
        }
        out.pop();
        out.push(')');
    }
    out.push(')');
    out
}
