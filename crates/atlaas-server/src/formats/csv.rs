//! CSV: RFC 4180 with commas and `\n`, or the dialect that a French Excel opens by a double click.
//!
//! `dialecte=excel-fr`: semicolons, a byte order mark, `\r\n`, decimal commas, and no cell that
//! Excel would take for a formula. The standard dialect changes no value.

use crate::formats::csv_dialect::Dialect;
use crate::formats::format::{Content, FicheWriter, ListFormat, Offer, Row, Selection};
use crate::formats::table::{Cell, Table};
use std::borrow::Cow;
use std::io::{self, Write as _};

/// Comma-separated values.
pub const FORMAT: ListFormat = ListFormat {
    name: "csv",
    about: "Tout le résultat en CSV",
    example: "type=initiative&departement=13",
    media: "text/csv; charset=utf-8; header=present",
    spellings: &[],
    aliases: &[],
    offers: &[
        Offer {
            text: |_| "CSV",
            query: "",
        },
        Offer {
            text: |language| language.say("export-csv-excel"),
            query: "dialecte=excel-fr",
        },
    ],
    content: Content::Whole {
        writer: |selection| Box::new(Csv::new(selection)),
        packed: false,
    },
};

/// A CSV being written.
struct Csv {
    table: Table,
    dialect: Dialect,
}

impl Csv {
    fn new(selection: &Selection<'_>) -> Self {
        let Selection { snapshot, docs, .. } = selection;
        Self {
            table: Table::new(snapshot.catalogue(), docs, snapshot.id()),
            dialect: selection.dialect,
        }
    }
}

impl FicheWriter for Csv {
    fn begin(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(self.dialect.preamble().as_bytes());
        self.dialect.write_header(self.table.columns(), out);
        Ok(())
    }

    fn write(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let cells = self.table.row(row.catalogue, &row.hit, row.base);
        self.dialect.write_row(&cells, out);
        Ok(())
    }
}

impl Dialect {
    /// Appends the row of column names.
    pub fn write_header<'a>(self, columns: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
        let names: Vec<Cell<'a>> = columns
            .map(|name| Cell::Text(Cow::Borrowed(name)))
            .collect();
        self.write_row(&names, out);
    }

    /// Appends one row.
    pub fn write_row(self, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        for (rank, cell) in cells.iter().enumerate() {
            if rank > 0 {
                out.push(self.separator() as u8);
            }
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => self.write_text(text, out),
                // Writing to a Vec cannot fail.
                Cell::Integer(number) => _ = write!(out, "{number}"),
                Cell::Decimal(number) => self.write_decimal(*number, out),
            }
        }
        out.extend_from_slice(self.line_end().as_bytes());
    }

    fn write_decimal(self, number: f64, out: &mut Vec<u8>) {
        let start = out.len();
        // Writing to a Vec cannot fail.
        _ = write!(out, "{number}");
        if self == Self::ExcelFr
            && let Some(point) = out[start..].iter().position(|&byte| byte == b'.')
        {
            out[start + point] = self.decimal_mark() as u8;
        }
    }

    fn write_text(self, text: &str, out: &mut Vec<u8>) {
        let defused = self == Self::ExcelFr && is_formula(text);
        let special =
            |character| matches!(character, '"' | '\n' | '\r') || character == self.separator();
        let quoted =
            defused || text.contains(special) || text.starts_with(' ') || text.ends_with(' ');
        if !quoted {
            out.extend_from_slice(text.as_bytes());
            return;
        }
        out.push(b'"');
        if defused {
            out.push(b'\'');
        }
        for (rank, part) in text.split('"').enumerate() {
            if rank > 0 {
                out.extend_from_slice(b"\"\"");
            }
            out.extend_from_slice(part.as_bytes());
        }
        out.push(b'"');
    }
}

/// Whether a spreadsheet would run the text, its leading white space notwithstanding.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(dialect: Dialect, cells: &[Cell<'_>]) -> String {
        let mut out = Vec::new();
        dialect.write_row(cells, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn text(text: &str) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(text))
    }

    #[test]
    fn the_standard_dialect_quotes_what_must_be_and_changes_nothing() {
        let cells = [
            text("L’Haÿ"),
            text("a,b"),
            text("dit \"le\"\nvieux"),
            Cell::Decimal(-1.5),
            Cell::Empty,
        ];
        assert_eq!(
            row(Dialect::Standard, &cells),
            "L’Haÿ,\"a,b\",\"dit \"\"le\"\"\nvieux\",-1.5,\n"
        );
        assert_eq!(row(Dialect::Standard, &[text("=1+1")]), "=1+1\n");
    }

    #[test]
    fn the_excel_dialect_has_decimal_commas_and_no_formula() {
        let cells = [
            text("a;b"),
            Cell::Decimal(-1.5),
            Cell::Integer(-3),
            text("a,b"),
        ];
        assert_eq!(row(Dialect::ExcelFr, &cells), "\"a;b\";-1,5;-3;a,b\r\n");
        for formula in ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"] {
            let line = row(Dialect::ExcelFr, &[text(formula)]);
            assert!(line.starts_with("\"'"), "{formula:?} → {line:?}");
        }
    }
}
