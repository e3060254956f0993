//! A territory as the national API writes it: the fields that are asked for, as an object or as a
//! feature. Fields stand in the order of the alphabet, in which they have always been written; how many
//! objects of each layer there are stands last.

use crate::formats::feature::Degrees;
use crate::formats::feature::outline::{Outline, Polygon};
use crate::national::entry::NationalEntry;
use crate::wire::described_schema as scope;
use atlaas_engine::{Catalogue, Snapshot};
use atlaas_model::{Alias, AliasKind, Code, DocId, Fiche, Layer, Level, Name, Position};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeSet;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema as Described};
use utoipa::{PartialSchema, ToSchema};

/// A territory; absent fields were not asked for, or are not known.
#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Territoire)]
pub struct Territory {
    /// How well the name fits, from 0 to 1.
    #[serde(rename = "_score", skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Codes that led here once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    anciens_codes: Option<BTreeSet<Code>>,
    /// Level of the label, 0 without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    arobases: Option<u8>,
    /// Codes of its communes associées.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    associees: Option<BTreeSet<Code>>,
    /// Box, as a polygon.
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<Polygon>,
    #[serde(skip_serializing_if = "Option::is_none")]
    centre: Option<Centre>,
    /// Code of the commune that is the seat; of a part, that of the commune that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    chef_lieu: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    code_departement: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    code_epci: Option<Code>,
    /// Code of the commune that an arrondissement is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    code_parent: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    code_region: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    codes_departements: Option<BTreeSet<Code>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    codes_postaux: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    codes_regions: Option<BTreeSet<Code>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contour: Option<Outline>,
    /// Codes of its communes déléguées.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    deleguees: Option<BTreeSet<Code>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    departement: Option<Parent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epci: Option<Parent>,
    /// How an EPCI is funded.
    #[serde(skip_serializing_if = "Option::is_none")]
    financement: Option<String>,
    /// Name of the EPCI or EPT that was labelled as a whole, when the label is not the territory's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_de: Option<String>,
    /// The centre, which serves as town hall.
    #[serde(skip_serializing_if = "Option::is_none")]
    mairie: Option<Centre>,
    nom: String,
    /// Inhabitants.
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Parent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    siren: Option<Code>,
    /// Hectares within the outline, to a hundred square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    surface: Option<f64>,
    /// Type of commune, or of EPCI.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    own_type: Option<String>,
    /// `metro`, `drom` or `com`.
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'static str>,
    /// How many objects of each layer lie in it.
    #[serde(flatten)]
    counts: Counts,
}

/// How many objects of layers lie in a territory, by the name of the layer.
#[derive(Default)]
struct Counts(Vec<(Name, u32)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// The counts of the layers of the schema in scope.
impl PartialSchema for Counts {
    fn schema() -> RefOr<Described> {
        let schema = scope::schema();
        let counted = schema.layers().iter().filter(|layer| layer.counted);
        let count = |object: ObjectBuilder, layer: &Layer| {
            let count = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .minimum(Some(0))
                .description(Some(layer.title.fr.clone()));
            object.property(layer.name.as_str(), count)
        };
        counted.fold(ObjectBuilder::new(), count).build().into()
    }
}

impl ToSchema for Counts {
    fn name() -> Cow<'static, str> {
        "ObjetsParCouche".into()
    }
}

/// A wider territory.
#[derive(Serialize, ToSchema)]
#[schema(as = TerritoireParent)]
pub struct Parent {
    #[schema(value_type = String)]
    code: Code,
    nom: String,
}

/// A position as a point.
#[derive(Serialize, ToSchema)]
pub struct Centre {
    coordinates: [Degrees; 2],
    #[serde(rename = "type")]
    kind: PointName,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PointType)]
enum PointName {
    Point,
}

/// Where a territory is, in the way that was asked for.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = TerritoireGeometrie)]
pub enum NationalTerritory {
    /// Its centre.
    Centre(Centre),
    /// Its outline.
    Contour(Outline),
}

/// A territory as a feature.
#[derive(Serialize, ToSchema)]
#[schema(as = TerritoireFeature)]
pub struct TerritoryFeature {
    /// Where it is: a territory that is nowhere is no feature.
    pub geometry: NationalTerritory,
    /// The fields that were asked for.
    pub properties: Territory,
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: FeatureName,
}

/// The one value of `type` of a feature.
#[derive(Serialize, ToSchema)]
#[schema(as = FeatureType)]
pub enum FeatureName {
    /// A feature.
    Feature,
}

/// Territories as features; written one by one, see [`write`](crate::national::geo_shape::write).
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what is written one by one")]
#[schema(as = TerritoireCollection)]
pub struct TerritoryCollection {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    kind: FeatureCollectionName,
    features: Vec<TerritoryFeature>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FeatureCollectionType)]
#[expect(dead_code, reason = "the shape of what is written one by one")]
enum FeatureCollectionName {
    FeatureCollection,
}

impl Territory {
    /// A territory with the fields that are named, where they are known.
    pub fn of<'a>(
        snapshot: &Snapshot,
        entry: NationalEntry,
        fields: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut territory = Self {
            score: entry.score.map(f64::from),
            ..Self::default()
        };
        for field in fields {
            territory.fill(snapshot, entry, field);
        }
        territory
    }

    fn fill(&mut self, snapshot: &Snapshot, entry: NationalEntry, field: &str) {
        let fiche = snapshot.catalogue().fiche(entry.doc);
        let part = entry.alias(snapshot);
        let code = |level: Level| fiche.territory.at(level).filter(|_| fiche.kind != level);
        match field {
            "nom" => entry.name(snapshot).clone_into(&mut self.nom),
            "code" => self.code = entry.code(snapshot),
            "codesPostaux" if fiche.kind == Level::Commune => {
                self.codes_postaux = Some(entry.postcodes(snapshot).to_vec());
            }
            "codeEpci" => self.code_epci = code(Level::Epci),
            "codeDepartement" => self.code_departement = code(Level::Departement),
            "codeRegion" => self.code_region = code(Level::Region),
            "epci" => self.epci = parent(snapshot, fiche, Level::Epci),
            "departement" => self.departement = parent(snapshot, fiche, Level::Departement),
            "region" => self.region = parent(snapshot, fiche, Level::Region),
            "population" => self.population = entry.population(snapshot),
            "zone" => self.zone = Some(zone(fiche)),
            "centre" => self.centre = entry.position(snapshot).map(Centre::at),
            "mairie" => self.mairie = entry.position(snapshot).map(Centre::at),
            "type" => self.own_type = entry.own_type(snapshot).map(str::to_owned),
            _ => match part {
                Some(part) => self.fill_of_part(fiche, part, field),
                None => self.fill_of_whole(snapshot, entry.doc, field),
            },
        }
    }

    /// What only a part of a commune has.
    fn fill_of_part(&mut self, fiche: &Fiche, part: &Alias, field: &str) {
        let arrondissement = part.kind == AliasKind::Arrondissement;
        match field {
            "codeParent" => self.code_parent = fiche.code.filter(|_| arrondissement),
            "chefLieu" => self.chef_lieu = fiche.code.filter(|_| !arrondissement),
            _ => {}
        }
    }

    /// What only a whole territory has.
    fn fill_of_whole(&mut self, snapshot: &Snapshot, doc: DocId, field: &str) {
        let catalogue = snapshot.catalogue();
        let fiche = catalogue.fiche(doc);
        match field {
            "siren" => self.siren = fiche.siren,
            "codesDepartements" => {
                self.codes_departements = codes_within(snapshot, fiche, Level::Departement);
            }
            "codesRegions" => self.codes_regions = codes_within(snapshot, fiche, Level::Region),
            "chefLieu" => self.chef_lieu = seat(catalogue, fiche),
            "financement" => self.financement = attribute(fiche, "mode_financement"),
            "anciensCodes" => {
                let former: BTreeSet<Code> = fiche.former_codes.iter().copied().collect();
                self.anciens_codes = (!former.is_empty()).then_some(former);
            }
            "associees" => self.associees = parts(fiche, AliasKind::Associee),
            "deleguees" => self.deleguees = parts(fiche, AliasKind::Deleguee),
            "arobases" => self.arobases = Some(catalogue.level(doc)),
            "labelDe" => {
                let whole = catalogue.labelled_as_part_of(doc);
                self.label_de = whole.map(|whole| whole.name.clone());
            }
            "contour" => self.contour = Outline::of(snapshot, fiche),
            "bbox" => self.bbox = bbox(snapshot, fiche),
            "surface" => self.surface = surface(fiche),
            layer => self.counts.0.extend(held(catalogue, doc, layer)),
        }
    }
}

/// Codes of the parts of a kind; none when there is no part.
fn parts(fiche: &Fiche, kind: AliasKind) -> Option<BTreeSet<Code>> {
    let parts = fiche.aliases.iter().filter(|part| part.kind == kind);
    let codes: BTreeSet<Code> = parts.filter_map(|part| part.code).collect();
    (!codes.is_empty()).then_some(codes)
}

/// What the source tells of a territory beside its columns.
pub fn attribute(fiche: &Fiche, name: &str) -> Option<String> {
    let told = fiche.attributes.iter().find(|told| told.name == name)?;
    told.values.first().cloned()
}

/// The commune that is the seat: the most peopled of its name in the territory.
fn seat(catalogue: &Catalogue, fiche: &Fiche) -> Option<Code> {
    let (name, level) = (attribute(fiche, "chef_lieu")?, fiche.kind.level()?);
    let communes = catalogue
        .docs_of(Level::Commune)
        .map(|doc| catalogue.fiche(doc));
    let inside = communes.filter(|commune| commune.territory.at(level) == fiche.code);
    let named = inside.filter(|commune| commune.name == name);
    named.max_by_key(|commune| commune.population())?.code
}

impl Centre {
    /// At a position.
    pub fn at(position: Position) -> Self {
        Self {
            coordinates: [Degrees(position.longitude()), Degrees(position.latitude())],
            kind: PointName::Point,
        }
    }
}

fn parent(snapshot: &Snapshot, fiche: &Fiche, kind: Level) -> Option<Parent> {
    let code = fiche.territory.at(kind).filter(|_| fiche.kind != kind)?;
    let nom = snapshot.catalogue().territory_name(kind, code)?.to_owned();
    Some(Parent { code, nom })
}

/// How many objects of a layer it holds.
fn held(catalogue: &Catalogue, doc: DocId, layer: &str) -> Option<(Name, u32)> {
    let mut contents = catalogue.contents(doc);
    let found = contents.find(|(known, _)| known.name.as_str() == layer);
    found.map(|(known, count)| (known.name, count))
}

/// Surface in hectares, to a hundred square metres.
fn surface(fiche: &Fiche) -> Option<f64> {
    Some((fiche.surface_km2()? * 1e4).round() / 100.0)
}

/// The départements or régions that the communes of an EPCI lie in.
fn codes_within(snapshot: &Snapshot, fiche: &Fiche, kind: Level) -> Option<BTreeSet<Code>> {
    let own = fiche.code.filter(|_| fiche.kind == Level::Epci)?;
    let catalogue = snapshot.catalogue();
    let communes = catalogue
        .docs_of(Level::Commune)
        .map(|doc| &catalogue.fiche(doc).territory);
    let codes = communes
        .filter(|territory| territory.epci == Some(own))
        .filter_map(|territory| territory.at(kind));
    Some(codes.collect())
}

/// The box around a territory.
pub fn bbox(snapshot: &Snapshot, fiche: &Fiche) -> Option<Polygon> {
    let b = snapshot
        .territories()
        .bbox(fiche.kind.level()?, fiche.code?)?;
    Some(Polygon::new(vec![vec![
        [b.west, b.south],
        [b.east, b.south],
        [b.east, b.north],
        [b.west, b.north],
        [b.west, b.south],
    ]]))
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
