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
    context: Vec<CsvwContext>,
    /// Address of the CSV.
    url: String,
    #[serde(rename = "dc:title")]
    title: String,
    #[serde(rename = "dc:publisher")]
    publisher: &'static str,
    #[serde(rename = "dc:license")]
    licence: CsvwLink,
    /// When the snapshot was built.
    #[serde(rename = "dc:issued")]
    issued: CsvwMoment,
    /// The canonical query that the rows answer.
    #[serde(rename = "dc:subject")]
    query: String,
    /// Name of the snapshot.
    #[serde(rename = "schema:version")]
    version: String,
    dialect: CsvwDialect,
    #[serde(rename = "tableSchema")]
    schema: CsvwColumns,
}

/// The vocabulary, then the language of its words.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = CsvwContexte)]
enum CsvwContext {
    Vocabulary(&'static str),
    Language {
        #[serde(rename = "@language")]
        language: &'static str,
    },
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwIdentifiant)]
struct CsvwLink {
    #[serde(rename = "@id")]
    id: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwMoment)]
struct CsvwMoment {
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
struct CsvwColumns {
    columns: Vec<CsvwColumn>,
    #[serde(rename = "primaryKey", skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CsvwColonne)]
struct CsvwColumn {
    /// Left out where the header is no name that the standard takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// As it stands in the header.
    titles: String,
    #[serde(rename = "dc:title", skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(rename = "dc:description", skip_serializing_if = "String::is_empty")]
    about: String,
    datatype: CsvwDatatype,
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
struct CsvwDatatype {
    base: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<CsvwFormat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = CsvwFormat)]
enum CsvwFormat {
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
                CsvwContext::Vocabulary("http://www.w3.org/ns/csvw"),
                CsvwContext::Language {
                    language: language.tag(),
                },
            ],
            url: told.address.clone(),
            title: told.title.clone(),
            publisher: "Atlaas",
            licence: CsvwLink { id: LICENCE.url },
            issued: CsvwMoment {
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
            schema: CsvwColumns {
                columns: fields
                    .iter()
                    .map(|field| CsvwColumn::new(field, dialect))
                    .collect(),
                key: key.map(str::to_owned),
            },
        }
    }
}

impl CsvwColumn {
    fn new(field: &Field, dialect: Dialect) -> Self {
        let several = matches!(field.holds, Holds::Texts | Holds::Terms);
        Self {
            name: is_name(&field.name).then(|| field.name.clone()),
            titles: field.name.clone(),
            title: field.title.clone(),
            about: field.about.clone(),
            datatype: CsvwDatatype {
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

fn format(holds: Holds, dialect: Dialect) -> Option<CsvwFormat> {
    match holds {
        Holds::Boolean => Some(CsvwFormat::Words(format!("{YES}|{NO}"))),
        Holds::Number if dialect.decimal_mark() != '.' => Some(CsvwFormat::Number {
            decimal_mark: dialect.decimal_mark(),
            between_thousands: ' ',
        }),
        _ => None,
    }
}
