//! Days and years as people and spreadsheets write them, each with what was guessed.

use jiff::civil::Date;

/// A day, and what of it was not written as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReadDay {
    pub(crate) day: Date,
    /// In French; nothing when the day was written whole.
    pub(crate) guess: Option<&'static str>,
}

const NO_DAY: &str = "le jour manque : le premier du mois est retenu";
const SHORT_YEAR: &str = "année de deux chiffres, complétée : l'écrire en entier";
const SERIAL: &str =
    "numéro de jour d'un tableur, remis en date : donner à la colonne un format de date";
const MONTH_FIRST: &str = "le mois était avant le jour : remis en ordre";
const TIMESTAMP: &str = "nombre de secondes depuis 1970, remis en date";

/// The day that a text stands for.
pub(crate) fn day(text: &str) -> Option<ReadDay> {
    let text = text.trim().trim_start_matches('\'').trim();
    let first = text.split(['T', ' ']).next().unwrap_or(text);
    if let Ok(day) = first.parse() {
        return Some(ReadDay { day, guess: None });
    }
    number(text)
        .or_else(|| figures(first))
        .or_else(|| words(text))
}

/// A year out of `2019`, `2019.0`, `2019-2020`, `en 2019` or a date.
pub(crate) fn year(text: &str) -> Option<(i64, Option<&'static str>)> {
    let text = text.trim().trim_start_matches('\'').trim();
    let whole = text
        .strip_suffix(".0")
        .or(text.strip_suffix(",0"))
        .unwrap_or(text);
    if let Ok(year) = whole.parse() {
        // Five figures are no year; a spreadsheet's number of a day may be.
        return match number(whole) {
            Some(read) if year > 9999 => Some((i64::from(read.day.year()), read.guess)),
            _ => Some((year, None)),
        };
    }
    if let Some(read) = day(text) {
        return Some((i64::from(read.day.year()), None));
    }
    let mut years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|figures| {
            figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20"))
        })
        .filter_map(|figures| figures.parse().ok());
    let first = years.next()?;
    Some(match years.next() {
        Some(_) => (first, Some("plusieurs années : la première est retenue")),
        None => (
            first,
            Some("année lue au milieu d'un texte : n'écrire qu'elle"),
        ),
    })
}

/// A day as one number: a spreadsheet's, `20190312`, or seconds since 1970.
fn number(text: &str) -> Option<ReadDay> {
    let whole = text.split(['.', ',']).next().unwrap_or(text);
    let fraction = &text[whole.len()..];
    if !fraction.bytes().skip(1).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let figures: i64 = whole.parse().ok()?;
    let (days, guess) = match whole.len() {
        5 => (figures - 25_569, Some(SERIAL)),
        8 => {
            let day = date(figures / 10_000, figures / 100 % 100, figures % 100)?;
            return Some(ReadDay { day, guess: None });
        }
        10 => (figures / 86_400, Some(TIMESTAMP)),
        13 => (figures / 86_400_000, Some(TIMESTAMP)),
        _ => return None,
    };
    let epoch = Date::constant(1970, 1, 1);
    let span = jiff::Span::new().try_days(days).ok()?;
    let day = epoch.checked_add(span).ok()?;
    Some(ReadDay { day, guess })
}

/// `12/03/2019` and its like, with any separator and in any order that leaves no doubt.
fn figures(text: &str) -> Option<ReadDay> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let numbers: Option<Vec<i64>> = parts.iter().map(|part| part.parse().ok()).collect();
    let wide = |rank: usize| parts[rank].len() == 4;
    match *numbers?.as_slice() {
        [year, month, day] if wide(0) => whole(date(year, month, day)?),
        [day, month, year] if wide(2) => match date(year, month, day) {
            Some(day) => whole(day),
            None => guessed(date(year, day, month)?, MONTH_FIRST),
        },
        [day, month, year] if parts[2].len() == 2 => {
            guessed(date(long_year(year), month, day)?, SHORT_YEAR)
        }
        [year, month] if wide(0) => guessed(date(year, month, 1)?, NO_DAY),
        [month, year] if wide(1) => guessed(date(year, month, 1)?, NO_DAY),
        _ => None,
    }
}

/// `12 mars 2019`, `1er mars 2019`, `mars 2019`, `mars-19`, `lundi 12 mars 2019`.
fn words(text: &str) -> Option<ReadDay> {
    let lower = text.to_lowercase();
    let parts = lower.split([' ', '-', '.', '/', ',', '\u{a0}']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let at = parts.iter().position(|part| month(part).is_some())?;
    let month = month(parts[at])?;
    let year_text = parts.get(at + 1)?;
    let (year, short) = match (year_text.len(), year_text.parse::<i64>().ok()?) {
        (4, year) => (year, false),
        (2, year) => (long_year(year), true),
        _ => return None,
    };
    let before = at.checked_sub(1).map(|before| parts[before]);
    let number = before.and_then(|text| text.trim_end_matches("er").parse::<i64>().ok());
    match number {
        Some(number) if short => guessed(date(year, month, number)?, SHORT_YEAR),
        Some(number) => whole(date(year, month, number)?),
        None => guessed(date(year, month, 1)?, NO_DAY),
    }
}

fn month(word: &str) -> Option<i64> {
    const MONTHS: [&[&str]; 12] = [
        &["janvier", "janv", "jan"],
        &["février", "fevrier", "févr", "fevr", "fév", "fev", "feb"],
        &["mars", "mar"],
        &["avril", "avr", "apr"],
        &["mai", "may"],
        &["juin", "jun"],
        &["juillet", "juil", "jul"],
        &["août", "aout", "aoû", "aug"],
        &["septembre", "sept", "sep"],
        &["octobre", "oct"],
        &["novembre", "nov"],
        &["décembre", "decembre", "déc", "dec"],
    ];
    (1..)
        .zip(MONTHS)
        .find(|(_, names)| names.contains(&word))
        .map(|(number, _)| number)
}

/// 80 to 99 are of the last century.
const fn long_year(short: i64) -> i64 {
    if short >= 80 {
        1900 + short
    } else {
        2000 + short
    }
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "beside `guessed` in arms that may give nothing"
)]
const fn whole(day: Date) -> Option<ReadDay> {
    Some(ReadDay { day, guess: None })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "beside arms that may give nothing"
)]
const fn guessed(day: Date, guess: &'static str) -> Option<ReadDay> {
    Some(ReadDay {
        day,
        guess: Some(guess),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, expected, guess) in [
            ("2019-03-12", "2019-03-12", None),
            ("2019-03-12T10:00:00Z", "2019-03-12", None),
            ("2019-03-12 10:00", "2019-03-12", None),
            ("12/03/2019", "2019-03-12", None),
            ("12/03/2019 10:30", "2019-03-12", None),
            ("12-03-2019", "2019-03-12", None),
            ("12.03.2019", "2019-03-12", None),
            ("2019/03/12", "2019-03-12", None),
            ("20190312", "2019-03-12", None),
            ("12/3/2019", "2019-03-12", None),
            ("12 mars 2019", "2019-03-12", None),
            ("1er mars 2019", "2019-03-01", None),
            ("lundi 12 mars 2019", "2019-03-12", None),
            ("12-août-2019", "2019-08-12", None),
            ("3 févr. 2020", "2020-02-03", None),
            ("'12/03/2019", "2019-03-12", None),
            ("03/25/2019", "2019-03-25", Some(MONTH_FIRST)),
            ("12/03/19", "2019-03-12", Some(SHORT_YEAR)),
            ("12/03/98", "1998-03-12", Some(SHORT_YEAR)),
            ("12-mars-19", "2019-03-12", Some(SHORT_YEAR)),
            ("2019-03", "2019-03-01", Some(NO_DAY)),
            ("03/2019", "2019-03-01", Some(NO_DAY)),
            ("mars 2019", "2019-03-01", Some(NO_DAY)),
            ("mars-19", "2019-03-01", Some(NO_DAY)),
            ("43536", "2019-03-12", Some(SERIAL)),
            ("43536.0", "2019-03-12", Some(SERIAL)),
            ("43536,5", "2019-03-12", Some(SERIAL)),
            ("1552348800", "2019-03-12", Some(TIMESTAMP)),
            ("1552348800000", "2019-03-12", Some(TIMESTAMP)),
        ] {
            let read = day(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (read.day.to_string().as_str(), read.guess),
                (expected, guess),
                "{text}"
            );
        }
        for text in [
            "",
            "31/02/2019",
            "2019",
            "12/03",
            "bientôt",
            "00/00/0000",
            "13/13/2019",
            "mars",
            "1/2/3/4",
            "12 13 2019",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn years_are_read_alone_or_out_of_more() {
        for (text, expected, sure) in [
            ("2019", Some(2019), true),
            ("2019.0", Some(2019), true),
            ("2019,0", Some(2019), true),
            ("12/03/2019", Some(2019), true),
            ("mars 2019", Some(2019), true),
            ("43536", Some(2019), false),
            ("2019-2020", Some(2019), false),
            ("2019/2020", Some(2019), false),
            ("en 2019", Some(2019), false),
            ("année 2019 (prévue)", Some(2019), false),
            ("20222", Some(1955), false),
            ("19", Some(19), true),
            ("", None, true),
            ("bientôt", None, true),
        ] {
            let read = year(text);
            assert_eq!(read.map(|(year, _)| year), expected, "{text}");
            assert_eq!(
                read.is_none_or(|(_, guess)| guess.is_none()),
                sure,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9/.,T: -]{0,14}|[0-9a-zéû -]{0,20}|\\PC{0,12}") {
            let _ = (day(&text), year(&text));
        }
    }
}
