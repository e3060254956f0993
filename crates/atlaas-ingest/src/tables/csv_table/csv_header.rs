//! Where the header of a CSV text is: under `sep=;`, a title and blank lines, and with which
//! delimiter. It is the line whose cells are known names of columns.

use crate::{
    tables::columns,
    tables::csv_table::csv_cells::{Close, Quotes, Record, after_line},
    tables::csv_text::sniff,
    text::encoding::Survey,
};

use std::collections::BTreeSet;

/// How many lines that hold something may stand above a header.
const SEARCHED: usize = 20;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The header of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Its first byte.
    pub(crate) start: usize,
    pub(crate) delimiter: u8,
    /// The first byte that is not a line saying which delimiter there is.
    pub(crate) top: usize,
}

/// Finds the header; the first line that holds something when no line has known names.
pub(crate) fn find(text: &[u8], survey: Survey) -> Header {
    let (declared, top) = declaration(text);
    let first = top + blank(&text[top..]);
    let fallback = Header {
        start: first,
        delimiter: declared.unwrap_or_else(|| sniff(&text[first..])),
        top,
    };
    let mut best = (1, fallback);
    for delimiter in DELIMITERS {
        if declared.is_some_and(|declared| declared != delimiter) {
            continue;
        }
        let (mut at, mut record) = (first, Record::default());
        for _ in 0..SEARCHED {
            if at >= text.len() {
                break;
            }
            record.read(text, at, delimiter, Quotes::OverLines);
            if record.close != Close::Closed {
                record.read(text, at, delimiter, Quotes::WithinLine);
            }
            let cells = record.cells().filter(|cell| cell.len() < 80);
            let known = cells.filter_map(|cell| columns::known(&survey.decode(cell)));
            let known = known.collect::<BTreeSet<_>>().len();
            if known > best.0 {
                let header = Header {
                    start: at,
                    delimiter,
                    top,
                };
                best = (known, header);
            }
            at = record.end + blank(&text[record.end..]);
        }
    }
    best.1
}

/// The delimiter that a first line `sep=;` declares, and where the text goes on.
fn declaration(text: &[u8]) -> (Option<u8>, usize) {
    let start = blank(text);
    let end = after_line(text, start);
    let line = text[start..end].trim_ascii();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let line = line.strip_suffix(b"\"").unwrap_or(line);
    let told = line
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case(b"sep="))
        .map(|_| &line[4..]);
    match told {
        Some(&[sign]) if DELIMITERS.contains(&sign) => (Some(sign), end),
        // The tab was trimmed with the line.
        Some([]) => (Some(b'\t'), end),
        _ => (None, 0),
    }
}

/// Length of the empty lines at the start.
pub(crate) fn blank(text: &[u8]) -> usize {
    let blank = text.iter().take_while(|byte| b"\r\n".contains(byte));
    blank.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_found_under_what_stands_above_it() {
        for (text, expected, delimiter) in [
            ("id,titre\n1,a", "id,titre", b','),
            ("sep=;\nid;titre\n1;a", "id;titre", b';'),
            ("\"SEP=,\"\r\nid,titre;x\r\n1;a", "id,titre;x", b','),
            ("sep=\t\nid\ttitre\n1;a", "id\ttitre", b'\t'),
            (
                "Liste des actions, 2024\n\n\nid;titre;annee\n1;a;2020",
                "id;titre;annee",
                b';',
            ),
            (
                "Actions;;\n;;\nmairie;2024;\nid;titre;annee\n1;a;2020",
                "id;titre;annee",
                b';',
            ),
            ("\n\n\nid|titre|annee\n", "id|titre|annee", b'|'),
            ("nom\nx\n", "nom", b','),
            ("a;b\n1;2\n", "a;b", b';'),
            ("", "", b','),
            ("\"titre non fermé\nid,titre\n1,a", "id,titre", b','),
        ] {
            let header = find(text.as_bytes(), Survey::of(text.as_bytes()));
            let line = text[header.start..].lines().next().unwrap_or_default();
            assert_eq!((line, header.delimiter), (expected, delimiter), "{text:?}");
        }
    }
}
