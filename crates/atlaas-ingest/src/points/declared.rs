//! The objects of a declared layer out of its rows: each column read as its declaration says.
//!
//! What a column cannot be read as stays out, with a remark; what no declaration names is carried over
//! as it stands.

use crate::{
    points::fiches::{self, Context},
    report::remarks::Remarks,
    tables::row::Row,
    text::{clean, contacts},
    values::dates,
    values::fields,
    values::numbers,
    values::terms,
};
use atlaas_model::{Action, Column, ColumnType, Fiche, Layer, Value, slug};

/// Columns that say where an object is, what it is called and when it changed: read for every layer.
const COMMON: [&str; 13] = [
    "id",
    "nom",
    "titre",
    "description",
    "adresse",
    "commune",
    "code_insee",
    "code_postal",
    "latitude",
    "longitude",
    "geometry",
    "date_maj",
    "telephone",
];

/// How the rows of a layer are read.
pub(crate) struct LayerReader<'a> {
    layer: &'a Layer,
    /// What its id, its name and its text may be called in the file, as headers are spelt.
    ids: Vec<String>,
    names: Vec<String>,
    texts: Vec<String>,
    /// For each column what it may be called in the file, as headers are spelt.
    spelt: Vec<Vec<String>>,
}

impl<'a> LayerReader<'a> {
    pub(crate) fn new(layer: &'a Layer) -> Self {
        let header = |name: &String| slug(name).replace('-', "_");
        let spelt = |column: &Column| column.sources.iter().map(header).collect();
        let called = |declared: &[String], usual: &[&str]| -> Vec<String> {
            let usual = usual.iter().map(|&name| name.to_owned());
            declared.iter().map(header).chain(usual).collect()
        };
        let (sources, own) = (&layer.sources, layer.name_key.as_str());
        Self {
            layer,
            ids: called(&sources.id, &["id"]),
            names: called(&sources.name, &[own, "nom", "titre", "libelle", "name"]),
            texts: called(&sources.text, &["description"]),
            spelt: layer.columns.iter().map(spelt).collect(),
        }
    }

    /// The fiche of one row; `None`, with a remark, when it has no name.
    pub(crate) fn fiche(
        &self,
        row: &Row,
        context: &mut Context<'_>,
        remarks: &mut Remarks<'_>,
    ) -> Option<Fiche> {
        let (ids, names) = (plain(&self.ids), plain(&self.names));
        let called = (ids.as_slice(), names.as_slice());
        let mut fiche = fiches::start(row, self.layer.kind(), called, context, remarks)?;
        let filled = self.texts.iter().find(|name| !row.raw(name).is_empty());
        fiche.text = filled.map_or_else(String::new, |name| fiches::text(row, name, remarks));
        let address = clean::line(&contacts::removed(&row.get("adresse")));
        fiche.address = Some(address).filter(|address| !address.is_empty());
        fiche.updated = fields::date(row, "date_maj", remarks);
        fiche.postcodes.extend(fields::postcode(row, remarks));
        for (column, spelt) in self.layer.columns.iter().zip(&self.spelt) {
            let given = spelt.iter().find(|name| !row.raw(name).is_empty());
            if let Some(header) = given {
                read(&mut fiche, column, (header, row), context, remarks);
            }
        }
        let known: Vec<&str> = COMMON
            .into_iter()
            .chain(ids.iter().chain(&names).copied())
            .chain(self.texts.iter().map(String::as_str))
            .chain(self.spelt.iter().flatten().map(String::as_str))
            .collect();
        terms::others(&mut fiche, row, &known);
        Some(fiche)
    }
}

fn plain(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn read(
    fiche: &mut Fiche,
    column: &Column,
    (header, row): (&str, &Row),
    context: &mut Context<'_>,
    remarks: &mut Remarks<'_>,
) {
    match column.kind {
        ColumnType::Term => {
            let one = vec![row.get(header)];
            context.terms.facet(fiche, column.key, one, remarks);
        }
        ColumnType::Terms => {
            let several = fields::several(row.raw(header), Some(';'));
            context.terms.facet(fiche, column.key, several, remarks);
        }
        ColumnType::LongText => {
            let text = fiches::text(row, header, remarks);
            fiche.values.set(column.key, Value::Texts(vec![text]));
        }
        _ => match value(column, (header, row)) {
            Ok(value) => fiche.values.set(column.key, value),
            Err(expected) => {
                let advice = format!("{expected} : laissé de côté, corriger");
                remarks.note(Action::Ignore, header, &row.get(header), advice);
            }
        },
    }
}

/// The value of a column whose type says what it must be, or what is expected, in French.
fn value(column: &Column, (header, row): (&str, &Row)) -> Result<Value, &'static str> {
    let text = row.get(header);
    match column.kind {
        ColumnType::Text
        | ColumnType::LongText
        | ColumnType::Hours
        | ColumnType::Term
        | ColumnType::Terms => Ok(Value::Texts(vec![contacts::removed(&text).into_owned()])),
        ColumnType::Link | ColumnType::Picture => {
            let written = fields::several(row.raw(header), Some(';'));
            let links: Vec<String> = written
                .iter()
                .filter_map(|text| fields::link(text))
                .collect();
            let any = (!links.is_empty()).then_some(Value::Texts(links));
            any.ok_or("une adresse du web est attendue, comme https://www.exemple.fr")
        }
        ColumnType::Number => {
            let number = numbers::measured(&text, column.unit.as_deref());
            number.map(Value::Number).ok_or("un nombre est attendu")
        }
        ColumnType::Integer => {
            let number = numbers::measured(&text, column.unit.as_deref());
            let whole = number.filter(|number| number.fract() == 0.0);
            whole
                .map(Value::Number)
                .ok_or("un nombre entier est attendu")
        }
        ColumnType::Boolean => {
            let yes = numbers::yes_or_no(&text);
            yes.map(Value::Boolean).ok_or("oui ou non est attendu")
        }
        ColumnType::Date => {
            let read = dates::day(&text);
            let day = read.map(|read| Value::Date(read.day));
            day.ok_or("une date comme 2024-03-01 est attendue")
        }
        ColumnType::Year => {
            let year = dates::year(&text).and_then(|(year, _)| u16::try_from(year).ok());
            year.map(Value::Year)
                .ok_or("une année comme 2024 est attendue")
        }
    }
}
