//! CSV files of any hand: titles above the header, headers again in the middle, quotes and line breaks
//! respected, a row that breaks the rules set aside or cut without losing the next.

mod csv_cells;
mod csv_header;

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::cell,
    tables::columns,
    tables::csv_table::csv_cells::{Close, Quotes, Record, after_line},
    tables::csv_table::csv_header::blank,
    tables::csv_text,
    tables::row::{COLUMN_LIMIT, Row},
    tables::workbook,
    text::encoding::Survey,
};
use atlaas_model::Action;
use std::{borrow::Cow, sync::Arc};

/// How many quotes may run away before quotes are closed at the end of every line: each costs a
/// second look at up to 1 MiB.
const RUNAWAYS: usize = 100;

/// A table read row by row.
#[derive(Debug)]
pub(crate) struct CsvTable<'a> {
    text: Cow<'a, [u8]>,
    survey: Survey,
    /// It comes from a workbook, whose rows end with their last filled cell.
    of_workbook: bool,
    delimiter: u8,
    quotes: Quotes,
    columns: Vec<Arc<str>>,
    /// The header's cells as they stand, to know them again.
    header: Vec<String>,
    /// Columns without a name that held something, and were told of.
    nameless: Vec<usize>,
    record: Record,
    /// Where the next record begins.
    at: usize,
    /// Lines are counted up to this byte.
    counted: usize,
    line: u64,
    runaways: usize,
    /// Line of the quote that would swallow the rows up to a byte.
    swallowed: (u64, usize),
    /// Rows that were refused here, and never given out.
    pub(crate) refused: u64,
}

impl<'a> CsvTable<'a> {
    /// Looks at the bytes and reads the header.
    pub(crate) fn new(
        name: &str,
        bytes: &'a [u8],
        remarks: &mut Remarks<'_>,
    ) -> Result<Self, IngestError> {
        let sheet = workbook::as_csv(name, bytes, remarks)?;
        let of_workbook = sheet.is_some();
        let (text, survey) = match sheet {
            Some(sheet) => {
                let (text, survey) = csv_text::plain(&sheet, remarks);
                (Cow::Owned(text.into_owned()), survey)
            }
            None => csv_text::plain(bytes, remarks),
        };
        let header = csv_header::find(&text, survey);
        let mut table = Self {
            text,
            survey,
            of_workbook,
            delimiter: header.delimiter,
            quotes: Quotes::OverLines,
            columns: Vec::new(),
            header: Vec::new(),
            nameless: Vec::new(),
            record: Record::default(),
            at: header.top,
            counted: 0,
            line: 1,
            runaways: 0,
            swallowed: (0, 0),
            refused: 0,
        };
        table.skip_above(header.start, remarks);
        table.read_header(name, remarks)?;
        Ok(table)
    }

    /// The columns that have a name, in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        let names = self.columns.iter().map(|name| &**name);
        names.filter(|name| !name.is_empty())
    }

    /// The next row; `None` at the end. Rows that cannot be read are reported, counted and skipped.
    pub(crate) fn next(&mut self, remarks: &mut Remarks<'_>) -> Option<Row> {
        loop {
            self.at += blank(&self.text[self.at..]);
            if self.at >= self.text.len() {
                return None;
            }
            self.count_lines();
            remarks.at(self.line);
            let start = self.at;
            self.read_record();
            if self.record.close != Close::Closed || self.record.over_lines {
                self.cut_runaway(start, remarks);
            }
            if self.record.close == Close::TooLong {
                let advice = "ligne de plus de 1 Mio : la raccourcir ou la couper";
                self.refuse(start, advice, remarks);
                continue;
            }
            if self.is_header_again(remarks) {
                continue;
            }
            let row = self.row(remarks);
            if row.is_empty() {
                continue;
            }
            if start < self.swallowed.1 && self.line > self.swallowed.0 {
                let advice = format!(
                    "ligne lue à part : le guillemet ouvert ligne {} et jamais fermé l'avalait",
                    self.swallowed.0
                );
                remarks.note(Action::Garde, "", &self.first_line(start), advice);
            }
            return Some(row);
        }
    }

    fn read_record(&mut self) {
        self.record
            .read(&self.text, self.at, self.delimiter, self.quotes);
        self.at = self.record.end;
    }

    /// Counts the lines up to the next record. A line ends with \n, with \r\n, or with \r alone as
    /// old files have it.
    fn count_lines(&mut self) {
        let passed = &self.text[self.counted.min(self.at)..self.at];
        let breaks = memchr::memchr2_iter(b'\n', b'\r', passed).filter(|&at| {
            passed[at] == b'\n' || self.text.get(self.counted + at + 1) != Some(&b'\n')
        });
        self.line += breaks.count() as u64;
        self.counted = self.at;
    }

    /// Says what stands above the header.
    fn skip_above(&mut self, header: usize, remarks: &mut Remarks<'_>) {
        while self.at < header {
            self.count_lines();
            let end = after_line(&self.text, self.at).min(header);
            let line = self.first_line(self.at);
            if line.contains(char::is_alphanumeric) {
                remarks.at(self.line);
                let advice = "ligne au-dessus de l'en-tête, non reprise : l'enlever";
                remarks.note(Action::Ignore, "", &line, advice);
            }
            self.at = end;
        }
    }

    fn read_header(&mut self, name: &str, remarks: &mut Remarks<'_>) -> Result<(), IngestError> {
        let refuse = |problem: &str| IngestError::Table {
            name: name.to_owned(),
            problem: problem.to_owned(),
        };
        if self.at >= self.text.len() {
            return Err(refuse("it is empty; its first line must name the columns"));
        }
        self.count_lines();
        let start = self.at;
        self.read_record();
        if self.record.close == Close::Open {
            self.record
                .read(&self.text, start, self.delimiter, Quotes::WithinLine);
            self.at = self.record.end;
        }
        if self.record.close == Close::TooLong {
            return Err(refuse("its first line is longer than 1 MiB"));
        }
        if self.record.count > COLUMN_LIMIT {
            return Err(refuse("its first line names more than 256 columns"));
        }
        remarks.at(self.line);
        let cells = self.record.cells();
        self.header = cells
            .map(|cell| cell::read(cell, self.survey, "", remarks).into_owned())
            .collect();
        self.columns = columns::names(&self.header);
        columns::warn(&self.header, &self.columns, remarks);
        Ok(())
    }

    /// Whether the record is the header once more: with its columns in another order, those that
    /// follow are read in that order.
    fn is_header_again(&mut self, remarks: &mut Remarks<'_>) -> bool {
        let same = |cell: &[u8], name: &String| {
            cell.trim_ascii()
                .eq_ignore_ascii_case(name.trim().as_bytes())
        };
        let Some(first) = self.record.cells().next() else {
            return false;
        };
        let begins = self.header.iter().any(|name| same(first, name));
        if !begins || first.is_empty() || self.header.len() < 2 {
            return false;
        }
        let cells: Vec<Cow<'_, str>> = self.record.cells().map(|c| self.survey.decode(c)).collect();
        let mut sorted: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let mut known: Vec<&str> = self.header.iter().map(|name| name.trim()).collect();
        sorted.sort_unstable();
        known.sort_unstable();
        let equal = |(one, other): (&&str, &&str)| one.eq_ignore_ascii_case(other);
        if sorted.len() != known.len() || !sorted.iter().zip(&known).all(equal) {
            return false;
        }
        let in_order = cells
            .iter()
            .zip(&self.header)
            .all(|(cell, name)| same(cell.as_bytes(), name));
        let advice = if in_order {
            "l'en-tête est répété : ligne laissée de côté"
        } else {
            "l'en-tête est répété dans un autre ordre : les lignes qui suivent sont lues dans cet ordre"
        };
        remarks.note(Action::Ignore, "", &cells.join(" | "), advice);
        if !in_order {
            let header: Vec<String> = cells.into_iter().map(Cow::into_owned).collect();
            self.columns = columns::names(&header);
            self.header = header;
        }
        true
    }

    fn row(&mut self, remarks: &mut Remarks<'_>) -> Row {
        let mut row = Row::new(self.line);
        for (rank, cell) in self.record.cells().enumerate() {
            let Some(column) = self.columns.get(rank) else {
                break;
            };
            if cell.is_empty() {
                continue;
            }
            let value = cell::read(cell, self.survey, column, remarks);
            if !column.is_empty() {
                row.push(Arc::clone(column), &value);
            } else if !value.trim().is_empty() {
                if !self.nameless.contains(&rank) {
                    self.nameless.push(rank);
                    let advice = format!(
                        "colonne {} sans nom : ses valeurs sont gardées sous « colonne_{0} » ; la nommer",
                        rank + 1
                    );
                    remarks.note(Action::Garde, "", &value, advice);
                }
                row.push(format!("colonne_{}", rank + 1).into(), &value);
            }
        }
        if !row.is_empty() {
            self.doubt_shape(remarks);
        }
        row
    }

    /// Says when a row has more or fewer cells than the header, or quotes that break the rules.
    fn doubt_shape(&self, remarks: &mut Remarks<'_>) {
        let (count, width) = (self.record.count, self.columns.len());
        let named = self.columns.iter().rposition(|name| !name.is_empty());
        let mut surplus = self
            .record
            .cells()
            .skip(width)
            .map(|c| self.survey.decode(c));
        if let Some(value) = surplus.find(|value| !value.trim().is_empty()) {
            let advice = format!(
                "{count} valeurs pour {width} colonnes, le surplus est laissé : mettre entre \
                 guillemets les valeurs qui contiennent le séparateur"
            );
            remarks.note(Action::Ignore, "", &value, advice);
        } else if count <= named.unwrap_or(0) && !self.of_workbook {
            let advice = format!(
                "{count} valeurs pour {width} colonnes, les dernières sont vides : vérifier que la ligne n'est pas coupée"
            );
            remarks.note(Action::Garde, "", &self.first_line(self.counted), advice);
        }
        if self.record.odd_quote {
            let advice = "guillemet au milieu d'une valeur entre guillemets, lu comme une lettre : le doubler";
            remarks.note(Action::Repare, "", &self.first_line(self.counted), advice);
        }
    }

    /// Cuts the record at its first line when a quote that is never closed made it swallow rows.
    fn cut_runaway(&mut self, start: usize, remarks: &mut Remarks<'_>) {
        let lost = self.record.close != Close::Closed;
        let end = self.record.end;
        let mut first = Record::default();
        first.read(&self.text, start, self.delimiter, Quotes::WithinLine);
        if !lost && !self.holds_rows(&first, end) {
            return;
        }
        if lost && first.close == Close::TooLong {
            return;
        }
        self.runaways += 1;
        if self.runaways == RUNAWAYS {
            let advice = "plus de 100 guillemets jamais fermés : dans la suite du fichier, une valeur s'arrête au bout de sa ligne";
            remarks.note(Action::Garde, "", "", advice);
            self.quotes = Quotes::WithinLine;
        }
        let advice = "guillemet ouvert et jamais fermé, laissé de côté : la valeur est coupée au bout de la ligne ; le fermer, ou le doubler dans une valeur";
        remarks.note(Action::Repare, "", &self.first_line(start), advice);
        self.swallowed = (self.line, end.max(self.swallowed.1));
        self.at = first.end;
        self.record = first;
    }

    /// Whether a value over several lines holds lines in the rhythm of the header: as many cells in
    /// each, and a first one of the same kind.
    fn holds_rows(&self, first: &Record, end: usize) -> bool {
        let width = self.columns.len();
        if first.count != width || first.end >= end || width < 2 {
            return false;
        }
        let kind = first.cells().next().map(cell_kind);
        let (mut at, mut record) = (first.end, Record::default());
        let (mut rows, mut others) = (0, 0);
        while at < end && rows + others < 50 {
            record.read(&self.text, at, self.delimiter, Quotes::WithinLine);
            let alike = record.cells().next().map(cell_kind) == kind;
            if record.count == width && alike {
                rows += 1;
            } else {
                others += 1;
            }
            at = record.end;
        }
        // Two columns make a rhythm that prose has too: only a quote out of place tells.
        let certain = self.record.odd_quote || self.record.count != width;
        if certain {
            rows > others
        } else {
            others == 0 && width > 2
        }
    }

    fn refuse(&mut self, start: usize, advice: &str, remarks: &mut Remarks<'_>) {
        self.refused += 1;
        remarks.note(Action::Refuse, "", &self.first_line(start), advice);
    }

    fn first_line(&self, start: usize) -> String {
        let rest = &self.text[start..self.text.len().min(start + 400)];
        let line = rest.split(|byte| b"\r\n".contains(byte)).next();
        self.survey.decode(line.unwrap_or_default()).into_owned()
    }
}

/// What the first cell of a row looks like: digits in it, spaces in it.
fn cell_kind(cell: &[u8]) -> (bool, bool) {
    let cell = cell.trim_ascii();
    (
        cell.iter().any(u8::is_ascii_digit),
        cell.contains(&b' ') || cell.is_empty(),
    )
}

#[cfg(test)]
mod tests;
