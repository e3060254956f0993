//! What a declaration says of a fiche, as answers write it: the values of its columns, each of its type,
//! and how many objects of each layer a territory holds.

use crate::wire::described_schema as scope;
use atlaas_engine::Catalogue;
use atlaas_model::{Column, ColumnType, DocId, Fiche, Layer, Name, Schema, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema as Described};
use utoipa::{PartialSchema, ToSchema};

/// Between the values of one cell, or of one text.
pub const JOINT: &str = "|";

/// The declared properties of a fiche.
pub struct Declared<'a> {
    fiche: &'a Fiche,
    layer: Option<&'a Layer>,
    columns: &'a [Column],
    counts: Vec<(Name, u32)>,
}

impl<'a> Declared<'a> {
    /// Those of a document.
    pub fn new(catalogue: &'a Catalogue, doc: DocId, fiche: &'a Fiche) -> Self {
        let counts = catalogue.contents(doc).filter(|(layer, _)| layer.counted);
        Self {
            fiche,
            layer: catalogue.schema().layer(fiche.kind),
            columns: catalogue.schema().columns(fiche.kind),
            counts: counts.map(|(layer, count)| (layer.name, count)).collect(),
        }
    }
}

impl Serialize for Declared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(layer) = self.layer {
            // Its name under its own key, beside `nom`, which every fiche has.
            if layer.name_key.as_str() != "nom" {
                map.serialize_entry(layer.name_key.as_str(), &self.fiche.name)?;
            }
        }
        for column in self.columns {
            if let Some(value) = self.fiche.values.get(column.key) {
                write(&mut map, column, value)?;
            }
        }
        for (name, count) in &self.counts {
            map.serialize_entry(name.as_str(), count)?;
        }
        map.end()
    }
}

fn write<M: SerializeMap>(map: &mut M, column: &Column, value: &Value) -> Result<(), M::Error> {
    let key = column.name.as_str();
    match (value, column.kind) {
        (Value::Terms(slugs), ColumnType::Term) => match slugs.first() {
            Some(slug) => map.serialize_entry(key, slug),
            None => Ok(()),
        },
        (Value::Terms(slugs), _) => map.serialize_entry(key, slugs),
        (Value::Texts(texts), _) => map.serialize_entry(key, &joined(texts)),
        (Value::Number(number), ColumnType::Integer) => map.serialize_entry(key, &(*number as i64)),
        (Value::Number(number), _) => map.serialize_entry(key, number),
        (Value::Year(year), _) => map.serialize_entry(key, year),
        (Value::Date(date), _) => map.serialize_entry(key, date),
        (Value::Boolean(yes), _) => map.serialize_entry(key, yes),
    }
}

/// Several texts as one.
pub fn joined(texts: &[String]) -> Cow<'_, str> {
    match texts {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one),
        several => Cow::Owned(several.join(JOINT)),
    }
}

/// The properties that the schema in scope declares.
impl PartialSchema for Declared<'_> {
    fn schema() -> RefOr<Described> {
        let schema: &Schema = &scope::schema();
        let mut object = ObjectBuilder::new();
        for layer in schema.layers() {
            if layer.name_key.as_str() != "nom" {
                object = object.property(
                    layer.name_key.as_str(),
                    ObjectBuilder::new().schema_type(Type::String),
                );
            }
            for column in &layer.columns {
                object = object.property(column.name.as_str(), described(column));
            }
        }
        for column in schema.territory_columns() {
            object = object.property(column.name.as_str(), described(column));
        }
        for layer in schema.layers().iter().filter(|layer| layer.counted) {
            let count = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .minimum(Some(0));
            object = object.property(layer.name.as_str(), count);
        }
        object.build().into()
    }
}

impl ToSchema for Declared<'_> {
    fn name() -> Cow<'static, str> {
        "ProprietesDeclarees".into()
    }
}

fn described(column: &Column) -> RefOr<Described> {
    let title = match &column.unit {
        Some(unit) => format!("{} ({unit})", column.title.fr),
        None => column.title.fr.clone(),
    };
    let of = |kind| ObjectBuilder::new().schema_type(kind);
    let simple = match column.kind {
        ColumnType::Terms => {
            let items = of(Type::String);
            let array = ArrayBuilder::new().items(items).description(Some(title));
            return Described::Array(array.build()).into();
        }
        ColumnType::Text | ColumnType::LongText | ColumnType::Term | ColumnType::Hours => {
            of(Type::String)
        }
        ColumnType::Link | ColumnType::Picture => {
            of(Type::String).format(Some(SchemaFormat::Custom("uri".to_owned())))
        }
        ColumnType::Date => {
            of(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        }
        ColumnType::Number => of(Type::Number),
        ColumnType::Integer | ColumnType::Year => of(Type::Integer),
        ColumnType::Boolean => of(Type::Boolean),
    };
    simple.description(Some(title)).build().into()
}
