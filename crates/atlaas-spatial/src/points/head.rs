//! What all points of a table have in common: the layer, and the names of what they say.

use atlaas_model::{Column, ColumnType, Layer, Schema};

/// The head of a table of points.
#[derive(Clone, Debug, PartialEq)]
pub struct TableHead {
    /// Name of the layer in tiles.
    pub layer: String,
    /// Property `type` of each point.
    pub kind: String,
    /// Key of their names.
    pub name_key: String,
    /// Keys and types of what they say beside: the column that colours them, then the others.
    pub columns: Vec<(String, PropertyType)>,
    /// Slugs of the terms that colour them; clusters count them as `n_{slug}`.
    pub categories: Vec<String>,
}

/// Type of a property, as TileJSON's `fields` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyType {
    /// Words, a date.
    String,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
}

impl PropertyType {
    /// As TileJSON spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::Boolean => "Boolean",
        }
    }

    const fn of(kind: ColumnType) -> Self {
        match kind {
            ColumnType::Number | ColumnType::Integer | ColumnType::Year => Self::Number,
            ColumnType::Boolean => Self::Boolean,
            ColumnType::Text
            | ColumnType::LongText
            | ColumnType::Term
            | ColumnType::Terms
            | ColumnType::Date
            | ColumnType::Link
            | ColumnType::Picture
            | ColumnType::Hours => Self::String,
        }
    }
}

impl TableHead {
    /// The head of a declared layer.
    pub fn of(layer: &Layer, schema: &Schema) -> Self {
        let terms = layer
            .coloured_by
            .map(|facet| schema.vocabulary.terms(facet));
        let slugs = terms.into_iter().flatten().map(|term| term.slug.clone());
        let told = |column: &Column| (column.name.to_string(), PropertyType::of(column.kind));
        Self {
            layer: layer.name.to_string(),
            kind: layer.id.to_string(),
            name_key: layer.name_key.to_string(),
            columns: columns(layer).map(told).collect(),
            categories: slugs.collect(),
        }
    }
}

/// The columns that points bear: the one that colours them first.
pub(super) fn columns(layer: &Layer) -> impl Iterator<Item = &Column> {
    let colours = |column: &&Column| column.facet.is_some() && column.facet == layer.coloured_by;
    let first = layer.columns.iter().filter(colours);
    let others = layer.columns.iter().filter(|column| column.in_tiles);
    first.chain(others.filter(move |column| !colours(column)))
}
