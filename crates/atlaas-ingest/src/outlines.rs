//! Outlines of communes out of GeoJSON, feature by feature, whatever the length of the file.
//!
//! Polygons and multipolygons with a `code` among their properties; the closing position of a ring
//! and any altitude are left out. A feature that is no such thing is reported and skipped; a file
//! that is no GeoJSON is an error with the byte where it stops making sense.

use crate::{
    IngestError,
    json_stream::{Element, ElementStream},
    json_table::failure,
    remarks::Remarks,
    source_file::{STREAMED_LIMIT, SourceFile},
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
    let mut stream = ElementStream::new(file.open(STREAMED_LIMIT)?, &["features"]);
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
        if let Some(outline) = outline(&element, remarks) {
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

/// The outline of one feature; `None`, with a remark, when it has none.
pub(crate) fn outline(element: &Element<'_>, remarks: &mut Remarks<'_>) -> Option<Outline> {
    let feature: Feature<'_> = match serde_json::from_slice(element.json) {
        Ok(feature) => feature,
        Err(error) => {
            let place = element.offset + error.column() as u64;
            let advice = format!("objet illisible vers l'octet {place} : {error}");
            remarks.note(Action::Refuse, "", "", advice);
            return None;
        }
    };
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
    let polygons = match feature.geometry.as_ref().map(polygons) {
        Some(Ok(polygons)) => polygons,
        Some(Err(problem)) => {
            remarks.note(Action::Refuse, "geometry", code.as_str(), problem);
            return None;
        }
        None => Vec::new(),
    };
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

fn polygons(geometry: &Geometry<'_>) -> Result<Vec<Vec<Ring>>, String> {
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
    Ok(raw.into_iter().filter_map(polygon).collect())
}

/// Open rings; holes of less than three vertices go, a polygon without an exterior too.
fn polygon(rings: Vec<Vec<Vertex>>) -> Option<Vec<Ring>> {
    let mut rings = rings.into_iter().map(|ring| {
        let mut ring: Ring = ring.into_iter().map(|vertex| vertex.0).collect();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        ring
    });
    let exterior = rings.next().filter(|ring| ring.len() > 2)?;
    Some(
        std::iter::once(exterior)
            .chain(rings.filter(|ring| ring.len() > 2))
            .collect(),
    )
}
