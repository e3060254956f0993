//! Passages with the matched words marked: whole names, and the best window of a text.
//!
//! Words are matched as the query matched them: as they are, by stem, by beginning, or corrected.
//! The passage comes as safe HTML and as plain text with positions.

use crate::{
    answer::answered::Snippet,
    answer::window::best_window,
    matching::expanded::{Expanded, FoundBy},
    text::analysis::{Stems, cut, glue, is_elided},
    text::fold::{Joint, each_word},
};
use std::ops::Range;

/// What to mark for a query.
pub(crate) struct Marker<'a> {
    words: &'a [Expanded],
    stems: &'a Stems,
    /// The first bytes that a marked word may have.
    heads: [bool; 256],
}

/// A matched word of a text, and the query's word that it answers.
type Marked = (Range<usize>, usize);

/// A word of a text on its way to being compared.
#[derive(Default)]
struct Read {
    text: String,
    range: Range<usize>,
    hyphen: bool,
}

impl<'a> Marker<'a> {
    /// Marks what these words matched.
    pub fn new(words: &'a [Expanded], stems: &'a Stems) -> Self {
        let mut heads = [false; 256];
        for word in words {
            let spellings = word.terms.iter().chain(&word.stems).chain([&word.written]);
            for head in spellings.filter_map(|spelling| spelling.bytes().next()) {
                heads[usize::from(head)] = true;
            }
        }
        Self {
            words,
            stems,
            heads,
        }
    }

    /// The word of the query that a word of a text answers.
    fn word(&self, text: &str) -> Option<usize> {
        if !self.may_begin(text) {
            return None;
        }
        self.words.iter().position(|word| match word.found_by {
            FoundBy::Unknown => false,
            FoundBy::Prefix => text.starts_with(&word.written) || self.answers(word, text),
            FoundBy::Known | FoundBy::Correction => self.answers(word, text),
        })
    }

    fn may_begin(&self, text: &str) -> bool {
        let head = text.bytes().next();
        head.is_some_and(|head| self.heads[usize::from(head)])
    }

    fn answers(&self, word: &Expanded, text: &str) -> bool {
        let exact = word.found_by != FoundBy::Prefix && word.terms.iter().any(|term| term == text);
        exact || word.stems.iter().any(|stem| self.has_stem(text, stem))
    }

    fn has_stem(&self, text: &str, stem: &str) -> bool {
        // Stems change endings only; this spares most words the stemmer.
        let start = stem.len().min(2);
        text.as_bytes().get(..start) == stem.as_bytes().get(..start)
            && self.stems.stem(text) == stem
    }

    /// The matched words of a text, each with the query's word that it answers.
    fn matches(&self, text: &str) -> Vec<Marked> {
        let mut all: Vec<Marked> = Vec::new();
        let (mut last, mut before) = (Read::default(), Read::default());
        each_word(text, |word, range, joint| {
            // An article before an apostrophe is no word of its own.
            if !(joint == Joint::Apostrophe && is_elided(&last.text)) {
                self.compare(&last, &before, &mut all);
                std::mem::swap(&mut last, &mut before);
            }
            last.text.clear();
            last.text.push_str(cut(word));
            last.range = range;
            last.hyphen = joint == Joint::Hyphen;
        });
        self.compare(&last, &before, &mut all);
        all.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        all.retain(|(range, _)| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        all
    }

    /// Compares a word, and the compound that it ends.
    fn compare(&self, read: &Read, before: &Read, all: &mut Vec<Marked>) {
        if let Some(word) = self.word(&read.text) {
            all.push((read.range.clone(), word));
        }
        if read.hyphen && self.may_begin(&before.text) {
            let Some(glued) = glue(&before.text, &read.text) else {
                return;
            };
            let compound = |word: &Expanded| word.terms.contains(&glued);
            if let Some(word) = self.words.iter().position(compound) {
                all.push((before.range.start..read.range.end, word));
            }
        }
    }

    /// A whole name with its matches; `None` when there are none.
    pub fn whole(&self, name: &str) -> Option<Snippet> {
        let found = self.matches(name);
        (!found.is_empty()).then(|| passage(name, 0..name.len(), &found))
    }

    /// The window of a text that shows the most of the query's words; `None` when there are none.
    pub fn window(&self, text: &str) -> Option<Snippet> {
        let found = self.matches(text);
        let range = best_window(text, &found)?;
        Some(passage(text, range, &found))
    }
}

fn passage(text: &str, range: Range<usize>, found: &[(Range<usize>, usize)]) -> Snippet {
    let mut snippet = Snippet {
        html: String::with_capacity(range.len() + 64),
        texte: String::with_capacity(range.len() + 8),
        positions: Vec::new(),
    };
    if range.start > 0 {
        snippet.push("…");
    }
    let mut at = range.start;
    for (marked, _) in found {
        // A match that the window's end cuts is left out.
        if marked.start < at || marked.end > range.end {
            continue;
        }
        snippet.push(&text[at..marked.start]);
        snippet.mark(&text[marked.clone()]);
        at = marked.end;
    }
    snippet.push(&text[at..range.end]);
    if range.end < text.len() {
        snippet.push("…");
    }
    snippet
}

impl Snippet {
    fn push(&mut self, text: &str) {
        self.texte.push_str(text);
        escape(text, &mut self.html);
    }

    fn mark(&mut self, text: &str) {
        let start = self.texte.chars().count() as u32;
        self.positions
            .push([start, start + text.chars().count() as u32]);
        self.html.push_str("<mark>");
        self.push(text);
        self.html.push_str("</mark>");
    }
}

fn escape(text: &str, out: &mut String) {
    let special = |letter: char| matches!(letter, '&' | '<' | '>' | '"' | '\'');
    for piece in text.split_inclusive(special) {
        let plain = piece.trim_end_matches(special);
        out.push_str(plain);
        out.push_str(match &piece[plain.len()..] {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            "\"" => "&quot;",
            "'" => "&#39;",
            other => other,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::window::WINDOW_CHARS;
    use proptest::prelude::*;

    fn known(word: &str, stems: &Stems) -> Expanded {
        Expanded {
            written: word.into(),
            found_by: FoundBy::Known,
            sources: Vec::new(),
            idf: 1.0,
            terms: vec![word.into()],
            stems: vec![stems.stem(word).into_owned()],
            correction: None,
        }
    }

    #[test]
    fn words_are_marked_by_stem_and_html_is_escaped() {
        let stems = Stems::new();
        let words = [known("mediation", &stems)];
        let marker = Marker::new(&words, &stems);
        let snippet = marker.whole("<b>L’été & les Médiations</b>").unwrap();
        assert_eq!(
            snippet.html,
            "&lt;b&gt;L’été &amp; les <mark>Médiations</mark>&lt;/b&gt;"
        );
        assert_eq!(snippet.positions, [[15, 25]]);
        assert!(marker.whole("autre chose").is_none());
    }

    #[test]
    fn beginnings_are_marked_as_whole_words() {
        let stems = Stems::new();
        let mut word = known("num", &stems);
        word.found_by = FoundBy::Prefix;
        let words = [word];
        let snippet = Marker::new(&words, &stems)
            .whole("Espace numérique")
            .unwrap();
        assert_eq!(snippet.html, "Espace <mark>numérique</mark>");
    }

    #[test]
    fn a_long_text_is_cut_around_the_best_window_at_words() {
        let stems = Stems::new();
        let words = [known("fablab", &stems), known("ecole", &stems)];
        let filler = "mot ".repeat(200);
        let text = format!("Un fablab. {filler}Le fablab de l'école {filler}");
        let snippet = Marker::new(&words, &stems).window(&text).unwrap();
        assert!(
            snippet
                .html
                .contains("<mark>fablab</mark> de l&#39;<mark>école</mark>")
        );
        assert!(snippet.texte.chars().count() <= WINDOW_CHARS + 2);
        assert!(snippet.texte.starts_with("…mot") && snippet.texte.ends_with("mot…"));
    }

    proptest! {
        #[test]
        fn positions_point_at_the_marked_words(text in "[a-zé '<&\u{301}中🙂]{0,400}", word in "[a-c]{1,2}") {
            let stems = Stems::new();
            let words = [known(&word, &stems)];
            let marker = Marker::new(&words, &stems);
            for snippet in [marker.whole(&text), marker.window(&text)].into_iter().flatten() {
                let chars: Vec<char> = snippet.texte.chars().collect();
                for &[start, end] in &snippet.positions {
                    let marked: String = chars[start as usize..end as usize].iter().collect();
                    prop_assert!(marker.matches(&marked).len() == 1, "{:?}", marked);
                }
                prop_assert!(snippet.html.matches("<mark>").count() == snippet.positions.len());
            }
        }
    }
}
