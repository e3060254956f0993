//! A data dictionary as Table Schema (Data Package 2.0): what each column of a CSV is, what holds of it,
//! and how the file is written.

use super::field::{Field, Holds, NO, YES};
use crate::formats::csv::is_formula;
use crate::formats::csv_dialect::Dialect;
use crate::formats::feature::declared::JOINT;
use serde::Serialize;
use utoipa::ToSchema;

/// What a table is.
#[derive(Serialize, ToSchema)]
#[schema(as = TableSchema)]
pub struct TableSchema {
    #[serde(rename = "$schema")]
    profile: &'static str,
    fields: Vec<SchemaField>,
    /// What an empty cell is written as.
    #[serde(rename = "missingValues")]
    missing: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "Vec::is_empty")]
    key: Vec<String>,
    /// Columns whose values are those of a column of another table of the same package.
    #[serde(rename = "foreignKeys", skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

/// A column.
#[derive(Serialize, ToSchema)]
#[schema(as = TableSchemaField)]
struct SchemaField {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    /// Unit of its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// Between the values of a cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<&'static str>,
    #[serde(rename = "itemType", skip_serializing_if = "Option::is_none")]
    item_type: Option<&'static str>,
    /// What each of several values may be.
    #[serde(rename = "itemEnum", skip_serializing_if = "Vec::is_empty")]
    item_terms: Vec<String>,
    #[serde(rename = "decimalChar", skip_serializing_if = "Option::is_none")]
    decimal_mark: Option<&'static str>,
    #[serde(rename = "trueValues", skip_serializing_if = "Option::is_none")]
    yes: Option<[&'static str; 1]>,
    #[serde(rename = "falseValues", skip_serializing_if = "Option::is_none")]
    no: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Constraints::are_none")]
    constraints: Constraints,
}

#[derive(Default, PartialEq, Serialize, ToSchema)]
#[schema(as = TableSchemaConstraints)]
struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    terms: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TableSchemaForeignKey)]
struct ForeignKey {
    fields: [String; 1],
    reference: Reference,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TableSchemaReference)]
struct Reference {
    /// Name of the other table.
    resource: String,
    fields: [String; 1],
}

/// How a CSV is written (CSV Dialect).
#[derive(Serialize, ToSchema)]
#[schema(as = TableDialect)]
pub struct TableDialect {
    header: bool,
    delimiter: char,
    #[serde(rename = "lineTerminator")]
    line_end: &'static str,
    #[serde(rename = "quoteChar")]
    quote: char,
    #[serde(rename = "doubleQuote")]
    doubled: bool,
}

impl TableSchema {
    /// The dictionary of these columns, written in a dialect; `key` tells rows apart, where one does.
    pub fn new(fields: &[Field], key: Option<&str>, dialect: Dialect) -> Self {
        let told = |field: &Field| SchemaField::new(field, key == Some(&*field.name), dialect);
        Self {
            profile: "https://datapackage.org/profiles/2.0/tableschema.json",
            fields: fields.iter().map(told).collect(),
            missing: [""],
            key: key.map(str::to_owned).into_iter().collect(),
            foreign_keys: Vec::new(),
        }
    }

    /// The same, a column of which holds values of a column of another table.
    #[must_use]
    pub fn referring(mut self, column: &str, (table, other): (&str, &str)) -> Self {
        if self.fields.iter().any(|field| field.name == column) {
            self.foreign_keys.push(ForeignKey {
                fields: [column.to_owned()],
                reference: Reference {
                    resource: table.to_owned(),
                    fields: [other.to_owned()],
                },
            });
        }
        self
    }
}

impl TableDialect {
    /// How files of this dialect are written.
    pub const fn new(dialect: Dialect) -> Self {
        Self {
            header: true,
            delimiter: dialect.separator(),
            line_end: dialect.line_end(),
            quote: '"',
            doubled: true,
        }
    }
}

/// The encoding of a dialect, as Python and Data Package call it.
pub const fn encoding(dialect: Dialect) -> &'static str {
    if dialect.preamble().is_empty() {
        "utf-8"
    } else {
        "utf-8-sig"
    }
}

impl SchemaField {
    fn new(field: &Field, unique: bool, dialect: Dialect) -> Self {
        let several = matches!(field.holds, Holds::Texts | Holds::Terms);
        // What a spreadsheet would run is written otherwise than it is called.
        let marked = dialect == Dialect::ExcelFr && field.terms.iter().any(|term| is_formula(term));
        let terms = if marked {
            Vec::new()
        } else {
            field.terms.clone()
        };
        let (terms, item_terms) = if several {
            (Vec::new(), terms)
        } else {
            (terms, Vec::new())
        };
        let with_comma = field.holds == Holds::Number && dialect.decimal_mark() != '.';
        Self {
            name: field.name.clone(),
            kind: kind(field.holds),
            format: (field.holds == Holds::Link).then_some("uri"),
            title: field.title.clone(),
            description: field.about.clone(),
            unit: field.unit.clone(),
            delimiter: several.then_some(JOINT),
            item_type: several.then_some("string"),
            item_terms,
            decimal_mark: with_comma.then_some(","),
            yes: (field.holds == Holds::Boolean).then_some([YES]),
            no: (field.holds == Holds::Boolean).then_some([NO]),
            constraints: Constraints {
                required: field.required,
                unique,
                minimum: field.least,
                maximum: field.most,
                terms,
            },
        }
    }
}

impl Constraints {
    fn are_none(&self) -> bool {
        *self == Self::default()
    }
}

const fn kind(holds: Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Term | Holds::Link => "string",
        Holds::Texts | Holds::Terms => "list",
        Holds::Integer => "integer",
        Holds::Number => "number",
        Holds::Date => "date",
        Holds::Year => "year",
        Holds::Boolean => "boolean",
    }
}
