//! Numbers as people write them: `1000`, `1 000`, `1.000`, `2,5`, `20m`, `mille`, `2 millions`.

use crate::understand::phrase::Phrase;

/// A number in a query.
pub(super) struct Number {
    /// Its value.
    pub(super) value: f64,
    /// The word after it.
    pub(super) end: usize,
    /// Letters that hang on its digits: `20m`.
    pub(super) glued: Option<String>,
}

/// Most digits before the decimals.
const MOST_DIGITS: usize = 9;

/// The greatest number that the end of a range may be.
const MOST: f64 = 1e9;

/// Words that multiply, or stand alone for themselves.
const MULTIPLES: [(&str, f64); 5] = [
    ("cent", 100.0),
    ("cents", 100.0),
    ("mille", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
];
/// Numbers in words that people multiply.
const WORDS: [(&str, f64); 16] = [
    ("un", 1.0),
    ("deux", 2.0),
    ("trois", 3.0),
    ("quatre", 4.0),
    ("cinq", 5.0),
    ("six", 6.0),
    ("sept", 7.0),
    ("huit", 8.0),
    ("neuf", 9.0),
    ("dix", 10.0),
    ("quinze", 15.0),
    ("vingt", 20.0),
    ("trente", 30.0),
    ("quarante", 40.0),
    ("cinquante", 50.0),
    ("soixante", 60.0),
];

/// The number that begins at a word, when it is one that a query may bound by.
pub(super) fn at(phrase: &Phrase<'_>, at: usize) -> Option<Number> {
    read(phrase, at).filter(|number| number.value <= MOST)
}

fn read(phrase: &Phrase<'_>, at: usize) -> Option<Number> {
    let text = phrase.free(at)?.text.as_str();
    if let Some(number) = digits(phrase, at, text) {
        return Some(number);
    }
    let found = |table: &[(&str, f64)], text: &str| {
        let known = table.iter().find(|(word, _)| *word == text);
        known.map(|(_, value)| *value)
    };
    let next = phrase.free(at + 1).map(|word| word.text.as_str());
    let times = next.and_then(|next| found(&MULTIPLES, next));
    let (value, end) = match (found(&WORDS, text), times) {
        (Some(value), Some(times)) => (value * times, at + 2),
        (Some(value), None) if value > 1.0 => (value, at + 1),
        _ => (found(&MULTIPLES, text)?, at + 1),
    };
    // `cent mille`
    let more = phrase
        .free(end)
        .and_then(|word| found(&MULTIPLES, &word.text));
    let (value, end) = match more.filter(|times| *times > value.min(999.0)) {
        Some(times) => (value * times, end + 1),
        None => (value, end),
    };
    Some(Number {
        value,
        end,
        glued: None,
    })
}

fn digits(phrase: &Phrase<'_>, at: usize, text: &str) -> Option<Number> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, letters) = text.split_at(count);
    if digits.is_empty() {
        return None;
    }
    let mut number = digits.to_owned();
    let (mut end, mut decimals) = (at + 1, String::new());
    while letters.is_empty() && decimals.is_empty() {
        let Some(next) = phrase.free(end) else { break };
        let between = &phrase.query[phrase.words[end - 1].range.end..next.range.start];
        let plain = next.text.bytes().all(|byte| byte.is_ascii_digit());
        let mut letters = between.chars();
        let mark = letters.next();
        let one = mark.filter(|_| letters.next().is_none());
        match one {
            Some(mark)
                if plain
                    && next.text.len() == 3
                    && number.len() + 3 <= MOST_DIGITS
                    && digits.len() <= 3
                    && (mark.is_whitespace() || mark == '.') =>
            {
                number.push_str(&next.text);
            }
            Some('.' | ',') if plain && next.text.len() <= 6 => decimals.clone_from(&next.text),
            _ => break,
        }
        end += 1;
    }
    if number.len() > MOST_DIGITS {
        return None;
    }
    let mut value: f64 = format!("{number}.{decimals}0").parse().ok()?;
    if letters.is_empty()
        && let Some(next) = phrase.free(end)
        && let Some((_, times)) = MULTIPLES[2..].iter().find(|(word, _)| *word == next.text)
    {
        value *= times;
        end += 1;
    }
    Some(Number {
        value,
        end,
        glued: (!letters.is_empty()).then(|| letters.to_owned()),
    })
}
