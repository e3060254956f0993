//! Letters encoded twice, `MÃ©diathÃ¨que` for `Médiathèque`: mended where nothing else can be meant.
//!
//! UTF-8 was read as Windows-1252 (or Latin-1, or Mac Roman) and written as UTF-8 again. A run of
//! letters is mended when, as bytes of the wrong encoding, it is UTF-8 for a letter that French texts
//! use; French has no words with such runs. Done twice at most, for what was spoiled twice.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use std::sync::OnceLock;

/// The letters that the upper half of Windows-1252 holds beyond Latin-1.
const SPECIALS: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/// The text mended; `None` when nothing was spoiled.
pub(crate) fn mended(text: &str) -> Option<String> {
    if !may_be_spoiled(text.as_bytes()) {
        return None;
    }
    let once = pass(text)?;
    Some(pass(&once).unwrap_or(once))
}

/// The words around the first letter that was lost for good, replaced by a sign; nothing when none was.
pub(crate) fn around_lost_letter(text: &str) -> Option<&str> {
    let at = text.find(char::REPLACEMENT_CHARACTER)?;
    let from = text[..at].char_indices().rev().take(40).last();
    let from = from.map_or(at, |(from, _)| from);
    let to = text[at..].char_indices().nth(40);
    Some(&text[from..to.map_or(text.len(), |(to, _)| at + to)])
}

/// Whether a French text may well hold the letter, or spoiling twice leaves it half way.
pub(crate) fn is_usual(letter: char) -> bool {
    matches!(letter,
        '\u{80}'..='\u{ff}'
        | '\u{300}'..='\u{304}' | '\u{327}' | '\u{308}'
        | '\u{2009}'..='\u{2015}' | '\u{202f}' | '\u{2026}' | '\u{2032}' | '\u{feff}'
        | '\u{2190}'..='\u{2193}' | '\u{2212}' | '\u{1f300}'..='\u{1faff}')
        || SPECIALS.contains(letter)
}

/// A quick look at the bytes: every spoiled run begins with one of these letters.
fn may_be_spoiled(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(found) = memchr::memchr3(0xc3, 0xe2, 0xc2, &bytes[from..]) {
        let rest = &bytes[from + found..];
        // Ã, Â, Å, Ì, ð; ï¿; â followed by a sign; ¬, √, ≈; ‚Ä.
        let begins = matches!(
            rest,
            [0xc3, 0x83 | 0x82 | 0x85 | 0x8c | 0xb0, ..]
                | [0xc3, 0xaf, 0xc2, 0xbf, ..]
                | [0xc3, 0xa2, 0xc2 | 0xe2, ..]
                | [0xc2, 0xac, ..]
                | [0xe2, 0x88, 0x9a, ..]
                | [0xe2, 0x89, 0x88, ..]
                | [0xe2, 0x80, 0x9a, 0xc3, 0x84, ..]
        );
        if begins {
            return true;
        }
        from += found + 1;
    }
    false
}

/// Every run mended once; `None` when there was none.
fn pass(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(letter) = rest.chars().next() {
        if let Some((meant, length)) = run(rest, letter) {
            out.push(meant);
            rest = &rest[length..];
            changed = true;
            continue;
        }
        let mut length = letter.len_utf8();
        // `à` ends in a space that does not break, which people's tools turn into one that does.
        if letter == 'Ã' && rest[length..].starts_with(' ') {
            out.push('à');
            changed = true;
            if rest[length..].starts_with("  ") {
                length += 1;
            }
        } else {
            out.push(letter);
        }
        rest = &rest[length..];
    }
    changed.then_some(out)
}

/// The letter that the run at the start of `rest` stands for, and the run's length in bytes.
fn run(rest: &str, first: char) -> Option<(char, usize)> {
    if first.is_ascii() {
        return None;
    }
    let of_mac = "√¬‚≈".contains(first);
    let byte = if of_mac { byte_of_mac } else { byte_of_windows };
    let lead = byte(first)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [0; 4];
    let mut length = 0;
    let mut letters = rest.chars();
    for slot in bytes.iter_mut().take(count) {
        let letter = letters.next()?;
        *slot = byte(letter)?;
        length += letter.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    is_usual(meant).then_some((meant, length))
}

/// The byte of a letter in Windows-1252; its five holes are read as Latin-1 has them.
fn byte_of_windows(letter: char) -> Option<u8> {
    static TABLE: OnceLock<[char; 128]> = OnceLock::new();
    if ('\u{80}'..='\u{ff}').contains(&letter) {
        return u8::try_from(u32::from(letter)).ok();
    }
    position(TABLE.get_or_init(|| upper_half(WINDOWS_1252)), letter)
}

fn byte_of_mac(letter: char) -> Option<u8> {
    static TABLE: OnceLock<[char; 128]> = OnceLock::new();
    position(TABLE.get_or_init(|| upper_half(MACINTOSH)), letter)
}

fn position(table: &[char; 128], letter: char) -> Option<u8> {
    let rank = table.iter().position(|&known| known == letter)?;
    u8::try_from(rank + 128).ok()
}

fn upper_half(encoding: &'static Encoding) -> [char; 128] {
    std::array::from_fn(|rank| {
        let byte = [u8::try_from(rank + 128).unwrap_or_default()];
        let text = encoding.decode_without_bom_handling(&byte).0;
        text.chars().next().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_encoded_twice_is_mended_and_nothing_else() {
        for (spoiled, meant) in [
            ("MÃ©diathÃ¨que", "Médiathèque"),
            ("MÃƒÂ©diathÃƒÂ¨que", "Médiathèque"),
            ("lâ€™Ã©cole", "l’école"),
            ("lÃ¢â‚¬â„¢Ã©cole", "l’école"),
            (
                "Ã‰cole, Ã€ deux, Å’uvre, cÅ“ur",
                "École, À deux, Œuvre, cœur",
            ),
            ("Ã\u{89}cole et Ã\u{a0} voir", "École et à voir"),
            ("dÃ©jÃ  vu, Ã  Lyon", "déjà vu, à Lyon"),
            ("un nÂ° 5 Â«\u{a0}ouiÂ\u{a0}Â»", "un n° 5 «\u{a0}oui\u{a0}»"),
            ("10 â‚¬ â€“ 12 â‚¬â€¦", "10 € – 12 €…"),
            ("M√©diath√®que √† l‚Äô√©tage", "Médiathèque à l’étage"),
            ("ouvert ðŸ˜€", "ouvert 😀"),
            ("été et MÃ©diathÃ¨que", "été et Médiathèque"),
            ("cafeÌ\u{81}", "cafe\u{301}"),
        ] {
            assert_eq!(mended(spoiled).as_deref(), Some(meant), "{spoiled}");
        }
        for text in [
            "Médiathèque",
            "VARIÉTÉ\u{a0}: «\u{a0}oui\u{a0}»",
            "L’Haÿ-les-Roses",
            "ÇÀ ET LÀ»",
            "São Paulo, SÃO",
            "Île-de-Sein",
            "Ærø, Åland",
            "√2 ≈ 1,41",
            "¬ rien",
            "forêt…",
            "pâté – âge",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
        let long = format!("{}M\u{fffd}diathèque", "é".repeat(60));
        let around = format!("{}M\u{fffd}diathèque", "é".repeat(39));
        assert_eq!(around_lost_letter(&long), Some(around.as_str()));
        assert_eq!(around_lost_letter("Médiathèque"), None);
    }

    proptest! {
        #[test]
        fn french_spoiled_once_or_twice_comes_back(text in "[a-zéèàçêôîùâïûëÉÈÀÇŒœ’«»€… ]{0,20}") {
            prop_assume!(mended(&text).is_none());
            let spoil = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
            let (once, twice) = (spoil(&text), spoil(&spoil(&text)));
            prop_assert_eq!(mended(&once).unwrap_or(once), text.clone());
            prop_assert_eq!(mended(&twice).unwrap_or(twice), text);
        }

        #[test]
        fn french_as_it_is_stays(text in "[a-zA-Z0-9éèàçêôîùâïûëÉÈÀÇÔÎŒœ’' .,«»…–-]{0,40}") {
            prop_assert_eq!(mended(&text), None);
        }
    }
}
