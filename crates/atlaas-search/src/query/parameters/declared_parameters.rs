//! The rows of what a schema declares: a facet, the ends of its range, the search inside its values.

use crate::query::limits::{MAX_BOUND, YEARS};
use crate::query::parameter::{Form, Parameter, Words, how, which, words};
use atlaas_model::{ColumnType, FacetInfo};

/// The row of a facet that a layer declares.
pub(super) fn declared(info: &FacetInfo) -> Vec<Parameter> {
    let Some(kind) = info.kind else {
        return Vec::new();
    };
    let about = Words {
        french: info.help.fr.clone().into(),
        english: info.help.english().to_owned().into(),
    };
    let row = which(info.facet.as_str(), Form::Texts, about);
    let row = if kind == ColumnType::Year {
        row.when(years())
            .like("2015-2018")
            .also(&["year", "millesime"])
    } else {
        row.when(known_term())
    };
    std::iter::once(row).chain(bounds(info)).collect()
}

/// The rows of the ends of a range.
fn bounds(info: &FacetInfo) -> Vec<Parameter> {
    let Some((least, most)) = info.bounds() else {
        return Vec::new();
    };
    let of_days = info.kind == Some(ColumnType::Date);
    let unit = info
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(" ({unit})"));
    let about = |french: &str, english: &str| Words {
        french: format!("{}{unit} : {french}.", info.title.fr).into(),
        english: format!("{}{unit}: {english}.", info.title.english()).into(),
    };
    let row = |name, about| {
        let form = if of_days {
            Form::Text
        } else {
            Form::Number {
                least: -MAX_BOUND,
                most: MAX_BOUND,
            }
        };
        which(name, form, about).when(if of_days { days() } else { numbers() })
    };
    vec![
        row(least, about("au moins", "at least")),
        row(most, about("au plus", "at most")),
    ]
}

fn days() -> Words {
    words(
        "Une date, comme 2024-03-01, la première avant la seconde.",
        "A date, such as 2024-03-01, the first before the second.",
    )
}

fn numbers() -> Words {
    words(
        "Un nombre, le moindre avant le plus grand.",
        "A number, the least before the greatest.",
    )
}

/// The row that searches inside the values of a facet.
pub(super) fn facet_search(info: &FacetInfo) -> Parameter {
    let name = info.facet.as_str();
    let (french, english) = match info.kind {
        Some(_) => (info.title.fr.as_str(), info.title.english()),
        None => (name, name),
    };
    let about = Words {
        french: format!(
            "N’énumérer de la facette « {french} » que les valeurs dont le nom a ces mots."
        )
        .into(),
        english: format!(
            "List only those values of the facet “{english}” whose name has these words."
        )
        .into(),
    };
    how(info.search_parameter(), Form::Text, about).when(some_words())
}

/// What a text to be searched for must have.
pub(super) fn some_words() -> Words {
    words(
        "Des lettres ou des chiffres, 40 mots au plus.",
        "Letters or digits, at most 40 words.",
    )
}

/// Values of facets are those of the vocabulary.
pub(super) fn known_term() -> Words {
    words(
        "Seulement les valeurs de la facette, que toute réponse énumère.",
        "Only values of the facet, which every answer lists.",
    )
}

/// The bounds of years, in words; the numbers are those of [`YEARS`].
pub(crate) fn years() -> Words {
    assert!(*YEARS.start() == 1900 && *YEARS.end() == 2100);
    words(
        "De 1900 à 2100, le début avant la fin.",
        "From 1900 to 2100, the beginning before the end.",
    )
}
