//! Outlines of communes out of GeoJSON, feature by feature, whatever the length of the file.
//!
//! Polygons and multipolygons with a `code` among their properties; the closing position of a ring
//! and any altitude are left out. A feature that is no such thing is reported and skipped; a file
//! that is no GeoJSON is an error with the byte where it stops making sense.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::json_source,
    tables::json_stream::{Element, ElementStream},
    tables::json_table::failure,
    tables::json_text::{broken, decoded},
    tables::source_file::SourceFile,
};
use atlaas_model::{Action, Code, Outline, Ring};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::fmt;

/// Most vertices of all features together, about fifty times the communes of France.
const VERTEX_LIMIT: usize = 100_000_000;
/// Most polygons in one feature.
const POLYGON_LIMIT: usize = 200_000;

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(default)]
    properties: Option<Properties<'a>>,
    #[serde(borrow)]
    geometry: Option<Geometry<'a>>,
}

#[derive(Deserialize)]
struct Properties<'a> {
    #[serde(
        borrow,
        default,
        alias = "code_insee",
        alias = "insee",
        alias = "INSEE_COM"
    )]
    code: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
}

/// `[longitude, latitude]`, whatever follows.
struct Vertex([f64; 2]);

impl<'de> Deserialize<'de> for Vertex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Vertex;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a longitude and a latitude")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Vertex, A::Error> {
                let missing = || A::Error::invalid_length(1, &self);
                let longitude: f64 = numbers.next_element()?.ok_or_else(missing)?;
                let latitude: f64 = numbers.next_element()?.ok_or_else(missing)?;
                while numbers.next_element::<IgnoredAny>()?.is_some() {}
                if !(-180.0..=180.0).contains(&longitude) || !(-90.0..=90.0).contains(&latitude) {
                    let problem = format!("{longitude}, {latitude} is no place on Earth");
                    return Err(A::Error::custom(problem));
                }
                Ok(Vertex([longitude, latitude]))
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

/// Reads every outline of the file; gives them in its order, and the number of features.
pub(crate) fn read(
    file: &SourceFile,
    remarks: &mut Remarks<'_>,
) -> Result<(Vec<Outline>, u64), IngestError> {
    let mut stream = ElementStream::new(json_source::open(file)?, &["features"]);
    let (mut outlines, mut features, mut vertices) = (Vec::new(), 0, 0);
    loop {
        let element = match stream.next() {
            Ok(Some(element)) => element,
            Ok(None) => return Ok((outlines, features)),
            Err(error) => return Err(failure(file, &file.name, error)),
        };
        features += 1;
        remarks.at(element.line);
        let offset = element.offset;
        if let Some(outline) = outline(&file.name, &element, remarks)? {
            vertices += outline
                .polygons
                .iter()
                .flatten()
                .map(Vec::len)
                .sum::<usize>();
            outlines.push(outline);
        }
        if vertices > VERTEX_LIMIT {
            return Err(IngestError::Json {
                name: file.name.clone(),
                offset,
                problem: format!("more than {VERTEX_LIMIT} vertices: simplify the outlines first"),
            });
        }
    }
}

/// The outline of one feature; `None`, with a remark, when it has none; an error when the syntax of
/// the file breaks there.
fn outline(
    name: &str,
    element: &Element<'_>,
    remarks: &mut Remarks<'_>,
) -> Result<Option<Outline>, IngestError> {
    let json = decoded(element.json, remarks);
    let error = match serde_json::from_slice(&json) {
        Ok(feature) => return Ok(of_feature(feature, remarks)),
        Err(error) => error,
    };
    if let Some(error) = broken(name, element, &json, &error) {
        return Err(error);
    }
    let advice = format!("objet illisible : {error}");
    remarks.note(Action::Refuse, "", "", advice);
    Ok(None)
}

fn of_feature(feature: Feature<'_>, remarks: &mut Remarks<'_>) -> Option<Outline> {
    let raw = feature
        .properties
        .and_then(|properties| properties.code)
        .map_or("", |code| code.get().trim_matches('"'));
    let Ok(code) = raw.parse::<Code>() else {
        let advice =
            "contour sans code INSEE : mettre le code de la commune dans la propriété « code »";
        remarks.note(Action::Refuse, "code", raw, advice);
        return None;
    };
    let mut faults = Faults::default();
    let read = feature.geometry.as_ref();
    let polygons = match read.map(|geometry| polygons(geometry, &mut faults)) {
        Some(Ok(polygons)) => polygons,
        Some(Err(problem)) => {
            remarks.note(Action::Refuse, "geometry", code.as_str(), problem);
            return None;
        }
        None => Vec::new(),
    };
    faults.tell(code, remarks);
    if polygons.is_empty() {
        remarks.note(
            Action::Refuse,
            "geometry",
            code.as_str(),
            "contour vide : le dessiner",
        );
        return None;
    }
    Some(Outline { code, polygons })
}

/// What is wrong with the rings of one outline.
#[derive(Default)]
struct Faults {
    /// Rings whose last position is not their first.
    open: usize,
    /// Rings of fewer than three positions.
    short: usize,
}

impl Faults {
    fn tell(&self, code: Code, remarks: &mut Remarks<'_>) {
        for (count, action, advice) in [
            (
                self.open,
                Action::Repare,
                "anneau non fermé : fermé par son premier sommet",
            ),
            (
                self.short,
                Action::Ignore,
                "anneau de moins de trois sommets : laissé de côté",
            ),
        ] {
            if count > 0 {
                let advice = format!("{advice} ({count} fois)");
                remarks.note(action, "geometry", code.as_str(), advice);
            }
        }
    }
}

fn polygons(geometry: &Geometry<'_>, faults: &mut Faults) -> Result<Vec<Vec<Ring>>, String> {
    let coordinates = geometry.coordinates.map_or("[]", RawValue::get);
    let unreadable = |error: serde_json::Error| format!("coordonnées illisibles : {error}");
    let raw: Vec<Vec<Vec<Vertex>>> = match geometry.kind.as_str() {
        "Polygon" => vec![serde_json::from_str(coordinates).map_err(unreadable)?],
        "MultiPolygon" => serde_json::from_str(coordinates).map_err(unreadable)?,
        other => return Err(format!("un polygone est attendu, non {other}")),
    };
    if raw.len() > POLYGON_LIMIT {
        return Err(format!("plus de {POLYGON_LIMIT} polygones dans un contour"));
    }
    let polygons = raw.into_iter().filter_map(|rings| polygon(rings, faults));
    Ok(polygons.collect())
}

/// Open rings; holes of less than three vertices go, a polygon without an exterior too.
fn polygon(rings: Vec<Vec<Vertex>>, faults: &mut Faults) -> Option<Vec<Ring>> {
    let mut rings = rings.into_iter().map(|ring| {
        let mut ring: Ring = ring.into_iter().map(|vertex| vertex.0).collect();
        let closed = ring.len() > 1 && ring.first() == ring.last();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() < 3 {
            faults.short += 1;
            return None;
        }
        faults.open += usize::from(!closed);
        Some(ring)
    });
    let exterior = rings.next()??;
    Some(std::iter::once(exterior).chain(rings.flatten()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Report;

    fn element(json: &str) -> Element<'_> {
        Element {
            offset: 100,
            line: 7,
            json: json.as_bytes(),
        }
    }

    fn read_one(geometry: &str) -> (Option<Outline>, Report) {
        let json = format!("{{\"properties\":{{\"code\":\"2A004\"}},\"geometry\":{geometry}}}");
        let mut report = Report::default();
        let mut remarks = Remarks::on(&mut report, "x");
        let read = outline("x", &element(&json), &mut remarks).unwrap();
        drop(remarks);
        (read, report)
    }

    #[test]
    fn geometries_are_read_with_or_without_altitude_and_members_in_any_order() {
        for (geometry, polygons) in [
            (
                r#"{"type":"Polygon","coordinates":[[[0,0,9],[1,0,9],[1,1,9],[0,0,9]]]}"#,
                Some(1),
            ),
            (
                r#"{"coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]],"type":"MultiPolygon"}"#,
                Some(2),
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#,
                None,
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,91]]]}"#,
                None,
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0],[1,0],[1,1]]]}"#,
                None,
            ),
            (r#"{"type":"Point","coordinates":[0,0]}"#, None),
            (r#"{"type":"Polygon"}"#, None),
            ("null", None),
        ] {
            let (read, report) = read_one(geometry);
            assert_eq!(
                read.map(|outline| outline.polygons.len()),
                polygons,
                "{geometry}"
            );
            assert_eq!(report.lines.is_empty(), polygons.is_some(), "{geometry}");
        }
    }

    #[test]
    fn rings_left_open_or_too_short_are_told_by_commune() {
        for (rings, kept, action) in [
            ("[[0,0],[9,0],[9,9]]", 1, Action::Repare),
            (
                "[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[1,1]]",
                1,
                Action::Ignore,
            ),
            (
                "[[0,0],[9,0],[9,9],[0,0]],[[5,1],[6,1],[6,2]]",
                2,
                Action::Repare,
            ),
        ] {
            let (read, report) =
                read_one(&format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#));
            assert_eq!(read.map(|outline| outline.polygons[0].len()), Some(kept));
            let told: Vec<_> = report
                .lines
                .iter()
                .map(|line| (line.action, &*line.value))
                .collect();
            assert_eq!(told, [(action, "2A004")], "{rings}");
        }
    }
}
