//! XML: elements with a text, whatever the text holds.

use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

/// An element that holds a text and nothing else.
pub fn element<W: io::Write>(xml: &mut Writer<W>, name: &str, text: &str) -> io::Result<()> {
    let text = printable(text);
    xml.create_element(name)
        .write_text_content(BytesText::new(&text))?;
    Ok(())
}

/// Without the characters that XML 1.0 cannot hold even as references.
fn printable(text: &str) -> String {
    let allowed = |character: &char| {
        !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
            || "\t\n\r".contains(*character)
    };
    text.chars().filter(allowed).collect()
}
