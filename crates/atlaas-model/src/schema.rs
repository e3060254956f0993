//! The schema: which layers of points there are, which facets, and which words they use.
//!
//! It is built from declarations, lies in the snapshot under names, and is all that the rest of the
//! code knows of a layer: *colieux* and *initiatives* are two declarations that ship with the program.

mod column;
mod error;
mod layer;

pub use column::{Column, ColumnType, Wording};
pub use error::SchemaError;
pub use layer::{CommonSources, Layer, Symbol};

use crate::{Facet, Fiche, Kind, Level, Name, Vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Declarations that ship with the program.
const SHIPPED: [&str; 2] = [
    include_str!("../../../data/couches/initiatives/couche.toml"),
    include_str!("../../../data/couches/colieux/couche.toml"),
];

/// Names that no column may take alone: they belong to the query or to every answer.
const RESERVED: [&str; 57] = [
    "q",
    "q_brut",
    "strict",
    "ou_nom",
    "ou_texte",
    "type",
    "couches",
    "bbox",
    "lon",
    "lat",
    "lng",
    "rayon",
    "pres_de",
    "semblables_a",
    "lentille",
    "poids",
    "n",
    "strate",
    "avec",
    "autour",
    "polygone",
    "commune",
    "epci",
    "departement",
    "region",
    "territoire",
    "arobases",
    "mention",
    "facettes",
    "tri",
    "limit",
    "offset",
    "apres",
    "explication",
    "f",
    "format",
    "lang",
    "v",
    "id",
    "nom",
    "titre",
    "texte",
    "code",
    "siren",
    "url",
    "distance_km",
    "score",
    "cluster",
    "cluster_id",
    "point_count",
    "extrait",
    "precision",
    "labels",
    "label_de",
    "longitude",
    "latitude",
    "codes_postaux",
];

/// The layers, facets and words of a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    layers: Vec<Layer>,
    facets: Vec<FacetInfo>,
    /// The terms of the facets.
    pub vocabulary: Vocabulary,
}

/// A facet as the schema has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacetInfo {
    /// Its public name.
    pub facet: Facet,
    /// What its values are; `None` for those that every schema has.
    pub kind: Option<ColumnType>,
    /// Title for people; empty for those that every schema has, whose titles are words of the pages.
    pub title: Wording,
    /// What it lets one ask for, for the documentation.
    pub help: Wording,
    /// The parameter that searches inside its values.
    search: Name,
    /// The parameters of its ranges, when it is measured.
    bounds: Option<(Name, Name)>,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// Where the classes of its numbers begin.
    pub classes: Vec<f64>,
    /// The layers that have it.
    pub layers: Vec<Name>,
    /// The name of the order that has its greatest values first, when lists can be sorted by it.
    pub falling: Option<Name>,
    /// Under which name its terms are suggested while somebody types, if they are.
    pub suggested: Option<Name>,
    telling: u16,
    rank: u16,
}

impl Default for Schema {
    /// What ships with the program, without a vocabulary.
    fn default() -> Self {
        Self::shipped(Vocabulary::default())
    }
}

impl Schema {
    /// The layers that ship with the program.
    ///
    /// # Panics
    /// Never: a test reads the declarations that are part of the program.
    pub fn shipped(vocabulary: Vocabulary) -> Self {
        Self::new(Self::shipped_layers(), vocabulary).expect("shipped declarations agree")
    }

    /// The same, to be joined with others.
    ///
    /// # Panics
    /// Never, as above.
    pub fn shipped_layers() -> Vec<Layer> {
        let read = |text| Layer::from_toml(text).expect("a shipped declaration");
        SHIPPED.into_iter().map(read).collect()
    }

    /// Joins declarations, and names their facets: by the column alone where that tells enough.
    pub fn new(mut layers: Vec<Layer>, vocabulary: Vocabulary) -> Result<Self, SchemaError> {
        check_names(&layers)?;
        layers.sort_by_key(|layer| (layer.rank, layer.id));
        shorten(&mut layers);
        let mut facets: Vec<FacetInfo> = core_facets();
        for layer in &layers {
            for column in &layer.columns {
                join(&mut facets, layer, column)?;
            }
        }
        facets.sort_by_key(|info| (info.rank, info.facet));
        Ok(Self {
            layers,
            facets,
            vocabulary,
        })
    }

    /// The layers, in the order in which people see them.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layer of a kind of points.
    pub fn layer(&self, kind: Kind) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.kind() == kind)
    }

    /// The layer that tilesets, collections and files call so.
    pub fn layer_named(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name.as_str() == name)
    }

    /// Every kind, in the order of the documents.
    pub fn kinds(&self) -> Vec<Kind> {
        let points = self.layers.iter().map(Layer::kind);
        let mut kinds: Vec<Kind> = Level::ALL
            .into_iter()
            .map(Kind::from)
            .chain(points)
            .collect();
        kinds.sort();
        kinds
    }

    /// The kind of that public name.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds().into_iter().find(|kind| kind.as_str() == name)
    }

    /// What a kind is called in tilesets, collections and files.
    pub fn plural(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Territory(level) => level.plural(),
            Kind::Point(name) => self.layer(kind).map_or(name, |layer| layer.name).as_str(),
        }
    }

    /// The facets, in the order in which answers list them.
    pub fn facets(&self) -> &[FacetInfo] {
        &self.facets
    }

    /// Declared facets of terms, the most telling first: where two have a word in common, it is
    /// taken for a term of the first.
    pub fn telling_facets(&self) -> Vec<Facet> {
        let declared = self
            .facets
            .iter()
            .filter(|info| info.kind.is_some_and(ColumnType::has_terms));
        let mut ranked: Vec<_> = declared
            .map(|info| (info.telling, info.rank, info.facet))
            .collect();
        ranked.sort();
        ranked.into_iter().map(|(.., facet)| facet).collect()
    }

    /// Whether the values of a facet are years.
    pub fn is_of_years(&self, facet: Facet) -> bool {
        self.info(facet)
            .is_some_and(|info| info.kind == Some(ColumnType::Year))
    }

    /// The facet of years, when there is one: what a year among the words of a query is about.
    pub fn year_facet(&self) -> Option<Facet> {
        let mut years = self
            .facets
            .iter()
            .filter(|info| info.kind == Some(ColumnType::Year));
        years.next().map(|info| info.facet)
    }

    /// The facet of that name.
    pub fn facet(&self, name: &str) -> Option<Facet> {
        let mut facets = self.facets.iter();
        facets
            .find(|info| info.facet.as_str() == name)
            .map(|info| info.facet)
    }

    /// The facet whose range a parameter bounds, and whether it is the upper end.
    pub fn bound(&self, parameter: &str) -> Option<(&FacetInfo, bool)> {
        let named = |info: &FacetInfo| match info.bounds() {
            Some((least, _)) if least == parameter => Some(false),
            Some((_, most)) if most == parameter => Some(true),
            Some(_) | None => None,
        };
        let mut facets = self.facets.iter();
        facets.find_map(|info| Some((info, named(info)?)))
    }

    /// What a facet is.
    pub fn info(&self, facet: Facet) -> Option<&FacetInfo> {
        self.facets.iter().find(|info| info.facet == facet)
    }

    /// The facet by which fiches of a kind are coloured, and counted on the map.
    pub fn colour(&self, kind: Kind) -> Option<Facet> {
        self.layer(kind)?.coloured_by
    }

    /// The term that gives a fiche its colour, on maps and in lists: the first that its source gives.
    pub fn category<'a>(&self, fiche: &'a Fiche) -> Option<&'a str> {
        let slugs = fiche.slugs(self.colour(fiche.kind)?);
        slugs.first().map(String::as_str)
    }
}

impl FacetInfo {
    /// The parameter that searches inside its values.
    pub const fn search_parameter(&self) -> &'static str {
        self.search.as_str()
    }

    /// Whether it is filtered by ranges: of numbers, or of dates.
    pub fn is_measured(&self) -> bool {
        self.bounds.is_some()
    }

    /// Whether its values are classes: of numbers, the years of days, yes and no.
    pub fn has_classes(&self) -> bool {
        self.is_measured() || self.kind == Some(ColumnType::Boolean)
    }

    /// The parameters that say the least and the most that is wanted.
    pub fn bounds(&self) -> Option<(&'static str, &'static str)> {
        self.bounds
            .map(|(least, most)| (least.as_str(), most.as_str()))
    }

    /// Its classes, as values of the facet: `..10`, `10..20`, `20..`; each holds its lower end.
    pub fn classes(&self) -> impl Iterator<Item = String> {
        let starts = &self.classes;
        let open = (!starts.is_empty()).then(|| format!("..{}", starts[0]));
        let inner = starts
            .windows(2)
            .map(|pair| format!("{}..{}", pair[0], pair[1]));
        let last = starts.last().map(|last| format!("{last}.."));
        open.into_iter().chain(inner).chain(last)
    }

    /// The class that a number is in; `None` where no classes are declared.
    pub fn class_of(&self, number: f64) -> Option<String> {
        let rank = self.classes.partition_point(|start| *start <= number);
        self.classes().nth(rank)
    }

    /// A class as people read it, with the unit.
    pub fn class_name(&self, class: &str) -> Option<String> {
        let (least, most) = class
            .split_once("..")
            .filter(|_| !self.classes.is_empty())?;
        let unit = self
            .unit
            .as_ref()
            .map_or(String::new(), |unit| format!("\u{a0}{unit}"));
        let french = |number: &str| number.replace('.', ",");
        Some(match (least, most) {
            ("", most) => format!("moins de {}{unit}", french(most)),
            (least, "") => format!("{}{unit} et plus", french(least)),
            (least, most) => format!("{} à {}{unit}", french(least), french(most)),
        })
    }

    /// Whether its values are words that a query names as they are: terms of a vocabulary.
    pub fn has_terms(&self) -> bool {
        self.facet == Facet::Mention || self.kind.is_some_and(ColumnType::has_terms)
    }
}

/// The facets of every schema, and where they stand: declared ones stand between.
fn core_facets() -> Vec<FacetInfo> {
    let ranks = [
        (Facet::Type, 0, "facette.type"),
        (Facet::Arobases, 60, "facette.arobases"),
        (Facet::Region, 70, "facette.region"),
        (Facet::Departement, 80, "facette.departement"),
        (Facet::Epci, 90, "facette.epci"),
        (Facet::Mention, 120, "facette.mention"),
    ];
    let info = |(facet, rank, search)| FacetInfo {
        facet,
        kind: None,
        title: Wording::default(),
        help: Wording::default(),
        search: Name::known(search),
        bounds: None,
        unit: None,
        classes: Vec::new(),
        layers: Vec::new(),
        falling: None,
        suggested: None,
        telling: u16::MAX,
        rank,
    };
    ranks.map(info).to_vec()
}

fn check_names(layers: &[Layer]) -> Result<(), SchemaError> {
    let mut taken: BTreeSet<&str> = Level::ALL.map(Level::as_str).into_iter().collect();
    taken.extend(Level::ALL.map(Level::plural));
    taken.extend(["territoires", "atlaas"]);
    for layer in layers {
        for name in [layer.id, layer.name] {
            if name.as_str().contains('.') || !taken.insert(name.as_str()) && layer.id != layer.name
            {
                return Err(SchemaError::Taken(name));
            }
        }
        let mut columns = BTreeSet::new();
        for column in &layer.columns {
            if !columns.insert(column.name) {
                return Err(SchemaError::Repeated(layer.name, column.name));
            }
            if RESERVED.contains(&column.name.as_str()) {
                return Err(SchemaError::Reserved(column.name));
            }
        }
    }
    Ok(())
}

/// Names each facet by its column alone where no other layer has a facet of that column.
fn shorten(layers: &mut [Layer]) {
    let mut bearers: BTreeMap<Name, usize> = BTreeMap::new();
    for column in layers.iter().flat_map(|layer| &layer.columns) {
        if column.facet.is_some() {
            *bearers.entry(column.name).or_default() += 1;
        }
    }
    for layer in layers {
        let coloured_by = layer.coloured_by;
        for column in &mut layer.columns {
            let Some(long) = column
                .facet
                .filter(|_| bearers.get(&column.name) == Some(&1))
            else {
                continue;
            };
            let short = Facet::Column(column.name);
            column.key = column.name;
            column.facet = Some(short);
            if coloured_by == Some(long) {
                layer.coloured_by = Some(short);
            }
        }
    }
}

/// `-hauteur`.
fn falling(column: &Column) -> Result<Option<Name>, SchemaError> {
    let sorted = column.sortable && column.kind.is_measured();
    Ok(if sorted {
        Some(Name::falling(column.key)?)
    } else {
        None
    })
}

/// `hauteur_min`, `hauteur_max`.
fn bounds(column: &Column) -> Result<Option<(Name, Name)>, SchemaError> {
    let ranged = column.kind.is_measured() && column.kind != ColumnType::Year;
    let name = |end: &str| Name::new(&format!("{}_{end}", column.key));
    Ok(if ranged {
        Some((name("min")?, name("max")?))
    } else {
        None
    })
}

fn join(facets: &mut Vec<FacetInfo>, layer: &Layer, column: &Column) -> Result<(), SchemaError> {
    let Some(facet) = column.facet else {
        return Ok(());
    };
    if let Some(known) = facets.iter_mut().find(|info| info.facet == facet) {
        if known.kind != Some(column.kind) {
            return Err(SchemaError::Shared(column.name));
        }
        known.layers.push(layer.id);
        return Ok(());
    }
    facets.push(FacetInfo {
        facet,
        kind: Some(column.kind),
        title: column.title.clone(),
        help: column.help.clone(),
        search: Name::search(column.key)?,
        bounds: bounds(column)?,
        unit: column.unit.clone(),
        classes: column.classes.clone(),
        layers: vec![layer.id],
        falling: falling(column)?,
        suggested: column.suggested,
        telling: column.telling,
        rank: column.rank,
    });
    Ok(())
}

#[cfg(test)]
mod tests;
