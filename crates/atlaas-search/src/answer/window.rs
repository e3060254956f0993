//! Which part of a text a snippet shows: the window with the most words, cut at words.

use std::ops::Range;

/// Longest passage of a text, in characters.
pub(crate) const WINDOW_CHARS: usize = 240;
/// Characters shown before the first match of a window, when there is room.
const LEAD_CHARS: usize = 60;

/// The window with the most different words, then the most matches, then the earliest.
pub(super) fn best_window(text: &str, found: &[(Range<usize>, usize)]) -> Option<Range<usize>> {
    let mut best: Option<((usize, usize), usize, usize)> = None;
    for (first, (start, _)) in found.iter().enumerate() {
        let limit = forward(text, start.start, WINDOW_CHARS - LEAD_CHARS);
        let inside: Vec<usize> = found[first..]
            .iter()
            .take_while(|(range, _)| range.end <= limit)
            .map(|(_, word)| *word)
            .collect();
        let mut different = inside.clone();
        different.sort_unstable();
        different.dedup();
        let merit = (different.len(), inside.len());
        if best.is_none_or(|(other, ..)| merit > other) {
            best = Some((merit, start.start, limit));
        }
    }
    let (_, start, _) = best?;
    let mut from = if text[..start].chars().nth(LEAD_CHARS).is_none() {
        0
    } else {
        word_start(text, backward(text, start, LEAD_CHARS), start)
    };
    let mut to = forward(text, from, WINDOW_CHARS);
    if to == text.len() {
        // Near the end of the text the window may show more of what comes before.
        let earliest = backward(text, to, WINDOW_CHARS);
        from = from.min(word_start(text, earliest, from));
    } else {
        to = word_end(text, start, to);
    }
    Some(from..to)
}

/// The byte `chars` characters after `at`, or the end.
fn forward(text: &str, at: usize, chars: usize) -> usize {
    text[at..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// The byte `chars` characters before `at`, or the start.
fn backward(text: &str, at: usize, chars: usize) -> usize {
    text[..at]
        .char_indices()
        .rev()
        .nth(chars.saturating_sub(1))
        .map_or(0, |(offset, _)| offset)
}

/// The first start of a word in `from..to`, else `from`.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    if from == 0 {
        return 0;
    }
    text[from..to]
        .find(char::is_whitespace)
        .map_or(from, |space| {
            let after = from + space;
            after + text[after..].chars().next().map_or(0, char::len_utf8)
        })
}

/// The last end of a word in `from..to`, else `to`.
fn word_end(text: &str, from: usize, to: usize) -> usize {
    match text[from..to].rfind(char::is_whitespace) {
        Some(space) if space > 0 => from + space,
        _ => to,
    }
}
