//! Features one after the other: GeoJSON text sequences (RFC 8142) and newline-delimited JSON.

use crate::formats::feature::Feature;
use crate::formats::format::{Content, FicheWriter, ListFormat, Row};
use serde::Serialize;
use std::io;

/// RFC 8142, one feature a record.
pub const GEOJSON_SEQ: ListFormat = ListFormat {
    name: "geojsonseq",
    about: "Tout le résultat, une fiche par enregistrement",
    example: "type=region",
    media: "application/geo+json-seq",
    spellings: &["geojsons", "geojsonl", "seq"],
    aliases: &["application/json-seq"],
    offers: &[],
    content: Content::Whole {
        writer: |_| Box::new(Sequence::Text),
        packed: false,
    },
};

/// One feature a line.
pub const ND_JSON: ListFormat = ListFormat {
    name: "ndjson",
    about: "Tout le résultat, une fiche par ligne",
    example: "type=region",
    media: "application/x-ndjson",
    spellings: &["jsonl"],
    aliases: &["application/jsonl"],
    offers: &[],
    content: Content::Whole {
        writer: |_| Box::new(Sequence::Lines),
        packed: false,
    },
};

/// Starts each record of a text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sequence {
    /// RFC 8142: record separator before, line feed after.
    Text,
    /// A line each.
    Lines,
}

impl Sequence {
    /// Appends one record.
    fn append<T: Serialize>(self, record: &T, out: &mut Vec<u8>) -> serde_json::Result<()> {
        if self == Self::Text {
            out.push(RECORD_SEPARATOR);
        }
        serde_json::to_writer(&mut *out, record)?;
        out.push(b'\n');
        Ok(())
    }
}

impl FicheWriter for Sequence {
    fn write(&mut self, row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        self.append(&Feature::of_hit(row.catalogue, &row.hit, row.base), out)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stand_apart_and_hold_no_line_end() {
        for (sequence, expected) in [
            (Sequence::Text, "\u{1e}\"a\\nb\"\n\u{1e}1\n"),
            (Sequence::Lines, "\"a\\nb\"\n1\n"),
        ] {
            let mut out = Vec::new();
            sequence.append(&"a\nb", &mut out).unwrap();
            sequence.append(&1, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
