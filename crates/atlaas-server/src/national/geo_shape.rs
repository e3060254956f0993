//! What of a territory is shown, and how: fields, JSON or GeoJSON, centre, outline or box.

use crate::call::parameters::ParameterReader;
use crate::describe::parameter::{Parameter, Takes, parameters};
use crate::formats::feature::outline::Outline;
use crate::national::entry::NationalEntry;
use crate::national::narrowing::Listed;
use crate::national::territory::{
    Centre, FeatureName, NationalTerritory, Territory, TerritoryFeature, bbox,
};
use crate::wire::described_schema as scope;
use atlaas_engine::Snapshot;
use atlaas_model::{Level, Schema};
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

/// The fields of every schema.
const FIELDS: [&str; 29] = [
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
    "type",
    "financement",
    "chefLieu",
    "codeParent",
    "anciensCodes",
    "associees",
    "deleguees",
    "_score",
    "arobases",
    "labelDe",
];

/// Every field: those of every schema, and how many objects of each layer that is counted there are.
fn fields(schema: &Schema) -> Vec<&'static str> {
    let counted = schema.layers().iter().filter(|layer| layer.counted);
    let counts = counted.map(|layer| layer.name.as_str());
    FIELDS.into_iter().chain(counts).collect()
}

parameters! {
    /// What of a territory is shown.
    pub Shown = [
        Parameter::query("fields", Takes::Texts, about_fields()).like("nom,code,population"),
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

fn about_fields() -> String {
    let fields = fields(&scope::schema());
    format!("Champs, avec nom et code : {}.", fields.join(", "))
}

/// Fields when none are asked for.
const fn usual(listed: Listed) -> &'static [&'static str] {
    match listed {
        Listed::Parts => &[
            "nom",
            "code",
            "type",
            "chefLieu",
            "codeDepartement",
            "codeEpci",
            "codeRegion",
            "codesPostaux",
        ],
        Listed::Level(Level::Commune) => &[
            "nom",
            "code",
            "codeDepartement",
            "siren",
            "codeEpci",
            "codeRegion",
            "codesPostaux",
            "population",
        ],
        Listed::Level(Level::Epci) => &[
            "nom",
            "code",
            "codesDepartements",
            "codesRegions",
            "population",
        ],
        Listed::Level(Level::Departement) => &["nom", "code", "codeRegion"],
        Listed::Level(Level::Region) => &["nom", "code"],
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
    pub fn read(reader: &mut ParameterReader<'_>, listed: Listed, schema: &Schema) -> Self {
        let fields = reader
            .several_known("fields", &fields(schema))
            .unwrap_or_else(|| usual(listed).to_vec());
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
    fn object(&self, snapshot: &Snapshot, entry: NationalEntry) -> Territory {
        Territory::of(snapshot, entry, self.fields.iter().copied())
    }

    /// One territory as a feature; none when it is nowhere.
    fn feature(&self, snapshot: &Snapshot, entry: NationalEntry) -> Option<TerritoryFeature> {
        let fiche = snapshot.catalogue().fiche(entry.doc);
        let whole = entry.part.is_none();
        let centre = || {
            entry
                .position(snapshot)
                .map(|at| NationalTerritory::Centre(Centre::at(at)))
        };
        let drawn = match self.geometry {
            GeometryChoice::Contour if whole => {
                Outline::of(snapshot, fiche).map(NationalTerritory::Contour)
            }
            GeometryChoice::Bbox if whole => {
                bbox(snapshot, fiche).map(|bbox| NationalTerritory::Contour(Outline::Polygon(bbox)))
            }
            _ => None,
        };
        Some(TerritoryFeature {
            geometry: drawn.or_else(centre)?,
            properties: self.object(snapshot, entry),
            kind: FeatureName::Feature,
        })
    }

    /// Writes one territory in the form that is asked for; whether there was something to write: a
    /// feature is never without a place.
    pub fn write(
        &self,
        snapshot: &Snapshot,
        entry: NationalEntry,
        out: &mut Vec<u8>,
    ) -> serde_json::Result<bool> {
        match self.format {
            GeoFormat::Json => serde_json::to_writer(out, &self.object(snapshot, entry))?,
            GeoFormat::GeoJson => match self.feature(snapshot, entry) {
                Some(feature) => serde_json::to_writer(out, &feature)?,
                None => return Ok(false),
            },
        }
        Ok(true)
    }
}

/// Writes a list of territories, one after the other: all of France is never held as objects.
pub fn write(
    snapshot: &Snapshot,
    shape: &Shape,
    found: &[NationalEntry],
) -> serde_json::Result<Vec<u8>> {
    let (before, after): (&[u8], &[u8]) = match shape.format {
        GeoFormat::Json => (b"[", b"]"),
        GeoFormat::GeoJson => (b"{\"type\":\"FeatureCollection\",\"features\":[", b"]}"),
    };
    let mut out = before.to_vec();
    for entry in found {
        let start = out.len();
        if start > before.len() {
            out.push(b',');
        }
        if !shape.write(snapshot, *entry, &mut out)? {
            out.truncate(start);
        }
    }
    out.extend_from_slice(after);
    Ok(out)
}
