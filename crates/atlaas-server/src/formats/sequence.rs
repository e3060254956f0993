//! Features one after the other: GeoJSON text sequences (RFC 8142) and newline-delimited JSON.

use serde::Serialize;

/// Starts each record of a text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// RFC 8142: record separator before, line feed after.
    Text,
    /// A line each.
    Lines,
}

impl Sequence {
    /// Appends one record.
    pub fn write<T: Serialize>(self, record: &T, out: &mut Vec<u8>) -> serde_json::Result<()> {
        if self == Self::Text {
            out.push(RECORD_SEPARATOR);
        }
        serde_json::to_writer(&mut *out, record)?;
        out.push(b'\n');
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
            sequence.write(&"a\nb", &mut out).unwrap();
            sequence.write(&1, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
