//! How people begin a question: words that say that something is looked for, and nothing of what.

use super::phrase::Phrase;

/// The longest first.
const LEADS: [&[&str]; 34] = [
    &["est", "ce", "qu", "il", "y", "a", "un"],
    &["est", "ce", "qu", "il", "y", "a", "une"],
    &["est", "ce", "qu", "il", "y", "a", "des"],
    &["ou", "est", "ce", "que", "je", "peux", "trouver"],
    &["ou", "peut", "on", "trouver"],
    &["ou", "puis", "je", "trouver"],
    &["ou", "y", "a", "t", "il"],
    &["combien", "y", "a", "t", "il"],
    &["y", "a", "t", "il"],
    &["quelles", "sont", "les"],
    &["quels", "sont", "les"],
    &["je", "voudrais", "trouver"],
    &["je", "voudrais"],
    &["je", "recherche"],
    &["je", "cherche"],
    &["nous", "cherchons"],
    &["on", "cherche"],
    &["ou", "se", "trouvent"],
    &["ou", "se", "trouve"],
    &["ou", "trouver"],
    &["ou", "aller", "pour"],
    &["ou", "sont"],
    &["ou", "est"],
    &["combien"],
    &["nombre", "de"],
    &["nombre", "d"],
    &["liste", "des"],
    &["liste", "de"],
    &["recherche"],
    &["recherchons"],
    &["trouver"],
    &["trouve"],
    &["cherche"],
    &["chercher"],
];

/// Takes the lead out, and the article behind it, when something follows.
pub(crate) fn read(phrase: &mut Phrase<'_>) {
    let Some(lead) = LEADS.iter().find(|lead| phrase.follows(0, lead)) else {
        return;
    };
    let article = |at: usize| {
        let word = phrase.free(at).map(|word| word.text.as_str());
        matches!(
            word,
            Some("un" | "une" | "des" | "le" | "la" | "les" | "l" | "de" | "d")
        )
    };
    let end = lead.len() + usize::from(article(lead.len()));
    if end < phrase.words.len() {
        phrase.take(0..end);
    }
}
