//! Slugs: the one spelling of a value that goes into URLs, tile properties and comparisons.

/// Lower-case ASCII words joined by hyphens; accents and ligatures folded, the rest dropped.
///
/// ```
/// assert_eq!(atlaas_model::slug("Éducation"), "education");
/// assert_eq!(atlaas_model::slug("Étapes numériques (La Poste)"), "etapes-numeriques-la-poste");
/// assert_eq!(atlaas_model::slug("demandeurs d’emploi"), "demandeurs-d-emploi");
/// ```
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match fold(character) {
            Some(folded) => out.push_str(folded),
            None if character.is_ascii_alphanumeric() => out.push(character),
            // A combining accent continues the letter before it.
            None if ('\u{300}'..='\u{36f}').contains(&character) => {}
            None if out.is_empty() || out.ends_with('-') => {}
            None => out.push('-'),
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

fn fold(lower: char) -> Option<&'static str> {
    Some(match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_stable_under_spelling() {
        for (text, expected) in [
            ("Familles et/ou enfants", "familles-et-ou-enfants"),
            ("  À distance ", "a-distance"),
            ("Œuf-en-Ternois", "oeuf-en-ternois"),
            ("e\u{301}ducation", "education"),
            ("TIERS_LIEUX", "tiers-lieux"),
            ("---", ""),
            ("", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }
}
