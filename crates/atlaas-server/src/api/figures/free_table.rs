//! A table that is no list of fiches, as CSV and as a workbook: the same dialects and the same cells.

use crate::formats::csv_dialect::Dialect;
use crate::formats::table::Cell;
use crate::formats::xlsx::Sheet;
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

    /// As a workbook of one sheet.
    pub fn xlsx(&self, sheet: &str) -> Result<Vec<u8>, XlsxError> {
        let columns = self.columns.iter().map(String::as_str);
        let mut sheet = Sheet::new(sheet, &self.title, columns)?;
        for row in &self.rows {
            sheet.write_row(row)?;
        }
        let mut out = std::io::Cursor::new(Vec::new());
        sheet.finish(&mut out)?;
        Ok(out.into_inner())
    }
}
