//! A layer of points as it was declared, and the reading of a declaration.

use super::column::{Column, ColumnType, Wording};
use super::error::SchemaError;
use crate::{Facet, Kind, Name, Precision};
use serde::{Deserialize, Serialize};

/// Longest text about the making of a layer, characters.
const LONGEST_MAKING: usize = 300;

/// A layer of points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a declaration is a list of what holds"
)]
pub struct Layer {
    /// What one of its objects is called: value of `type`, prefix of ids.
    pub id: Name,
    /// What it is called itself: tileset, layer in tiles, collection, file.
    pub name: Name,
    /// What one of its objects is called, for people.
    pub singular: Wording,
    /// What several of them are called.
    pub plural: Wording,
    /// Title of the layer.
    pub title: Wording,
    /// What it holds, in a sentence.
    pub description: Wording,
    /// Heading of a list of some of its objects, on the page of a territory.
    pub list_title: Wording,
    /// Words of the link to all of them.
    pub all_title: Wording,
    /// Words by which people ask for it, folded.
    pub words: Vec<Vec<String>>,
    /// What answers call the name of an object (`nom`, `titre`).
    pub name_key: Name,
    /// What its source may call the id, the name and the text of an object.
    pub sources: CommonSources,
    /// How points of it are drawn.
    pub symbol: Symbol,
    /// The facet that colours it, and that clusters sum up.
    pub coloured_by: Option<Facet>,
    /// Where it stands among the layers: low ones first.
    pub rank: u16,
    /// Whether territories on tiles bear how many of its objects lie in them.
    pub counted: bool,
    /// Whether its objects are entered by the territories themselves: one that has any takes part.
    #[serde(default)]
    pub participation: bool,
    /// Whether two objects of one name are two things to people.
    pub by_place: bool,
    /// How far its positions can be trusted when the source does not say.
    pub precision: Precision,
    /// Whether it ships with the program.
    pub ships: bool,
    /// Columns, in the order of the declaration.
    pub columns: Vec<Column>,
    /// Kilometres within which its objects are counted beside those of similar territories.
    pub near_km: Vec<f64>,
    /// Who made its data, where that is had, under which licence, as of when.
    #[serde(default, skip_serializing_if = "Making::is_untold")]
    pub making: Making,
}

/// What is told of the making of a layer's data; empty where nobody says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Making {
    /// Who made it.
    #[serde(default, rename = "producteur")]
    pub producer: String,
    /// Address of the page where it is had.
    #[serde(default, rename = "source")]
    pub source: String,
    /// Address of the text of its licence.
    #[serde(default, rename = "licence")]
    pub licence: String,
    /// As of when: a day, or a year.
    #[serde(default, rename = "millesime")]
    pub vintage: String,
}

/// The columns of a source that every layer has, under whichever names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommonSources {
    /// Of the id; the rank of its row stands for one that has none.
    pub id: Vec<String>,
    /// Of the name.
    pub name: Vec<String>,
    /// Of the text.
    pub text: Vec<String>,
}

/// The shape of a point on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Symbol {
    /// A disc.
    #[default]
    #[serde(rename = "rond")]
    Round,
    /// A square.
    #[serde(rename = "carre")]
    Square,
}

/// `couche.toml`, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    id: String,
    couche: String,
    singulier: Wording,
    pluriel: Wording,
    titre: Option<Wording>,
    #[serde(default)]
    description: Wording,
    liste: Option<Wording>,
    toutes: Option<Wording>,
    #[serde(default)]
    mots: Vec<String>,
    #[serde(default = "nom")]
    nom: String,
    #[serde(default)]
    champs_id: Vec<String>,
    #[serde(default)]
    champs_nom: Vec<String>,
    #[serde(default)]
    champs_texte: Vec<String>,
    #[serde(default)]
    symbole: Symbol,
    couleur: Option<String>,
    #[serde(default = "last")]
    rang: u16,
    #[serde(default = "yes")]
    par_lieu: bool,
    #[serde(default)]
    compte: bool,
    #[serde(default)]
    participation: bool,
    #[serde(default)]
    rayons: Vec<f64>,
    #[serde(default)]
    origine: Making,
    #[serde(default)]
    colonne: Vec<DeclaredColumn>,
}

/// One `[[colonne]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a declaration is a list of what holds"
)]
struct DeclaredColumn {
    nom: String,
    #[serde(default)]
    champs: Vec<String>,
    #[serde(rename = "type")]
    kind: ColumnType,
    unite: Option<String>,
    #[serde(default)]
    mots_unite: Vec<String>,
    titre: Option<Wording>,
    aide: Option<Wording>,
    #[serde(default = "yes")]
    fiche: bool,
    #[serde(default)]
    recherche: bool,
    #[serde(default)]
    facette: bool,
    #[serde(default)]
    partage: bool,
    #[serde(default)]
    tri: bool,
    #[serde(default)]
    tuiles: bool,
    #[serde(default = "last")]
    rang: u16,
    #[serde(default = "last")]
    parlant: u16,
    suggere: Option<String>,
    #[serde(default)]
    classes: Vec<f64>,
    #[serde(default)]
    compare: bool,
}

fn nom() -> String {
    "nom".to_owned()
}

const fn last() -> u16 {
    1000
}

const fn yes() -> bool {
    true
}

impl Layer {
    /// Reads a declaration.
    pub fn from_toml(text: &str) -> Result<Self, SchemaError> {
        let declared: Declared = toml::from_str(text)?;
        let id = Name::new(&declared.id)?;
        let name = Name::new(&declared.couche)?;
        let fold = |words: &String| -> Vec<String> {
            let slug = crate::slug(words);
            slug.split('-').map(str::to_owned).collect()
        };
        let columns: Vec<Column> = declared
            .colonne
            .into_iter()
            .map(DeclaredColumn::read)
            .collect::<Result<_, SchemaError>>()?;
        let coloured_by = match &declared.couleur {
            Some(wanted) => Some(colour(wanted, &columns)?),
            None => None,
        };
        let title = declared.titre.unwrap_or_else(|| declared.pluriel.clone());
        Ok(Self {
            id,
            name,
            list_title: declared.liste.unwrap_or_else(|| title.clone()),
            all_title: declared.toutes.unwrap_or_else(|| title.clone()),
            title,
            singular: declared.singulier,
            plural: declared.pluriel,
            description: declared.description,
            words: declared.mots.iter().map(fold).collect(),
            name_key: Name::new(&declared.nom)?,
            sources: CommonSources {
                id: declared.champs_id,
                name: declared.champs_nom,
                text: declared.champs_texte,
            },
            symbol: declared.symbole,
            coloured_by,
            rank: declared.rang,
            counted: declared.compte,
            participation: declared.participation,
            by_place: declared.par_lieu,
            precision: Precision::Point,
            ships: false,
            columns,
            near_km: radii(declared.rayons)?,
            making: declared.origine.checked()?,
        })
    }

    /// The kind of its objects.
    pub const fn kind(&self) -> Kind {
        Kind::Point(self.id)
    }

    /// One of its columns.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.as_str() == name)
    }
}

impl Making {
    fn is_untold(&self) -> bool {
        *self == Self::default()
    }

    /// Addresses are addresses of the web, a vintage is a day or a year, nothing is endless.
    fn checked(self) -> Result<Self, SchemaError> {
        let short = |text: &str| text.chars().count() <= LONGEST_MAKING;
        let web = |text: &str| {
            let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
            text.is_empty()
                || plain && (text.starts_with("https://") || text.starts_with("http://"))
        };
        let dated = self.vintage.is_empty()
            || self.vintage.parse::<jiff::civil::Date>().is_ok()
            || self.vintage.len() == 4 && self.vintage.parse::<u16>().is_ok();
        let all = [&self.producer, &self.source, &self.licence];
        let fits = all.iter().all(|text| short(text)) && web(&self.source) && web(&self.licence);
        if fits && dated {
            Ok(self)
        } else {
            Err(SchemaError::Making)
        }
    }
}

/// Radii in ascending order, within what a territory can care for.
fn radii(mut declared: Vec<f64>) -> Result<Vec<f64>, SchemaError> {
    if declared.len() > 3 || !declared.iter().all(|km| *km > 0.0 && *km <= 100.0) {
        return Err(SchemaError::Radii);
    }
    declared.sort_by(f64::total_cmp);
    Ok(declared)
}

/// The facet of the column that colours the points.
fn colour(wanted: &str, columns: &[Column]) -> Result<Facet, SchemaError> {
    let column = columns.iter().find(|column| column.name.as_str() == wanted);
    let facet = column
        .filter(|column| column.kind.has_terms())
        .and_then(|column| column.facet);
    facet.ok_or_else(|| SchemaError::Colour(wanted.to_owned()))
}

/// The columns of a declaration that has nothing else: of territories.
pub(super) fn columns(text: &str) -> Result<Vec<Column>, SchemaError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Columns {
        colonne: Vec<DeclaredColumn>,
    }
    let declared: Columns = toml::from_str(text)?;
    declared
        .colonne
        .into_iter()
        .map(DeclaredColumn::read)
        .collect()
}

impl DeclaredColumn {
    fn read(self) -> Result<Column, SchemaError> {
        let name = Name::new(&self.nom)?;
        if self.facette && !self.kind.may_be_facet() {
            return Err(SchemaError::NoFacet(name));
        }
        if self.compare && !(self.facette && self.kind.has_terms()) {
            return Err(SchemaError::Compared(name));
        }
        if !self.classes.is_sorted() || self.classes.iter().any(|class| !class.is_finite()) {
            return Err(SchemaError::Classes(name));
        }
        let title = self.titre.unwrap_or_else(|| Wording {
            fr: self.nom.replace('_', " "),
            en: String::new(),
        });
        Ok(Column {
            name,
            // The schema adds the layer's name where that is needed.
            key: name,
            help: self.aide.unwrap_or_else(|| title.clone()),
            title,
            sources: if self.champs.is_empty() {
                vec![self.nom.clone()]
            } else {
                self.champs
            },
            kind: self.kind,
            unit: self.unite,
            spoken: self.mots_unite,
            on_sheet: self.fiche,
            searched: self.recherche,
            facet: self.facette.then_some(Facet::Column(name)),
            shared: self.partage,
            sortable: self.tri,
            in_tiles: self.tuiles,
            telling: self.parlant,
            suggested: self.suggere.as_deref().map(Name::new).transpose()?,
            rank: self.rang,
            classes: self.classes,
            compared: self.compare,
        })
    }
}
