//! Cleaning of texts: one spelling of spaces and apostrophes, composed accents, no markup.
//!
//! Cleaning never fails and never lengthens a text beyond what Unicode composition allows. What it
//! returns is plain text: whoever shows it must still escape it.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A value on one line: NFC, trimmed, typographic apostrophes and spaces folded, controls removed.
///
/// Line breaks become spaces and runs of spaces one space.
pub(crate) fn line(raw: &str) -> String {
    clean(raw, false)
}

/// A text of several lines: as [`line()`], but line breaks stay, at most two in a row.
pub(crate) fn paragraphs(raw: &str) -> String {
    clean(raw, true)
}

fn clean(raw: &str, keep_breaks: bool) -> String {
    let trimmed = raw.trim();
    if is_nfc(trimmed) {
        fold(trimmed.chars(), trimmed.len(), keep_breaks)
    } else {
        fold(trimmed.nfc(), trimmed.len(), keep_breaks)
    }
}

fn fold(characters: impl Iterator<Item = char>, capacity: usize, keep_breaks: bool) -> String {
    let mut out = String::with_capacity(capacity);
    let (mut spaces, mut breaks) = (0, 0);
    for character in characters {
        match character {
            '\n' | '\u{2028}' | '\u{2029}' if keep_breaks => breaks += 1,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ if character.is_whitespace() || character.is_control() => spaces += 1,
            _ => {
                if !out.is_empty() && breaks > 0 {
                    out.push_str(if breaks > 1 { "\n\n" } else { "\n" });
                } else if !out.is_empty() && spaces > 0 {
                    out.push(' ');
                }
                (spaces, breaks) = (0, 0);
                out.push(match character {
                    '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' => '\'',
                    other => other,
                });
            }
        }
    }
    out
}

/// The text without its HTML: tags, comments, scripts and styles out, entities read once.
///
/// A `<` that opens no tag stays, so `3 < 4` is left alone.
pub(crate) fn without_markup(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (text, length) = if rest.starts_with('<') {
            tag(rest)
        } else {
            entity(rest)
        };
        match text {
            Some(character) => out.push(character),
            None if length == 0 => out.push_str(&rest[..1]),
            None => {}
        }
        rest = &rest[length.max(1)..];
    }
    out.push_str(rest);
    out
}

/// What stands for the markup at the start of `rest`, and its length in bytes; 0 when it is none.
fn tag(rest: &str) -> (Option<char>, usize) {
    if rest.starts_with("<!--") {
        return (None, rest.find("-->").map_or(rest.len(), |end| end + 3));
    }
    let name: String = rest[1..]
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase();
    let opens = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let Some(end) = rest.find('>').filter(|_| opens || rest.starts_with("<!")) else {
        return (None, 0);
    };
    if matches!(name.as_str(), "script" | "style") && !rest.starts_with("</") {
        let close = format!("</{name}");
        let body = rest[end..]
            .to_ascii_lowercase()
            .find(&close)
            .map_or(rest.len(), |at| end + at);
        return (None, body);
    }
    let breaks = matches!(
        name.as_str(),
        "p" | "br" | "div" | "li" | "ul" | "ol" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    );
    (breaks.then_some('\n'), end + 1)
}

const ENTITIES: [(&str, char); 26] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ocirc", 'ô'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("Eacute", 'É'),
    ("oelig", 'œ'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("rsquo", '\''),
    ("lsquo", '\''),
    ("hellip", '…'),
    ("euro", '€'),
];

fn entity(rest: &str) -> (Option<char>, usize) {
    let Some(end) = rest.bytes().take(12).position(|byte| byte == b';') else {
        return (None, 0);
    };
    let Some(name) = rest.get(1..end) else {
        return (None, 0);
    };
    let numbered = name.strip_prefix('#').and_then(|number| {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        hexadecimal
            .map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16))
            .ok()
            .and_then(char::from_u32)
    });
    let named = ENTITIES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, character)| *character);
    match numbered.or(named) {
        Some(character) => (Some(character), end + 1),
        None => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spaces_apostrophes_and_accents_have_one_spelling() {
        for (raw, expected) in [
            (
                "  L\u{2019}Ha\u{ff}\u{a0}les\u{202f}Roses ",
                "L'Haÿ les Roses",
            ),
            ("e\u{301}cole", "école"),
            ("a\u{0}b\tc\r\nd", "a b c d"),
            ("\u{feff}x\u{200b}y", "xy"),
            ("", ""),
        ] {
            assert_eq!(line(raw), expected, "{raw:?}");
        }
        assert_eq!(
            paragraphs("un \r\n\r\n\r\n deux\ntrois"),
            "un\n\ndeux\ntrois"
        );
    }

    #[test]
    fn markup_leaves_and_its_text_stays() {
        for (raw, expected) in [
            ("<p>Un &amp; deux</p>", "\nUn & deux\n"),
            ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
            ("a<script>alert('<b>')</script>b", "ab"),
            ("l&#39;&eacute;cole &inconnu; &#x41;", "l'école &inconnu; A"),
            ("<!-- rien -->x<", "x<"),
            ("<script>jamais fermé", ""),
            ("&lt;b&gt;", "<b>"),
        ] {
            assert_eq!(without_markup(raw), expected, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cleaned_once_and_for_all(raw in "\\PC{0,80}|[<>&;#a-zé\u{301} \n]{0,60}") {
            let once = line(&raw);
            prop_assert_eq!(line(&once), once.clone());
            prop_assert!(!once.contains('\n'));
            let _ = without_markup(&raw);
            let many = paragraphs(&raw);
            prop_assert_eq!(paragraphs(&many), many);
        }
    }
}
