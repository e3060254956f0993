//! Numbers with their units, and yes or no, as people write them.

/// The number of a measure: a decimal comma or point, spaces between thousands, its unit behind it.
pub(crate) fn measured(text: &str, unit: Option<&str>) -> Option<f64> {
    let text = text.trim().trim_start_matches('\'');
    let text = unit
        .and_then(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
        .trim();
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter == '\u{2212}' { '-' } else { letter })
        .collect();
    // A comma is a decimal sign where there is one and no point; `1,234.5` has it between thousands.
    let plain = match (plain.matches(',').count(), plain.contains('.')) {
        (1, false) => plain.replace(',', "."),
        (_, true) => plain.replace(',', ""),
        (0, false) => plain,
        (_, false) => return None,
    };
    let figures = |byte: u8| byte.is_ascii_digit() || b"+-.".contains(&byte);
    let number: f64 = plain.bytes().all(figures).then(|| plain.parse().ok())??;
    number.is_finite().then_some(number)
}

/// Yes or no.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match atlaas_model::slug(text).as_str() {
        "oui" | "o" | "vrai" | "true" | "1" | "x" | "yes" => Some(true),
        "non" | "n" | "faux" | "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_read_with_their_signs_and_units() {
        for (text, unit, expected) in [
            ("12", None, Some(12.0)),
            ("12,5 m", Some("m"), Some(12.5)),
            ("1 234,5", None, Some(1234.5)),
            ("1,234.5", None, Some(1234.5)),
            ("\u{2212}3", None, Some(-3.0)),
            ("'007", None, Some(7.0)),
            ("12 cm", Some("m"), None),
            ("1,2,3", None, None),
            ("beaucoup", None, None),
            ("1e400", None, None),
            ("inf", None, None),
            ("", None, None),
        ] {
            assert_eq!(measured(text, unit), expected, "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Oui", Some(true)),
            ("FAUX", Some(false)),
            ("x", Some(true)),
            ("peut-être", None),
        ] {
            assert_eq!(yes_or_no(text), expected, "{text}");
        }
    }
}
