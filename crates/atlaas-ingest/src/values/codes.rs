//! Codes that a spreadsheet has eaten, given back where their figures are still there.

use atlaas_model::Code;

/// A code, and whether it stood as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReadCode {
    pub(crate) code: Code,
    /// What was done to it, in French; nothing when it was written whole.
    pub(crate) mended: Option<&'static str>,
}

const ZERO: &str = "zéro de tête rendu";
const NUMBER: &str = "code pris pour un nombre, remis en forme";
const SPELT: &str = "code remis en forme";
const INSIDE: &str = "code lu au milieu d'un texte";

/// The code of a commune, an EPCI or an EPT; nothing when it cannot be told.
pub(crate) fn commune(text: &str) -> Option<ReadCode> {
    let written = text.trim();
    let plain = unquoted(written);
    if let Some(read) = shape(plain) {
        let mended = read.mended.or((plain != written).then_some(SPELT));
        return Some(ReadCode { mended, ..read });
    }
    if let Some(figures) = from_number(plain) {
        let read = shape(&figures)?;
        return Some(ReadCode {
            mended: Some(read.mended.unwrap_or(NUMBER)),
            ..read
        });
    }
    let joined: String = plain
        .chars()
        .filter(|c| !" .\u{a0}\u{202f}-_".contains(*c))
        .collect();
    let corsican = joined.replace(['O', 'o'], "0");
    if let Some(read) = shape(&corsican).filter(|_| !plain.contains(',') && !plain.starts_with('-'))
    {
        return Some(ReadCode {
            mended: Some(SPELT),
            ..read
        });
    }
    inside(plain)
}

/// Whether figures of a code were lost for good: a number with an exponent and too few of them.
pub(crate) fn is_lost(text: &str) -> bool {
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || b".,+".contains(&byte))
    };
    let parts = text.trim().split_once(['E', 'e']);
    let number = parts.is_some_and(|(mantissa, exponent)| {
        !mantissa.is_empty() && !exponent.is_empty() && digits(mantissa) && digits(exponent)
    });
    number && commune(text).is_none()
}

/// A post code of five figures; and whether it was written otherwise.
pub(crate) fn postcode(text: &str) -> Option<(String, bool)> {
    let written = text.trim();
    let plain = unquoted(written);
    let plain = plain
        .strip_suffix(".0")
        .or(plain.strip_suffix(",0"))
        .unwrap_or(plain);
    let country = ["F-", "FR-", "F ", "FR "]
        .iter()
        .find_map(|start| plain.strip_prefix(start));
    let joined: String = country
        .unwrap_or(plain)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let figures = joined.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &joined[figures..];
    // `44000 CEDEX 2`, `69001;69002`: the first five figures are whole.
    let ends = rest
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() || rest.to_uppercase().starts_with("CEDEX"));
    match figures {
        5 if ends => Some((joined[..5].to_owned(), joined[..5] != *written)),
        4 if rest.is_empty() => Some((format!("0{joined}"), true)),
        _ => None,
    }
}

/// Without what spreadsheets put around a text: `'01004`, `="01004"`, `"01004"`.
fn unquoted(text: &str) -> &str {
    text.trim_start_matches(['=', '\'', '"', '\u{2019}'])
        .trim_end_matches(['"', '\''])
        .trim()
}

/// A code by its length and letters.
fn shape(text: &str) -> Option<ReadCode> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 4 && digits {
        let code = format!("0{text}").parse().ok()?;
        return Some(ReadCode {
            code,
            mended: Some(ZERO),
        });
    }
    if text.len() == 14 && digits {
        // A SIRET begins with the SIREN.
        let code = text[..9].parse().ok()?;
        return Some(ReadCode {
            code,
            mended: Some("SIRET : son SIREN est retenu"),
        });
    }
    let corsican = matches!(text.as_bytes(), [b'2', b'A' | b'B' | b'a' | b'b', rest @ ..]
        if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit));
    let known = corsican || digits && matches!(text.len(), 5 | 9);
    let code = text.parse().ok().filter(|_| known)?;
    Some(ReadCode { code, mended: None })
}

/// The figures of a whole number that was written with a fraction or an exponent, if none is lost.
fn from_number(text: &str) -> Option<String> {
    let text = text.to_uppercase().replace(',', ".");
    let (mantissa, exponent) = match text.split_once('E') {
        Some((mantissa, exponent)) => (mantissa, exponent.trim_start_matches('+').parse().ok()?),
        None => (text.as_str(), 0_usize),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !figures(whole) || !figures(fraction) || exponent > 14 {
        return None;
    }
    let fraction = if exponent == 0 {
        fraction.trim_end_matches('0')
    } else {
        fraction
    };
    // With fewer figures than the exponent asks for, the others are lost and zeros stand for them.
    (fraction.len() == exponent && text != whole).then(|| format!("{whole}{fraction}"))
}

/// The code in `01004 - Ambérieu-en-Bugey` or `Ambérieu (01004)`.
fn inside(text: &str) -> Option<ReadCode> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let five = |word: &&str| {
        let mut bytes = word.bytes();
        word.len() == 5
            && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
            && bytes
                .next()
                .is_some_and(|byte| byte.is_ascii_digit() || b"ABab".contains(&byte))
            && bytes.all(|byte| byte.is_ascii_digit())
    };
    let mut codes = words.filter(five);
    let only = codes.next().filter(|_| codes.next().is_none())?;
    let letters = text.chars().any(char::is_alphabetic);
    let code = only.parse().ok().filter(|_| letters)?;
    Some(ReadCode {
        code,
        mended: Some(INSIDE),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_given_back_where_nothing_is_lost() {
        for (text, expected, mended) in [
            ("01004", "01004", None),
            ("2A004", "2A004", None),
            ("2a004", "2A004", None),
            ("200054807", "200054807", None),
            ("1004", "01004", Some(ZERO)),
            ("1004.0", "01004", Some(ZERO)),
            ("75056.0", "75056", Some(NUMBER)),
            ("75056,00", "75056", Some(NUMBER)),
            ("7,5056E+04", "75056", Some(NUMBER)),
            ("2.00054807E+08", "200054807", Some(NUMBER)),
            ("2.A004", "2A004", Some(SPELT)),
            ("2 A 004", "2A004", Some(SPELT)),
            ("75 056", "75056", Some(SPELT)),
            ("75\u{a0}056", "75056", Some(SPELT)),
            ("200 054 807", "200054807", Some(SPELT)),
            ("O1004", "01004", Some(SPELT)),
            ("'01004", "01004", Some(SPELT)),
            ("=\"01004\"", "01004", Some(SPELT)),
            ("01004 - Ambérieu-en-Bugey", "01004", Some(INSIDE)),
            ("Ajaccio (2A004)", "2A004", Some(INSIDE)),
            (
                "20005480700012",
                "200054807",
                Some("SIRET : son SIREN est retenu"),
            ),
        ] {
            let read = commune(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (read.code.as_str(), read.mended),
                (expected, mended),
                "{text}"
            );
        }
        for text in [
            "",
            "1,3E+04",
            "1.3E+04",
            "2E+08",
            "750566",
            "705",
            "Nantes",
            "44109 ou 44110",
            "75056.5",
            "E",
            "1E99",
            "-1004",
        ] {
            assert_eq!(commune(text), None, "{text}");
            assert_eq!(
                is_lost(text),
                text.starts_with(['1', '2']) && text.contains('E'),
                "{text}"
            );
        }
    }

    #[test]
    fn post_codes_are_five_figures_whatever_stands_around() {
        for (text, expected) in [
            ("01500", Some(("01500", false))),
            ("1500", Some(("01500", true))),
            ("01 500", Some(("01500", true))),
            ("1 500", Some(("01500", true))),
            ("01500.0", Some(("01500", true))),
            ("44000 CEDEX 2", Some(("44000", true))),
            ("44000Cedex", Some(("44000", true))),
            ("69001;69002", Some(("69001", true))),
            ("F-01500", Some(("01500", true))),
            ("'01500", Some(("01500", true))),
            ("2A000", None),
            ("150", None),
            ("440001", None),
            ("44000b", None),
            ("", None),
        ] {
            let read = postcode(text);
            assert_eq!(
                read.as_ref().map(|(code, mended)| (code.as_str(), *mended)),
                expected,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9ABEO.,+ -]{0,16}|\\PC{0,12}") {
            let _ = (commune(&text), postcode(&text));
        }
    }
}
