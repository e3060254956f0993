//! How a table is written: the sign between cells, and the one around them, as told or as its first lines
//! show.

use crate::tables::error::TableError;
use crate::tables::order::TableOrder;

/// Signs that stand between cells, the usual one first.
const DELIMITERS: [u8; 6] = [b',', b';', b'\t', b'|', b'~', b'^'];
/// Lines that are looked at.
const LINES: usize = 20;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadDialect {
    /// Between cells.
    pub delimiter: u8,
    /// Around cells.
    pub quote: u8,
}

impl UploadDialect {
    /// As told, else as the beginning of the text shows.
    pub fn of(order: &TableOrder, start: &str) -> Result<Self, TableError> {
        let quote = match order.quote.as_deref() {
            Some(told) => character(told)?,
            None => b'"',
        };
        let delimiter = match order.delimiter.as_deref() {
            Some("\\t") => b'\t',
            Some(told) => character(told)?,
            None => shown(start, quote),
        };
        Ok(Self { delimiter, quote })
    }
}

fn character(text: &str) -> Result<u8, TableError> {
    match text.as_bytes() {
        [one] if one.is_ascii() => Ok(*one),
        _ => Err(TableError::Character(text.to_owned())),
    }
}

/// The sign that stands as often on most lines as on the first; the most frequent on the first of those.
fn shown(start: &str, quote: u8) -> u8 {
    let counts = |sign: u8| {
        let mut counts = vec![0];
        let mut quoted = false;
        for byte in start.bytes() {
            if byte == quote {
                quoted = !quoted;
            } else if byte == b'\n' && !quoted {
                counts.push(0);
            } else if byte == sign && !quoted {
                let last = counts.len() - 1;
                counts[last] += 1;
            }
            if counts.len() > LINES {
                break;
            }
        }
        counts
    };
    let fit = |sign: u8| {
        let counts = counts(sign);
        let first = counts[0];
        let alike = counts.iter().filter(|count| **count == first).count();
        (first > 0).then_some((alike * 2 >= counts.len(), first))
    };
    let shown = DELIMITERS
        .into_iter()
        .rev()
        .filter_map(|sign| Some((fit(sign)?, sign)));
    shown
        .max_by_key(|(fit, _)| *fit)
        .map_or(b',', |(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::order::Way;

    #[test]
    fn the_sign_between_cells_is_the_one_of_every_line() {
        for (start, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b\n1,5;2,5\n1,6;2,6\n", b';'),
            ("nom, commune;adresse\nA;1, rue B, C\nD;2, E, F, G\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("\"a;b;c\",d\n\"1;2\",3\n", b','),
            ("a|b\n1|2", b'|'),
            ("commune\nMartigues\n", b','),
            ("", b','),
        ] {
            assert_eq!(shown(start, b'"') as char, expected as char, "{start}");
        }
        let told = |delimiter: &str| {
            let mut order = TableOrder::new(Way::Search);
            order.delimiter = Some(delimiter.to_owned());
            UploadDialect::of(&order, "a,b").map(|dialect| dialect.delimiter)
        };
        assert_eq!(
            (told(";").ok(), told("\\t").ok()),
            (Some(b';'), Some(b'\t'))
        );
        assert!(told("").is_err() && told(";;").is_err() && told("é").is_err());
    }
}
