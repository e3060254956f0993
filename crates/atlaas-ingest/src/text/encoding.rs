//! Bytes as letters: what is UTF-8 stays, whatever stands beside it; the rest is Windows-1252, or Mac
//! Roman where the file's own letters say so. Decided for every cell, because one file is often two
//! pasted together.
//!
//! The tables of letters are those of the WHATWG Encoding Standard, through `encoding_rs`.

use crate::text::mojibake;
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How much of a file is looked at for bytes 0 in the rhythm of UTF-16.
const RHYTHM: usize = 4096;

/// é è à ç ê ô î ù â ï û ë É ’ œ, the letters of French beyond ASCII by how often they are met.
const WINDOWS: &[u8] = b"\xe9\xe8\xe0\xe7\xea\xf4\xee\xf9\xe2\xef\xfb\xeb\xc9\x92\x9c";
const MAC: &[u8] = b"\x8e\x8f\x88\x8d\x90\x99\x94\x9d\x89\x95\x9e\x91\x83\xd5\xcf";

/// What the bytes of a file say of its encoding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Survey {
    /// What bytes that are no UTF-8 are read as.
    pub(crate) legacy: &'static Encoding,
    /// The first byte that is no UTF-8.
    pub(crate) broken_at: Option<usize>,
    /// Whether letters in UTF-8 stand beside the others.
    pub(crate) mixed: bool,
}

impl Survey {
    /// Looks at every byte once.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let broken_at = std::str::from_utf8(bytes)
            .err()
            .map(|error| error.valid_up_to());
        let (mut windows, mut mac, mut mixed) = (0_u64, 0_u64, false);
        if broken_at.is_some() {
            let mut at = 0;
            for chunk in bytes.utf8_chunks() {
                mixed |= chunk.valid().chars().any(is_letter_of_french);
                at += chunk.valid().len();
                let end = at + chunk.invalid().len();
                for place in at..end {
                    let beside = |at: Option<usize>| {
                        at.and_then(|at| bytes.get(at))
                            .is_some_and(u8::is_ascii_alphabetic)
                    };
                    if beside(place.checked_sub(1)) || beside(Some(place + 1)) {
                        windows += u64::from(WINDOWS.contains(&bytes[place]));
                        mac += u64::from(MAC.contains(&bytes[place]));
                    }
                }
                at = end;
            }
        }
        Self {
            legacy: if mac > windows {
                MACINTOSH
            } else {
                WINDOWS_1252
            },
            broken_at,
            mixed,
        }
    }

    /// What the bytes that are no UTF-8 were read as, in words.
    pub(crate) fn name(self) -> &'static str {
        if self.legacy == MACINTOSH {
            "Mac Roman"
        } else {
            "Windows-1252"
        }
    }

    /// One cell as text; owned when it was no UTF-8.
    pub(crate) fn decode(self, cell: &[u8]) -> Cow<'_, str> {
        // Two letters of Windows-1252 may look like one of UTF-8, but hardly one of French.
        let accidental = |letter: char| !letter.is_ascii() && !is_letter_of_french(letter);
        if let Ok(text) = std::str::from_utf8(cell) {
            let elsewhere = self.broken_at.is_none() || self.mixed;
            if elsewhere || !text.contains(accidental) {
                return Cow::Borrowed(text);
            }
        }
        let legacy = |bytes| self.legacy.decode_without_bom_handling(bytes).0;
        if (cell.utf8_chunks()).any(|chunk| chunk.valid().contains(accidental)) {
            return Cow::Owned(legacy(cell).into_owned());
        }
        let mut text = String::with_capacity(cell.len() + 8);
        for chunk in cell.utf8_chunks() {
            text.push_str(chunk.valid());
            text.push_str(&legacy(chunk.invalid()));
        }
        Cow::Owned(text)
    }
}

fn is_letter_of_french(letter: char) -> bool {
    !letter.is_ascii() && !('\u{80}'..='\u{9f}').contains(&letter) && mojibake::is_usual(letter)
}

/// UTF-16, told by its mark, or without one by every other byte being 0; and the length of the mark.
pub(crate) fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding != encoding_rs::UTF_8).then_some((encoding, length));
    }
    let head = &bytes[..bytes.len().min(RHYTHM) & !1];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&b| b == 0);
    let (even, odd, pairs) = (zeros(0).count(), zeros(1).count(), head.len() / 2);
    // French holds few letters beyond Latin-1, so nearly every second byte is 0.
    let mostly = |count: usize| pairs >= 4 && count * 10 > pairs * 8;
    match (even, odd) {
        (0, odd) if mostly(odd) => Some((UTF_16LE, 0)),
        (even, 0) if mostly(even) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_cell_is_read_by_its_own_bytes() {
        for (file, cell, expected, name) in [
            (&b"\xe9t\xe9"[..], &b"\xe9t\xe9"[..], "été", "Windows-1252"),
            (
                b"\xe9t\xe9 \xc3\xa9",
                "été".as_bytes(),
                "été",
                "Windows-1252",
            ),
            // Both in one cell.
            (b"caf\xe9", b"\xc3\xa9t\xe9", "été", "Windows-1252"),
            // É and a space that does not break look like one letter of UTF-8.
            (
                b"caf\xe9",
                b"VARI\xc9T\xc9\xa0: \xe9",
                "VARIÉTÉ\u{a0}: é",
                "Windows-1252",
            ),
            (
                b"l\x92\xe9cole \x9cuf \x80",
                b"l\x92\xe9cole \x9cuf \x80",
                "l’école œuf €",
                "Windows-1252",
            ),
            (
                b"m\x8ediath\x8fque d\xd5\x8etude",
                b"\x8ecole \x88 No\x91l",
                "école à Noël",
                "Mac Roman",
            ),
            (
                b"m\x8ediath\x8fque",
                b"L\xd5\x8ecole",
                "L’école",
                "Mac Roman",
            ),
            (b"abc", b"abc", "abc", "Windows-1252"),
        ] {
            let survey = Survey::of(file);
            assert_eq!(survey.decode(cell), expected, "{file:?}");
            assert_eq!(survey.name(), name, "{file:?}");
        }
        assert!(Survey::of(b"\xe9t\xc3\xa9").mixed);
        assert!(!Survey::of(b"\xe9t\xe9, VARI\xc9\xa0").mixed);
        assert_eq!(Survey::of(b"abc\xe9").broken_at, Some(3));
    }

    #[test]
    fn utf_16_is_told_with_and_without_its_mark() {
        let le =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let be =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
        let text = "id;titre\n1;L’été à Œuf\n";
        for (bytes, expected) in [
            (le(&format!("\u{feff}{text}")), Some((UTF_16LE, 2))),
            (be(&format!("\u{feff}{text}")), Some((UTF_16BE, 2))),
            (le(text), Some((UTF_16LE, 0))),
            (be(text), Some((UTF_16BE, 0))),
            (text.as_bytes().to_vec(), None),
            (format!("\u{feff}{text}").into_bytes(), None),
            (b"a\0b,c\0d\n".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(utf16(&bytes), expected, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_text(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let text = Survey::of(&bytes).decode(&bytes).into_owned();
            // Beside nothing broken, UTF-8 is taken as it is.
            if let Ok(valid) = std::str::from_utf8(&bytes) {
                prop_assert_eq!(valid, text);
            } else {
                let lost = char::REPLACEMENT_CHARACTER;
                let stood = bytes.utf8_chunks().any(|chunk| chunk.valid().contains(lost));
                prop_assert!(stood || !text.contains(lost));
            }
            let _ = utf16(&bytes);
        }
    }
}
