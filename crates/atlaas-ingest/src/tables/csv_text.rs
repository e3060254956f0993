//! A CSV file as text, before its rows: which encoding its bytes are in, which delimiter it uses.

use crate::report::remarks::Remarks;
use atlaas_model::Action;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// Most bytes of the first line that are looked at.
const FIRST_LINE_LIMIT: usize = 1 << 20;

/// UTF-8, or what the byte order mark says, or else Windows-1252.
pub(crate) fn decode<'a>(bytes: &'a [u8], remarks: &mut Remarks<'_>) -> Cow<'a, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    let (text, broken) = UTF_8.decode_without_bom_handling(bytes);
    if !broken {
        return text;
    }
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| bytes.len());
    remarks.at(0);
    remarks.note(
        Action::Repare,
        "",
        &format!("octet {at}"),
        "le fichier n'est pas en UTF-8 et a été lu en Windows-1252 : l'enregistrer en UTF-8",
    );
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// The delimiter that the first line holds most of, outside quotes.
pub(crate) fn sniff(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text
        .trim_start_matches(['\r', '\n'])
        .bytes()
        .take(FIRST_LINE_LIMIT)
    {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(byte == *delimiter);
                }
            }
        }
    }
    // The first of the greatest, so that a header of one column is read with commas.
    let most = counts.iter().map(|(_, count)| *count).max();
    let winner = counts.iter().find(|(_, count)| Some(*count) == most);
    winner.map_or(b',', |(delimiter, _)| *delimiter)
}
