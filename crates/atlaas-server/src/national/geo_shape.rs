//! What of a territory is shown, and how: fields, JSON or GeoJSON, centre, outline or box.

use crate::call::parameters::ParameterReader;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::formats::outline::Outline;
use crate::national::territory::{Centre, FeatureName, Place, Territory, TerritoryFeature, bbox};
use atlaas_engine::Snapshot;
use atlaas_model::{DocId, Level};
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

parameters! {
    /// What of a territory is shown.
    pub Shown = [
        Parameter::query("fields", Takes::Several(&FIELDS), "Champs, avec nom et code.").like("nom,code,population"),
        Parameter::query("format", Takes::OneOf(&["json", "geojson"]), "JSON ou GeoJSON.").like("geojson"),
        Parameter::query(
            "geometry",
            Takes::OneOf(&["centre", "contour", "bbox", "mairie"]),
            "Géométrie du GeoJSON.",
        )
        .like("centre")
        .when("« contour » de communes : avec un filtre."),
    ]
}

/// Fields when none are asked for.
const fn usual(kind: Level) -> &'static [&'static str] {
    match kind {
        Level::Commune => &[
            "nom",
            "code",
            "codeDepartement",
            "siren",
            "codeEpci",
            "codeRegion",
            "codesPostaux",
            "population",
        ],
        Level::Epci => &[
            "nom",
            "code",
            "codesDepartements",
            "codesRegions",
            "population",
        ],
        Level::Departement => &["nom", "code", "codeRegion"],
        Level::Region => &["nom", "code"],
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
    pub fn read(reader: &mut ParameterReader<'_>, kind: Level) -> Self {
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

    /// One territory as an object.
    pub fn object(&self, snapshot: &Snapshot, doc: DocId, score: Option<f32>) -> Territory {
        let mut territory = Territory::of(snapshot, doc, self.fields.iter().copied());
        territory.score = score.map(f64::from);
        territory
    }

    /// One territory as a feature.
    pub fn feature(&self, snapshot: &Snapshot, doc: DocId, score: Option<f32>) -> TerritoryFeature {
        let fiche = snapshot.catalogue().fiche(doc);
        let geometry = match self.geometry {
            GeometryChoice::Centre => fiche.position.map(|at| Place::Centre(Centre::at(at))),
            GeometryChoice::Contour => Outline::of(snapshot, fiche).map(Place::Contour),
            GeometryChoice::Bbox => {
                bbox(snapshot, fiche).map(|bbox| Place::Contour(Outline::Polygon(bbox)))
            }
        };
        TerritoryFeature {
            geometry,
            properties: self.object(snapshot, doc, score),
            kind: FeatureName::Feature,
        }
    }

    /// Writes one territory in the form that is asked for.
    pub fn write(
        &self,
        snapshot: &Snapshot,
        doc: DocId,
        score: Option<f32>,
        out: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        match self.format {
            GeoFormat::Json => serde_json::to_writer(out, &self.object(snapshot, doc, score)),
            GeoFormat::GeoJson => serde_json::to_writer(out, &self.feature(snapshot, doc, score)),
        }
    }
}

/// Writes a list of territories, one after the other: all of France is never held as objects.
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
        shape.write(snapshot, *doc, *score, &mut out)?;
    }
    out.extend_from_slice(after);
    Ok(out)
}
