//! What stands in one cell, of a CSV or of a JSON text: letters mended, bytes 0 out, and the signs by
//! which spreadsheets and programmes say *nothing* read as nothing. Each of these is said.

use crate::{
    report::remarks::Remarks,
    tables::row::{VALUE_LIMIT, floor},
    text::{encoding::Survey, mojibake},
};
use atlaas_model::Action;
use std::borrow::Cow;

/// The text of a cell of a file whose bytes were surveyed; `column` is for the remarks.
pub(crate) fn read<'a>(
    raw: &'a [u8],
    survey: Survey,
    column: &str,
    remarks: &mut Remarks<'_>,
) -> Cow<'a, str> {
    let text = survey.decode(raw);
    if survey.mixed && matches!(text, Cow::Owned(_)) {
        let advice = format!(
            "cette valeur n'est pas en UTF-8 comme le reste : lue en {} ; enregistrer tout le fichier en UTF-8",
            survey.name()
        );
        remarks.note(Action::Repare, column, &text, advice);
    }
    match text {
        Cow::Borrowed(text) => tidy(text, column, remarks),
        Cow::Owned(text) => match tidy(&text, column, remarks) {
            Cow::Borrowed(kept) if kept.len() == text.len() => Cow::Owned(text),
            kept => Cow::Owned(kept.into_owned()),
        },
    }
}

/// The text of a cell: mended, cut at 64 KiB, empty when it only says that there is nothing.
pub(crate) fn tidy<'a>(text: &'a str, column: &str, remarks: &mut Remarks<'_>) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if memchr::memchr(0, text.as_bytes()).is_some() {
        text = Cow::Owned(text.replace('\0', ""));
        let advice = "octets nuls retirés : enregistrer le fichier depuis un tableur";
        remarks.note(Action::Repare, column, &text, advice);
    }
    if let Some(mended) = mojibake::mended(&text) {
        let advice = "lettres encodées deux fois, remises : enregistrer le fichier en UTF-8";
        remarks.note(Action::Repare, column, &text, advice);
        text = Cow::Owned(mended);
    }
    if let Some(around) = mojibake::around_lost_letter(&text) {
        let advice = "des lettres sont perdues (�) et ne se retrouvent pas : les retaper";
        remarks.note(Action::Garde, column, around, advice);
    }
    if says_nothing(&text) {
        let advice = "ce signe veut dire « rien » : lu comme une case vide ; la laisser vide";
        remarks.note(Action::Ignore, column, &text, advice);
        return Cow::Borrowed("");
    }
    if text.len() > VALUE_LIMIT {
        let kept = floor(&text, VALUE_LIMIT).to_owned();
        let advice = "valeur de plus de 64 Kio, coupée : la raccourcir";
        remarks.note(Action::Repare, column, &kept, advice);
        return Cow::Owned(kept);
    }
    text
}

/// Whether a cell holds nothing but a sign of nothing: an error of a spreadsheet, the word for
/// nothing of a programme or a database, a lone mark.
fn says_nothing(text: &str) -> bool {
    if text.len() > 16 {
        return false;
    }
    let text = text.trim();
    match text.as_bytes().first() {
        Some(b'#') => is_spreadsheet_error(text),
        Some(b'-' | b'/' | b'.' | b'?' | b'_') => {
            let sign = text.as_bytes()[0];
            text.bytes().all(|byte| byte == sign)
        }
        Some(b'n' | b'N' | b'u' | b'U' | b's' | b'S' | b'<' | b'(' | b'\\' | 0xe2) => {
            const WORDS: [&str; 16] = [
                "null",
                "none",
                "nan",
                "nil",
                "undefined",
                "<na>",
                "(null)",
                "\\n",
                "s.o.",
                "s.o",
                "s/o",
                "n/a",
                "n.a.",
                "n/d",
                "n.d.",
                "–",
            ];
            WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) || text == "—"
        }
        _ => false,
    }
}

fn is_spreadsheet_error(text: &str) -> bool {
    const ERRORS: [&str; 17] = [
        "#N/D", "#N/A", "#REF!", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!",
        "#NULL!", "#NOMBRE!", "#NUM!", "#EPARS!", "#SPILL!", "#CALC!", "#N/DISP", "#ERREUR!",
    ];
    let hashes = text.len() > 2 && text.bytes().all(|byte| byte == b'#');
    hashes || ERRORS.iter().any(|error| error.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Report;

    #[test]
    fn signs_of_nothing_are_empty_and_said_and_words_stay() {
        for (text, expected, actions) in [
            ("#N/D", "", &[Action::Ignore][..]),
            ("#REF!", "", &[Action::Ignore]),
            ("#VALEUR!", "", &[Action::Ignore]),
            ("#NOM?", "", &[Action::Ignore]),
            ("#DIV/0!", "", &[Action::Ignore]),
            ("########", "", &[Action::Ignore]),
            ("NULL", "", &[Action::Ignore]),
            ("null", "", &[Action::Ignore]),
            (" None ", "", &[Action::Ignore]),
            ("nan", "", &[Action::Ignore]),
            ("NaN", "", &[Action::Ignore]),
            ("-", "", &[Action::Ignore]),
            ("--", "", &[Action::Ignore]),
            ("—", "", &[Action::Ignore]),
            ("/", "", &[Action::Ignore]),
            (".", "", &[Action::Ignore]),
            ("?", "", &[Action::Ignore]),
            ("???", "", &[Action::Ignore]),
            ("s.o.", "", &[Action::Ignore]),
            ("n/a", "", &[Action::Ignore]),
            ("N/A", "", &[Action::Ignore]),
            ("\\N", "", &[Action::Ignore]),
            ("", "", &[]),
            ("Y", "Y", &[]),
            ("Nan-sous-Thil", "Nan-sous-Thil", &[]),
            ("-1.5", "-1.5", &[]),
            ("Un null part", "Un null part", &[]),
            ("#1", "#1", &[]),
            ("#handicap", "#handicap", &[]),
            ("so", "so", &[]),
            ("a\0b\0", "ab", &[Action::Repare]),
            ("MÃ©diathÃ¨que", "Médiathèque", &[Action::Repare]),
            (
                "M\u{fffd}diath\u{fffd}que",
                "M\u{fffd}diath\u{fffd}que",
                &[Action::Garde],
            ),
        ] {
            let mut report = Report::default();
            let mut remarks = Remarks::on(&mut report, "x");
            assert_eq!(tidy(text, "a", &mut remarks), expected, "{text:?}");
            drop(remarks);
            let said: Vec<Action> = report.lines.iter().map(|line| line.action).collect();
            assert_eq!(said, actions, "{text:?}");
        }
    }

    #[test]
    fn bytes_are_read_by_cell_and_said_where_the_file_is_mixed() {
        for (file, cell, expected, said) in [
            (&b"\xc3\xa9\xe9"[..], &b"\xe9t\xe9"[..], "été", 1),
            (b"\xc3\xa9\xe9", "été".as_bytes(), "été", 0),
            (b"\xe9", b"\xe9t\xe9", "été", 0),
            (b"\xe9\xc3\xa9", b"\xe9\0", "é", 2),
        ] {
            let mut report = Report::default();
            let mut remarks = Remarks::on(&mut report, "x");
            let survey = Survey::of(file);
            assert_eq!(read(cell, survey, "a", &mut remarks), expected);
            drop(remarks);
            assert_eq!(report.lines.len(), said, "{cell:?}");
        }
    }
}
