//! What the scripts say: the messages `script-…` of the catalogue as a JavaScript module.

use crate::Outcome;
use fluent_syntax::ast::{Entry, Pattern, PatternElement};
use std::fmt::Write as _;

/// How the name of a message begins that is for the scripts.
const PREFIX: &str = "script-";

/// One object a language: `script-zoom-in` is `zoomIn`.
pub fn module() -> Outcome<String> {
    let mut out = String::new();
    for (name, source) in [
        ("FRENCH", include_str!("../words/fr.ftl")),
        ("ENGLISH", include_str!("../words/en.ftl")),
    ] {
        writeln!(out, "export const {name} = {{")?;
        let catalogue = fluent_syntax::parser::parse(source)
            .map_err(|(_, errors)| format!("{name}: the catalogue is broken: {errors:?}"))?;
        for entry in catalogue.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            if let Some(id) = message.id.name.strip_prefix(PREFIX) {
                let text = plain(message.value).ok_or_else(|| {
                    format!("{name}: {PREFIX}{id} takes arguments, which scripts have not")
                })?;
                writeln!(out, "  {}: {text:?},", camel_case(id))?;
            }
        }
        out.push_str("};\n");
    }
    Ok(out)
}

/// A text without arguments.
fn plain(pattern: Option<Pattern<&str>>) -> Option<String> {
    let mut text = String::new();
    for element in pattern?.elements {
        let PatternElement::TextElement { value } = element else {
            return None;
        };
        text.push_str(value);
    }
    Some(text)
}

fn camel_case(id: &str) -> String {
    let mut out = String::new();
    for (rank, part) in id.split('-').enumerate() {
        let (first, rest) = part.split_at(usize::from(!part.is_empty()));
        if rank == 0 {
            out.push_str(part);
        } else {
            out.push_str(&first.to_uppercase());
            out.push_str(rest);
        }
    }
    out
}
