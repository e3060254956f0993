//! CSV files of any hand: quotes and line breaks respected, a row that breaks the rules set aside
//! without losing the next.

use crate::{
    IngestError,
    report::remarks::Remarks,
    tables::csv_text::{decode, sniff},
    tables::row::{COLUMN_LIMIT, Row, VALUE_LIMIT, column_name, floor},
};
use atlaas_model::Action;
use csv::{Position, Reader, ReaderBuilder, StringRecord};
use std::{io::Cursor, sync::Arc};

/// Most bytes of one row; a quote that is never closed makes longer ones.
const ROW_LIMIT: usize = 1 << 20;
/// How many rows may be set aside for an unclosed quote before the file is given up.
const RESTARTS: usize = 100;

/// A table read row by row.
#[derive(Debug)]
pub(crate) struct CsvTable {
    reader: Reader<Cursor<Vec<u8>>>,
    record: StringRecord,
    columns: Vec<Option<Arc<str>>>,
    /// Lines are counted up to this byte.
    counted: usize,
    line: u64,
    restarts: usize,
}

impl CsvTable {
    /// Decodes the file and reads its header.
    pub(crate) fn new(
        name: &str,
        bytes: &[u8],
        remarks: &mut Remarks<'_>,
    ) -> Result<Self, IngestError> {
        let text = decode(bytes, remarks).into_owned();
        let delimiter = sniff(&text);
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(Cursor::new(text.into_bytes()));
        let mut table = Self {
            reader,
            record: StringRecord::new(),
            columns: Vec::new(),
            counted: 0,
            line: 1,
            restarts: 0,
        };
        let refuse = |problem: &str| IngestError::Table {
            name: name.to_owned(),
            problem: problem.to_owned(),
        };
        if !table.read_record() {
            return Err(refuse("it is empty; its first line must name the columns"));
        }
        if table.record.len() > COLUMN_LIMIT {
            return Err(refuse("its first line names more than 256 columns"));
        }
        remarks.at(1);
        table.columns = header(&table.record, remarks);
        Ok(table)
    }

    /// The columns that have a name, in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().flatten().map(|name| &**name)
    }

    /// The next row; `None` at the end. Rows that cannot be read are reported and skipped.
    pub(crate) fn next(&mut self, remarks: &mut Remarks<'_>) -> Option<Row> {
        loop {
            if !self.read_record() {
                return None;
            }
            let start = self.start_of_record();
            remarks.at(self.line);
            if self.runs_away(start) {
                let first = self.text()[start..].split(|&byte| byte == b'\n').next();
                remarks.note(
                    Action::Refuse,
                    "",
                    &String::from_utf8_lossy(first.unwrap_or_default()),
                    "guillemet ouvert et jamais fermé : le fermer, ou le doubler dans une valeur",
                );
                if !self.restart_after(start, remarks) {
                    return None;
                }
                continue;
            }
            let row = self.row(remarks);
            if !row.is_empty() {
                return Some(row);
            }
        }
    }

    fn row(&self, remarks: &mut Remarks<'_>) -> Row {
        let mut row = Row::new(self.line);
        for (value, column) in self.record.iter().zip(&self.columns) {
            let Some(column) = column else { continue };
            let kept = floor(value, VALUE_LIMIT);
            if kept.len() < value.len() {
                let advice = "valeur de plus de 64 Kio, coupée : la raccourcir";
                remarks.note(Action::Repare, column, kept, advice);
            }
            row.push(Arc::clone(column), kept);
        }
        let mut surplus = self.record.iter().skip(self.columns.len());
        if let Some(value) = surplus.find(|value| !value.trim().is_empty()) {
            let advice = format!(
                "{} valeurs pour {} colonnes, le surplus est laissé : mettre entre guillemets les \
                 valeurs qui contiennent le séparateur",
                self.record.len(),
                self.columns.len()
            );
            remarks.note(Action::Ignore, "", value, advice);
        }
        row
    }

    fn text(&self) -> &[u8] {
        self.reader.get_ref().get_ref()
    }

    fn read_record(&mut self) -> bool {
        // The text is valid UTF-8 and the reader flexible, so an error can only mean the end.
        self.reader.read_record(&mut self.record).unwrap_or(false)
    }

    /// First byte of the record that was just read, with its line counted.
    fn start_of_record(&mut self) -> usize {
        let stated = self.record.position().map_or(0, Position::byte) as usize;
        let text = self.reader.get_ref().get_ref();
        let blank = text[stated.min(text.len())..]
            .iter()
            .take_while(|byte| b"\r\n".contains(byte))
            .count();
        let start = stated + blank;
        let passed = &text[self.counted.min(start)..start];
        // A line ends with \n, with \r\n, or with \r alone as old files have it.
        let breaks = passed.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && text.get(self.counted + at + 1) != Some(&b'\n'))
        });
        self.line += breaks.count() as u64;
        self.counted = start;
        start
    }

    /// Whether a quote of this record is never closed.
    fn runs_away(&self, start: usize) -> bool {
        let end = (self.reader.position().byte() as usize).min(self.text().len());
        let record = &self.text()[start.min(end)..end];
        let quotes = || memchr::memchr_iter(b'"', record).count();
        record.len() > ROW_LIMIT
            || (end == self.text().len() && record.contains(&b'\n') && quotes() % 2 == 1)
    }

    fn restart_after(&mut self, start: usize, remarks: &mut Remarks<'_>) -> bool {
        self.restarts += 1;
        if self.restarts > RESTARTS {
            let advice = "plus de 100 guillemets jamais fermés : la suite du fichier n'est pas lue";
            remarks.note(Action::Refuse, "", "", advice);
            return false;
        }
        let rest = self.text()[start..].iter();
        let next = rest.take_while(|&&byte| byte != b'\n').count() + start + 1;
        let mut position = Position::new();
        position.set_byte(next.min(self.text().len()) as u64);
        self.reader.seek(position).is_ok()
    }
}

fn header(record: &StringRecord, remarks: &mut Remarks<'_>) -> Vec<Option<Arc<str>>> {
    let mut columns: Vec<Option<Arc<str>>> = Vec::new();
    for raw in record {
        let name = column_name(floor(raw, 120));
        let twice = columns.iter().flatten().any(|other| **other == *name);
        if twice {
            let advice = "colonne nommée deux fois, la seconde n'est pas lue : la renommer";
            remarks.note(Action::Ignore, &name, raw, advice);
        }
        columns.push((!twice && !name.is_empty()).then(|| name.into()));
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Report;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    type Lines = Vec<(u64, Vec<String>)>;

    fn read(bytes: &[u8]) -> (Vec<String>, Lines, Report) {
        let mut report = Report::default();
        let mut remarks = Remarks::on(&mut report, "x.csv");
        let mut out = Vec::new();
        let mut columns = Vec::new();
        if let Ok(mut table) = CsvTable::new("x.csv", bytes, &mut remarks) {
            columns = table.columns().map(str::to_owned).collect();
            while let Some(row) = table.next(&mut remarks) {
                out.push((
                    row.line,
                    columns.iter().map(|c| row.raw(c).to_owned()).collect(),
                ));
            }
        }
        drop(remarks);
        (columns, out, report)
    }

    #[test]
    fn every_delimiter_and_encoding_reads_the_same() {
        let windows = WINDOWS_1252.encode("nom;ville\nL\u{2019}été;Cœur\n").0;
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(
                "nom,ville\nL\u{2019}été,Cœur\n"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes),
            )
            .collect();
        for bytes in [
            "nom,ville\nL\u{2019}été,Cœur\n".as_bytes(),
            "\u{feff}nom;ville\r\nL\u{2019}été;Cœur\r\n".as_bytes(),
            "nom\tville\nL\u{2019}été\tCœur".as_bytes(),
            "\n\n\"nom\",\"ville\"\n\"L\u{2019}été\",Cœur".as_bytes(),
            &windows,
            &utf16,
        ] {
            let (columns, rows, _) = read(bytes);
            assert_eq!(columns, ["nom", "ville"]);
            assert_eq!(rows[0].1, ["L\u{2019}été", "Cœur"]);
        }
    }

    #[test]
    fn lines_are_counted_through_quotes_blank_lines_and_crlf() {
        let text = "a,b\r\n\"un\r\ndeux\",2\r\n\r\n3,4\r\n,\r\n5,\"x\"\"y\"\r\n";
        let (_, rows, _) = read(text.as_bytes());
        let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 5, 7]);
        assert_eq!(rows[0].1[0], "un\r\ndeux");
        assert_eq!(rows[2].1[1], "x\"y");
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_row_only() {
        let (_, rows, report) = read(b"a,b\n1,2\n\"3,4\n5,6\n7,8\n");
        let values: Vec<&str> = rows.iter().map(|(_, values)| values[0].as_str()).collect();
        assert_eq!(values, ["1", "5", "7"]);
        assert_eq!(rows[1].0, 4);
        assert_eq!(report.lines[0].line, 3);
        assert_eq!(report.lines[0].action, Action::Refuse);
    }

    #[test]
    fn surplus_values_and_columns_named_twice_are_reported() {
        let (columns, rows, report) = read(b"a,b,a\n1,2,3,4\n");
        assert_eq!(columns, ["a", "b"]);
        assert_eq!(rows[0].1, ["1", "2"]);
        assert_eq!(report.lines.len(), 2);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }

        #[test]
        fn hostile_texts_end(text in "[a\",;\t\r\n\u{feff}]{0,80}") {
            let (_, rows, _) = read(text.as_bytes());
            prop_assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }

        #[test]
        fn what_the_writer_quotes_is_read_back(
            values in proptest::collection::vec(("[a-z\",;\n é]{1,9}", "[a-z\"]{1,5}"), 1..8)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["un", "deux"]).unwrap();
            for (one, two) in &values {
                writer.write_record([one, two]).unwrap();
            }
            let (_, rows, _) = read(&writer.into_inner().unwrap());
            let got: Vec<_> = rows.into_iter().map(|(_, v)| (v[0].clone(), v[1].clone())).collect();
            let expected: Vec<_> = values
                .into_iter()
                .map(|(one, two)| (if one.trim().is_empty() { String::new() } else { one }, two))
                .collect();
            prop_assert_eq!(got, expected);
        }
    }
}
