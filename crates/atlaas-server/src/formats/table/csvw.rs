//! The file that lies beside a CSV (CSV on the Web, W3C): where the rows come from, which query they answer,
//! under which licence, what each column holds and how the file is written.

use super::field::{Field, Holds, NO, YES};
use crate::formats::csv_dialect::Dialect;
use crate::formats::feature::declared::JOINT;
use crate::formats::stamp::{LICENCE, Provenance};
use crate::words::language::Language;
use serde::Serialize;
use utoipa::ToSchema;

/// Media type of such a file.
pub const CSVM_JSON: &str = "application/csvm+json";
/// How its name ends, behind that of the CSV.
pub const SUFFIX: &str = "csv-metadata.json";

/// What is told of a CSV.
#[derive(Serialize, ToSchema)]
#[schema(as = MetadonneesCsv)]
pub struct CsvMetadata {
    #[serde(rename = "@context")]
    context: Vec<Context>,
    /// Address of the CSV.
    url: String,
    #[serde(rename = "dc:title")]
    title: String,
    #[serde(rename = "dc:publisher")]
    publisher: &'static str,
    #[serde(rename = "dc:license")]
    licence: Identified,
    /// When the snapshot was built.
    #[serde(rename = "dc:issued")]
    issued: Moment,
    /// The canonical query that the rows answer.
    #[serde(rename = "dc:subject")]
    query: String,
    /// Name of the snapshot.
    #[serde(rename = "schema:version")]
    version: String,
    dialect: CsvwDialect,
    #[serde(rename = "tableSchema")]
    schema: Columns,
}

/// The vocabulary, then the language of its words.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = CsvwContexte)]
enum Context {
    Vocabulary(&'static str),
    Language {
        #[serde(rename = "@language")]
        language: &'static str,
    },
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwIdentifiant)]
struct Identified {
    #[serde(rename = "@id")]
    id: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwMoment)]
struct Moment {
    #[serde(rename = "@value")]
    value: String,
    #[serde(rename = "@type")]
    kind: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwDialecte)]
struct CsvwDialect {
    encoding: &'static str,
    header: bool,
    delimiter: char,
    #[serde(rename = "lineTerminators")]
    line_ends: [&'static str; 1],
    #[serde(rename = "quoteChar")]
    quote: char,
    #[serde(rename = "doubleQuote")]
    doubled: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwColonnes)]
struct Columns {
    columns: Vec<Column>,
    #[serde(rename = "primaryKey", skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwColonne)]
struct Column {
    /// Left out where the header is no name that the standard takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// As it stands in the header.
    titles: String,
    #[serde(rename = "dc:title", skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(rename = "dc:description", skip_serializing_if = "String::is_empty")]
    about: String,
    datatype: Datatype,
    /// Between the values of a cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    separator: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    /// Unit of its numbers.
    #[serde(rename = "schema:unitText", skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwType)]
struct Datatype {
    base: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = CsvwFormat)]
enum Format {
    Words(String),
    Number {
        #[serde(rename = "decimalChar")]
        decimal_mark: char,
        #[serde(rename = "groupChar")]
        between_thousands: char,
    },
}

impl CsvMetadata {
    /// What is told of a CSV of these columns; `key` tells its rows apart, where one does.
    pub fn new(
        told: &Provenance,
        (fields, key): (&[Field], Option<&str>),
        dialect: Dialect,
        language: Language,
    ) -> Self {
        Self {
            context: vec![
                Context::Vocabulary("http://www.w3.org/ns/csvw"),
                Context::Language {
                    language: language.tag(),
                },
            ],
            url: told.address.clone(),
            title: told.title.clone(),
            publisher: "Atlaas",
            licence: Identified { id: LICENCE.url },
            issued: Moment {
                value: told.stamp.date.clone(),
                kind: "xsd:dateTime",
            },
            query: told.query.clone(),
            version: told.stamp.id.clone(),
            dialect: CsvwDialect {
                // Readers of the standard know a byte order mark by themselves.
                encoding: "utf-8",
                header: true,
                delimiter: dialect.separator(),
                line_ends: [dialect.line_end()],
                quote: '"',
                doubled: true,
            },
            schema: Columns {
                columns: fields
                    .iter()
                    .map(|field| Column::new(field, dialect))
                    .collect(),
                key: key.map(str::to_owned),
            },
        }
    }
}

impl Column {
    fn new(field: &Field, dialect: Dialect) -> Self {
        let several = matches!(field.holds, Holds::Texts | Holds::Terms);
        Self {
            name: is_name(&field.name).then(|| field.name.clone()),
            titles: field.name.clone(),
            title: field.title.clone(),
            about: field.about.clone(),
            datatype: Datatype {
                base: base(field.holds),
                format: format(field.holds, dialect),
                minimum: field.least,
                maximum: field.most,
            },
            separator: several.then_some(JOINT),
            required: field.required,
            unit: field.unit.clone(),
        }
    }
}

/// Whether a header is a variable of a URI template, which does not begin with a low line.
fn is_name(header: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !header.is_empty() && !header.starts_with('_') && header.bytes().all(plain)
}

const fn base(holds: Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Texts | Holds::Term | Holds::Terms => "string",
        Holds::Integer => "integer",
        Holds::Number => "decimal",
        Holds::Date => "date",
        Holds::Year => "gYear",
        Holds::Boolean => "boolean",
        Holds::Link => "anyURI",
    }
}

fn format(holds: Holds, dialect: Dialect) -> Option<Format> {
    match holds {
        Holds::Boolean => Some(Format::Words(format!("{YES}|{NO}"))),
        Holds::Number if dialect.decimal_mark() != '.' => Some(Format::Number {
            decimal_mark: dialect.decimal_mark(),
            between_thousands: ' ',
        }),
        _ => None,
    }
}
