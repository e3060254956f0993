//! Workbooks: a sheet with a row a fiche, written row by row to a temporary file and never held whole, and
//! a sheet that says where they come from and what each column is.

use crate::formats::format::{Content, FicheWriter, ListFormat, Offer, Row, Selection};
use crate::formats::stamp::{LICENCE, Provenance};
use crate::formats::table::field::Field;
use crate::formats::table::{Cell, Table};
use crate::words::language::Language;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::ops::ControlFlow;

/// Office Open XML workbooks.
pub const FORMAT: ListFormat = ListFormat {
    name: "xlsx",
    about: "Tout le résultat en classeur",
    example: "type=colieu&departement=15",
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    spellings: &["excel"],
    aliases: &[],
    offers: &[Offer {
        text: |_| "XLSX",
        query: "",
    }],
    content: Content::Whole {
        writer: |selection| Box::new(Xlsx::new(selection)),
        packed: true,
    },
};

/// Most characters in a cell, by the format; longer texts are cut there.
const MOST_CHARACTERS: usize = 32_767;
/// Most characters of a property of the file.
const MOST_OF_PROPERTY: usize = 255;
/// Most rows in a sheet, by the format, header included.
const MOST_ROWS: u32 = 1_048_576;
/// Width of columns, in characters.
const WIDTH: f64 = 18.0;
/// Bytes read at once from a finished workbook.
const READ: usize = 64 * 1024;

/// A workbook on its way: rows first, then the file that they make.
struct Xlsx {
    told: Provenance,
    table: Table,
    fields: Vec<Field>,
    stage: Stage,
}

enum Stage {
    Rows(Option<Box<Sheet>>),
    Packed(File),
}

impl Xlsx {
    fn new(selection: &Selection<'_>) -> Self {
        let Selection { snapshot, docs, .. } = selection;
        let table = Table::new(snapshot.catalogue(), docs, snapshot.id());
        Self {
            told: selection.told.clone(),
            // In French, like everything in the data.
            fields: table.fields(snapshot.catalogue(), Language::French),
            table,
            stage: Stage::Rows(None),
        }
    }
}

impl FicheWriter for Xlsx {
    fn begin(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        let columns = self.table.columns();
        let fresh = Sheet::new("Fiches", &self.told.title, columns).map_err(io::Error::other)?;
        self.stage = Stage::Rows(Some(Box::new(fresh)));
        Ok(())
    }

    fn write(&mut self, row: &Row<'_>, _out: &mut Vec<u8>) -> io::Result<()> {
        if let Stage::Rows(Some(sheet)) = &mut self.stage {
            let cells = self.table.row(row.catalogue, &row.hit, row.base);
            sheet.write_row(&cells).map_err(io::Error::other)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<u8>) -> io::Result<ControlFlow<()>> {
        match &mut self.stage {
            Stage::Rows(sheet) => {
                let Some(mut sheet) = sheet.take() else {
                    return Ok(ControlFlow::Break(()));
                };
                sheet
                    .tell(&self.told, &self.fields, Language::French)
                    .map_err(io::Error::other)?;
                self.stage = Stage::Packed(pack(*sheet)?);
                Ok(ControlFlow::Continue(()))
            }
            Stage::Packed(file) => read_some(file, out),
        }
    }
}

fn pack(sheet: Sheet) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    let mut buffered = io::BufWriter::new(&mut file);
    sheet.finish(&mut buffered).map_err(io::Error::other)?;
    buffered.flush()?;
    drop(buffered);
    file.rewind()?;
    Ok(file)
}

/// Appends a piece of the file; breaks off at its end.
fn read_some(file: &mut File, out: &mut Vec<u8>) -> io::Result<ControlFlow<()>> {
    let read = file.take(READ as u64).read_to_end(out)?;
    if read < READ {
        Ok(ControlFlow::Break(()))
    } else {
        Ok(ControlFlow::Continue(()))
    }
}

/// A workbook being written.
pub struct Sheet {
    workbook: Workbook,
    next_row: u32,
}

impl Sheet {
    /// A workbook of this title with one sheet of this name and a frozen header row.
    pub fn new<'a>(
        name: &str,
        title: &str,
        columns: impl Iterator<Item = &'a str>,
    ) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_title(title));
        let bold = Format::new().set_bold();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        let columns: Vec<&str> = columns.collect();
        for column in 0..columns.len() as u16 {
            sheet.set_column_width(column, WIDTH)?;
        }
        for (column, title) in (0..).zip(columns) {
            sheet.write_string_with_format(0, column, title, &bold)?;
        }
        Ok(Self {
            workbook,
            next_row: 1,
        })
    }

    /// Appends one row; rows beyond what the format holds are left out.
    pub fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        if self.next_row >= MOST_ROWS {
            return Ok(());
        }
        let row = self.next_row;
        self.next_row += 1;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, row, column, cell)?;
        }
        Ok(())
    }

    /// Adds a sheet that says where the rows come from and what each column is.
    pub fn tell(
        &mut self,
        told: &Provenance,
        fields: &[Field],
        language: Language,
    ) -> Result<(), XlsxError> {
        let properties = DocProperties::new()
            .set_title(cut(&told.title, MOST_OF_PROPERTY))
            .set_subject(cut(&told.query, MOST_OF_PROPERTY))
            .set_keywords(&told.stamp.id)
            .set_comment(format!("{} {}", told.stamp.date, LICENCE.title));
        self.workbook.set_properties(&properties);
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(language.say("export-about"))?;
        let lines = [
            ("export-about-title", &*told.title),
            ("export-about-query", &told.query),
            ("export-about-address", &told.address),
            ("export-about-snapshot", &told.stamp.id),
            ("export-about-date", &told.stamp.date),
            ("export-about-licence", LICENCE.title),
            ("export-about-terms", LICENCE.url),
        ];
        for (row, (name, value)) in (0..).zip(lines) {
            sheet.write_string_with_format(row, 0, language.say(name), &bold)?;
            sheet.write_string(row, 1, cut(value, MOST_CHARACTERS))?;
        }
        let first = lines.len() as u32 + 1;
        let heads = [
            "export-about-column",
            "export-about-heading",
            "export-about-meaning",
            "export-about-unit",
        ];
        for (column, name) in (0..).zip(heads) {
            sheet.write_string_with_format(first, column, language.say(name), &bold)?;
        }
        for (row, field) in (first + 1..MOST_ROWS).zip(fields) {
            let unit = field.unit.as_deref().unwrap_or_default();
            let cells = [&*field.name, &field.title, &field.about, unit];
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, cut(text, MOST_CHARACTERS))?;
            }
        }
        Ok(())
    }

    /// Packs the workbook.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        self.workbook.save_to_writer(out)
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Integer(number) => _ = sheet.write_number(row, column, *number as f64)?,
        Cell::Decimal(number) => _ = sheet.write_number(row, column, *number)?,
        // Always a string cell: never a formula, a link or a date, whatever it looks like.
        Cell::Text(text) => _ = sheet.write_string(row, column, cut(text, MOST_CHARACTERS))?,
    }
    Ok(())
}

/// The format counts UTF-16 units.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > most {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn a_workbook_is_a_zip_and_takes_any_text() {
        let mut sheet = Sheet::new("Fiches", "Deux fiches", ["a", "b"].into_iter()).unwrap();
        let long = "é".repeat(40_000);
        for text in ["=1+1", "http://x/", "01001", "\u{1}", "", long.as_str()] {
            sheet
                .write_row(&[Cell::Text(Cow::Borrowed(text)), Cell::Decimal(-1.5)])
                .unwrap();
        }
        let mut out = Vec::new();
        sheet.finish(&mut out).unwrap();
        assert!(out.starts_with(b"PK"));
    }

    #[test]
    fn a_text_is_cut_where_the_format_ends() {
        assert_eq!(
            cut(&"a".repeat(40_000), MOST_CHARACTERS).len(),
            MOST_CHARACTERS
        );
        assert_eq!(
            cut(&"🗺".repeat(20_000), MOST_CHARACTERS).chars().count(),
            MOST_CHARACTERS / 2
        );
        assert_eq!(cut("court", MOST_CHARACTERS), "court");
    }
}
