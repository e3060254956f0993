//! Whether words that could be a place's name are meant as one: precision before cleverness.

use super::everyday::{STREETS, is_common};
use super::knowledge::Knowledge;
use super::phrase::{Phrase, is_hollow};
use super::relations::{Certainty, FoundRelation};
use crate::gazetteer::{Gazetteer, LookupOptions, Match, PlaceMatch};
use crate::text::fold::words;
use crate::text::names::{Writer, is_article, is_link, name_words};
use atlaas_model::Level;
use std::ops::Range;

/// Where in a phrase a name stands.
pub(crate) struct Standing<'a> {
    /// The phrase.
    pub(crate) phrase: &'a Phrase<'a>,
    /// The words of the name.
    pub(crate) words: &'a Range<usize>,
    /// The relation before them.
    pub(crate) found: &'a FoundRelation,
    /// What the rest is recognised with.
    pub(crate) knowledge: Knowledge<'a>,
}

/// Inhabitants of a commune that weighs more than a common word of the same name.
const BIG: u32 = 50_000;
/// Fewest letters of a big town's name that may be misspelt beside other words.
const CITY_LETTERS: usize = 4;
/// Inhabitants of a commune that is believed behind `de` or at the end of a text.
const SIZEABLE: u32 = 500;

/// Inhabitants of a commune that weighs more than a word of its name that texts use.
const KNOWN_WORD: u32 = 20_000;
/// Inhabitants of a commune that is known even when its linking words are missing or others.
const KNOWN: u32 = 5_000;

/// Words that begin an address, and hardly a name.
const ROADS: [&str; 8] = [
    "rue",
    "avenue",
    "boulevard",
    "impasse",
    "route",
    "chemin",
    "quai",
    "square",
];

/// Words before which a number is no département.
const NUMBERED: [&str; 13] = [
    "article", "covid", "loi", "lot", "numero", "phase", "saison", "top", "tranche", "vague",
    "version", "windows", "web",
];

/// Whether an exactly spelt name is meant as a place.
pub(crate) fn believed(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let whole = !anything_unrecognised(standing);
    match place.how {
        Match::Code => believed_code(standing, whole),
        Match::Postcode => true,
        // `dans l'église` is no village whose name begins so.
        Match::Head if is_said_otherwise(place, standing) => capital(standing),
        _ if standing.found.certainty == Certainty::Strong => {
            !is_word(place, standing) || expects_it(place, standing)
        }
        _ if on_a_street(standing) && !wider_by_name(place, standing) => false,
        _ if is_word(place, standing) => insisted(place, standing),
        _ if !spelt_out(place, standing) => false,
        _ if whole => true,
        // Part of a name is believed beside other words when people know the place, or only its.
        Match::Head if place.population < KNOWN && !alone(place, standing) => false,
        _ if used_in_texts(place, standing) => capital(standing),
        _ if standing.found.certainty == Certainty::Fair => fair(place, standing),
        _ if at_the_end(standing) => place.population >= SIZEABLE || several_words(standing),
        _ if at_the_start(standing) => place.population >= KNOWN,
        _ => in_the_middle(place, standing),
    }
}

/// Near a place, or in a département or région, even one whose name is a common word.
fn expects_it(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let wider = matches!(place.kind, Level::Departement | Level::Region);
    let named_kind = standing.found.next - standing.found.start > 1;
    wider || named_kind || capital(standing)
}

/// A number behind a relation or all alone; a long code anywhere.
fn believed_code(standing: &Standing<'_>, whole: bool) -> bool {
    let typed = standing.phrase.slice(standing.words.clone());
    let digits = typed.bytes().filter(u8::is_ascii_digit).count();
    let numbered = before(standing).is_some_and(|word| NUMBERED.contains(&word));
    let related = standing.found.certainty > Certainty::Weak;
    digits >= 5 || ((whole || related) && !numbered)
}

/// Behind `à`, `en`, `sur`: `en` goes with wider territories only.
fn fair(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let wider = matches!(place.kind, Level::Departement | Level::Region);
    match standing.phrase.words[standing.found.start].text.as_str() {
        "en" => wider,
        "sur" => place.kind == Level::Commune && place.population >= SIZEABLE,
        _ => true,
    }
}

/// Whether a name is a common word too, its article and what stands beside it left aside.
fn is_word(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let typed: Vec<_> = standing.phrase.words[standing.words.clone()]
        .iter()
        .map(|word| word.text.as_str())
        .collect();
    let content: Vec<_> = typed.iter().filter(|word| !is_link(word)).collect();
    let article = standing.found.article.is_some() || typed.first().is_some_and(|w| is_article(w));
    let own_article = words(&place.name)
        .first()
        .is_some_and(|word| is_article(&word.text));
    match content.as_slice() {
        [] => true,
        // `la Réunion` is told from `réunion` by its article.
        [word] => {
            let told = article
                && (matches!(place.kind, Level::Departement | Level::Region) && own_article);
            is_common(word) && !told
        }
        // `tour de France` is no commune of that name in France.
        [word, .., last] => {
            **last == "france" && place.qualified && is_common(word) && place.population < BIG
        }
    }
}

/// Whether every word of a small place's name is one that texts or everybody use.
fn is_said_otherwise(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let gazetteer = standing.knowledge.gazetteer;
    let words = &standing.phrase.words[standing.words.clone()];
    let content = words.iter().filter(|word| !is_link(&word.text));
    let mut content = content.map(|word| word.text.as_str());
    if place.population >= KNOWN_WORD {
        return false;
    }
    let in_texts = place.population < KNOWN;
    content.all(|word| is_common(word) || (in_texts && gazetteer.is_known_word(word)))
}

/// Whether a département or a région stands by its capital beside what is looked for: `stade Réunion`.
fn wider_by_name(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let wider = matches!(place.kind, Level::Departement | Level::Region);
    wider && standing.found.start == standing.words.start && capital(standing)
}

/// Whether a small commune's name is a word that texts use (`ville fleurie`).
fn used_in_texts(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let mut content = standing.phrase.words[standing.words.clone()]
        .iter()
        .filter(|word| !is_link(&word.text));
    let single = content.next().filter(|_| content.next().is_none());
    place.kind == Level::Commune
        && (place.population < KNOWN_WORD || place.how == Match::Head)
        && single.is_some_and(|word| standing.knowledge.gazetteer.is_known_word(&word.text))
}

/// Whether the name was typed with its linking words, or is a known town's.
fn spelt_out(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let typed = &standing.phrase.words[standing.words.clone()];
    let name = name_words(&place.name, Writer::Register);
    let linking = |word: &&str| is_link(word) && !is_article(word);
    let needed = name.iter().map(|word| word.text.as_str()).filter(linking);
    let found = typed.iter().map(|word| word.text.as_str()).filter(linking);
    place.qualified || place.population >= KNOWN || typed.len() == 1 || needed.eq(found)
}

/// Whether something insists that a common word is a place: a capital, or a big town at the end.
fn insisted(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let big = place.kind == Level::Commune && place.population >= BIG && at_the_end(standing);
    let loose = standing.found.certainty == Certainty::Weak;
    let behind_of = loose && standing.found.next > standing.found.start;
    let first = standing.words.start == 0;
    capital(standing) || (big && !behind_of && !first)
}

/// Whether the name has a capital while other words of the text have none.
fn capital(standing: &Standing<'_>) -> bool {
    let inside = standing.phrase.words[standing.words.clone()]
        .iter()
        .any(|word| word.capital && word.range.start > 0);
    let plain = standing.phrase.words.iter().enumerate().any(|(at, word)| {
        at > 0 && !standing.words.contains(&at) && !word.capital && !is_hollow(&word.text)
    });
    let first_plain = standing.words.start > 0 && !standing.phrase.words[0].capital;
    inside && (plain || first_plain)
}

/// Whether a street or an institution bears the name. `rue à Lens` is some street there, and what is
/// `en ligne` is nowhere.
fn on_a_street(standing: &Standing<'_>) -> bool {
    let said = standing.phrase.words[..standing.found.start].iter().rev();
    let said = said.map(|word| word.text.as_str());
    let online = said.clone().take(2).eq(["ligne", "en"]);
    let anywhere = said.take(3).eq(["rue", "la", "dans"]);
    let at = standing.found.certainty == Certainty::Fair;
    !online && !anywhere && !at && before(standing).is_some_and(|word| STREETS.contains(&word))
}

/// The word before the name and its linking words.
fn before<'a>(standing: &Standing<'a>) -> Option<&'a str> {
    standing.phrase.words[..standing.found.start]
        .iter()
        .rev()
        .map(|word| word.text.as_str())
        .find(|word| !is_link(word))
}

fn at_the_end(standing: &Standing<'_>) -> bool {
    standing.phrase.words[standing.words.end..]
        .iter()
        .all(|word| word.taken || is_hollow(&word.text))
}

/// Whether nothing but hollow words and what was taken stands before the name, and something behind
/// it that people look for: `Rennes covoiturage`, not `Paris match`.
fn at_the_start(standing: &Standing<'_>) -> bool {
    let (before, behind) = (
        &standing.phrase.words[..standing.words.start],
        &standing.phrase.words[standing.words.end..],
    );
    let looked_for = |text: &str| {
        let gazetteer = standing.knowledge.gazetteer;
        gazetteer.is_known_word(text) || is_common(text)
    };
    before
        .iter()
        .all(|word| word.taken || is_hollow(&word.text))
        && (!anything_unrecognised(standing) || {
            let mut others = behind
                .iter()
                .filter(|word| !word.taken && !is_hollow(&word.text));
            let (all, known) = others.by_ref().fold((0, 0), |(all, known), word| {
                (all + 1, known + usize::from(looked_for(&word.text)))
            });
            known * 2 >= all
        })
}

/// Whether no other commune's name begins with the one word that was typed.
fn alone(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let typed = &standing.phrase.words[standing.words.clone()];
    let options = LookupOptions {
        limit: 2,
        autocomplete: false,
        ..LookupOptions::default()
    };
    let [word] = typed else { return false };
    let found = standing.knowledge.gazetteer.called(&word.text, &options);
    found.iter().all(|other| other.doc == place.doc)
}

/// Whether a big town stands among other words (`covoiturage Lyon Part-Dieu`), by a name that is no
/// word that texts use.
fn in_the_middle(place: &PlaceMatch, standing: &Standing<'_>) -> bool {
    let mut content = standing.phrase.words[standing.words.clone()]
        .iter()
        .filter(|word| !is_link(&word.text));
    place.kind == Level::Commune
        && place.population >= BIG
        && content.all(|word| {
            !standing.knowledge.gazetteer.is_known_word(&word.text) && !is_common(&word.text)
        })
}

fn several_words(standing: &Standing<'_>) -> bool {
    standing.words.len() >= 3
}

/// Whether anything in the text outside the name and its relation is neither taken nor a term.
fn anything_unrecognised(standing: &Standing<'_>) -> bool {
    let but = standing.found.start..standing.words.end;
    standing.phrase.anything_left(&but) && !standing.knowledge.terms.covers(standing.phrase, &but)
}

/// Whether words may be a misspelt name: not if most of them are words that titles use.
pub(crate) fn may_be_misspelt(
    phrase: &Phrase<'_>,
    words: &Range<usize>,
    gazetteer: &Gazetteer,
) -> bool {
    let content: Vec<_> = phrase.words[words.clone()]
        .iter()
        .map(|word| word.text.as_str())
        .filter(|word| !is_hollow(word))
        .collect();
    let known = |word: &&&str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        gazetteer.is_known_word(word) || gazetteer.is_known_word(singular) || is_common(word)
    };
    let unknown = content.iter().filter(|word| !known(word)).count();
    let long = content.iter().any(|word| word.len() >= 4 && !known(&word));
    let road = content.first().is_some_and(|word| ROADS.contains(word));
    long && !road && unknown * 2 >= content.len()
}

/// Whether the last words of a text, beside words that texts use, may be a big town's misspelt name:
/// none of them is one that texts use.
pub(crate) fn may_be_a_city(standing: &Standing<'_>) -> bool {
    if !at_the_end(standing) {
        return false;
    }
    let known = |word: &str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        let gazetteer = standing.knowledge.gazetteer;
        gazetteer.is_known_word(word) || gazetteer.is_known_word(singular) || is_common(word)
    };
    let words = &standing.phrase.words;
    let strange = |word: &&str| !is_hollow(word) && !known(word);
    let inside = words[standing.words.clone()].iter();
    let (letters, all_strange) = inside
        .map(|word| word.text.as_str())
        .filter(|word| !is_link(word))
        .fold((0, true), |(letters, all), word| {
            (letters + word.len(), all && strange(&word))
        });
    let term = standing
        .knowledge
        .terms
        .find(standing.phrase, standing.words.clone());
    let before = words[..standing.words.start].iter();
    let mut others = before.filter(|word| !word.taken && !is_hollow(&word.text));
    letters >= CITY_LETTERS
        && all_strange
        && term.is_none()
        && !on_a_street(standing)
        && others.all(|word| known(&word.text))
}

/// Whether a place is a town that people know, by its own whole name.
pub(crate) fn is_a_town(place: &PlaceMatch) -> bool {
    let own = place.how == Match::Exact && place.alias.is_none();
    own && place.kind == Level::Commune && place.population >= KNOWN_WORD
}

/// Whether a place is a big town, one mistake away.
pub(crate) fn is_city(place: &PlaceMatch) -> bool {
    place.kind == Level::Commune
        && place.population >= BIG
        && place.alias.is_none()
        && place.how == Match::Misspelt
        && place.edits == 1
}

/// Whether a misspelt name may be believed behind a preposition or all alone: a big enough commune,
/// one mistake.
pub(crate) fn near_enough_alone(place: &PlaceMatch, typed: &str) -> bool {
    let letters = typed
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .count() as u32;
    near_enough(place, typed)
        && letters >= 5
        && place.edits <= letters / 5
        && place.kind == Level::Commune
        && place.population >= KNOWN
}

/// Whether a misspelt name is near enough to what was typed.
pub(crate) fn near_enough(place: &PlaceMatch, typed: &str) -> bool {
    let letters = typed
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .count() as u32;
    match place.how {
        Match::Exact | Match::Misspelt => place.edits > 0 && place.edits * 4 <= letters,
        _ => false,
    }
}
