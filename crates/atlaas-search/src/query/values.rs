//! One parameter value at a time: text → value, or what is wrong with it.

use crate::{
    query::limits,
    query::{centre::Near, mistake::Mistake, order::Sort, request::Bound},
};
use atlaas_model::{
    Bbox, BboxError, Code, ColumnType, Facet, FacetInfo, FicheId, Kind, Layer, Level, Position,
    Schema, Vocabulary, days, slug,
};
use std::ops::RangeInclusive;

fn unknown(allowed: impl IntoIterator<Item = String>) -> Mistake {
    Mistake::UnknownValue {
        allowed: allowed.into_iter().collect(),
    }
}

/// Words with spaces and control characters collapsed; `None` when nothing is left.
pub(crate) fn words(value: &str) -> Result<Option<String>, Mistake> {
    if value.len() > limits::MAX_TEXT_CHARS * 4
        || value.chars().nth(limits::MAX_TEXT_CHARS).is_some()
    {
        return Err(Mistake::TooLong {
            most: limits::MAX_TEXT_CHARS,
        });
    }
    let clean: Vec<&str> = value
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    if clean.len() > limits::MAX_WORDS {
        let most = limits::MAX_WORDS;
        return Err(Mistake::TooManyWords {
            given: clean.len(),
            most,
        });
    }
    if !clean.is_empty() && !value.chars().any(char::is_alphanumeric) {
        return Err(Mistake::NoWord);
    }
    Ok((!clean.is_empty()).then(|| clean.join(" ")))
}

pub(crate) fn flag(value: &str) -> Result<bool, Mistake> {
    match value {
        "1" | "oui" | "true" => Ok(true),
        "0" | "non" | "false" => Ok(false),
        _ => Err(unknown(["1".to_owned(), "0".to_owned()])),
    }
}

fn number(value: &str) -> Option<f64> {
    // Rust's parser would also take `inf`, `nan` and `infinity`.
    let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let short = value.len() <= 40 && value.bytes().all(plain);
    short
        .then(|| value.parse().ok())
        .flatten()
        .filter(|number: &f64| number.is_finite())
        .map(|number| if number == 0.0 { 0.0 } else { number })
}

pub(crate) fn degrees(value: &str, most: f64) -> Result<f64, Mistake> {
    let degrees = number(value).ok_or(Mistake::NotANumber)?;
    if degrees.abs() <= most {
        Ok(degrees)
    } else {
        Err(Mistake::Degrees { most })
    }
}

pub(crate) fn kilometres(value: &str, least: f64) -> Result<f64, Mistake> {
    let most = limits::MAX_RADIUS_KM;
    number(value).ok_or(Mistake::NotANumber).and_then(|km| {
        if (least..=most).contains(&km) {
            return Ok(km);
        }
        Err(Mistake::Kilometres { least, most })
    })
}

pub(crate) fn count(value: &str, most: u32) -> Result<u32, Mistake> {
    let digits = !value.is_empty() && value.len() <= 9 && value.bytes().all(|b| b.is_ascii_digit());
    digits
        .then(|| value.parse().ok())
        .flatten()
        .filter(|&count| count <= most)
        .ok_or(Mistake::WholeNumber { most })
}

pub(crate) fn bbox(value: &str) -> Result<Bbox, Mistake> {
    let numbers: Vec<Option<f64>> = value.splitn(6, ',').map(|n| number(n.trim())).collect();
    let &[Some(west), Some(south), Some(east), Some(north)] = numbers.as_slice() else {
        return Err(Mistake::BboxForm);
    };
    Bbox::wrapped(west, south, east, north).map_err(|error| match error {
        BboxError::Corner(corner) => Mistake::Position(corner),
        BboxError::UpsideDown { south, north } => Mistake::UpsideDown { south, north },
    })
}

/// `lon,lat`, or a name or code to be looked up later.
pub(crate) fn near(value: &str) -> Result<Option<Near>, Mistake> {
    let parts: Vec<&str> = value.splitn(3, ',').map(str::trim).collect();
    if let &[longitude, latitude] = parts.as_slice()
        && let (Some(longitude), Some(latitude)) = (number(longitude), number(latitude))
    {
        let position = Position::new(longitude, latitude).map_err(Mistake::Position)?;
        return Ok(Some(Near::Position(position)));
    }
    Ok(words(value)?.map(Near::Name))
}

/// A code in its one spelling, or a name with its spaces collapsed; never two at once.
pub(crate) fn territory(value: &str) -> Result<Vec<String>, Mistake> {
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    match value.parse::<Code>() {
        Ok(code) if has_digit => Ok(vec![code.to_string()]),
        _ if value.contains(',') || !value.chars().any(char::is_alphanumeric) => {
            Err(Mistake::CodeOrName)
        }
        _ => Ok(vec![value.split_whitespace().collect::<Vec<_>>().join(" ")]),
    }
}

/// A kind by its name, or by that of several of them.
pub(crate) fn kind(value: &str, schema: &Schema) -> Result<Vec<Kind>, Mistake> {
    let spelt = slug(value);
    let kinds = schema.kinds();
    let called = |kind: &&Kind| {
        let one = kind.as_str();
        spelt == one || spelt.strip_suffix('s') == Some(one) || spelt == schema.plural(**kind)
    };
    let found = kinds.iter().find(called);
    found
        .map(|kind| vec![*kind])
        .ok_or_else(|| unknown(kinds.iter().map(Kind::to_string)))
}

/// A layer by its name.
pub(crate) fn layer(value: &str, schema: &Schema) -> Result<Vec<Kind>, Mistake> {
    let layers = || schema.layers().iter();
    let named = |layer: &&Layer| layer.name.as_str() == value;
    let found = layers().find(named).map(|layer| vec![layer.kind()]);
    found.ok_or_else(|| unknown(layers().map(|layer| layer.name.to_string())))
}

/// `commune-13056`.
pub(crate) fn territory_id(value: &str) -> Result<Vec<(Level, String)>, Mistake> {
    FicheId::territory_of(value)
        .map(|(level, code)| vec![(level, code.to_string())])
        .ok_or(Mistake::TerritoryId)
}

/// The slug of a facet's term, found by slug, name or synonym. A facet whose terms are not in the
/// vocabulary takes any slug: the columns decide when the query is planned.
pub(crate) fn term(
    facet: Facet,
    value: &str,
    vocabulary: &Vocabulary,
) -> Result<Vec<String>, Mistake> {
    if let Some(term) = vocabulary.find(facet, value) {
        return Ok(vec![term.slug.clone()]);
    }
    let terms = vocabulary.terms(facet);
    let spelt = slug(value);
    if terms.is_empty() && !spelt.is_empty() && !value.contains(',') {
        return Ok(vec![spelt]);
    }
    Err(unknown(terms.iter().map(|term| term.slug.clone())))
}

/// `categorie:médiathèque`: the facet, and words that count beside its selection. No comma, which
/// separates values.
pub(crate) fn beside(value: &str, schema: &Schema) -> Result<Vec<(Facet, String)>, Mistake> {
    let form = || Mistake::FacetAndWords;
    let (facet, text) = value.split_once(':').ok_or_else(form)?;
    let facet = schema.facet(facet.trim()).ok_or_else(form)?;
    if text.contains(',') {
        return Err(form());
    }
    let text = words(text)?.ok_or_else(form)?;
    Ok(vec![(facet, text)])
}

/// A value of a facet that is no word: a class of numbers, the year of a day, yes or no.
pub(crate) fn class(value: &str, info: &FacetInfo) -> Result<Vec<String>, Mistake> {
    let read = match info.kind {
        Some(ColumnType::Boolean) => match slug(value).as_str() {
            "oui" | "1" | "true" | "yes" => Some("oui"),
            "non" | "0" | "false" | "no" => Some("non"),
            _ => None,
        }
        .map(str::to_owned),
        Some(ColumnType::Date) => {
            let year = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
            year.then(|| value.to_owned())
        }
        _ => info.classes().find(|class| class == value),
    };
    let known = || match info.kind {
        Some(ColumnType::Boolean) => vec!["oui".to_owned(), "non".to_owned()],
        Some(ColumnType::Date) => vec!["2024".to_owned()],
        _ => info.classes().collect(),
    };
    read.map(|value| vec![value])
        .ok_or_else(|| unknown(known()))
}

/// An end of a range: a number, with a comma or a point, or a day.
pub(crate) fn bound(value: &str, info: &FacetInfo) -> Result<Bound, Mistake> {
    if info.kind == Some(ColumnType::Date) {
        let date: jiff::civil::Date = value.parse().map_err(|_| Mistake::NotADate)?;
        return Ok(Bound {
            value: f64::from(days(date)),
            text: date.to_string(),
        });
    }
    let number = number(&value.replace(',', ".")).ok_or(Mistake::NotANumber)?;
    if number.abs() > limits::MAX_BOUND {
        return Err(Mistake::Beyond {
            least: -limits::MAX_BOUND,
            most: limits::MAX_BOUND,
        });
    }
    Ok(Bound {
        value: number,
        text: number.to_string(),
    })
}

/// `2015`, `2015-2018`, `2015-` or `-2018`.
pub(crate) fn years(value: &str) -> Result<Vec<(u16, u16)>, Mistake> {
    let (first, last) = (limits::YEARS.start(), limits::YEARS.end());
    let year = |text: &str, default: u16| match text.trim() {
        "" => Some(default),
        digits if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) => digits
            .parse()
            .ok()
            .filter(|year| limits::YEARS.contains(year)),
        _ => None,
    };
    let (from, to) = match value.split_once('-') {
        Some((from, to)) => (year(from, *first), year(to, *last)),
        None => (year(value, 0), year(value, 0)),
    };
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok(vec![(from, to)]),
        _ => Err(Mistake::Years {
            first: *first,
            last: *last,
        }),
    }
}

/// Sorted spans joined where they touch.
pub(crate) fn merge_years(sorted: Vec<(u16, u16)>) -> Vec<RangeInclusive<u16>> {
    let mut merged: Vec<(u16, u16)> = Vec::new();
    for (from, to) in sorted {
        match merged.last_mut() {
            Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged.into_iter().map(|(from, to)| from..=to).collect()
}

/// A span of years as the query spells it.
pub(crate) fn year_span(span: &RangeInclusive<u16>) -> String {
    let (first, last) = (span.start(), span.end());
    let open = limits::YEARS;
    match (first == last, first == open.start(), last == open.end()) {
        (true, ..) => first.to_string(),
        (_, true, true) => "-".to_owned(),
        (_, true, false) => format!("-{last}"),
        (_, false, true) => format!("{first}-"),
        (_, false, false) => format!("{first}-{last}"),
    }
}

/// `3`, `2-4`, `4-`, `-2`: levels 1 to 5.
pub(crate) fn levels(value: &str) -> Result<Vec<u8>, Mistake> {
    let level = |text: &str, default: u8| match text.trim() {
        "" => Some(default),
        "1" | "2" | "3" | "4" | "5" => text.trim().parse().ok(),
        _ => None,
    };
    let span = match value.split_once('-') {
        Some((from, to)) => level(from, 1).zip(level(to, 5)),
        None => level(value, 0).zip(level(value, 0)),
    };
    match span {
        Some((from, to)) if from <= to => Ok((from..=to).collect()),
        _ => Err(Mistake::Levels),
    }
}

pub(crate) fn facet_name(value: &str, schema: &Schema) -> Result<Vec<Facet>, Mistake> {
    let all = || schema.facets().iter().map(|info| info.facet);
    match value {
        "toutes" => Ok(all().collect()),
        "aucune" => Ok(Vec::new()),
        name => schema.facet(name).map(|facet| vec![facet]).ok_or_else(|| {
            let names = all().map(Facet::as_str).chain(["toutes", "aucune"]);
            unknown(names.map(str::to_owned))
        }),
    }
}

pub(crate) fn sort(value: &str, schema: &Schema) -> Result<Sort, Mistake> {
    let all = Sort::all(schema);
    let named = all.iter().find(|sort| sort.as_str() == value).copied();
    named.ok_or_else(|| unknown(all.iter().map(|sort| sort.as_str().to_owned())))
}
