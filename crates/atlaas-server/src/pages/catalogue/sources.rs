//! What the data sets were made of: the files that were read, with their digests and how recent what they
//! tell is; the columns of the context, with their producers and licences; or the generator.

use crate::words::language::Language;
use crate::words::message::Message;
use atlaas_engine::Snapshot;
use atlaas_model::{Kind, Making, Origin, Schema, Source};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A source.
#[derive(Clone, Debug)]
pub struct ListedSource {
    /// Name of it, unique in the catalogue.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// SHA-256 of the file in hexadecimal, and its bytes.
    pub file: Option<(String, u64)>,
    /// Rows that were read.
    pub rows: Option<u64>,
    /// How recent it is: a day, or a year.
    pub vintage: Option<String>,
    /// Where it is had.
    pub page: Option<String>,
    /// Its licence, in the words of the source.
    pub licence: Option<String>,
    /// The layer that it feeds; none feeds territories and figures.
    pub feeds: Option<Kind>,
    /// Whether it tells the context, by which figures are told apart.
    pub is_context: bool,
}

/// Every source of a snapshot.
pub fn all(snapshot: &Snapshot, language: Language) -> Vec<ListedSource> {
    let mut sources = match &snapshot.manifest().origine {
        Origin::Demonstration { graine } => vec![ListedSource {
            id: "demonstration".to_owned(),
            title: language.tell(&Message::new("catalogue-demonstration").with("seed", graine)),
            file: None,
            rows: None,
            vintage: None,
            page: None,
            licence: None,
            feeds: None,
            is_context: false,
        }],
        Origin::Sources { fichiers } => fichiers
            .iter()
            .map(|source| of_file(snapshot, source))
            .collect(),
    };
    sources.extend(declared(snapshot.schema(), language));
    sources.extend(context(snapshot));
    sources
}

/// What declarations tell of the making of their data.
fn declared(schema: &Schema, language: Language) -> Vec<ListedSource> {
    let told = schema.layers().iter();
    let told = told.filter(|layer| layer.making != Making::default());
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    told.map(|layer| {
        let making = &layer.making;
        ListedSource {
            id: format!("couche-{}", layer.name),
            title: some(&making.producer).unwrap_or_else(|| language.of(&layer.title).to_owned()),
            file: None,
            rows: None,
            vintage: some(&making.vintage),
            page: some(&making.source),
            licence: some(&making.licence),
            feeds: Some(layer.kind()),
            is_context: false,
        }
    })
    .collect()
}

fn of_file(snapshot: &Snapshot, source: &Source) -> ListedSource {
    let feeds = fed(snapshot.schema(), &source.name);
    ListedSource {
        id: atlaas_model::slug(&source.name),
        title: source.name.clone(),
        file: Some((source.sha256.clone(), source.bytes)),
        rows: Some(source.rows),
        vintage: feeds
            .and_then(|kind| newest(snapshot, kind))
            .map(|day| day.to_string()),
        page: None,
        licence: None,
        feeds,
        is_context: false,
    }
}

/// The layer that a file feeds: the one in whose folder it lies, or that it is called by.
fn fed(schema: &Schema, name: &str) -> Option<Kind> {
    let mut parts = name.split(['/', '\\']).rev();
    let file = parts.next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let layer = parts.next().and_then(|folder| schema.layer_named(folder));
    let layer = layer.or_else(|| schema.layer_named(stem))?;
    Some(layer.kind())
}

/// The last change that the fiches of a kind tell of.
pub fn newest(snapshot: &Snapshot, kind: Kind) -> Option<Date> {
    let catalogue = snapshot.catalogue();
    let days = catalogue.docs_of(kind);
    days.filter_map(|doc| catalogue.fiche(doc).updated).max()
}

/// The producers of the context, each with its licence and the years of its values.
fn context(snapshot: &Snapshot) -> Vec<ListedSource> {
    let comparer = snapshot.comparer();
    let every = vec![1.0; comparer.variables().len()];
    let told: BTreeSet<(String, Option<u16>, String)> = comparer
        .sources(&every)
        .filter(|column| !column.about.source.is_empty())
        .map(|column| {
            let about = &column.about;
            (
                about.source.clone(),
                column.vintage(),
                about.licence.clone(),
            )
        })
        .collect();
    let named =
        |(rank, (title, year, licence)): (usize, (String, Option<u16>, String))| ListedSource {
            id: format!("contexte-{rank}"),
            title,
            file: None,
            rows: None,
            vintage: year.map(|year| year.to_string()),
            page: None,
            licence: Some(licence).filter(|licence| !licence.is_empty()),
            feeds: None,
            is_context: true,
        };
    (1..).zip(told).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_feeds_the_layer_whose_name_or_folder_it_has() {
        let schema = Schema::default();
        let layer = &schema.layers()[0];
        for (name, feeds) in [
            (format!("{}.csv.gz", layer.name), true),
            (format!("couches/{}/data.xlsx", layer.name), true),
            ("decoupage/communes.json".to_owned(), false),
            (String::new(), false),
        ] {
            let expected = feeds.then(|| layer.kind());
            assert_eq!(fed(&schema, &name), expected, "{name}");
        }
    }
}
