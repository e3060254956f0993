//! Text in markup: made safe for HTML and SVG.

use std::fmt::Write as _;

/// Text made safe for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No control character but these has a place in a page.
            '\n' | '\t' => out.push(' '),
            control if control.is_control() => {
                let _ = write!(out, "\u{fffd}");
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_name_stays_text() {
        assert_eq!(
            escape("L'<b>\"é\" & co\n"),
            "L&#39;&lt;b&gt;&quot;é&quot; &amp; co "
        );
    }
}
