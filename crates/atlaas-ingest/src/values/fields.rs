//! Values of one field: numbers, dates, years, codes, links, each within its range.
//!
//! The ranges are fixed rather than taken from today's date, so that the same sources give the same
//! dataset whenever they are read.

use crate::{
    report::remarks::Remarks,
    tables::row::Row,
    text::clean,
    values::angle::angle,
    values::codes,
    values::dates::{self, ReadDay},
};
use atlaas_model::Action;
use jiff::civil::Date;

/// Years that an initiative, a label or a date can have.
pub(crate) const YEARS: std::ops::RangeInclusive<i64> = 1980..=2050;

/// The values of a field that holds several, cleaned, without repeats. They are joined by a
/// vertical bar; `also` names the other separator that the file uses.
pub(crate) fn several(raw: &str, also: Option<char>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in raw.split(|c| c == '|' || Some(c) == also) {
        let value = clean::line(value);
        if !value.is_empty() && !out.contains(&value) {
            out.push(value);
        }
    }
    out
}

/// A year in [`YEARS`], out of `2019`, `2019.0` or a date; anything else is left out and reported.
pub(crate) fn year(row: &Row, column: &str, remarks: &mut Remarks<'_>) -> Option<u16> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let read = dates::year(&text).filter(|(year, _)| YEARS.contains(year));
    let Some((year, guess)) = read else {
        let advice = format!(
            "une année de {} à {} est attendue : laissée de côté, la corriger",
            YEARS.start(),
            YEARS.end()
        );
        remarks.note(Action::Ignore, column, &text, advice);
        return None;
    };
    if let Some(guess) = guess {
        let advice = format!("{guess} ; lu {year}");
        remarks.note(Action::Repare, column, &text, advice);
    }
    u16::try_from(year).ok()
}

/// A date in [`YEARS`], as people and spreadsheets write it; what was guessed of it is reported.
pub(crate) fn date(row: &Row, column: &str, remarks: &mut Remarks<'_>) -> Option<Date> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let read = dates::day(&text).filter(|read| YEARS.contains(&i64::from(read.day.year())));
    let Some(ReadDay { day, guess }) = read else {
        let advice = "une date comme 2024-03-01 est attendue : laissée de côté, la corriger";
        remarks.note(Action::Ignore, column, &text, advice);
        return None;
    };
    if let Some(guess) = guess {
        let advice = format!("{guess} ; lu {day}");
        remarks.note(Action::Repare, column, &text, advice);
    }
    Some(day)
}

/// A decimal number with a point or a comma, or an angle in degrees, minutes and seconds; finite.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    angle(text).map(|angle| angle.degrees)
}

/// The post code of a row; mended or left out with a remark.
pub(crate) fn postcode(row: &Row, remarks: &mut Remarks<'_>) -> Option<String> {
    let text = row.get("code_postal");
    let read = codes::postcode(&text);
    match &read {
        Some((code, true)) => {
            let advice = format!("code postal remis en forme : {code} ; le garder comme du texte");
            remarks.note(Action::Repare, "code_postal", &text, advice);
        }
        None if !text.is_empty() => {
            let advice = "un code postal a cinq chiffres : laissé de côté";
            remarks.note(Action::Ignore, "code_postal", &text, advice);
        }
        Some(_) | None => {}
    }
    read.map(|(code, _)| code)
}

/// A link of the web; anything else is none.
pub(crate) fn link(text: &str) -> Option<String> {
    let known = ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let text = if known {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let host = text.split('/').nth(2).unwrap_or_default();
    let plain = !text.contains(char::is_whitespace) && !text.contains(['"', '<', '>', '\\', '`']);
    let domain = host.contains('.') && !host.contains('@') && !host.starts_with('.');
    (plain && domain && text.len() <= 2000).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_of_the_web_are_links() {
        assert_eq!(
            link("www.ville.fr").as_deref(),
            Some("https://www.ville.fr")
        );
        assert_eq!(link("HTTP://a.fr/x").as_deref(), Some("HTTP://a.fr/x"));
        for text in [
            "javascript:alert(1)",
            "voir mairie",
            "data:text/html,x",
            "moi@ville.fr",
            "",
        ] {
            assert_eq!(link(text), None, "{text}");
        }
    }

    #[test]
    fn several_values_are_split_and_kept_once() {
        assert_eq!(several("a| b |a||", None), ["a", "b"]);
        assert_eq!(several("a;b|c", Some(';')), ["a", "b", "c"]);
    }
}
