//! Mails and phone numbers inside texts, taken out: a text may be carried over, the way to reach a
//! person may not.

use std::borrow::Cow;

/// The text without mails and French phone numbers, a word in brackets in their place; borrowed
/// when there was none.
pub(crate) fn removed(text: &str) -> Cow<'_, str> {
    let out = without_mails(text).map_or(Cow::Borrowed(text), Cow::Owned);
    match without_phones(&out) {
        Some(less) => Cow::Owned(less),
        None => out,
    }
}

fn without_mails(text: &str) -> Option<String> {
    let part = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let mut out = String::new();
    let (mut copied, mut searched) = (0, 0);
    while let Some(at) = text[searched..].find('@').map(|at| searched + at) {
        let name = text[copied..at].chars().rev().take_while(|&c| part(c));
        let start = at - name.map(char::len_utf8).sum::<usize>();
        let after = &text[at + 1..];
        let end = after.find(|c: char| !part(c)).unwrap_or(after.len());
        let domain = after[..end].trim_end_matches('.');
        searched = at + 1;
        if start < at && domain.contains('.') {
            out.push_str(&text[copied..start]);
            out.push_str("[courriel]");
            copied = at + 1 + domain.len();
            searched = copied;
        }
    }
    out.push_str(&text[copied..]);
    (copied > 0).then_some(out)
}

fn without_phones(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let free = at == 0 || !bytes[at - 1].is_ascii_digit();
        match phone(&bytes[at..]).filter(|_| free) {
            Some(length) => {
                out.push_str(&text[copied..at]);
                out.push_str("[téléphone]");
                at += length;
                copied = at;
            }
            None => at += 1,
        }
    }
    out.push_str(&text[copied..]);
    (copied > 0).then_some(out)
}

/// Length of the phone number that starts here: `0X`, `+33 X` or `00 33 X`, then four pairs.
fn phone(bytes: &[u8]) -> Option<usize> {
    let starts = ["+33", "0033"]
        .iter()
        .find(|start| bytes.starts_with(start.as_bytes()));
    let mut at = starts.map_or(0, |start| start.len());
    if at > 0 {
        at += separators(&bytes[at..]);
        if bytes[at..].starts_with(b"(0)") {
            at += 3 + separators(&bytes[at + 3..]);
        }
    } else {
        (bytes.first() == Some(&b'0')).then_some(())?;
        at = 1;
    }
    matches!(bytes.get(at), Some(b'1'..=b'9')).then_some(())?;
    at += 1;
    for _ in 0..4 {
        at += separators(&bytes[at..]);
        let pair = bytes.get(at..at + 2)?;
        pair.iter().all(u8::is_ascii_digit).then_some(())?;
        at += 2;
    }
    (!bytes.get(at).is_some_and(u8::is_ascii_digit)).then_some(at)
}

/// At most two signs between two pairs.
fn separators(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take(2)
        .take_while(|byte| b" .-/".contains(byte))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ways_to_reach_a_person_are_taken_out_and_nothing_else() {
        for (text, expected) in [
            ("Écrire à anne.b@ville.fr.", "Écrire à [courriel]."),
            ("é@a.fr, b@c", "[courriel], b@c"),
            ("Tél. 01 23 45 67 89 le matin", "Tél. [téléphone] le matin"),
            ("+33 (0)1.23.45.67.89", "[téléphone]"),
            (
                "0123456789 et 00331-23-45-67-89",
                "[téléphone] et [téléphone]",
            ),
            (
                "SIRET 21010001200015, 2020, 01400",
                "SIRET 21010001200015, 2020, 01400",
            ),
            ("3 arobases @@@", "3 arobases @@@"),
            (
                "l'application @ctes, Imm@bois.",
                "l'application @ctes, Imm@bois.",
            ),
            ("a@b.fr@c.fr", "[courriel]@c.fr"),
        ] {
            assert_eq!(removed(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9 .+()@aé/-]{0,60}") {
            let once = removed(&text);
            if let Cow::Borrowed(same) = once {
                prop_assert_eq!(same, text.as_str());
            }
        }
    }
}
