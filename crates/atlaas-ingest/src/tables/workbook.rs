//! Workbooks of spreadsheets, XLSX and ODS, as the CSV text that their first sheet would be: a line a
//! row, so that a remark names the row that the spreadsheet shows.
//!
//! What they inflate to is bounded before anything is parsed, and so are cells and bytes of the sheet.

mod ods;
mod sheet;

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::disguise::{self, Workbook},
};
use atlaas_model::Action;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use sheet::{Sheet, SheetError};
use std::{
    io::{self, Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};
use zip::ZipArchive;

/// Most bytes of all parts of a workbook, inflated.
const INFLATED_LIMIT: u64 = 256 << 20;

/// The text of the first sheet; nothing when the bytes are no workbook.
pub(crate) fn as_csv(
    name: &str,
    bytes: &[u8],
    remarks: &mut Remarks<'_>,
) -> Result<Option<Vec<u8>>, IngestError> {
    let Some(kind) = disguise::workbook(bytes) else {
        return Ok(None);
    };
    let refuse = |problem: String| IngestError::Table {
        name: name.to_owned(),
        problem,
    };
    bound(bytes).map_err(|problem| refuse(problem.to_owned()))?;
    // The readers of workbooks are not ours; a fault of theirs must not end the whole reading.
    let read = catch_unwind(AssertUnwindSafe(|| match kind {
        Workbook::Xlsx => xlsx(bytes),
        Workbook::Ods => ods::sheet(bytes),
    }));
    let broken = || SheetError::Broken("it is damaged".to_owned());
    let sheet = read.unwrap_or_else(|_| Err(broken()));
    let sheet = sheet.map_err(|error| refuse(error.to_string()))?;
    remarks.at(0);
    if sheet.others > 0 {
        let advice = format!(
            "classeur de {} feuilles : seule la première est lue ; enregistrer chaque autre à part",
            sheet.others + 1
        );
        remarks.note(Action::Ignore, "", &sheet.name, advice);
    }
    if !name
        .trim_end_matches(".gz")
        .to_lowercase()
        .ends_with(kind.extension())
    {
        let advice = format!(
            "ce fichier est un classeur {}, lu comme tel : le nommer {} ou l'enregistrer en CSV",
            &kind.extension()[1..].to_uppercase(),
            kind.extension()
        );
        remarks.note(Action::Repare, "", name, advice);
    }
    Ok(Some(sheet.text))
}

/// Inflates every part once and keeps none, so that nobody's small file fills memory.
fn bound(bytes: &[u8]) -> Result<(), &'static str> {
    let unreadable = "it is a damaged or encrypted workbook: save it again without a password";
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable)?;
    let mut left = INFLATED_LIMIT;
    for rank in 0..archive.len() {
        let part = archive.by_index(rank).map_err(|_| unreadable)?;
        let read = io::copy(&mut part.take(left), &mut io::sink()).map_err(|_| unreadable)?;
        left -= read;
        if left == 0 {
            return Err("the workbook holds more than 256 MiB: save the sheet as CSV");
        }
    }
    Ok(())
}

fn xlsx(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let broken = |error: calamine::XlsxError| SheetError::Broken(error.to_string());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let first = names.first().cloned().ok_or(SheetError::NoSheet)?;
    let mut sheet = Sheet::new(first.clone(), names.len() - 1);
    let mut cells = book.worksheet_cells_reader(&first).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        sheet.put(row as usize, column as usize, &text(cell.get_value()))?;
    }
    sheet.finish()
}

/// A cell as a CSV would hold it: whole numbers without a fraction, days as 2019-03-12.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "oui" } else { "non" }.to_owned(),
        DataRef::DateTime(moment) => day(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn day(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}
