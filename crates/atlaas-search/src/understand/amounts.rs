//! Amounts in a query: `de moins de 1000 habitants`, `plus de 20 m`, `entre 500 et 2 000 habitants`.
//!
//! An amount is a number that a unit or the title of a measured column tells of what it is. Which column
//! is meant follows from the kind of fiches, when the query is planned; here each that fits is told. Years are
//! numbers too.

mod numbers;
pub(super) mod years;

use super::phrase::Phrase;
use super::relations;
use super::understanding::{Understanding, UnderstoodAmount, UnderstoodKind};
use crate::text::fold::words;
use atlaas_model::{Facet, FacetInfo, Kind, Level, Name, Schema};
use numbers::Number;
use std::ops::Range;

/// Which end of a range a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Least,
    Most,
}

/// Words before a number that say which end it is.
const BEFORE: [(&[&str], End); 24] = [
    (&["plus", "de"], End::Least),
    (&["plus", "d"], End::Least),
    (&["au", "moins"], End::Least),
    (&["au", "minimum"], End::Least),
    (&["minimum"], End::Least),
    (&["a", "partir", "de"], End::Least),
    (&["superieur", "a"], End::Least),
    (&["superieure", "a"], End::Least),
    (&["superieurs", "a"], End::Least),
    (&["superieures", "a"], End::Least),
    (&["depassant"], End::Least),
    (&["depasse"], End::Least),
    (&["moins", "de"], End::Most),
    (&["moins", "d"], End::Most),
    (&["au", "plus"], End::Most),
    (&["au", "maximum"], End::Most),
    (&["maximum"], End::Most),
    (&["jusqu", "a"], End::Most),
    (&["inferieur", "a"], End::Most),
    (&["inferieure", "a"], End::Most),
    (&["inferieurs", "a"], End::Most),
    (&["inferieures", "a"], End::Most),
    (&["n", "excedant", "pas"], End::Most),
    (&["ne", "depassant", "pas"], End::Most),
];

/// Words behind an amount that say the same.
const BEHIND: [(&[&str], End); 12] = [
    (&["et", "plus"], End::Least),
    (&["ou", "plus"], End::Least),
    (&["au", "moins"], End::Least),
    (&["minimum"], End::Least),
    (&["au", "minimum"], End::Least),
    (&["et", "moins"], End::Most),
    (&["ou", "moins"], End::Most),
    (&["au", "plus"], End::Most),
    (&["maximum"], End::Most),
    (&["au", "maximum"], End::Most),
    (&["maxi"], End::Most),
    (&["max"], End::Most),
];

/// Words before an amount that belong to it and say nothing more.
const LEADS: [&[&str]; 16] = [
    &["dont", "la"],
    &["dont", "le"],
    &["dont", "l"],
    &["qui", "comptent"],
    &["qui", "compte"],
    &["qui", "mesurent"],
    &["qui", "mesure"],
    &["qui", "font"],
    &["qui", "ont"],
    &["comptant"],
    &["mesurant"],
    &["faisant"],
    &["ayant"],
    &["avec"],
    &["de"],
    &["d"],
];

/// Usual units in words; those of a column itself stand in its declaration.
const USUAL: [(&str, &[&str]); 9] = [
    ("m", &["mètre", "mètres"]),
    ("cm", &["centimètre", "centimètres"]),
    ("km", &["kms", "kilomètre", "kilomètres"]),
    ("m²", &["m2", "mètre carré", "mètres carrés"]),
    ("km²", &["km2", "kilomètre carré", "kilomètres carrés"]),
    ("ha", &["hectare", "hectares"]),
    ("W", &["watt", "watts"]),
    ("kW", &["kilowatt", "kilowatts"]),
    ("ans", &["an", "années"]),
];

/// Words that name territories right before an amount, in the singular and in the plural.
const BEARERS: [(&str, Level); 10] = [
    ("commune", Level::Commune),
    ("communes", Level::Commune),
    ("village", Level::Commune),
    ("villages", Level::Commune),
    ("ville", Level::Commune),
    ("villes", Level::Commune),
    ("intercommunalite", Level::Epci),
    ("intercommunalites", Level::Epci),
    ("departements", Level::Departement),
    ("regions", Level::Region),
];

/// The measured columns of a schema, and how people say them.
#[derive(Debug, Default)]
pub(crate) struct Amounts {
    columns: Vec<Measured>,
}

/// One measured column.
#[derive(Debug)]
struct Measured {
    facet: Facet,
    kinds: Vec<Name>,
    title: Vec<String>,
    units: Vec<Vec<String>>,
}

/// An amount that was found: its words, and what they say.
struct Found {
    words: Range<usize>,
    columns: Vec<Facet>,
    least: Option<f64>,
    most: Option<f64>,
}

/// A number, or two, with the words before it that say what it bounds.
struct Said {
    words: Range<usize>,
    /// Where its last number stands.
    number: usize,
    least: Option<f64>,
    most: Option<f64>,
    /// What stands behind the number in the same word: `20m`.
    glued: Option<String>,
    bounded: bool,
}

impl Amounts {
    /// Reads the declarations.
    pub(crate) fn new(schema: &Schema) -> Self {
        let of_numbers = |info: &&FacetInfo| {
            let of_days = info.kind == Some(atlaas_model::ColumnType::Date);
            info.is_measured() && !of_days
        };
        let columns = schema.facets().iter().filter(of_numbers).map(|info| {
            let unit = info.unit.as_deref();
            let usual = USUAL.iter().filter(|(own, _)| Some(*own) == unit);
            let usual = usual.flat_map(|(_, said)| said.iter().copied());
            let said = unit.into_iter().chain(usual);
            let mut units: Vec<Vec<String>> = said
                .chain(info.spoken.iter().map(String::as_str))
                .map(folded)
                .filter(|unit| !unit.is_empty())
                .collect();
            units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
            Measured {
                facet: info.facet,
                kinds: info.kinds.clone(),
                title: folded(&info.title.fr),
                units,
            }
        });
        Self {
            columns: columns.collect(),
        }
    }

    /// Takes amounts out of a phrase; `kinds` are those that it names.
    pub(crate) fn read(
        &self,
        phrase: &mut Phrase<'_>,
        kinds: &[Kind],
        understanding: &mut Understanding,
    ) {
        if self.columns.is_empty() {
            return;
        }
        let mut at = 0;
        while at < phrase.words.len() {
            let Some(found) = self.found(phrase, at, kinds) else {
                at += 1;
                continue;
            };
            at = found.words.end;
            take_bearer(phrase, &found, understanding);
            let range = phrase.take(found.words);
            understanding.amounts.push(UnderstoodAmount {
                columns: found.columns,
                least: found.least,
                most: found.most,
                range,
            });
        }
    }

    /// The amount that begins at a word.
    fn found(&self, phrase: &Phrase<'_>, at: usize, kinds: &[Kind]) -> Option<Found> {
        phrase.free(at)?;
        let lead = LEADS.iter().find(|lead| phrase.follows(at, lead));
        let behind = lead.map(|lead| at + lead.len());
        // `de 500 à 2 000` begins with what elsewhere leads.
        let mut starts = std::iter::once(at).chain(behind);
        starts.find_map(|start| self.found_from(phrase, (at, start), kinds))
    }

    fn found_from(
        &self,
        phrase: &Phrase<'_>,
        (at, start): (usize, usize),
        kinds: &[Kind],
    ) -> Option<Found> {
        // `hauteur de plus de 20 m`, `d'une hauteur de plus de 20 m`
        let article =
            usize::from(phrase.follows(start, &["une"]) || phrase.follows(start, &["un"]));
        let titled = self.titled(phrase, start + article);
        let said = match titled {
            Some((after, _)) => said(phrase, after).or_else(|| {
                let hollow = phrase.follows(after, &["de"]) || phrase.follows(after, &["d"]);
                said(phrase, after + usize::from(hollow))
            })?,
            None => said(phrase, start)?,
        };
        let titles = titled.map(|(_, columns)| columns).unwrap_or_default();
        self.with_unit(phrase, at, said, (titles, kinds))
    }

    fn with_unit(
        &self,
        phrase: &Phrase<'_>,
        at: usize,
        mut said: Said,
        (titles, kinds): (Vec<Facet>, &[Kind]),
    ) -> Option<Found> {
        let (mut end, mut columns) = match self.unit(phrase, &said) {
            Some((end, columns)) => (end, columns),
            None if said.glued.is_none() => (said.words.end, titles.clone()),
            None => return None,
        };
        if !titles.is_empty() {
            columns.retain(|column| titles.contains(column));
        } else if let Some((after, titled)) = self.title_behind(phrase, end) {
            let both = |column: &Facet| titled.contains(column);
            if columns.iter().any(both) {
                columns.retain(both);
                end = after;
            }
        }
        if !said.bounded {
            let (behind, which) = BEHIND
                .iter()
                .find(|(behind, _)| phrase.follows(end, behind))?;
            end += behind.len();
            if *which == End::Most {
                said.most = said.least.take();
            }
        }
        if columns.is_empty() || self.is_distance(phrase, &said, (end, kinds), &columns) {
            return None;
        }
        Some(Found {
            words: at..end,
            columns,
            least: said.least,
            most: said.most,
        })
    }

    /// Columns whose title stands at a word, and the word after it.
    fn titled(&self, phrase: &Phrase<'_>, at: usize) -> Option<(usize, Vec<Facet>)> {
        let here =
            |column: &&Measured| !column.title.is_empty() && phrase.follows(at, &column.title);
        let longest = self
            .columns
            .iter()
            .filter(here)
            .map(|column| column.title.len())
            .max()?;
        let named = self.columns.iter().filter(here);
        let named = named.filter(|column| column.title.len() == longest);
        Some((at + longest, named.map(|column| column.facet).collect()))
    }

    /// `20 m de hauteur`.
    fn title_behind(&self, phrase: &Phrase<'_>, at: usize) -> Option<(usize, Vec<Facet>)> {
        phrase
            .follows(at, &["de"])
            .then(|| self.titled(phrase, at + 1))?
    }

    /// The columns whose unit stands behind a number, the longest unit, and the word after it.
    fn unit(&self, phrase: &Phrase<'_>, said: &Said) -> Option<(usize, Vec<Facet>)> {
        let mut best: (usize, Vec<Facet>) = (0, Vec::new());
        for column in &self.columns {
            let fits = |unit: &&Vec<String>| match &said.glued {
                Some(glued) => unit[0] == *glued && phrase.follows(said.words.end, &unit[1..]),
                None => behind(phrase, said.words.end, unit).is_some(),
            };
            let Some(unit) = column.units.iter().find(fits) else {
                continue;
            };
            if unit.len() > best.0 {
                best = (unit.len(), Vec::new());
            }
            if unit.len() == best.0 {
                best.1.push(column.facet);
            }
        }
        let (length, columns) = best;
        if columns.is_empty() {
            return None;
        }
        let hollow =
            phrase.follows(said.words.end, &["d"]) || phrase.follows(said.words.end, &["de"]);
        let end = if said.glued.is_some() {
            said.words.end + length - 1
        } else {
            said.words.end + usize::from(hollow) + length
        };
        Some((end, columns))
    }

    /// Whether it rather says how far from a place: `à moins de 500 m de la gare`.
    fn is_distance(
        &self,
        phrase: &Phrase<'_>,
        said: &Said,
        (end, kinds): (usize, &[Kind]),
        columns: &[Facet],
    ) -> bool {
        if said.most.is_none() || relations::kilometres(phrase, said.number).is_none() {
            return false;
        }
        let before = said.words.start.checked_sub(1);
        let at = before.is_some_and(|before| phrase.words[before].text == "a");
        let from = ["de", "du", "des", "d", "autour"]
            .iter()
            .any(|word| phrase.follows(end, &[word]));
        let of_a_kind = self.columns.iter().any(|column| {
            let own = |kind: &Kind| {
                column
                    .kinds
                    .iter()
                    .any(|name| name.as_str() == kind.as_str())
            };
            columns.contains(&column.facet) && kinds.iter().any(own)
        });
        at || from || !of_a_kind
    }
}

/// Takes the word for the territories that an amount is told of.
fn take_bearer(phrase: &mut Phrase<'_>, found: &Found, understanding: &mut Understanding) {
    let Some(before) = found.words.start.checked_sub(1) else {
        return;
    };
    let Some(word) = phrase.free(before) else {
        return;
    };
    let known = BEARERS.iter().find(|(bearer, _)| *bearer == word.text);
    if let Some(&(_, level)) = known {
        let range = phrase.take(before..before + 1);
        understanding.kinds.push(UnderstoodKind {
            kind: level.into(),
            range,
        });
    }
}

/// The word behind a unit, which may hang on its number by `d'`: `2 millions d'habitants`.
fn behind(phrase: &Phrase<'_>, at: usize, unit: &[String]) -> Option<usize> {
    let hollow = phrase.follows(at, &["d"]) || phrase.follows(at, &["de"]);
    let at = at + usize::from(hollow);
    phrase.follows(at, unit).then_some(at + unit.len())
}

/// What is said of a number from a word on.
fn said(phrase: &Phrase<'_>, at: usize) -> Option<Said> {
    if phrase.follows(at, &["entre"]) || phrase.follows(at, &["de"]) {
        let two = two(phrase, at);
        if two.is_some() {
            return two;
        }
    }
    let before = BEFORE.iter().find(|(before, _)| phrase.follows(at, before));
    let number = at + before.map_or(0, |(before, _)| before.len());
    let read = numbers::at(phrase, number)?;
    let (least, most) = match before {
        Some((_, End::Most)) => (None, Some(read.value)),
        Some((_, End::Least)) | None => (Some(read.value), None),
    };
    Some(of(at, number, read, (least, most), before.is_some()))
}

/// `entre 500 et 2 000`, `de 500 à 2 000`.
fn two(phrase: &Phrase<'_>, at: usize) -> Option<Said> {
    let first = numbers::at(phrase, at + 1)?;
    if first.glued.is_some() {
        return None;
    }
    let joined = phrase.follows(first.end, &["et"]) || phrase.follows(first.end, &["a"]);
    let second = first.end + 1;
    let read = joined.then(|| numbers::at(phrase, second))??;
    let ends = (Some(first.value), Some(read.value));
    (first.value <= read.value).then(|| of(at, second, read, ends, true))
}

fn of(
    start: usize,
    number: usize,
    read: Number,
    (least, most): (Option<f64>, Option<f64>),
    bounded: bool,
) -> Said {
    Said {
        words: start..read.end,
        number,
        least,
        most,
        glued: read.glued,
        bounded,
    }
}

fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}
