//! A fiche on the wire: one shape of properties for lists, single fiches, exports and OGC items.

pub mod declared;
pub mod outline;

use crate::formats::feature::declared::Declared;
use crate::formats::feature::outline::Outline;
use atlaas_engine::{Catalogue, Explanation, Hit, Snippet};
use atlaas_model::{Code, DocId, Fiche, Kind, Level, Precision};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// GeoJSON feature (RFC 7946): longitude, latitude in WGS 84, at most 6 decimals.
#[derive(Serialize, ToSchema)]
#[schema(as = Fiche)]
pub struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    geometry: Option<Geometry>,
    /// What is known of the fiche.
    pub properties: Properties<'a>,
}

/// A point, or the outline of a territory.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = FicheGeometrie)]
enum Geometry {
    Point(PointGeometry),
    Outline(Outline),
}

#[derive(Serialize, ToSchema)]
#[schema(as = Point)]
struct PointGeometry {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [Degrees; 2],
}

/// Degrees written with at most six decimals: a tenth of a metre.
#[derive(Clone, Copy, ToSchema)]
#[schema(as = Degres)]
pub struct Degrees(pub f64);

impl Degrees {
    /// As written.
    pub fn rounded(self) -> f64 {
        (self.0 * 1e6).round() / 1e6
    }
}

impl Serialize for Degrees {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.rounded())
    }
}

/// A year's label.
#[derive(Serialize, ToSchema)]
#[schema(as = AnneeDeLabel)]
pub struct LabelYear<'a> {
    annee: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    arobases: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mention: Option<&'a str>,
    origine: atlaas_model::LabelOrigin,
    /// The EPT that was labelled as a whole, when it was not the commune itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    territoire: Option<&'a str>,
}

/// `2019:4`, `2022:Mention e-santé`, `2021:3 (Plaine Commune)`: for one cell of a table.
impl std::fmt::Display for LabelYear<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:", self.annee)?;
        if let Some(level) = self.arobases {
            write!(formatter, "{level}")?;
        }
        match (self.arobases, self.mention) {
            (Some(_), Some(mention)) => write!(formatter, " {mention}")?,
            (None, Some(mention)) => formatter.write_str(mention)?,
            _ => {}
        }
        match self.territoire {
            Some(name) => write!(formatter, " ({name})"),
            None => Ok(()),
        }
    }
}

/// Everything public about a fiche; absent fields are left out.
#[derive(Serialize, ToSchema)]
#[schema(as = FicheProprietes)]
pub struct Properties<'a> {
    /// Unique id.
    pub id: &'a str,
    /// Kind of fiche.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Its name.
    pub nom: &'a str,
    /// Description.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub texte: &'a str,
    /// INSEE code or SIREN of a territory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    /// SIREN of a commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siren: Option<&'a str>,
    /// Post codes.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub codes_postaux: &'a [String],
    /// Other names that lead here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub autres_noms: Vec<&'a str>,
    /// What the declaration of its kind names, and what a territory holds.
    #[serde(flatten)]
    pub declared: Declared<'a>,
    /// Last change at the source, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub date_maj: Option<jiff::civil::Date>,
    /// How far the position can be trusted.
    pub precision: Precision,
    /// Street address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adresse: Option<&'a str>,
    /// Name of the commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commune: Option<&'a str>,
    /// INSEE code of the commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_commune: Option<&'a str>,
    /// Name of the EPCI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epci: Option<&'a str>,
    /// SIREN of the EPCI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_epci: Option<&'a str>,
    /// Name of the département.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departement: Option<&'a str>,
    /// Code of the département.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_departement: Option<&'a str>,
    /// Name of the région.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<&'a str>,
    /// Code of the région.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_region: Option<&'a str>,
    /// Label level that counts for the fiche; 0 without a label.
    pub arobases: u8,
    /// Name of the EPCI or EPT that was labelled as a whole, when the label is not the commune's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_de: Option<&'a str>,
    /// Labels by year, of communes and EPCI.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelYear<'a>>,
    /// Whatever else the source tells, by column.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributs: BTreeMap<&'a str, &'a [String]>,
    /// Kilometres from the place asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
    /// Title with the matched words marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titre_marque: Option<&'a Snippet>,
    /// Passage of the text with the matched words marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extrait: Option<&'a Snippet>,
    /// Parts of the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explication: Option<&'a Explanation>,
    /// Address of the page of the fiche.
    pub url: String,
}

impl<'a> Feature<'a> {
    /// The feature of a document; `base` is the public address of the service.
    pub fn new(catalogue: &'a Catalogue, doc: DocId, base: &str) -> Self {
        let fiche = catalogue.fiche(doc);
        let geometry = fiche.position.map(|position| {
            Geometry::Point(PointGeometry {
                kind: "Point",
                coordinates: [Degrees(position.longitude()), Degrees(position.latitude())],
            })
        });
        let properties = Properties::new(catalogue, doc, fiche, base);
        Self {
            kind: "Feature",
            id: fiche.id.as_str(),
            geometry,
            properties,
        }
    }

    /// The feature of a hit, with its distance and passages.
    pub fn of_hit(catalogue: &'a Catalogue, hit: &'a Hit, base: &str) -> Self {
        let mut feature = Self::new(catalogue, hit.doc, base).distant(hit.distance_km);
        let properties = &mut feature.properties;
        properties.titre_marque = hit.title.as_ref();
        properties.extrait = hit.text.as_ref();
        properties.explication = hit.explanation.as_ref();
        feature
    }

    /// The same, so many kilometres from the place asked for.
    #[must_use]
    pub fn distant(mut self, distance_km: Option<f64>) -> Self {
        self.properties.distance_km = distance_km.map(|km| (km * 1000.0).round() / 1000.0);
        self
    }

    /// Longitude and latitude, rounded as written; `None` for an outline.
    pub fn coordinates(&self) -> Option<[f64; 2]> {
        match &self.geometry {
            Some(Geometry::Point(point)) => Some(point.coordinates.map(Degrees::rounded)),
            _ => None,
        }
    }

    /// Gives the feature an outline instead of its centre.
    pub fn outline(&mut self, outline: Outline) {
        self.geometry = Some(Geometry::Outline(outline));
    }
}

impl<'a> Properties<'a> {
    fn new(catalogue: &'a Catalogue, doc: DocId, fiche: &'a Fiche, base: &str) -> Self {
        let territory = &fiche.territory;
        let name = |level| catalogue.name_at(fiche, level);
        let code = |code: &'a Option<Code>| code.as_ref().map(Code::as_str);
        Self {
            id: fiche.id.as_str(),
            kind: fiche.kind,
            nom: &fiche.name,
            texte: &fiche.text,
            code: fiche.code.as_ref().map(Code::as_str),
            siren: fiche.siren.as_ref().map(Code::as_str),
            codes_postaux: &fiche.postcodes,
            autres_noms: fiche
                .aliases
                .iter()
                .map(|alias| alias.name.as_str())
                .collect(),
            declared: Declared::new(catalogue, doc, fiche),
            date_maj: fiche.updated,
            precision: fiche.precision,
            adresse: fiche.address.as_deref(),
            commune: name(Level::Commune),
            code_commune: code(&territory.commune),
            epci: name(Level::Epci),
            code_epci: code(&territory.epci),
            departement: name(Level::Departement),
            code_departement: code(&territory.departement),
            region: name(Level::Region),
            code_region: code(&territory.region),
            arobases: catalogue.level(doc),
            label_de: catalogue
                .labelled_as_part_of(doc)
                .map(|whole| whole.name.as_str()),
            labels: labels(fiche),
            attributs: attributes(fiche),
            distance_km: None,
            titre_marque: None,
            extrait: None,
            explication: None,
            url: format!("{base}/fiche/{}", fiche.id),
        }
    }
}

fn labels(fiche: &Fiche) -> Vec<LabelYear<'_>> {
    let year = |label: &'_ atlaas_model::Label| (label.year, label.level);
    debug_assert!(fiche.labels.is_sorted_by_key(|label| year(label).0));
    fiche
        .labels
        .iter()
        .map(|label| LabelYear {
            annee: label.year,
            arobases: label.level,
            mention: label.mention.as_deref(),
            origine: label.origin,
            territoire: label.group.as_ref().map(|ept| ept.name.as_str()),
        })
        .collect()
}

fn attributes(fiche: &Fiche) -> BTreeMap<&str, &[String]> {
    fiche
        .attributes
        .iter()
        .map(|attribute| (attribute.name.as_str(), attribute.values.as_slice()))
        .collect()
}

/// A hit without score, distance or passages: for forms that list what exists.
pub const fn plain_hit(doc: DocId, distance_km: Option<f64>) -> Hit {
    Hit {
        doc,
        score: 0.0,
        distance_km,
        title: None,
        text: None,
        explanation: None,
    }
}
