//! What of a territory is shown, and how: fields, JSON or GeoJSON, centre, outline or box.

use crate::call::parameters::ParameterReader;
use crate::formats::feature::Degrees;
use atlaas_engine::Snapshot;
use atlaas_model::{Code, DocId, Fiche, Kind, Position, Ring};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeoFormat {
    /// A list of objects.
    Json,
    /// Features.
    GeoJson,
}

impl GeoFormat {
    /// Media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
        }
    }
}

/// Which geometry a feature has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GeometryChoice {
    Centre,
    Contour,
    Bbox,
}

/// Every field.
pub const FIELDS: [&str; 23] = [
    "nom",
    "code",
    "codesPostaux",
    "siren",
    "codeEpci",
    "epci",
    "codeDepartement",
    "departement",
    "codeRegion",
    "region",
    "codesDepartements",
    "codesRegions",
    "population",
    "surface",
    "centre",
    "contour",
    "bbox",
    "mairie",
    "zone",
    "arobases",
    "labelDe",
    "initiatives",
    "colieux",
];

/// Fields when none are asked for.
const fn usual(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Commune => &[
            "nom",
            "code",
            "codeDepartement",
            "siren",
            "codeEpci",
            "codeRegion",
            "codesPostaux",
            "population",
        ],
        Kind::Epci => &[
            "nom",
            "code",
            "codesDepartements",
            "codesRegions",
            "population",
        ],
        Kind::Departement => &["nom", "code", "codeRegion"],
        _ => &["nom", "code"],
    }
}

/// What is asked to be shown.
#[derive(Clone, Debug)]
pub struct Shape {
    fields: BTreeSet<&'static str>,
    /// JSON or GeoJSON.
    pub format: GeoFormat,
    geometry: GeometryChoice,
}

impl Shape {
    /// Reads `fields`, `format` and `geometry`.
    pub fn read(reader: &mut ParameterReader<'_>, kind: Kind) -> Self {
        let fields = reader
            .several("fields", &FIELDS)
            .unwrap_or_else(|| usual(kind).to_vec());
        let format = match reader.one_of("format", &["json", "geojson"]) {
            Some("geojson") => GeoFormat::GeoJson,
            _ => GeoFormat::Json,
        };
        let geometry = match reader.one_of("geometry", &["centre", "contour", "bbox", "mairie"]) {
            Some("contour") => GeometryChoice::Contour,
            Some("bbox") => GeometryChoice::Bbox,
            _ => GeometryChoice::Centre,
        };
        let mut fields: BTreeSet<&'static str> =
            fields.into_iter().chain(["nom", "code"]).collect();
        if format == GeoFormat::GeoJson {
            fields.retain(|field| !["centre", "contour", "bbox", "mairie"].contains(field));
        }
        Self {
            fields,
            format,
            geometry,
        }
    }

    /// Whether outlines are drawn.
    pub fn draws_contours(&self) -> bool {
        self.fields.contains("contour")
            || (self.format == GeoFormat::GeoJson && self.geometry == GeometryChoice::Contour)
    }

    /// One territory as it is asked for.
    pub fn territory(&self, snapshot: &Snapshot, doc: DocId, score: Option<f32>) -> Value {
        let mut properties = Map::new();
        for &field in &self.fields {
            if let Some(value) = value(snapshot, doc, field) {
                properties.insert(field.to_owned(), value);
            }
        }
        if let Some(score) = score {
            properties.insert("_score".to_owned(), json!(f64::from(score)));
        }
        match self.format {
            GeoFormat::Json => Value::Object(properties),
            GeoFormat::GeoJson => {
                let field = match self.geometry {
                    GeometryChoice::Centre => "centre",
                    GeometryChoice::Contour => "contour",
                    GeometryChoice::Bbox => "bbox",
                };
                let geometry = value(snapshot, doc, field);
                json!({ "type": "Feature", "properties": properties, "geometry": geometry })
            }
        }
    }
}

/// Writes a list of territories.
pub fn write(
    snapshot: &Snapshot,
    shape: &Shape,
    found: &[(DocId, Option<f32>)],
) -> serde_json::Result<Vec<u8>> {
    let (before, after): (&[u8], &[u8]) = match shape.format {
        GeoFormat::Json => (b"[", b"]"),
        GeoFormat::GeoJson => (b"{\"type\":\"FeatureCollection\",\"features\":[", b"]}"),
    };
    let mut out = before.to_vec();
    for (rank, (doc, score)) in found.iter().enumerate() {
        if rank > 0 {
            out.push(b',');
        }
        serde_json::to_writer(&mut out, &shape.territory(snapshot, *doc, *score))?;
    }
    out.extend_from_slice(after);
    Ok(out)
}

fn value(snapshot: &Snapshot, doc: DocId, field: &str) -> Option<Value> {
    let catalogue = snapshot.catalogue();
    let fiche = catalogue.fiche(doc);
    let parent = |kind: Kind| fiche.territory.at(kind).filter(|_| fiche.kind != kind);
    let named = |kind: Kind| {
        let code = parent(kind)?;
        Some(json!({ "code": code, "nom": catalogue.territory_name(kind, code)? }))
    };
    match field {
        "nom" => Some(json!(fiche.name)),
        "code" => fiche.code.map(|code| json!(code)),
        "codesPostaux" => (fiche.kind == Kind::Commune).then(|| json!(fiche.postcodes)),
        "siren" => fiche.siren.map(|code| json!(code)),
        "codeEpci" => parent(Kind::Epci).map(|code| json!(code)),
        "codeDepartement" => parent(Kind::Departement).map(|code| json!(code)),
        "codeRegion" => parent(Kind::Region).map(|code| json!(code)),
        "epci" => named(Kind::Epci),
        "departement" => named(Kind::Departement),
        "region" => named(Kind::Region),
        "codesDepartements" => codes_within(snapshot, fiche, Kind::Departement),
        "codesRegions" => codes_within(snapshot, fiche, Kind::Region),
        "population" => fiche.population.map(|population| json!(population)),
        "zone" => Some(json!(zone(fiche))),
        "arobases" => Some(json!(catalogue.level(doc))),
        "labelDe" => catalogue
            .labelled_as_part_of(doc)
            .map(|whole| json!(whole.name)),
        "initiatives" => Some(json!(catalogue.contents(doc).initiatives)),
        "colieux" => Some(json!(catalogue.contents(doc).colieux)),
        "surface" => surface(snapshot, fiche),
        "centre" | "mairie" => fiche.position.map(point),
        "contour" => contour(snapshot, fiche),
        "bbox" => bbox(snapshot, fiche),
        _ => None,
    }
}

/// Surface in hectares, to a hundred square metres.
fn surface(snapshot: &Snapshot, fiche: &Fiche) -> Option<Value> {
    let surface_m2 = snapshot.territories().surface_m2(fiche.kind, fiche.code?)?;
    Some(json!((surface_m2 / 100.0).round() / 100.0))
}

/// The départements or régions that the communes of an EPCI lie in.
fn codes_within(snapshot: &Snapshot, fiche: &Fiche, kind: Kind) -> Option<Value> {
    let own = fiche.code.filter(|_| fiche.kind == Kind::Epci)?;
    let catalogue = snapshot.catalogue();
    let communes = catalogue
        .docs_of(Kind::Commune)
        .map(|doc| &catalogue.fiche(doc).territory);
    let codes: BTreeSet<Code> = communes
        .filter(|territory| territory.epci == Some(own))
        .filter_map(|territory| territory.at(kind))
        .collect();
    Some(json!(codes))
}

fn point(position: Position) -> Value {
    json!({
        "type": "Point",
        "coordinates": [Degrees(position.longitude()).rounded(), Degrees(position.latitude()).rounded()],
    })
}

/// The outline of a territory as GeoJSON, rings closed.
pub fn contour(snapshot: &Snapshot, fiche: &Fiche) -> Option<Value> {
    let polygons = snapshot.territories().contour(fiche.kind, fiche.code?)?;
    let mut polygons: Vec<Vec<Ring>> = polygons;
    for ring in polygons.iter_mut().flatten() {
        ring.extend(ring.first().copied());
    }
    Some(match polygons.as_slice() {
        [only] => json!({ "type": "Polygon", "coordinates": only }),
        many => json!({ "type": "MultiPolygon", "coordinates": many }),
    })
}

fn bbox(snapshot: &Snapshot, fiche: &Fiche) -> Option<Value> {
    let b = snapshot.territories().bbox(fiche.kind, fiche.code?)?;
    let ring = [
        [b.west, b.south],
        [b.east, b.south],
        [b.east, b.north],
        [b.west, b.north],
        [b.west, b.south],
    ];
    Some(json!({ "type": "Polygon", "coordinates": [ring] }))
}

/// Metropolitan France, overseas département, or overseas collectivity.
pub fn zone(fiche: &Fiche) -> &'static str {
    let region = fiche
        .territory
        .region
        .map(|code| code.to_string())
        .unwrap_or_default();
    match region.as_str() {
        "01" | "02" | "03" | "04" | "06" => "drom",
        code if code.len() == 2 => "metro",
        _ => "com",
    }
}
