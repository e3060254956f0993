//! Fiches as rows: the columns that CSV and XLSX share, one row a fiche.
//!
//! Terms are written by name and joined by a bar, as in the files that the data comes from, so that
//! a table can be read by people and fed to the index again. Whatever else a source tells follows
//! in columns of its own name. The last two columns say where the row comes from. [`Table::fields`] tells
//! each of these columns, as data dictionaries have them.

pub mod csvw;
pub mod field;
pub mod frictionless;
pub mod own_columns;

use crate::formats::feature::declared::JOINT;
use crate::formats::feature::{Degrees, Feature, Properties};
use crate::words::language::Language;
use atlaas_engine::{Catalogue, Hit};
use atlaas_model::{Column, ColumnType, DocId, Kind, Precision, Schema, Value};
use field::{Field, Holds, NO, OwnColumn, YES};
use own_columns::{FIRST, KIND, LAST, NEXT, PRECISION};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text; codes are text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Decimal(f64),
}

/// Most columns that sources may add.
const MOST_ADDED: usize = 100;

/// The columns of one table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Names of the columns that the layers of its fiches declare.
    declared: Vec<&'static str>,
    added: Vec<String>,
    /// Kinds of its fiches.
    kinds: BTreeSet<Kind>,
    snapshot: String,
}

impl Table {
    /// The table for these documents: its columns are those that at least one of them fills.
    pub fn new(catalogue: &Catalogue, docs: &[DocId], snapshot: &str) -> Self {
        let mut names = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        for &doc in docs {
            kinds.insert(catalogue.fiche(doc).kind);
            for attribute in &catalogue.fiche(doc).attributes {
                if names.len() < MOST_ADDED && !names.contains(attribute.name.as_str()) {
                    names.insert(attribute.name.as_str());
                }
            }
        }
        let declared = declared(catalogue.schema(), &kinds);
        let fixed = |name: &&str| {
            let own = FIRST.iter().chain(&NEXT).chain(&LAST);
            let own = own.map(|column| column.name);
            own.chain(declared.iter().copied())
                .all(|known| known != *name)
        };
        let added = names.into_iter().filter(fixed).map(str::to_owned).collect();
        Self {
            declared,
            added,
            kinds,
            snapshot: snapshot.to_owned(),
        }
    }

    /// Names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let names = |own: &'static [OwnColumn]| own.iter().map(|column| column.name);
        names(&FIRST)
            .chain(self.declared.iter().copied())
            .chain(names(&NEXT))
            .chain(self.added.iter().map(String::as_str))
            .chain(names(&LAST))
    }

    /// The columns as they are told, in the same order.
    pub fn fields(&self, catalogue: &Catalogue, language: Language) -> Vec<Field> {
        let own = |column: &OwnColumn| {
            let mut field = column.told(language);
            match column.name {
                KIND => field.terms = self.kinds.iter().map(ToString::to_string).collect(),
                PRECISION => {
                    let all = Precision::ALL.iter().map(|one| one.as_str().to_owned());
                    field.terms = all.collect();
                }
                _ => {}
            }
            field
        };
        let schema = catalogue.schema();
        let declared = |name: &&str| {
            let kinds = self.kinds.iter();
            let columns: Vec<&Column> = kinds
                .filter_map(|kind| schema.column(*kind, name))
                .collect();
            let field = Field::declared(&columns, &schema.vocabulary, language);
            field.unwrap_or_else(|| Field::of(name, Holds::Text))
        };
        let added = |name: &String| Field::of(name, Holds::Texts).titled(name.replace('_', " "));
        FIRST
            .iter()
            .map(&own)
            .chain(self.declared.iter().map(declared))
            .chain(NEXT.iter().map(&own))
            .chain(self.added.iter().map(added))
            .chain(LAST.iter().map(&own))
            .collect()
    }

    /// The row of a hit, in the order of the columns; `base` is the public address.
    pub fn row<'a>(&'a self, catalogue: &'a Catalogue, hit: &'a Hit, base: &str) -> Vec<Cell<'a>> {
        let feature = Feature::of_hit(catalogue, hit, base);
        let coordinates = feature.coordinates();
        let properties = feature.properties;
        let mut row = Vec::with_capacity(self.columns().count());
        push_subject(&properties, &mut row);
        self.push_declared(catalogue, hit.doc, &mut row);
        push_date_and_address(&properties, &mut row);
        push_territory(&properties, &mut row);
        row.push(Cell::Integer(i64::from(properties.arobases)));
        row.push(text(properties.label_de));
        row.push(joined(
            properties
                .labels
                .iter()
                .map(|label| Cow::Owned(label.to_string())),
        ));
        row.push(degrees(coordinates.map(|[longitude, _]| longitude)));
        row.push(degrees(coordinates.map(|[_, latitude]| latitude)));
        row.push(Cell::Text(Cow::Borrowed(properties.precision.as_str())));
        row.push(properties.distance_km.map_or(Cell::Empty, Cell::Decimal));
        for name in &self.added {
            let values = properties
                .attributs
                .get(name.as_str())
                .copied()
                .unwrap_or_default();
            row.push(joined(
                values.iter().map(|value| Cow::Borrowed(value.as_str())),
            ));
        }
        row.push(Cell::Text(Cow::Owned(properties.url)));
        row.push(Cell::Text(Cow::Borrowed(&self.snapshot)));
        row
    }

    fn push_declared<'a>(&self, catalogue: &'a Catalogue, doc: DocId, row: &mut Vec<Cell<'a>>) {
        let fiche = catalogue.fiche(doc);
        for name in &self.declared {
            let column = catalogue.schema().column(fiche.kind, name);
            let held = column.and_then(|column| Some((column, fiche.values.get(column.key)?)));
            row.push(held.map_or(Cell::Empty, |(column, value)| {
                cell(column, value, catalogue)
            }));
        }
    }
}

/// The columns of some kinds, each name once, in the order of the declarations; of territories last.
fn declared(schema: &Schema, kinds: &BTreeSet<Kind>) -> Vec<&'static str> {
    let layers = schema.layers().iter();
    let layers = layers.filter(|layer| kinds.contains(&layer.kind()));
    let columns = layers.flat_map(|layer| &layer.columns);
    let any = kinds.iter().any(|kind| kind.is_territory());
    let territories = if any { schema.territory_columns() } else { &[] };
    let mut names = Vec::new();
    for column in columns.chain(territories) {
        if !names.contains(&column.name.as_str()) {
            names.push(column.name.as_str());
        }
    }
    names
}

fn cell<'a>(column: &Column, value: &'a Value, catalogue: &'a Catalogue) -> Cell<'a> {
    match value {
        Value::Terms(slugs) => {
            let named = |slug: &'a String| match column.facet {
                Some(facet) => Cow::Borrowed(catalogue.vocabulary().label(facet, slug)),
                None => Cow::Borrowed(slug.as_str()),
            };
            joined(slugs.iter().map(named))
        }
        Value::Texts(texts) => joined(texts.iter().map(|text| Cow::Borrowed(text.as_str()))),
        Value::Number(number) if column.kind == ColumnType::Integer => {
            Cell::Integer(*number as i64)
        }
        Value::Number(number) => Cell::Decimal(*number),
        Value::Year(year) => Cell::Integer(i64::from(*year)),
        Value::Date(date) => Cell::Text(Cow::Owned(date.to_string())),
        Value::Boolean(yes) => text(Some(if *yes { YES } else { NO })),
    }
}

fn push_subject<'a>(properties: &Properties<'a>, row: &mut Vec<Cell<'a>>) {
    row.push(text(Some(properties.id)));
    row.push(text(Some(properties.kind.as_str())));
    row.push(text(Some(properties.nom)));
    row.push(text(Some(properties.texte)));
}

fn push_date_and_address<'a>(properties: &Properties<'a>, row: &mut Vec<Cell<'a>>) {
    let date = properties.date_maj.map(|date| date.to_string());
    row.push(date.map_or(Cell::Empty, |date| Cell::Text(Cow::Owned(date))));
    row.push(text(properties.adresse));
}

fn push_territory<'a>(properties: &Properties<'a>, row: &mut Vec<Cell<'a>>) {
    for (name, code) in [
        (properties.commune, properties.code_commune),
        (properties.epci, properties.code_epci),
        (properties.departement, properties.code_departement),
        (properties.region, properties.code_region),
    ] {
        row.push(text(name));
        row.push(text(code));
    }
    row.push(text(properties.code));
    row.push(joined(
        properties
            .codes_postaux
            .iter()
            .map(|code| Cow::Borrowed(code.as_str())),
    ));
}

fn text(value: Option<&str>) -> Cell<'_> {
    value
        .filter(|value| !value.is_empty())
        .map_or(Cell::Empty, |value| Cell::Text(Cow::Borrowed(value)))
}

fn degrees(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Empty, |value| Cell::Decimal(Degrees(value).rounded()))
}

fn joined<'a>(mut values: impl ExactSizeIterator<Item = Cow<'a, str>>) -> Cell<'a> {
    match values.len() {
        0 => Cell::Empty,
        1 => values.next().map_or(Cell::Empty, Cell::Text),
        _ => Cell::Text(Cow::Owned(values.collect::<Vec<_>>().join(JOINT))),
    }
}
