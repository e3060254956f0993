//! One record of a CSV text as its cells, whatever hand wrote it: bytes in, bytes out.
//!
//! As RFC 4180, and beyond it: quotes inside a cell that does not begin with one are letters; a quote
//! inside a quoted cell that is neither doubled nor before a delimiter is a letter too; spaces around
//! a quoted cell do not count; a line ends with `\n`, `\r\n` or `\r`.

/// Most bytes of one record; a quote that is never closed makes longer ones.
pub(crate) const RECORD_LIMIT: usize = 1 << 20;
/// Most cells that are kept of a record; the others are counted.
const CELL_LIMIT: usize = 1 << 10;

/// How far a quoted cell may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// Over as many lines as it takes.
    OverLines,
    /// To the end of its line: a quote that is not closed there is a letter.
    WithinLine,
}

/// How a record ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Close {
    /// At the end of a line.
    #[default]
    Closed,
    /// With the text, within a quoted cell.
    Open,
    /// At no place up to [`RECORD_LIMIT`]; its cells are not to be used.
    TooLong,
}

/// The cells of one record, and how it was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// How many cells it has, kept or not.
    pub(crate) count: usize,
    /// The first byte after it and its line break.
    pub(crate) end: usize,
    /// A quoted cell goes over several lines.
    pub(crate) over_lines: bool,
    /// A quoted cell holds a quote that is not doubled.
    pub(crate) odd_quote: bool,
    /// How it ends.
    pub(crate) close: Close,
}

impl Record {
    /// Reads the record that begins at `start`, in place of what was there.
    pub(crate) fn read(&mut self, text: &[u8], start: usize, delimiter: u8, quotes: Quotes) {
        self.bytes.clear();
        self.ends.clear();
        self.count = 0;
        (self.over_lines, self.odd_quote) = (false, false);
        self.close = Close::Closed;
        let reader = CellReader {
            text,
            limit: text.len().min(start.saturating_add(RECORD_LIMIT)),
            delimiter,
            quotes,
        };
        let mut at = start;
        loop {
            let after = reader.cell(at, self);
            if self.count < CELL_LIMIT {
                self.ends.push(self.bytes.len());
            } else {
                self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
            }
            self.count += 1;
            if after >= reader.limit && reader.limit < text.len() {
                self.close = Close::TooLong;
                self.end = after_line(text, after);
                return;
            }
            match text.get(after) {
                Some(&byte) if byte == delimiter => at = after + 1,
                _ => {
                    self.end = after_line(text, after);
                    return;
                }
            }
        }
    }

    /// The cells that are kept, in order.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, &end)| &self.bytes[start..end])
    }
}

/// The first byte of the next line, from a place that is at a line's end or within it.
pub(crate) fn after_line(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let Some(length) = memchr::memchr2(b'\n', b'\r', rest) else {
        return text.len();
    };
    let ends = &rest[length..];
    at + length + if ends.starts_with(b"\r\n") { 2 } else { 1 }
}

struct CellReader<'a> {
    text: &'a [u8],
    limit: usize,
    delimiter: u8,
    quotes: Quotes,
}

impl CellReader<'_> {
    /// Adds the cell that begins at `at`; gives the place of the delimiter or line break behind it.
    fn cell(&self, at: usize, record: &mut Record) -> usize {
        let first = at + self.spaces(at);
        if self.text.get(first) == Some(&b'"') {
            let before = record.bytes.len();
            if let Some(end) = self.quoted(first + 1, record) {
                return end;
            }
            // The quote is no more than a letter, or a mistake, which is left out.
            record.bytes.truncate(before);
            let end = self.plain_end(at);
            let cell = &self.text[at..end];
            let lone = memchr::memchr_iter(b'"', cell).count() == 1;
            record.bytes.extend_from_slice(if lone {
                &self.text[first + 1..end]
            } else {
                cell
            });
            return end;
        }
        let end = self.plain_end(at);
        record.bytes.extend_from_slice(&self.text[at..end]);
        end
    }

    /// Where a cell without quotes ends.
    fn plain_end(&self, at: usize) -> usize {
        let rest = &self.text[at..self.limit];
        memchr::memchr3(self.delimiter, b'\n', b'\r', rest).map_or(self.limit, |length| at + length)
    }

    fn spaces(&self, at: usize) -> usize {
        let rest = self.text[at.min(self.limit)..self.limit].iter();
        rest.take_while(|&&byte| byte == b' ' && self.delimiter != b' ')
            .count()
    }

    /// Adds a cell from behind its opening quote; gives its end, or nothing when it is no quoted cell.
    fn quoted(&self, open: usize, record: &mut Record) -> Option<usize> {
        let (mut at, mut over_lines, mut odd) = (open, false, false);
        loop {
            let rest = &self.text[at..self.limit];
            let length = memchr::memchr(b'"', rest).unwrap_or(rest.len());
            if memchr::memchr2(b'\n', b'\r', &rest[..length]).is_some() {
                if self.quotes == Quotes::WithinLine {
                    return None;
                }
                over_lines = true;
            }
            record.bytes.extend_from_slice(&rest[..length]);
            let quote = at + length;
            if quote == self.limit {
                if self.quotes == Quotes::WithinLine {
                    return None;
                }
                record.close = Close::Open;
                record.over_lines |= over_lines;
                return Some(quote);
            }
            if self.text.get(quote + 1) == Some(&b'"') {
                record.bytes.push(b'"');
                at = (quote + 2).min(self.limit);
                continue;
            }
            let after = quote + 1 + self.spaces(quote + 1);
            let next = self.text.get(after);
            if next.is_none_or(|&byte| byte == self.delimiter || byte == b'\n' || byte == b'\r') {
                record.over_lines |= over_lines;
                record.odd_quote |= odd;
                return Some(after);
            }
            if !over_lines && !odd && self.only_begins_with_quotes(open, quote) {
                return None;
            }
            odd = true;
            record.bytes.push(b'"');
            at = quote + 1;
        }
    }

    /// Whether `"Fab" lab` stands here rather than `"Le "Fab" lab"`: quotes in pairs, none at the end.
    fn only_begins_with_quotes(&self, open: usize, quote: usize) -> bool {
        let cell = self.text[open - 1..self.plain_end(quote)].trim_ascii_end();
        memchr::memchr_iter(b'"', cell).count().is_multiple_of(2) && !cell.ends_with(b"\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str, quotes: Quotes) -> (Vec<String>, Record) {
        let mut record = Record::default();
        record.read(text.as_bytes(), 0, b',', quotes);
        let cells = record.cells();
        let cells = cells.map(|cell| String::from_utf8_lossy(cell).into_owned());
        (cells.collect(), record)
    }

    #[test]
    fn cells_are_read_as_they_were_meant() {
        for (text, expected) in [
            ("a,b,c\nd", &["a", "b", "c"][..]),
            ("a,,\r\nd", &["a", "", ""]),
            ("\"a,b\",\"c\"\"d\"", &["a,b", "c\"d"]),
            ("a \"b\" c,d", &["a \"b\" c", "d"]),
            ("écran 24\", bleu", &["écran 24\"", " bleu"]),
            ("\"le \"fab\" lab\",x", &["le \"fab\" lab", "x"]),
            ("\"fab\" lab,x", &["\"fab\" lab", "x"]),
            ("\"fab\" et \"lab\" ici,x", &["\"fab\" et \"lab\" ici", "x"]),
            ("1, \"a, b\" ,2", &["1", "a, b", "2"]),
            ("\"un\ndeux\",3\n4", &["un\ndeux", "3"]),
            ("\"a\"\rb", &["a"]),
            ("", &[""]),
            ("\"\",\"\"\"\"", &["", "\""]),
        ] {
            assert_eq!(cells(text, Quotes::OverLines).0, expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_within_its_line_is_left_out_when_it_is_not_closed() {
        let text = "1,\"un titre,\"a, b\"\n2,\"deux\"";
        let (cells, record) = cells(text, Quotes::WithinLine);
        assert_eq!(cells, ["1", "un titre", "a, b"]);
        assert_eq!(&text[record.end..], "2,\"deux\"");
    }

    #[test]
    fn what_is_too_long_is_told_and_not_kept() {
        let commas = ",".repeat(3 * RECORD_LIMIT) + "\n1,2";
        let (cells, record) = cells(&commas, Quotes::OverLines);
        assert!(record.close == Close::TooLong && cells.len() <= CELL_LIMIT);
        assert_eq!(&commas[record.end..], "1,2");
    }

    proptest! {
        #[test]
        fn a_record_ends_behind_its_start(text in "[a\", \r\n]{0,30}", within: bool) {
            let quotes = if within { Quotes::WithinLine } else { Quotes::OverLines };
            let (cells, record) = cells(&text, quotes);
            prop_assert!(record.end > 0 || text.is_empty());
            prop_assert!(record.end <= text.len());
            prop_assert_eq!(cells.len(), record.count);
        }

        #[test]
        fn what_follows_the_rules_is_read_as_the_csv_crate_reads_it(
            values in proptest::collection::vec("[a-z\", \né]{0,8}", 1..6)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&values).unwrap();
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            // Nothing but a lone empty or spaced cell is written in more than one way.
            let (cells, record) = cells(&text, Quotes::OverLines);
            prop_assert_eq!(cells, values);
            prop_assert!(!record.odd_quote && record.close == Close::Closed);
        }
    }
}
