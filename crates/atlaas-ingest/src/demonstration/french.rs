//! French prepositions before the names of communes: « à Nantes », « au Havre », « d'Angers ».

/// « à », contracted with the article that the name begins with.
pub(crate) fn at(name: &str) -> String {
    match article(name) {
        (Article::Le, rest) => format!("au {rest}"),
        (Article::Les, rest) => format!("aux {rest}"),
        _ => format!("à {name}"),
    }
}

/// « de », contracted with the article that the name begins with, or elided before a vowel.
pub(crate) fn of(name: &str) -> String {
    match article(name) {
        (Article::Le, rest) => format!("du {rest}"),
        (Article::Les, rest) => format!("des {rest}"),
        (Article::Other, _) if name.starts_with(is_vowel) => format!("d'{name}"),
        _ => format!("de {name}"),
    }
}

enum Article {
    Le,
    Les,
    La,
    Other,
}

fn article(name: &str) -> (Article, &str) {
    for (article, kind) in [("Le ", Article::Le), ("Les ", Article::Les)] {
        if let Some(rest) = name.strip_prefix(article) {
            return (kind, rest);
        }
    }
    let feminine = name.starts_with("La ") || name.starts_with("L'");
    (
        if feminine {
            Article::La
        } else {
            Article::Other
        },
        name,
    )
}

fn is_vowel(letter: char) -> bool {
    "AEIOUÀÂÉÈÊËÎÏÔÛÜŒÆaeiouéèêîô".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prepositions_agree_with_the_name() {
        for (name, a, de) in [
            ("Nantes", "à Nantes", "de Nantes"),
            ("Le Havre", "au Havre", "du Havre"),
            ("Les Arcs", "aux Arcs", "des Arcs"),
            ("La Rochelle", "à La Rochelle", "de La Rochelle"),
            ("L'Haÿ-les-Roses", "à L'Haÿ-les-Roses", "de L'Haÿ-les-Roses"),
            ("Angers", "à Angers", "d'Angers"),
            ("Œuf-en-Ternois", "à Œuf-en-Ternois", "d'Œuf-en-Ternois"),
            ("Étampes", "à Étampes", "d'Étampes"),
            ("Y", "à Y", "de Y"),
        ] {
            assert_eq!((at(name).as_str(), of(name).as_str()), (a, de));
        }
    }
}
