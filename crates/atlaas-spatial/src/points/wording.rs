//! How counts and names are worded on a symbol.

/// A count as short as a circle needs it, in French: `950`, `1,2 k`, `12 k`, `3 M`.
pub fn abbreviate(count: u32) -> String {
    let (tenths, unit) = match count {
        0..1000 => return count.to_string(),
        1000..999_500 => (rounded(count, 100), 'k'),
        _ => (rounded(count, 100_000), 'M'),
    };
    match (tenths / 10, tenths % 10) {
        (whole @ 0..10, tenth @ 1..) => format!("{whole},{tenth} {unit}"),
        (whole @ 0..10, 0) => format!("{whole} {unit}"),
        _ => format!(
            "{} {unit}",
            rounded(count, if unit == 'k' { 1000 } else { 1_000_000 })
        ),
    }
}

fn rounded(count: u32, by: u32) -> u32 {
    count / by + u32::from(count % by >= by.div_ceil(2))
}

/// Cuts a text to at most `longest` characters, the last one an ellipsis when something is missing.
pub fn cut(text: &mut String, longest: usize) {
    if text.char_indices().nth(longest).is_none() {
        return;
    }
    if let Some((end, _)) = text.char_indices().nth(longest - 1) {
        text.truncate(text[..end].trim_end().len());
        text.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_abbreviated_in_french() {
        for (count, expected) in [
            (2, "2"),
            (999, "999"),
            (1000, "1 k"),
            (1049, "1 k"),
            (1050, "1,1 k"),
            (1234, "1,2 k"),
            (9949, "9,9 k"),
            (9950, "10 k"),
            (12_345, "12 k"),
            (999_499, "999 k"),
            (999_500, "1 M"),
            (1_234_567, "1,2 M"),
            (62_000_000, "62 M"),
            (u32::MAX, "4295 M"),
        ] {
            assert_eq!(abbreviate(count), expected, "{count}");
        }
    }

    #[test]
    fn a_long_name_ends_in_an_ellipsis_on_a_character_boundary() {
        for (text, expected) in [
            ("Les Arcs", "Les Arcs"),
            ("L’Haÿ-les-Roses", "L’Haÿ-l…"),
            ("Saint-É-x", "Saint-É…"),
            ("Vitry et Ivry", "Vitry e…"),
            ("Bordeaux Lac", "Bordeau…"),
            ("Nantes  Sud", "Nantes…"),
            ("", ""),
        ] {
            let mut name = text.to_owned();
            cut(&mut name, 8);
            assert_eq!(name, expected);
        }
    }
}
