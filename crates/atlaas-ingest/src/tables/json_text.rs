//! One element of a JSON document as text: its letters as UTF-8 whatever they were, and where its
//! syntax breaks. Broken syntax ends the whole reading: a quote that is missing may have swallowed
//! any number of elements, and nobody can tell which.

use crate::{
    IngestError, report::remarks::Remarks, tables::json_stream::Element, text::encoding::Survey,
};
use atlaas_model::Action;
use std::borrow::Cow;

/// How many bytes are shown before and behind the place.
const CONTEXT: usize = 40;

/// The element in UTF-8; said when it was not.
pub(crate) fn decoded<'a>(json: &'a [u8], remarks: &mut Remarks<'_>) -> Cow<'a, [u8]> {
    if std::str::from_utf8(json).is_ok() {
        return Cow::Borrowed(json);
    }
    let survey = Survey::of(json);
    let text = survey.decode(json).into_owned();
    let advice = format!(
        "JSON qui n'est pas en UTF-8, lu en {} : l'enregistrer en UTF-8",
        survey.name()
    );
    let at = survey.broken_at.unwrap_or_default();
    let around = text
        .get(at.saturating_sub(20)..)
        .or(text.get(at..))
        .unwrap_or(&text);
    remarks.note(Action::Repare, "", around, advice);
    Cow::Owned(text.into_bytes())
}

/// The error of a file whose syntax breaks in this element; nothing when the syntax is sound and only
/// the values are not what they should be.
pub(crate) fn broken(
    name: &str,
    element: &Element<'_>,
    json: &[u8],
    error: &serde_json::Error,
) -> Option<IngestError> {
    if error.is_data() {
        return None;
    }
    let before = (json.split_inclusive(|&byte| byte == b'\n')).take(error.line().saturating_sub(1));
    let at = before.map(<[u8]>::len).sum::<usize>() + error.column().saturating_sub(1);
    let at = at.min(json.len());
    let line = element.line + error.line().saturating_sub(1) as u64;
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    Some(IngestError::Json {
        name: name.to_owned(),
        offset: element.offset + at as u64,
        problem: format!(
            "{reason} on line {line}, near {}; nothing was read of this file, for a quote, comma or \
             bracket that is missing there may hide any number of rows: mend it and read again",
            context(json, at)
        ),
    })
}

/// The text around a place, the place marked.
pub(crate) fn context(json: &[u8], at: usize) -> String {
    let from = at.saturating_sub(CONTEXT);
    let to = json.len().min(at + CONTEXT);
    let show = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.trim_matches('\u{fffd}')
            .replace(['\n', '\r', '\t'], " ")
    };
    format!("«{} ⟨here⟩ {}»", show(&json[from..at]), show(&json[at..to]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::Report;
    use serde_json::Value;

    #[test]
    fn broken_syntax_has_a_place_and_what_stands_there() {
        for (json, offset, shown) in [
            ("{\"nom\": \"L\"Abergement\"}", 111, "L\" ⟨here⟩ Aber"),
            ("{\"a\": 1,\n \"b\" 2}", 114, "\"b\"  ⟨here⟩ 2"),
            ("{\"a\": NaN}", 106, "⟨here⟩ NaN"),
        ] {
            let element = Element {
                offset: 100,
                line: 7,
                json: json.as_bytes(),
            };
            let error = serde_json::from_str::<Value>(json).unwrap_err();
            let Some(IngestError::Json {
                offset: found,
                problem,
                ..
            }) = broken("x.json", &element, json.as_bytes(), &error)
            else {
                panic!("{json}")
            };
            assert!(found.abs_diff(offset) <= 1, "{json}: {found}");
            assert!(
                problem.contains("line ") && problem.contains("⟨here⟩"),
                "{problem}"
            );
            let word = shown.split("⟨here⟩").last().unwrap_or_default().trim();
            assert!(problem.contains(word), "{problem}");
        }
        let data = serde_json::from_str::<u8>("300").unwrap_err();
        let element = Element {
            offset: 0,
            line: 1,
            json: b"300",
        };
        assert!(broken("x.json", &element, b"300", &data).is_none());
    }

    #[test]
    fn letters_of_windows_are_read_and_said() {
        let mut report = Report::default();
        let mut remarks = Remarks::on(&mut report, "x");
        let text = decoded(b"{\"nom\":\"\xc9cole\"}", &mut remarks);
        assert_eq!(&*text, "{\"nom\":\"École\"}".as_bytes());
        drop(remarks);
        assert_eq!(report.lines[0].action, Action::Repare);
    }
}
