//! A postal address: the commune is what stands from the post code on.
//!
//! `12 rue de la République 69003 Lyon`, `Le bourg, 19310 Ayen`. What stands before must look like a
//! street or a hamlet, so that other words beside a post code stay words.

use super::codes::five_digits;
use super::register::Gazetteer;
use crate::text::names::NameWord;

/// Words that begin the line of an address, its number aside.
const LINES: [&str; 36] = [
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "bld",
    "impasse",
    "route",
    "rte",
    "chemin",
    "che",
    "quai",
    "square",
    "place",
    "pl",
    "allee",
    "allees",
    "cours",
    "faubourg",
    "fg",
    "passage",
    "residence",
    "lotissement",
    "hameau",
    "lieudit",
    "lieu",
    "bourg",
    "zone",
    "za",
    "zi",
    "zac",
    "bp",
    "cs",
    "esplanade",
    "montee",
    "sentier",
];

/// What may follow the number of a house.
const REPEATS: [&str; 6] = ["bis", "ter", "quater", "b", "t", "q"];

impl Gazetteer {
    /// The post code and the town of an address; `None` when the words are none.
    pub(super) fn in_address<'w>(&self, words: &'w [NameWord]) -> Option<&'w [NameWord]> {
        let at = words
            .iter()
            .rposition(|word| five_digits(&word.text).is_some() && self.is_postcode(&word.text))?;
        let (line, town) = words.split_at(at);
        let first = line.first()?;
        // `Le Bourg-d'Oisans 38520` is a name with its post code.
        let numbered = first.text.bytes().all(|byte| byte.is_ascii_digit());
        (is_a_line(line) && (numbered || town.len() > 1)).then_some(town)
    }
}

/// Whether words are the line of an address: a street, perhaps behind a number, or a hamlet.
fn is_a_line(words: &[NameWord]) -> bool {
    let number = |word: &&NameWord| {
        let digits = word.text.trim_end_matches(['b', 't', 'q']);
        (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbers = words.iter().take_while(number).count();
    let rest = &words[numbers..];
    let repeated = rest
        .first()
        .is_some_and(|word| REPEATS.contains(&word.text.as_str()));
    let rest = &rest[usize::from(numbers > 0 && repeated)..];
    let mut telling = rest.iter().filter(|word| !word.link);
    let line = telling
        .next()
        .is_some_and(|word| LINES.contains(&word.text.as_str()));
    line || (numbers > 0 && !rest.is_empty())
}
