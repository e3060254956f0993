//! A CSV file before its rows: one encoding for what has none of its own, no marks in the middle, and
//! the delimiter that its first line uses.

use crate::{
    report::remarks::Remarks,
    text::encoding::{self, Survey},
};
use atlaas_model::Action;
use std::borrow::Cow;

/// Most bytes of the first line that are looked at.
const FIRST_LINE_LIMIT: usize = 1 << 20;
/// The mark that says UTF-8, and that two files pasted together leave in the middle.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The bytes to take cells from, and how to read each. UTF-16 becomes UTF-8; marks are left out,
/// because one before a quote would hide the quote.
pub(crate) fn plain<'a>(bytes: &'a [u8], remarks: &mut Remarks<'_>) -> (Cow<'a, [u8]>, Survey) {
    remarks.at(0);
    let text = match encoding::utf16(bytes) {
        Some((encoding, length)) => {
            if length == 0 {
                let advice = "fichier en UTF-16 sans marque, lu comme tel : l'enregistrer en UTF-8";
                remarks.note(Action::Repare, "", encoding.name(), advice);
            }
            let text = encoding.decode_without_bom_handling(&bytes[length..]).0;
            Cow::Owned(text.into_owned().into_bytes())
        }
        None => Cow::Borrowed(without_end_signs(bytes.strip_prefix(MARK).unwrap_or(bytes))),
    };
    let survey = Survey::of(&text);
    if let (Some(at), false) = (survey.broken_at, survey.mixed) {
        let advice = format!(
            "le fichier n'est pas en UTF-8 et a été lu en {} : l'enregistrer en UTF-8",
            survey.name()
        );
        remarks.note(Action::Repare, "", &format!("octet {at}"), advice);
    }
    (without_marks(text, remarks), survey)
}

/// Without the byte by which DOS ended a file, and bytes 0 that fill its last block.
fn without_end_signs(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| byte != 0x1a && byte != 0);
    &bytes[..end.map_or(0, |end| end + 1)]
}

fn without_marks<'a>(text: Cow<'a, [u8]>, remarks: &mut Remarks<'_>) -> Cow<'a, [u8]> {
    if memchr::memmem::find(&text, MARK).is_none() {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memmem::find_iter(&text, MARK) {
        out.extend_from_slice(&text[from..at]);
        from = at + MARK.len();
    }
    out.extend_from_slice(&text[from..]);
    let advice = "marque de début de fichier au milieu, retirée : deux fichiers ont été mis bout à bout ; vérifier la couture";
    let count = memchr::memmem::find_iter(&text, MARK).count();
    remarks.note(Action::Repare, "", &format!("{count} fois U+FEFF"), advice);
    Cow::Owned(out)
}

/// The delimiter that the first line holds most of, outside quotes.
pub(crate) fn sniff(text: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    let blank = text.iter().take_while(|byte| b"\r\n".contains(byte));
    for &byte in text.iter().skip(blank.count()).take(FIRST_LINE_LIMIT) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
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
