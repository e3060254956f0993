//! The first sheet of an OpenDocument spreadsheet, out of its `content.xml`.
//!
//! Empty cells and rows are repeated by the million to the edge of the sheet: they cost nothing here.
//! Source: OpenDocument 1.3, part 3, chapters 9 (tables) and 19 (attributes).

use crate::tables::workbook::sheet::{COLUMN_LIMIT, Sheet, SheetError};
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most times that one filled row is repeated.
const REPEAT_LIMIT: usize = 10_000;

/// Reads the sheet; the bytes were found to inflate within their bound.
pub(crate) fn sheet(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let broken = |error: String| SheetError::Broken(error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let mut content = String::new();
    archive
        .by_name("content.xml")
        .map_err(|error| broken(error.to_string()))?
        .read_to_string(&mut content)
        .map_err(|error| broken(error.to_string()))?;
    let mut walk = Walk::default();
    let mut reader = quick_xml::Reader::from_str(&content);
    loop {
        match reader.read_event().map_err(|e| broken(e.to_string()))? {
            Event::Eof => break,
            Event::Start(tag) => walk.open(&tag, false)?,
            Event::Empty(tag) => walk.open(&tag, true)?,
            Event::End(tag) => walk.close(tag.name().as_ref())?,
            Event::Text(text) => walk.say(&text.xml10_content()),
            Event::CData(text) => walk.say(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().ok().flatten().map(String::from);
                let known = quick_xml::escape::resolve_predefined_entity(&name.xml10_content());
                walk.say(&letter.or(known.map(str::to_owned)).unwrap_or_default());
            }
            _ => {}
        }
    }
    let others = walk.tables.saturating_sub(1);
    let mut sheet = walk.sheet.ok_or(SheetError::NoSheet)?;
    sheet.others = others;
    sheet.finish()
}

/// Where the reading is in the document.
#[derive(Debug, Default)]
struct Walk {
    sheet: Option<Sheet>,
    tables: usize,
    row: usize,
    row_repeats: usize,
    /// The cells of the current row that hold something.
    filled: Vec<(usize, String)>,
    column: usize,
    cell_repeats: usize,
    /// The value that an attribute gives, else the text of the paragraphs.
    value: Option<String>,
    text: String,
    paragraphs: usize,
    /// Within a paragraph; within a note, which is no value.
    in_paragraph: bool,
    notes: usize,
}

impl Walk {
    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), SheetError> {
        let name = tag.name();
        if name.as_ref() == "table:table" {
            self.tables += 1;
            if self.tables == 1 {
                let title = attribute(tag, "table:name").unwrap_or_default();
                self.sheet = Some(Sheet::new(title, 0));
            }
        }
        if self.tables != 1 {
            return Ok(());
        }
        match name.as_ref() {
            "table:table-row" => {
                self.row_repeats = repeats(tag, "table:number-rows-repeated");
                self.column = 0;
                self.filled.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell_repeats = repeats(tag, "table:number-columns-repeated");
                let named = match attribute(tag, "office:value-type").as_deref() {
                    Some("float" | "currency" | "percentage") => "office:value",
                    Some("date") => "office:date-value",
                    Some("boolean") => "office:boolean-value",
                    Some("string") => "office:string-value",
                    _ => "",
                };
                self.value = attribute(tag, named);
                self.text.clear();
                self.paragraphs = 0;
            }
            "text:p" if self.notes == 0 => {
                self.paragraphs += 1;
                if self.paragraphs > 1 {
                    self.text.push('\n');
                }
                self.in_paragraph = !empty;
            }
            "text:s" => self.say(&" ".repeat(repeats(tag, "text:c").min(100))),
            "text:tab" => self.say(" "),
            "text:line-break" => self.say("\n"),
            "office:annotation" if !empty => self.notes += 1,
            _ => {}
        }
        if empty {
            self.close(name.as_ref())?;
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        if self.tables == 1 && self.in_paragraph && self.notes == 0 {
            self.text.push_str(text);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), SheetError> {
        if self.tables != 1 {
            return Ok(());
        }
        match name {
            "text:p" if self.notes == 0 => self.in_paragraph = false,
            "office:annotation" => self.notes = self.notes.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => {
                let value = self.value.take().unwrap_or_else(|| self.text.clone());
                let times = if value.is_empty() {
                    0
                } else {
                    self.cell_repeats
                };
                if times > 0 && self.column.saturating_add(times) > COLUMN_LIMIT {
                    return Err(SheetError::TooWide);
                }
                for rank in 0..times {
                    self.filled.push((self.column + rank, value.clone()));
                }
                self.column = self.column.saturating_add(self.cell_repeats);
            }
            "table:table-row" => {
                let times = if self.filled.is_empty() {
                    0
                } else {
                    self.row_repeats
                };
                if times > REPEAT_LIMIT {
                    return Err(SheetError::TooLong);
                }
                for rank in 0..times {
                    for (column, value) in &self.filled {
                        if let Some(sheet) = &mut self.sheet {
                            sheet.put(self.row + rank, *column, value)?;
                        }
                    }
                }
                self.row = self.row.saturating_add(self.row_repeats);
            }
            _ => {}
        }
        Ok(())
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    let value = found
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()?;
    Some(value.into_owned())
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> usize {
    let count = attribute(tag, name).and_then(|text| text.parse().ok());
    count.unwrap_or(1)
}
