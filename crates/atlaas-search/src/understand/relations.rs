//! The French words that say how one lies to a place.

use super::phrase::{Phrase, is_hollow};
use super::understanding::{Relation, USUAL_RADIUS_KM};

/// How sure a relation makes it that a place follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Certainty {
    /// `de`, `du`: a place may follow, or anything.
    Weak,
    /// `à`, `en`, `sur`: a place often follows.
    Fair,
    /// `près de`, `dans le`, `commune de`: a place is expected.
    Strong,
}

/// What kind of place a relation expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expects {
    /// Any.
    Any,
    /// `à`, `ville de`: a commune.
    Commune,
    /// `dans le`, `en`: a département or a région.
    Wider,
    /// `département de`.
    Departement,
    /// `région`.
    Region,
}

/// A relation found in a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundRelation {
    /// First word of it.
    pub(crate) start: usize,
    /// First word of what follows.
    pub(crate) next: usize,
    /// How the fiches lie to the place.
    pub(crate) relation: Relation,
    /// Kilometres, when near.
    pub(crate) radius_km: Option<f64>,
    /// How sure it is.
    pub(crate) certainty: Certainty,
    /// What kind of place it expects.
    pub(crate) expects: Expects,
    /// The article that the relation has swallowed (`du` = de + le).
    pub(crate) article: Option<&'static str>,
}

/// Near, without a number; each may end in `de`, `d'`, `du`, `des`.
const NEAR: [&[&str]; 17] = [
    &["pres"],
    &["proche"],
    &["proches"],
    &["a", "proximite"],
    &["proximite"],
    &["a", "cote"],
    &["a", "cotes"],
    &["aux", "environs"],
    &["dans", "les", "environs"],
    &["environs"],
    &["aux", "alentours"],
    &["alentours"],
    &["autour"],
    &["aux", "abords"],
    &["pas", "loin"],
    &["non", "loin"],
    &["du", "cote"],
];

/// What stands before a number of kilometres, whether the place comes behind it or before.
pub(super) const RADIUS_LEADS: [&[&str]; 17] = [
    &["a", "moins", "de"],
    &["a", "peine"],
    &["a", "peine", "a"],
    &["autour", "de"],
    &["dans", "un", "cercle", "de"],
    &["sur", "un", "rayon", "de"],
    &["sur", "un", "perimetre", "de"],
    &["un", "rayon", "de"],
    &["moins", "de"],
    &["a", "environ"],
    &["dans", "les"],
    &["jusqu", "a"],
    &["dans", "un", "rayon", "de"],
    &["dans", "un", "perimetre", "de"],
    &["rayon", "de"],
    &["rayon"],
    &["a"],
];

/// Inside, where a place is expected; each may end in an article.
const INSIDE: [(&[&str], Expects); 19] = [
    (&["dans", "la", "ville", "de"], Expects::Commune),
    (&["dans", "la", "commune", "de"], Expects::Commune),
    (&["dans", "le", "departement", "de"], Expects::Departement),
    (&["dans", "le", "departement", "du"], Expects::Departement),
    (&["dans", "le", "departement"], Expects::Departement),
    (&["dans", "la", "region"], Expects::Region),
    (&["en", "region"], Expects::Region),
    (&["departement", "de"], Expects::Departement),
    (&["departement", "du"], Expects::Departement),
    (&["departement", "des"], Expects::Departement),
    (&["departement"], Expects::Departement),
    (&["dept"], Expects::Departement),
    (&["region"], Expects::Region),
    (&["ville", "de"], Expects::Commune),
    (&["villes", "de"], Expects::Commune),
    (&["commune", "de"], Expects::Commune),
    (&["communes", "de"], Expects::Any),
    (&["mairie", "de"], Expects::Commune),
    (&["dans"], Expects::Wider),
];

/// Like a place; each may end in `a`, `au`, `aux`.
const ALIKE: [&[&str]; 14] = [
    &["comme"],
    &["semblable"],
    &["semblables"],
    &["similaire"],
    &["similaires"],
    &["comparable"],
    &["comparables"],
    &["ressemblant"],
    &["qui", "ressemble"],
    &["qui", "ressemblent"],
    &["du", "meme", "type", "que"],
    &["du", "meme", "genre", "que"],
    &["de", "la", "taille", "de"],
    &["pareilles"],
];

/// The relation that begins at a word, the longest one.
pub(crate) fn at(phrase: &Phrase<'_>, at: usize) -> Option<FoundRelation> {
    alike(phrase, at)
        .or_else(|| measured(phrase, at))
        .or_else(|| near(phrase, at))
        .or_else(|| inside(phrase, at))
        .or_else(|| bare(phrase, at))
}

/// `à moins de 20 km de`, `dans un rayon de 15km autour de`, `20 km autour de`.
fn measured(phrase: &Phrase<'_>, start: usize) -> Option<FoundRelation> {
    let bare: &[&str] = &[];
    let lead = RADIUS_LEADS.iter().chain([&bare]).find(|lead| {
        phrase.follows(start, lead) && kilometres(phrase, start + lead.len()).is_some()
    })?;
    let (after, radius_km) = kilometres(phrase, start + lead.len())?;
    let around = at_words(phrase, after, &NEAR).unwrap_or(after);
    let (next, article) = of(phrase, around)?;
    Some(FoundRelation {
        start,
        next,
        relation: Relation::Near,
        radius_km: Some(radius_km),
        certainty: Certainty::Strong,
        expects: Expects::Any,
        article,
    })
}

/// A number of kilometres: `20 km`, `20km`, `1,5 kilomètres`, `500 m`; and the word after it.
pub(super) fn kilometres(phrase: &Phrase<'_>, at: usize) -> Option<(usize, f64)> {
    let word = &phrase.free(at)?.text;
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = word.split_at(digits);
    let mut value: f64 = number.parse().ok()?;
    let (unit, after) = if unit.is_empty() {
        let mut next = at + 1;
        let decimals = phrase.free(next).filter(|word| {
            word.text.bytes().all(|byte| byte.is_ascii_digit()) && word.text.len() <= 2
        });
        if let Some(decimals) = decimals {
            let between = &phrase.query[phrase.words[at].range.end..decimals.range.start];
            if !matches!(between, "," | ".") {
                return None;
            }
            value = format!("{number}.{}", decimals.text).parse().ok()?;
            next += 1;
        }
        (phrase.free(next)?.text.as_str(), next + 1)
    } else {
        (unit, at + 1)
    };
    let km = match unit {
        "km" | "kms" | "kilometre" | "kilometres" | "klm" => value,
        "m" | "metre" | "metres" => value / 1000.0,
        _ => return None,
    };
    (km > 0.0 && km <= 1000.0).then_some((after, km))
}

/// `communes comme`, `villes semblables à`; `comme` alone compares only where territories are spoken of.
fn alike(phrase: &Phrase<'_>, start: usize) -> Option<FoundRelation> {
    const COMPARED: [&str; 12] = [
        "commune",
        "communes",
        "ville",
        "villes",
        "village",
        "villages",
        "epci",
        "agglomeration",
        "agglomerations",
        "departement",
        "departements",
        "territoires",
    ];
    let after = at_words(phrase, start, &ALIKE)?;
    let before = start
        .checked_sub(1)
        .map(|at| phrase.words[at].text.as_str());
    let spoken_of = before.filter(|word| COMPARED.contains(word));
    if spoken_of.is_none() && after == start + 1 && phrase.words[start].text == "comme" {
        return None;
    }
    let (next, article) = match phrase.free(after)?.text.as_str() {
        "a" => (after + 1, None),
        "au" => (after + 1, Some("le")),
        "aux" => (after + 1, Some("les")),
        _ => (after, None),
    };
    Some(FoundRelation {
        // Towns and villages are what is compared, not what is looked for.
        start: match spoken_of {
            None => start,
            Some("commune" | "communes" | "epci" | "departement" | "departements")
                if opens(phrase, start - 1) =>
            {
                start
            }
            Some(_) => start - 1,
        },
        next,
        relation: Relation::Alike,
        radius_km: None,
        certainty: Certainty::Strong,
        expects: Expects::Any,
        article,
    })
}

/// Whether nothing that is looked for stands before a word.
fn opens(phrase: &Phrase<'_>, at: usize) -> bool {
    let mut before = phrase.words[..at].iter();
    before.all(|word| is_hollow(&word.text))
}

fn near(phrase: &Phrase<'_>, start: usize) -> Option<FoundRelation> {
    let after = at_words(phrase, start, &NEAR)?;
    let (next, article) = of(phrase, after)?;
    Some(FoundRelation {
        start,
        next,
        relation: Relation::Near,
        radius_km: Some(USUAL_RADIUS_KM),
        certainty: Certainty::Strong,
        expects: Expects::Any,
        article,
    })
}

fn inside(phrase: &Phrase<'_>, start: usize) -> Option<FoundRelation> {
    // The `hôtel de ville de Paris` is a building.
    if start >= 2 && phrase.follows(start - 2, &["hotel", "de", "ville"]) {
        return None;
    }
    let (words, expects) = INSIDE
        .iter()
        .filter(|(words, _)| phrase.follows(start, words) && !interrupted(phrase, start, words))
        .max_by_key(|(words, _)| words.len())?;
    Some(FoundRelation {
        start,
        next: start + words.len(),
        relation: Relation::Inside,
        radius_km: None,
        certainty: Certainty::Strong,
        expects: *expects,
        article: None,
    })
}

/// Whether a comma stands among some words (`de la mairie, de la salle`).
fn interrupted(phrase: &Phrase<'_>, start: usize, words: &[&str]) -> bool {
    phrase.slice(start..start + words.len()).contains(',')
}

/// A preposition alone.
fn bare(phrase: &Phrase<'_>, start: usize) -> Option<FoundRelation> {
    let preposition = phrase.free(start)?.text.as_str();
    let (certainty, expects, article) = match preposition {
        "a" | "sur" | "vers" => (Certainty::Fair, Expects::Any, None),
        "en" => (Certainty::Fair, Expects::Wider, None),
        "au" => (Certainty::Fair, Expects::Any, Some("le")),
        "aux" => (Certainty::Fair, Expects::Any, Some("les")),
        "de" | "d" => (Certainty::Weak, Expects::Any, None),
        "du" => (Certainty::Weak, Expects::Any, Some("le")),
        "des" => (Certainty::Weak, Expects::Any, Some("les")),
        _ => return None,
    };
    // Who looks for something `vers Rennes` does not mind if it is beside it.
    let towards = preposition == "vers";
    Some(FoundRelation {
        start,
        next: start + 1,
        relation: if towards {
            Relation::Near
        } else {
            Relation::Inside
        },
        radius_km: towards.then_some(USUAL_RADIUS_KM),
        certainty,
        expects,
        article,
    })
}

/// The word after the longest of these phrases that begins here.
fn at_words(phrase: &Phrase<'_>, at: usize, phrases: &[&[&str]]) -> Option<usize> {
    phrases
        .iter()
        .filter(|words| phrase.follows(at, words))
        .map(|words| at + words.len())
        .max()
}

/// The word after `de`, `d'`, `du`, `des`, which must be there, and the article it has swallowed.
fn of(phrase: &Phrase<'_>, at: usize) -> Option<(usize, Option<&'static str>)> {
    let article = match phrase.free(at)?.text.as_str() {
        "de" | "d" => None,
        "du" => Some("le"),
        "des" => Some("les"),
        _ => return Some((at, None)),
    };
    Some((at + 1, article))
}
