//! A sheet while its cells come in, row by row, as the CSV text that it becomes.

/// Most columns, and bytes of the whole text.
pub(crate) const COLUMN_LIMIT: usize = 1 << 10;
const TEXT_LIMIT: usize = 128 << 20;

/// Why a workbook gives no table.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SheetError {
    #[error("the workbook cannot be read ({0}): save it again, or as CSV")]
    Broken(String),
    #[error("the workbook has no sheet")]
    NoSheet,
    #[error("the sheet has cells beyond column 1,024: remove them, or save it as CSV")]
    TooWide,
    #[error("the sheet holds more than 128 MiB: save it as CSV")]
    TooLong,
    #[error("the sheet's rows are not in order: save it again, or as CSV")]
    Disorder,
}

/// The sheet that is read of a workbook.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// How many sheets there are beside it.
    pub(crate) others: usize,
    /// A line a row; line breaks within cells are those of Unicode, so that lines keep their numbers.
    pub(crate) text: Vec<u8>,
    row: usize,
    cells: Vec<String>,
}

impl Sheet {
    /// A sheet without cells.
    pub(crate) fn new(name: String, others: usize) -> Self {
        Self {
            name,
            others,
            text: Vec::new(),
            row: 0,
            cells: Vec::new(),
        }
    }

    /// Puts a value where it stands, counted from 0; rows must come in order.
    pub(crate) fn put(&mut self, row: usize, column: usize, value: &str) -> Result<(), SheetError> {
        if value.is_empty() {
            return Ok(());
        }
        if column >= COLUMN_LIMIT {
            return Err(SheetError::TooWide);
        }
        if row < self.row {
            return Err(SheetError::Disorder);
        }
        while self.row < row {
            self.end_row()?;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        value.clone_into(&mut self.cells[column]);
        Ok(())
    }

    /// The sheet with its last row.
    pub(crate) fn finish(mut self) -> Result<Self, SheetError> {
        self.end_row()?;
        Ok(self)
    }

    fn end_row(&mut self) -> Result<(), SheetError> {
        for (rank, cell) in self.cells.iter().enumerate() {
            if rank > 0 {
                self.text.push(b',');
            }
            if !cell.is_empty() {
                let one_line = cell.replace("\r\n", "\n").replace(['\n', '\r'], "\u{2028}");
                let quoted = one_line.replace('"', "\"\"");
                self.text.push(b'"');
                self.text.extend_from_slice(quoted.as_bytes());
                self.text.push(b'"');
            }
        }
        self.text.push(b'\n');
        self.cells.clear();
        self.row += 1;
        if self.text.len() > TEXT_LIMIT {
            return Err(SheetError::TooLong);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_numbers_and_cells_their_places() {
        let mut sheet = Sheet::new("x".to_owned(), 0);
        for (row, column, value) in [(1, 0, "a"), (1, 2, "b\r\n\"c\""), (3, 1, "d"), (3, 5, "")] {
            sheet.put(row, column, value).unwrap();
        }
        assert!(matches!(sheet.put(2, 0, "x"), Err(SheetError::Disorder)));
        assert!(matches!(sheet.put(9, 5000, "x"), Err(SheetError::TooWide)));
        let text = String::from_utf8(sheet.finish().unwrap().text).unwrap();
        assert_eq!(text, "\n\"a\",,\"b\u{2028}\"\"c\"\"\"\n\n,\"d\"\n");
    }
}
