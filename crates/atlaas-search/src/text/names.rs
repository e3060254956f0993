//! How place names are spelt: words as compared, abbreviations opened, articles known but kept.
//!
//! `St`, `Ste`, `s/` and `lez` are opened the same way in names and in queries; intercommunal
//! forms (`communauté de communes`, `agglo`) become their acronym. No word is ever dropped from a
//! spelling: spellings without articles or linking words are *further* spellings of a name.

use crate::text::fold::{Joint, words};
use std::ops::Range;

/// Most words of a text that are read as a name; the rest is ignored.
pub(crate) const MOST_WORDS: usize = 16;
/// Longest word that is compared, in bytes; what follows is ignored.
const LONGEST_WORD: usize = 40;

/// A word of a name as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameWord {
    /// Spelling with its abbreviation opened.
    pub(crate) text: String,
    /// Bytes of the original text.
    pub(crate) range: Range<usize>,
    /// Whether it only links: an article or a preposition.
    pub(crate) link: bool,
}

/// Whether the words come from an official name or from somebody who may still be typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    /// An official name.
    Register,
    /// A person; the last word may be unfinished.
    Typist,
}

/// Whether a folded word is an article or a preposition inside names.
pub(crate) fn is_link(word: &str) -> bool {
    matches!(
        word,
        "le" | "la"
            | "les"
            | "l"
            | "de"
            | "du"
            | "des"
            | "d"
            | "en"
            | "sur"
            | "sous"
            | "et"
            | "a"
            | "au"
            | "aux"
    )
}

/// Whether a folded word is an article that a name may begin with.
pub(crate) fn is_article(word: &str) -> bool {
    matches!(word, "le" | "la" | "les" | "l")
}

/// The words of a name, at most [`MOST_WORDS`], in order.
pub(crate) fn name_words(text: &str, writer: Writer) -> Vec<NameWord> {
    let mut read = words(text).into_iter().peekable();
    let count = read.len();
    let mut opened = Vec::with_capacity(count.min(MOST_WORDS));
    for index in 0..count.min(MOST_WORDS) {
        let Some(word) = read.next() else { break };
        let last = index + 1 == count;
        let slash = read.peek().is_some_and(|next| next.joint == Joint::Slash);
        let unfinished = last && writer == Writer::Typist;
        let spelling = match word.text.as_str() {
            "st" if !unfinished => "saint",
            "ste" if !unfinished => "sainte",
            "sts" if !unfinished => "saints",
            "stes" if !unfinished => "saintes",
            "s" if slash || (index > 0 && !last && word.joint == Joint::Apart) => "sur",
            "ss" if slash => "sous",
            "mt" if !last => "mont",
            "lez" if index > 0 && !last => "les",
            "nd" if !last => "notredame",
            _ => "",
        };
        let mut text = match spelling {
            "" => word.text,
            opened => opened.to_owned(),
        };
        cut(&mut text, LONGEST_WORD);
        opened.push(NameWord {
            link: is_link(&text),
            text,
            range: word.range,
        });
    }
    shorten_unions(opened)
}

/// Cuts a text at a byte length, back to a character boundary.
fn cut(text: &mut String, longest: usize) {
    if text.len() > longest {
        let end = (0..=longest)
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(0);
        text.truncate(end);
    }
}

/// The forms of intercommunality and their acronyms.
const UNIONS: [(&[&str], &str); 9] = [
    (&["communaute", "de", "communes"], "cc"),
    (&["communaute", "des", "communes"], "cc"),
    (&["communaute", "communes"], "cc"),
    (&["com", "com"], "cc"),
    (&["comcom"], "cc"),
    (&["communaute", "d", "agglomeration"], "ca"),
    (&["agglomeration"], "ca"),
    (&["agglo"], "ca"),
    (&["communaute", "urbaine"], "cu"),
];

/// Replaces every form of intercommunality by its acronym.
fn shorten_unions(read: Vec<NameWord>) -> Vec<NameWord> {
    let begins = |word: &NameWord| UNIONS.iter().any(|(form, _)| form[0] == word.text);
    if !read.iter().any(begins) {
        return read;
    }
    let mut out: Vec<NameWord> = Vec::with_capacity(read.len());
    let mut rest = read.as_slice();
    while let Some(first) = rest.first() {
        let form = UNIONS.iter().find(|(form, _)| {
            form.len() <= rest.len() && form.iter().zip(rest).all(|(a, b)| *a == b.text)
        });
        let taken = form.map_or(1, |(form, _)| form.len());
        let mut word = first.clone();
        if let Some((_, acronym)) = form {
            (*acronym).clone_into(&mut word.text);
            word.range.end = rest[taken - 1].range.end;
        }
        out.push(word);
        rest = &rest[taken..];
    }
    out
}

/// The words glued together.
pub(crate) fn glue(name: &[NameWord]) -> String {
    name.iter().map(|word| word.text.as_str()).collect()
}

/// The words glued together without those that only link; all of them when there is nothing else.
pub(crate) fn glue_content(name: &[NameWord]) -> String {
    let content: String = name
        .iter()
        .filter(|word| !word.link)
        .map(|word| word.text.as_str())
        .collect();
    if content.is_empty() {
        glue(name)
    } else {
        content
    }
}

/// The bytes of the glued spelling at which words end, one bit each, the last one left out: which
/// letters stand together, not whether they are linked.
pub(crate) fn word_ends(name: &[NameWord]) -> u64 {
    let mut length = 0;
    let mut ends = 0;
    for word in name.split_last().map_or(&[][..], |(_, before)| before) {
        length += word.text.len();
        if length < 64 {
            ends |= 1 << length;
        }
    }
    ends
}

/// The words after the articles and linking words that a spelling begins with; all of them when
/// there is nothing else.
pub(crate) fn after_links(name: &[NameWord]) -> &[NameWord] {
    let start = name.iter().position(|word| !word.link).unwrap_or(0);
    &name[start..]
}

/// Other readings of a glued spelling whose saint may be abbreviated (`stmartin`).
pub(crate) fn open_glued_saint(glued: &str) -> Option<String> {
    let rest = glued.strip_prefix("st")?;
    (rest.len() >= 3).then(|| format!("saint{rest}"))
}

/// The glued spelling with its last word opened, when that may be an abbreviation already
/// (`Bourg-St`, `Lys-lez`) or a longer word still to be typed.
pub(crate) fn open_last(name: &[NameWord]) -> Option<String> {
    let (last, before) = name.split_last()?;
    let opened = match last.text.as_str() {
        "st" => "saint",
        "ste" => "sainte",
        "lez" if !before.is_empty() => "les",
        "mt" => "mont",
        "s" if !before.is_empty() => "sur",
        _ => return None,
    };
    Some(glue(before) + opened)
}

/// The number of an arrondissement as people write it: digits, `er`, `e`, `eme`, Roman numerals.
pub(crate) fn ordinals(number: u32) -> Vec<String> {
    let mut forms = vec![format!("{number}"), format!("{number}e")];
    forms.push(format!("{number}eme"));
    forms.push(format!("{number}ieme"));
    if number == 1 {
        forms.push("1er".to_owned());
    }
    let roman = roman(number);
    forms.push(format!("{roman}e"));
    forms.push(format!("{roman}eme"));
    forms.push(roman);
    forms
}

/// Lower-case Roman numeral of a number below 40.
fn roman(number: u32) -> String {
    let tens = "x".repeat((number / 10) as usize);
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    format!("{tens}{}", units[(number % 10) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glued(text: &str) -> String {
        glue(&name_words(text, Writer::Typist))
    }

    #[test]
    fn abbreviations_are_opened() {
        for (text, expected) in [
            ("St Martin du Var", "saintmartinduvar"),
            ("Ste-Colombe", "saintecolombe"),
            ("Chalon s/Saône", "chalonsursaone"),
            ("Chalon s/ Saône", "chalonsursaone"),
            ("vaux s mer", "vauxsurmer"),
            ("Saint-Denis-lez-Bourg", "saintdenislesbourg"),
            ("L’Haÿ-les-Roses", "lhaylesroses"),
            ("mt de marsan", "montdemarsan"),
            ("Communauté de communes du Pays d'Olmes", "ccdupaysdolmes"),
            ("agglo de Colmar", "cadecolmar"),
        ] {
            assert_eq!(glued(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_that_may_still_be_typed_is_left_alone() {
        assert_eq!(glued("st"), "st");
        assert_eq!(glue(&name_words("st", Writer::Register)), "saint");
    }

    #[test]
    fn linking_words_are_kept_unless_asked() {
        let name = name_words("Les Arcs", Writer::Register);
        assert_eq!(glue(&name), "lesarcs");
        assert_eq!(glue_content(&name), "arcs");
        assert_eq!(glue(after_links(&name)), "arcs");
        let only_links = name_words("La", Writer::Register);
        assert_eq!(glue_content(&only_links), "la");
        assert_eq!(after_links(&only_links).len(), 1);
    }

    #[test]
    fn an_arrondissement_has_its_number_in_every_form() {
        let forms = ordinals(17);
        for form in ["17", "17e", "17eme", "xvii", "xviie"] {
            assert!(forms.iter().any(|known| known == form), "{form}");
        }
        assert!(ordinals(1).iter().any(|form| form == "1er"));
    }
}
