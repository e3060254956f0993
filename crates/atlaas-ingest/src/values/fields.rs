//! Values of one field: numbers, dates, years, codes, links, each within its range.
//!
//! The ranges are fixed rather than taken from today's date, so that the same sources give the same
//! dataset whenever they are read.

use crate::{report::remarks::Remarks, tables::row::Row, text::clean};
use atlaas_model::{Action, Code};
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
    let digits = text.strip_suffix(".0").unwrap_or(&text);
    let year = digits.parse::<i64>().ok().or_else(|| {
        let date = parse_date(digits)?;
        Some(i64::from(date.year()))
    });
    let good = year.filter(|year| YEARS.contains(year));
    if good.is_none() {
        let advice = format!(
            "une année de {} à {} est attendue : laissée de côté, la corriger",
            YEARS.start(),
            YEARS.end()
        );
        remarks.note(Action::Ignore, column, &text, advice);
    }
    good.and_then(|year| u16::try_from(year).ok())
}

/// A date in [`YEARS`]: `2024-03-01`, with or without a time, or `01/03/2024`.
pub(crate) fn date(row: &Row, column: &str, remarks: &mut Remarks<'_>) -> Option<Date> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let date = parse_date(&text).filter(|date| YEARS.contains(&i64::from(date.year())));
    if date.is_none() {
        let advice = "une date comme 2024-03-01 est attendue : laissée de côté, la corriger";
        remarks.note(Action::Ignore, column, &text, advice);
    }
    date
}

fn parse_date(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let mut numbers = day.split('/').map(|part| part.parse::<i16>().ok());
    let (day, month, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A decimal number with a point or a comma, finite.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('°');
    let number: f64 = if text.contains('.') {
        text.parse().ok()?
    } else {
        text.replacen(',', ".", 1).parse().ok()?
    };
    number.is_finite().then_some(number)
}

/// A code of a commune, its lost leading zero given back.
pub(crate) fn commune_code(text: &str) -> Option<Code> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("0{text}").parse().ok();
    }
    text.parse().ok()
}

/// A post code of five digits, its lost leading zero given back.
pub(crate) fn postcode(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        5 if digits => Some(text),
        4 if digits => Some(format!("0{text}")),
        _ => None,
    }
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
    fn numbers_dates_and_codes_are_read_as_people_write_them() {
        assert_eq!(decimal("48,85"), Some(48.85));
        assert_eq!(decimal(" -1.5° "), Some(-1.5));
        assert_eq!(decimal("1,234.5"), None);
        assert_eq!(decimal("inf"), None);
        for text in ["2024-03-01", "2024-03-01T10:00:00Z", "01/03/2024"] {
            assert_eq!(parse_date(text).unwrap().to_string(), "2024-03-01");
        }
        assert_eq!(parse_date("31/02/2024"), None);
        assert_eq!(commune_code("1001").unwrap().as_str(), "01001");
        assert_eq!(commune_code("2a004").unwrap().as_str(), "2A004");
        assert_eq!(postcode("1 400").as_deref(), Some("01400"));
        assert_eq!(postcode("2A000"), None);
    }

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
