//! A table that is no list of fiches, as CSV and as a workbook: the same dialects and the same cells; and
//! what is told of it, beside the one and inside the other.

use crate::formats::csv_dialect::Dialect;
use crate::formats::stamp::Provenance;
use crate::formats::table::Cell;
use crate::formats::table::csvw::CsvMetadata;
use crate::formats::table::field::Field;
use crate::formats::xlsx::Sheet;
use crate::words::language::Language;
use rust_xlsxwriter::XlsxError;

/// A table, whole in memory: some hundreds of rows.
pub struct FreeTable {
    /// Title of the workbook.
    pub title: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell<'static>>>,
}

/// What is told of a table.
pub struct TableStory {
    /// What its columns are.
    pub fields: Vec<Field>,
    /// Where it comes from.
    pub told: Provenance,
    /// In which language.
    pub language: Language,
}

impl FreeTable {
    /// As CSV.
    pub fn csv(&self, dialect: Dialect) -> Vec<u8> {
        let mut out = dialect.preamble().as_bytes().to_vec();
        dialect.write_header(self.columns.iter().map(String::as_str), &mut out);
        for row in &self.rows {
            dialect.write_row(row, &mut out);
        }
        out
    }

    /// As a workbook: a sheet of this name, and one that tells of it.
    pub fn xlsx(&self, sheet: &str, story: &TableStory) -> Result<Vec<u8>, XlsxError> {
        let columns = self.columns.iter().map(String::as_str);
        let mut sheet = Sheet::new(sheet, &self.title, columns)?;
        for row in &self.rows {
            sheet.write_row(row)?;
        }
        sheet.tell(&story.told, &story.fields, story.language)?;
        let mut out = std::io::Cursor::new(Vec::new());
        sheet.finish(&mut out)?;
        Ok(out.into_inner())
    }
}

impl TableStory {
    /// The file that lies beside the CSV.
    pub fn metadata(&self, dialect: Dialect) -> CsvMetadata {
        CsvMetadata::new(&self.told, (&self.fields, None), dialect, self.language)
    }
}
