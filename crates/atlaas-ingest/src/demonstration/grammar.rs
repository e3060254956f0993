//! Sentences from patterns: `[a|b]` takes one of several, nested at will; `{slot}` takes a value.

use super::{french, rng::Rng};
use std::fmt::Write as _;

/// What the slots of a pattern stand for.
pub(crate) struct Slots<'a> {
    /// Name of the commune.
    pub(crate) commune: &'a str,
    /// A place in it, with its preposition.
    pub(crate) place: &'a str,
    /// A name of a venue.
    pub(crate) name: &'a str,
    /// A year.
    pub(crate) year: u16,
}

/// Fills a pattern. Brackets that do not match are taken as they stand.
pub(crate) fn expand(pattern: &str, slots: &Slots<'_>, rng: &mut Rng) -> String {
    let mut out = String::with_capacity(pattern.len());
    fill(pattern, slots, rng, &mut out);
    // Alternatives that begin with a comma are written with a space before them.
    let mut text = out.replace(" ,", ",").trim().to_owned();
    if let Some(first) = text.chars().next() {
        let upper: String = first.to_uppercase().collect();
        text.replace_range(..first.len_utf8(), &upper);
    }
    text
}

fn fill(pattern: &str, slots: &Slots<'_>, rng: &mut Rng, out: &mut String) {
    let mut rest = pattern;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = if rest.starts_with('[') {
            closing(rest)
        } else {
            rest.find('}')
        };
        let Some(close) = close else { break };
        if rest.starts_with('[') {
            let alternatives = alternatives(&rest[1..close]);
            if let Some(chosen) = rng.pick(&alternatives) {
                fill(chosen, slots, rng, out);
            }
        } else {
            slot(&rest[1..close], slots, rng, out);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
}

/// Where the bracket at the start of `text` closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The parts between the bars that are not inside other brackets.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'|' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

fn slot(name: &str, slots: &Slots<'_>, rng: &mut Rng, out: &mut String) {
    match name {
        "commune" => out.push_str(slots.commune),
        "a" => out.push_str(&french::at(slots.commune)),
        "de" => out.push_str(&french::of(slots.commune)),
        "lieu" => out.push_str(slots.place),
        "nom" => out.push_str(slots.name),
        // Writing to a string cannot fail.
        "annee" => drop(write!(out, "{}", slots.year)),
        "nb" => drop(write!(out, "{}", 3 + rng.below(38))),
        "nbg" => drop(write!(out, "{}", 50 * (1 + rng.below(60)))),
        other => drop(write!(out, "{{{other}}}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demonstration::rng::Rng;
    use proptest::prelude::*;

    const SLOTS: Slots<'_> = Slots {
        commune: "Le Havre",
        place: "au port",
        name: "La Ruche",
        year: 2020,
    };

    #[test]
    fn slots_and_alternatives_are_filled() {
        let mut rng = Rng::new(1, 1);
        let text = expand(
            "[un|[deux|trois]] {a} [, {lieu}|, {lieu}] {annee}",
            &SLOTS,
            &mut rng,
        );
        let expected = ["Un", "Deux", "Trois"].map(|n| format!("{n} au Havre, au port 2020"));
        assert!(expected.contains(&text), "{text}");
    }

    proptest! {
        #[test]
        fn no_pattern_makes_it_panic(pattern in "[\\[\\]{}|aé ,]{0,40}") {
            let _ = expand(&pattern, &SLOTS, &mut Rng::new(1, 1));
        }
    }
}
