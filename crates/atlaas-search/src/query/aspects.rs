//! `habitants`, `grille`, `mise_a_jour`: what selects fiches by the commune that they lie in or by their last
//! change: their values, their one spelling.

use crate::query::given::Given;
use crate::query::mistake::Mistake;
use crate::query::parameters::aspect_parameters::{DENSITY, INHABITANTS, UPDATED};
use crate::query::values;
use atlaas_model::Aspect;
use std::ops::RangeInclusive;

/// Digits of the greatest number of inhabitants.
const LONGEST: usize = 10;

/// Reads them.
pub(super) fn read(given: &mut Given) -> Vec<Aspect> {
    let inhabitants = given.one(INHABITANTS, inhabitants);
    let density = given.many(DENSITY, density);
    let updated = values::merge_years(given.many(UPDATED, values::years));
    let density = (!density.is_empty()).then_some(Aspect::Density(density));
    let updated = (!updated.is_empty()).then_some(Aspect::Updated(updated));
    let inhabitants = inhabitants.map(Aspect::Inhabitants);
    [inhabitants, density, updated]
        .into_iter()
        .flatten()
        .collect()
}

fn inhabitants(value: &str) -> Result<RangeInclusive<u32>, Mistake> {
    let number = |text: &str, open: u32| match text.trim() {
        "" => Some(open),
        // Zeros before a number are no number of anybody's.
        digits if digits.len() > LONGEST => None,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    };
    let ends = match value.split_once('-') {
        Some((least, most)) => number(least, 0).zip(number(most, u32::MAX)),
        None if value.trim().is_empty() => None,
        None => number(value, 0).map(|exact| (exact, exact)),
    };
    match ends {
        Some((least, most)) if least <= most => Ok(least..=most),
        Some(_) => Err(Mistake::RangeUpsideDown),
        None => Err(Mistake::Inhabitants),
    }
}

fn density(value: &str) -> Result<Vec<u16>, Mistake> {
    let level = value.trim().parse().ok();
    let level = level.filter(|level| (1..=99).contains(level));
    let wrong = Mistake::CountBetween { least: 1, most: 99 };
    level.map(|level| vec![level]).ok_or(wrong)
}

/// Name and value of one, as canonical addresses have it.
pub(super) fn pair(aspect: &Aspect) -> (String, String) {
    let (name, value) = match aspect {
        Aspect::Inhabitants(span) => (INHABITANTS, inhabitants_span(span)),
        Aspect::Density(levels) => {
            let levels: Vec<String> = levels.iter().map(u16::to_string).collect();
            (DENSITY, levels.join(","))
        }
        Aspect::Updated(years) => {
            let spans: Vec<String> = years.iter().map(values::year_span).collect();
            (UPDATED, spans.join(","))
        }
    };
    (name.to_owned(), value)
}

fn inhabitants_span(span: &RangeInclusive<u32>) -> String {
    let (least, most) = (*span.start(), *span.end());
    let end = |open: bool, number: u32| {
        if open {
            String::new()
        } else {
            number.to_string()
        }
    };
    if least == most {
        return least.to_string();
    }
    format!("{}-{}", end(least == 0, least), end(most == u32::MAX, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_inhabitants_are_spelt_as_they_are_read() {
        for (given, spelt) in [
            ("500-1999", Some("500-1999")),
            ("500-", Some("500-")),
            ("-999", Some("-999")),
            ("0-999", Some("-999")),
            ("42", Some("42")),
            ("-", Some("-")),
            ("999-500", None),
            ("x", None),
            ("1-2-3", None),
            ("99999999999", None),
            ("00000000000000000000", None),
            ("", None),
        ] {
            let read = inhabitants(given).ok();
            assert_eq!(
                read.map(|span| inhabitants_span(&span)).as_deref(),
                spelt,
                "{given}"
            );
        }
    }
}
