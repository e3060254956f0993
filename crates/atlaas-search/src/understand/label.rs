//! The label's own words in a query: its levels, its name, who bears it.

use super::phrase::Phrase;
use super::understanding::{Understanding, UnderstoodLevel};
use std::ops::Range;

/// Words before a level that say nothing more.
const LABEL_WORDS: [&str; 9] = [
    "label",
    "labels",
    "labellise",
    "labellises",
    "labellisee",
    "labellisees",
    "niveau",
    "notees",
    "internet",
];

/// Takes label levels out of a phrase: `5 arobases`, `cinq arobases`, `5@`, `@@@`.
pub(crate) fn read(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    let named = take_name(phrase);
    read_levels(phrase, understanding);
    read_signs(phrase, understanding);
    if understanding.levels.is_empty() {
        read_labelled(phrase, understanding);
    }
    read_bearing(phrase, named, understanding);
}

fn read_levels(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    const NUMBERS: [&str; 6] = ["", "une", "deux", "trois", "quatre", "cinq"];
    let level = |text: &str| match text.as_bytes() {
        [digit @ b'1'..=b'5'] => Some(digit - b'0'),
        _ => NUMBERS
            .iter()
            .position(|known| *known == text)
            .map(|n| n as u8),
    };
    for at in 0..phrase.words.len() {
        let said = phrase
            .words
            .get(at + 1)
            .is_some_and(|word| matches!(word.text.as_str(), "arobase" | "arobases" | "arrobases"));
        let Some(arobases) = level(&phrase.words[at].text).filter(|_| !phrase.words[at].taken)
        else {
            continue;
        };
        let end = phrase.words[at].range.end;
        let sign = phrase.query[end..].trim_start();
        let signed = sign.starts_with('@') && !sign.starts_with("@@");
        if said || signed {
            let lead = at
                .checked_sub(1)
                .filter(|&before| LABEL_WORDS.contains(&phrase.words[before].text.as_str()));
            let range = phrase.take(lead.unwrap_or(at)..at + 1 + usize::from(said));
            understanding
                .levels
                .push(UnderstoodLevel { arobases, range });
        }
    }
}

/// What the label is called, the longest first.
const NAMES: [&[&str]; 7] = [
    &["territoires", "villes", "et", "villages", "internet"],
    &["label", "villes", "internet"],
    &["label", "ville", "internet"],
    &["villes", "internet"],
    &["ville", "internet"],
    &["villages", "internet"],
    &["village", "internet"],
];

/// Takes the name of the label out; gives its bytes.
fn take_name(phrase: &mut Phrase<'_>) -> Option<Range<usize>> {
    let named = (0..phrase.words.len()).find_map(|at| {
        let name = NAMES.iter().find(|name| phrase.follows(at, name))?;
        Some(at..at + name.len())
    })?;
    Some(phrase.take(named))
}

/// Takes out what says that one bears the label. The year beside it is the label's; without any level
/// or mention, the name of the label or such a word means all who bear it.
fn read_bearing(
    phrase: &mut Phrase<'_>,
    named: Option<Range<usize>>,
    understanding: &mut Understanding,
) {
    let all = 0..phrase.words.len();
    let framed = !understanding.levels.is_empty() || understanding.years.is_some();
    let mentioned = all.clone().any(|at| phrase.follows(at, &["mention"]));
    let bears = |at: &usize| {
        let text = phrase.free(*at).map(|word| word.text.as_str());
        text.is_some_and(|text| text.starts_with("labellise") || matches!(text, "label" | "labels"))
    };
    let bears = all.filter(bears).rfind(|_| framed || mentioned);
    let bears = bears.map(|at| phrase.take(at..at + 1));
    let found = named.or(bears);
    understanding.of_the_label = found.is_some() || !understanding.levels.is_empty();
    let Some(range) = found else { return };
    if understanding.levels.is_empty() && !mentioned {
        let level = |arobases| UnderstoodLevel {
            arobases,
            range: range.clone(),
        };
        understanding.levels.extend((1..=5).map(level));
    }
}

/// `communes labellisées`: of any level.
fn read_labelled(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    const BEARERS: [&str; 5] = [
        "communes",
        "villes",
        "epci",
        "intercommunalites",
        "collectivites",
    ];
    let text = |at: usize| phrase.words[at].text.as_str();
    let labelled = |at: &usize| {
        text(*at).starts_with("labellise")
            && BEARERS.contains(&text(at - 1))
            && !phrase.words[*at].taken
    };
    if let Some(at) = (1..phrase.words.len()).find(labelled) {
        let range = phrase.take(at..at + 1);
        let level = |arobases| UnderstoodLevel {
            arobases,
            range: range.clone(),
        };
        understanding.levels.extend((1..=5).map(level));
    }
}

/// `@@@`: between white space, one to five.
fn read_signs(phrase: &mut Phrase<'_>, understanding: &mut Understanding) {
    let mut start = 0;
    for piece in phrase.query.split_inclusive(char::is_whitespace).take(64) {
        let signs = piece.trim();
        if (2..=5).contains(&signs.len()) && signs.bytes().all(|byte| byte == b'@') {
            let range = start..start + signs.len();
            phrase.signs.push(range.clone());
            understanding.levels.push(UnderstoodLevel {
                arobases: signs.len() as u8,
                range,
            });
        }
        start += piece.len();
    }
}
