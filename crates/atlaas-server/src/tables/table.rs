//! A table on its way: opened once its header is understood, then written row by row.
//!
//! 1. the encoding is told or guessed, by reading all of it once;
//! 2. the first lines show the dialect, the header the columns;
//! 3. each row is read, asked, and written with what was found; questions that come again, as those of
//!    files do, are answered from the last few thousand.

use crate::tables::decoded::{self, Decoded};
use crate::tables::dialect::UploadDialect;
use crate::tables::error::TableError;
use crate::tables::found::Values;
use crate::tables::layout::Layout;
use crate::tables::order::{TableOrder, Way};
use atlaas_engine::Snapshot;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::io::{Read, Seek, Write};

/// Bytes of text that show the dialect.
const SHOWN: u64 = 64 * 1024;
/// Answers that are kept for questions that come again.
const KEPT: usize = 4_096;
/// Begins a file that spreadsheets shall read as UTF-8.
const MARK: &str = "\u{feff}";

/// A table whose header is understood.
pub struct GeocodedTable<R> {
    source: R,
    encoding: &'static Encoding,
    dialect: UploadDialect,
    layout: Layout,
    way: Way,
    with_bom: bool,
}

impl<R: Read + Seek> GeocodedTable<R> {
    /// Understands a table, or says what is wrong with it.
    pub fn open(mut source: R, order: &TableOrder) -> Result<Self, TableError> {
        let encoding = match order.encoding.as_deref() {
            Some(name) => decoded::named(name)?,
            None => decoded::guessed(&mut source)?,
        };
        source.rewind()?;
        let mut start = Vec::new();
        Decoded::new(&mut source, encoding)
            .take(SHOWN)
            .read_to_end(&mut start)?;
        let start = String::from_utf8_lossy(&start);
        let dialect = UploadDialect::of(order, &start)?;
        let mut header = StringRecord::new();
        let mut reader = reading(dialect).from_reader(start.as_bytes());
        if !reader.read_record(&mut header)? {
            return Err(TableError::Empty);
        }
        source.rewind()?;
        Ok(Self {
            source,
            encoding,
            dialect,
            layout: Layout::of(&header, order)?,
            way: order.way,
            with_bom: order.with_bom,
        })
    }

    /// Writes every row with what was found of it, as UTF-8; how many rows there were.
    pub fn write(self, snapshot: &Snapshot, mut out: impl Write) -> Result<u64, TableError> {
        if self.with_bom {
            out.write_all(MARK.as_bytes())?;
        }
        let text = Decoded::new(self.source, self.encoding);
        let mut reader = reading(self.dialect).from_reader(text);
        let mut writer = WriterBuilder::new()
            .delimiter(self.dialect.delimiter)
            .quote(self.dialect.quote)
            .terminator(Terminator::CRLF)
            .from_writer(out);
        writer.write_record(&self.layout.header)?;
        let mut row = StringRecord::new();
        let mut known: HashMap<String, Values> = HashMap::new();
        let mut rows = 0;
        // The header.
        reader.read_record(&mut row)?;
        while reader.read_record(&mut row)? {
            let question = self.layout.question(&row);
            let key = format!("{question:?}");
            if known.len() >= KEPT && !known.contains_key(&key) {
                known.clear();
            }
            let found = known
                .entry(key)
                .or_insert_with(|| question.answer(snapshot, self.way));
            for (column, result) in self.layout.results.iter().enumerate() {
                let own = row.get(column).unwrap_or_default();
                // What the file says of itself stays where nothing is found.
                let found = result.map(|rank| found[rank].as_str());
                writer.write_field(found.filter(|found| !found.is_empty()).unwrap_or(own))?;
            }
            writer.write_record(None::<&[u8]>)?;
            rows += 1;
        }
        writer.flush()?;
        Ok(rows)
    }
}

fn reading(dialect: UploadDialect) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .quote(dialect.quote);
    builder
}
