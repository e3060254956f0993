//! Character folding: the one spelling that names, texts and queries are compared in.
//!
//! Lower case, without accents, ligatures opened (`œ` → `oe`), compatibility forms plain (`ﬁ` → `fi`,
//! `17ᵉ` → `17e`, full-width digits), every apostrophe `'`, every hyphen or dash `-`, every white
//! space ` `; what is not seen (control and format characters, combining accents) is dropped. It
//! knows no language and no word: elision and stemming belong to texts, articles and saints to names.

use std::ops::Range;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// How a word hangs on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// First word, or white space or punctuation between.
    Apart,
    /// An apostrophe of any kind and nothing else (`l'arbre`).
    Apostrophe,
    /// A hyphen of any kind and nothing else (`Aix-en-Provence`).
    Hyphen,
    /// A slash and nothing else (`s/Mer`).
    Slash,
}

/// A run of letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded spelling, never empty.
    pub text: String,
    /// Bytes of the original text it was read from.
    pub range: Range<usize>,
    /// How it hangs on the word before.
    pub joint: Joint,
}

/// Appends the folded spelling of one character; nothing for what is not seen.
pub fn fold_char(character: char, out: &mut String) {
    if character.is_ascii() {
        match character {
            '`' => out.push('\''),
            _ if character.is_ascii_whitespace() => out.push(' '),
            _ if character.is_ascii_control() => {}
            _ => out.push(character.to_ascii_lowercase()),
        }
        return;
    }
    if let Some(plain) = fold_special(character) {
        out.push_str(plain);
        return;
    }
    decompose_compatible(character, |part| {
        if is_combining_mark(part) {
            return;
        }
        if part.is_ascii() {
            return fold_char(part, out);
        }
        if let Some(plain) = fold_special(part) {
            out.push_str(plain);
        } else if part.is_whitespace() {
            out.push(' ');
        } else if !part.is_control() {
            out.extend(part.to_lowercase().filter(|&c| !is_combining_mark(c)));
        }
    });
}

/// What Unicode does not decompose, or decomposes otherwise than French readers do.
fn fold_special(character: char) -> Option<&'static str> {
    Some(match character {
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ı' => "i",
        'þ' | 'Þ' => "th",
        '\u{b4}' | '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{2bd}' | '\u{2c8}' | '\u{2018}'
        | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{2035}' | '\u{a78c}'
        | '\u{ff07}' => "'",
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => "-",
        // Soft hyphen, joiners, direction marks, variation selectors, byte order mark.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => "",
        _ => return None,
    })
}

/// The folded spelling of a text.
///
/// ```
/// use atlaas_search::fold;
/// assert_eq!(fold("L’Haÿ‑les‑Roses"), "l'hay-les-roses");
/// assert_eq!(fold("Bœuf DÉJÀ ﬁni 17ᵉ"), "boeuf deja fini 17e");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        fold_char(character, &mut out);
    }
    out
}

/// The words of a text, in order: every run of letters and digits, whatever stands between.
///
/// ```
/// use atlaas_search::{Joint, words};
/// let found = words("L’Île d'Yeu");
/// let texts: Vec<_> = found.iter().map(|word| word.text.as_str()).collect();
/// assert_eq!(texts, ["l", "ile", "d", "yeu"]);
/// assert_eq!(found[1].joint, Joint::Apostrophe);
/// assert_eq!(&"L’Île d'Yeu"[found[1].range.clone()], "Île");
/// ```
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, |text, range, joint| {
        found.push(Word {
            text: text.to_owned(),
            range,
            joint,
        });
    });
    found
}

/// Calls `take(spelling, range, joint)` for each word of a text, as [`words`] lists them.
pub(crate) fn each_word(text: &str, mut take: impl FnMut(&str, Range<usize>, Joint)) {
    let mut word = String::new();
    let mut range = 0..0;
    let mut joint = Joint::Apart;
    let mut first = true;
    // What stands between the last word and here, folded.
    let mut between = String::new();
    let mut piece = String::new();
    for (start, character) in text.char_indices() {
        let plain = character.is_ascii_alphanumeric();
        piece.clear();
        if !plain {
            fold_char(character, &mut piece);
            if piece.is_empty() {
                // An unseen character neither ends a word nor begins one.
                if !word.is_empty() {
                    range.end = start + character.len_utf8();
                }
                continue;
            }
            if !piece.chars().any(char::is_alphanumeric) {
                if !word.is_empty() {
                    take(&word, range.clone(), joint);
                    word.clear();
                    first = false;
                    between.clear();
                }
                between.push_str(&piece);
                continue;
            }
        }
        if word.is_empty() {
            joint = if first {
                Joint::Apart
            } else {
                joint_of(&between)
            };
            range.start = start;
        }
        range.end = start + character.len_utf8();
        if plain {
            word.push(character.to_ascii_lowercase());
        } else {
            word.extend(piece.chars().filter(|c| c.is_alphanumeric()));
        }
    }
    if !word.is_empty() {
        take(&word, range, joint);
    }
}

fn joint_of(between: &str) -> Joint {
    match between {
        "'" => Joint::Apostrophe,
        "-" => Joint::Hyphen,
        "/" => Joint::Slash,
        _ => Joint::Apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_the_same_word_fold_alike() {
        for (text, expected) in [
            ("Étréchy", "etrechy"),
            ("E\u{301}tre\u{301}chy", "etrechy"),
            ("ŒUF-EN-TERNOIS", "oeuf-en-ternois"),
            ("L’Haÿ", "l'hay"),
            ("L`Haÿ", "l'hay"),
            ("lʼhaÿ", "l'hay"),
            ("Aix–en\u{2011}Provence", "aix-en-provence"),
            ("a\u{a0}b\tc", "a b c"),
            ("co\u{ad}opé", "coope"),
            ("İstanbul", "istanbul"),
            ("Straße", "strasse"),
            ("nº 5", "no 5"),
            ("\u{1fef}", "'"),
            ("Ｐａｒｉｓ １７", "paris 17"),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn words_know_where_they_come_from_and_how_they_hang() {
        let text = "Chalon s/Saône, l'été";
        let read: Vec<_> = words(text)
            .into_iter()
            .map(|word| (word.text, text[word.range].to_owned(), word.joint))
            .collect();
        let expected = [
            ("chalon", "Chalon", Joint::Apart),
            ("s", "s", Joint::Apart),
            ("saone", "Saône", Joint::Slash),
            ("l", "l", Joint::Apart),
            ("ete", "été", Joint::Apostrophe),
        ];
        assert_eq!(
            read,
            expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c))
        );
    }

    #[test]
    fn a_decomposed_accent_stays_in_its_word() {
        let text = "e\u{301}cole x";
        let found = words(text);
        assert_eq!(found[0].text, "ecole");
        assert_eq!(&text[found[0].range.clone()], "e\u{301}cole");
        let text = "(cafe\u{301})";
        assert_eq!(&text[words(text)[0].range.clone()], "cafe\u{301}");
    }

    proptest! {
        #[test]
        fn any_text_folds_once_and_for_all(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            for word in words(&text) {
                prop_assert!(!word.text.is_empty());
                prop_assert!(text.get(word.range).is_some());
            }
        }
    }
}
