//! The rows of a table of points or labels, CSV or JSON by its name, and the columns it must have.

use crate::{
    IngestError,
    points::colieux::MediationVersion,
    report::remarks::Remarks,
    tables::{csv_table::CsvTable, json_table::JsonTable, row::Row, source_file::SourceFile},
    values::terms,
};

/// The columns that a table cannot do without, each under any of several names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needed(&'static [&'static [&'static str]]);

impl Needed {
    pub(crate) const INITIATIVES: Self = Self(&[&["titre", "nom"]]);
    pub(crate) const COLIEUX: Self = Self(&[&["nom"]]);
    pub(crate) const LABELS: Self =
        Self(&[&["code", "code_insee", "siren"], &["millesime", "annee"]]);

    pub(crate) const CONTEXT: Self = Self(&[&["code", "code_insee", "insee"]]);

    /// A declared layer can do without any: a row without a name is refused alone.
    pub(crate) const NOTHING: Self = Self(&[]);

    fn check(self, name: &str, table: &CsvTable) -> Result<(), IngestError> {
        let columns: Vec<&str> = table.columns().collect();
        let there = |names: &&&[&str]| names.iter().any(|name| columns.contains(name));
        match self.0.iter().find(|names| !there(names)) {
            None => Ok(()),
            Some(names) => Err(IngestError::Table {
                name: name.to_owned(),
                problem: format!(
                    "no column is called {}; it has {}",
                    names.join(" or "),
                    columns.join(", ")
                ),
            }),
        }
    }
}

/// Reads a file row by row, CSV or JSON by its name; gives the number of rows.
pub(crate) fn each(
    file: &SourceFile,
    needed: Needed,
    remarks: &mut Remarks<'_>,
    take: &mut dyn FnMut(&Row, MediationVersion, &mut Remarks<'_>),
) -> Result<u64, IngestError> {
    let mut rows = 0;
    if file.plain_name().ends_with("json") {
        let mut table = JsonTable::new(file)?;
        while let Some(row) = table.next(file, remarks)? {
            rows += 1;
            take(&row, MediationVersion::V1, remarks);
        }
        return Ok(rows + table.refused);
    }
    let bytes = file.read()?;
    let mut table = CsvTable::new(&file.name, &bytes, remarks)?;
    needed.check(&file.name, &table)?;
    terms::warn_of_personal(table.columns(), remarks);
    let schema = MediationVersion::of(table.columns());
    while let Some(row) = table.next(remarks) {
        rows += 1;
        take(&row, schema, remarks);
    }
    Ok(rows + table.refused)
}
