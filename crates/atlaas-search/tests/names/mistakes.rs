//! A seeded generator of what people type instead of a commune's name.

use atlaas_model::Fiche;
use atlaas_search::fold;

/// Every kind of mistake or spelling, in the order of the report.
pub const KINDS: [&str; 21] = [
    "exact",
    "plain",
    "upper",
    "insee",
    "substitution",
    "swap",
    "deletion",
    "insertion",
    "first_letter",
    "prefix_60",
    "prefix_80",
    "glued",
    "no_articles",
    "reordered",
    "saint",
    "curly",
    "departement_name",
    "departement_number",
    "postcode",
    "postcode_before",
    "two_typos",
];

/// A small seeded generator (splitmix64).
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn letter(&mut self) -> char {
        char::from(b'a' + self.below(26) as u8)
    }
}

/// What is typed for a commune; `None` when the kind does not apply to its name.
pub fn type_name(
    kind: &str,
    fiche: &Fiche,
    departement: &str,
    chance: &mut Chance,
) -> Option<String> {
    let name = fiche.name.as_str();
    let plain = fold(name).replace(['-', '\''], " ");
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    Some(match kind {
        "exact" => name.to_owned(),
        "plain" => plain,
        "upper" => name.to_uppercase(),
        "insee" => fiche.code?.to_string(),
        "substitution" | "swap" | "deletion" | "insertion" => slip(kind, &plain, chance)?,
        "two_typos" => {
            let kinds = ["substitution", "swap", "deletion", "insertion"];
            let once = slip(kinds[chance.below(4)], &plain, chance)?;
            (plain.len() >= 9).then(|| slip(kinds[chance.below(4)], &once, chance))??
        }
        "first_letter" => {
            let wrong = other_letter(plain.chars().next()?, chance);
            format!("{wrong}{}", &plain[1..])
        }
        "prefix_60" => beginning(name, 0.6),
        "prefix_80" => beginning(name, 0.8),
        "glued" => words.concat(),
        "no_articles" => without_articles(&words)?,
        "reordered" => reordered(&words, chance)?,
        "saint" => abbreviated(&words)?,
        "curly" => name.contains('\'').then(|| name.replace('\'', "’"))?,
        "departement_name" => format!("{plain} {departement}"),
        "departement_number" => format!("{plain} {}", fiche.territory.departement?),
        "postcode" => format!("{plain} {}", fiche.postcodes.first()?),
        "postcode_before" => format!("{} {plain}", fiche.postcodes.first()?),
        _ => return None,
    })
}

fn other_letter(letter: char, chance: &mut Chance) -> char {
    loop {
        let wrong = chance.letter();
        if wrong != letter {
            return wrong;
        }
    }
}

/// One mistake at any letter.
fn slip(kind: &str, plain: &str, chance: &mut Chance) -> Option<String> {
    let mut letters: Vec<char> = plain.chars().collect();
    if letters.len() < 2 {
        return None;
    }
    let at = loop {
        let at = chance.below(letters.len());
        if letters[at] != ' ' {
            break at;
        }
    };
    match kind {
        "substitution" => letters[at] = other_letter(letters[at], chance),
        "deletion" => {
            letters.remove(at);
        }
        "insertion" => letters.insert(at, chance.letter()),
        _ => {
            let swappable: Vec<usize> = (1..letters.len())
                .filter(|&at| {
                    letters[at] != letters[at - 1] && letters[at] != ' ' && letters[at - 1] != ' '
                })
                .collect();
            let &at = swappable.get(chance.below(swappable.len()))?;
            letters.swap(at - 1, at);
        }
    }
    Some(letters.into_iter().collect())
}

fn beginning(name: &str, share: f64) -> String {
    let count = (name.chars().count() as f64 * share).ceil() as usize;
    name.chars().take(count).collect()
}

fn without_articles(words: &[&str]) -> Option<String> {
    let article =
        |word: &str| matches!(word, "le" | "la" | "les" | "l" | "de" | "du" | "des" | "d");
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !article(word))
        .collect();
    (kept.len() < words.len() && !kept.is_empty()).then(|| kept.join(" "))
}

fn reordered(words: &[&str], chance: &mut Chance) -> Option<String> {
    if words.len() < 2 {
        return None;
    }
    let by = 1 + chance.below(words.len() - 1);
    let mut turned = words.to_vec();
    turned.rotate_left(by);
    Some(turned.join(" "))
}

fn abbreviated(words: &[&str]) -> Option<String> {
    let short = |word: &&str| {
        match *word {
            "saint" => "st",
            "sainte" => "ste",
            other => other,
        }
        .to_owned()
    };
    let typed: Vec<String> = words.iter().map(short).collect();
    (typed.iter().zip(words).any(|(a, b)| a != b)).then(|| typed.join(" "))
}
