//! Finding the place of a query: behind a relation, as the whole text, or at its end.
//!
//! The strongest relation is tried first, and behind it the longest name; a name that is spelt
//! right wins over one that is not. Whether a name may be believed is judged in `belief`.

use super::belief::{self, Standing};
use super::everyday::is_common;
use super::knowledge::Knowledge;
use super::phrase::{Phrase, is_hollow};
use super::radius;
use super::relations::{self, Certainty, Expects, FoundRelation};
use super::several;
use super::understanding::{Relation, Understanding, UnderstoodCorrection, UnderstoodPlace};
use crate::gazetteer::{LookupOptions, Match, PlaceMatch};
use crate::text::names::is_link;
use atlaas_model::Level;
use std::ops::Range;

/// Most words of a name that is looked for.
const MOST_WORDS: usize = 9;
/// Most words of a town's name inside a text.
const MIDDLE_WORDS: usize = 4;
/// Most relations that are tried: a French sentence has fewer.
const MOST_RELATIONS: usize = 12;

/// A place that was found in some words.
struct Sighting {
    words: Range<usize>,
    matches: Vec<PlaceMatch>,
    found: FoundRelation,
}

/// Takes the place out of a phrase.
pub(crate) fn read(
    phrase: &mut Phrase<'_>,
    knowledge: Knowledge<'_>,
    understanding: &mut Understanding,
) {
    let around = radius::last(phrase);
    if let Some((words, _)) = &around {
        phrase.take(words.clone());
    }
    let seen = related(phrase, knowledge, |certainty| certainty > Certainty::Weak)
        .or_else(|| bare(phrase, knowledge))
        .or_else(|| related(phrase, knowledge, |certainty| certainty == Certainty::Weak));
    let seen = seen.map(|seen| whole_name(phrase, knowledge, &seen).unwrap_or(seen));
    let Some(mut seen) = seen else {
        // A distance without a place is a word like others (`course de 10 km`).
        if let Some((words, _)) = around {
            phrase.give_back(words);
        }
        return;
    };
    if let Some((_, km)) = around {
        seen.found.relation = Relation::Near;
        seen.found.radius_km = Some(km);
    }
    let typed = phrase.slice(seen.words.clone());
    let also = several::beside(phrase, knowledge, &seen.words, &seen.matches);
    let range = phrase.take(seen.found.start..seen.words.end);
    let mut matches = seen.matches.into_iter();
    let Some(best) = matches.next() else { return };
    if best.edits > 0 {
        understanding.corrections.push(UnderstoodCorrection {
            typed: typed.to_owned(),
            read: best.name.clone(),
            range: phrase.bytes(seen.words.clone()),
        });
    }
    understanding.place = Some(UnderstoodPlace {
        doc: best.doc,
        alias: best.alias,
        kind: best.kind,
        why: why(
            &best,
            typed,
            phrase.slice(seen.found.start..seen.found.next),
        ),
        name: best.name,
        relation: seen.found.relation,
        radius_km: seen.found.radius_km,
        alternatives: matches.take(5).collect(),
        also,
        range,
    });
}

/// The longer name that a relation is part of (`Artigues-près-Bordeaux`).
fn whole_name(phrase: &Phrase<'_>, knowledge: Knowledge<'_>, seen: &Sighting) -> Option<Sighting> {
    let related = seen.found.next > seen.found.start;
    let from = seen.found.start.checked_sub(1).filter(|_| related)?;
    if phrase.words[from].taken || is_hollow(&phrase.words[from].text) {
        return None;
    }
    let words = from..seen.words.end;
    let matches = knowledge
        .gazetteer
        .called(phrase.slice(words.clone()), &options(knowledge));
    (!matches.is_empty()).then_some(Sighting {
        words,
        matches,
        found: FoundRelation {
            start: from,
            next: from,
            relation: Relation::Inside,
            radius_km: None,
            certainty: Certainty::Weak,
            expects: Expects::Any,
            article: None,
        },
    })
}

/// Why a place was chosen, in French.
fn why(place: &PlaceMatch, typed: &str, relation: &str) -> String {
    let how = match place.how {
        Match::Code => "est son code".to_owned(),
        Match::Postcode => "est son code postal".to_owned(),
        Match::Misspelt => format!("ressemble à « {} »", place.name),
        Match::Head => format!("commence le nom de {}", place.name),
        _ if place.qualified => {
            "est son nom avec son département, sa région ou son code".to_owned()
        }
        _ => "est son nom".to_owned(),
    };
    if relation.is_empty() {
        format!("« {typed} » {how}")
    } else {
        format!("« {typed} » {how}, après « {relation} »")
    }
}

/// The strongest relation behind which a place is found, among those of a certainty.
fn related(
    phrase: &Phrase<'_>,
    knowledge: Knowledge<'_>,
    wanted: impl Fn(Certainty) -> bool,
) -> Option<Sighting> {
    let mut relations: Vec<FoundRelation> = (0..phrase.words.len())
        .filter_map(|at| relations::at(phrase, at))
        .filter(|found| wanted(found.certainty))
        .collect();
    // Among the weak ones the last is the likeliest: `mairie de la ville de Lyon`.
    if relations
        .first()
        .is_some_and(|found| found.certainty == Certainty::Weak)
    {
        relations.reverse();
    } else {
        relations.sort_by_key(|found| std::cmp::Reverse(found.certainty));
    }
    relations
        .into_iter()
        .take(MOST_RELATIONS)
        .find_map(|found| behind(phrase, knowledge, &found))
}

/// The place behind a relation.
fn behind(
    phrase: &Phrase<'_>,
    knowledge: Knowledge<'_>,
    found: &FoundRelation,
) -> Option<Sighting> {
    let most = (found.next + MOST_WORDS).min(phrase.words.len());
    let free = (found.next..most)
        .take_while(|&at| !phrase.words[at].taken)
        .count();
    let ends = |count: &usize| {
        let last = &phrase.words[found.next + count - 1];
        !is_hollow(&last.text) || (*count == 1 && last.text == "y")
    };
    (1..=free).rev().filter(ends).find_map(|count| {
        called(phrase, knowledge, found, count).or_else(|| {
            let expected = found.certainty > Certainty::Weak;
            expected.then(|| misspelt(phrase, knowledge, found, count))?
        })
    })
}

/// The place that these words name, behind a relation.
fn called(
    phrase: &Phrase<'_>,
    knowledge: Knowledge<'_>,
    found: &FoundRelation,
    count: usize,
) -> Option<Sighting> {
    let words = found.next..found.next + count;
    let typed = with_article(phrase, &words, found);
    let matches = knowledge.gazetteer.called(&typed, &options(knowledge));
    let matches = expected(matches, found, starts_with_article(&typed));
    let standing = Standing {
        phrase,
        words: &words,
        found,
        knowledge,
    };
    belief::believed(matches.first()?, &standing).then(|| Sighting {
        words: words.clone(),
        matches,
        found: found.clone(),
    })
}

/// The place that these words name with mistakes, behind a relation that expects one.
fn misspelt(
    phrase: &Phrase<'_>,
    knowledge: Knowledge<'_>,
    found: &FoundRelation,
    count: usize,
) -> Option<Sighting> {
    let words = found.next..found.next + count;
    let typed = with_article(phrase, &words, found);
    if !belief::may_be_misspelt(phrase, &words, knowledge.gazetteer)
        || ends_in_a_town(phrase, knowledge, &words)
    {
        return None;
    }
    let matches = knowledge.gazetteer.spelt(&typed, &options(knowledge));
    let matches = expected(matches, found, starts_with_article(&typed));
    let best = matches.first()?;
    let near = if found.certainty == Certainty::Strong {
        belief::near_enough(best, &typed)
    } else {
        belief::near_enough_alone(best, &typed)
    };
    near.then(|| Sighting {
        words,
        matches,
        found: found.clone(),
    })
}

/// Whether the last words are a town's name as they stand (`en ligne Angers`): an exact word beats a
/// guessed name.
fn ends_in_a_town(phrase: &Phrase<'_>, knowledge: Knowledge<'_>, words: &Range<usize>) -> bool {
    let behind = |at: &usize| !is_hollow(&phrase.words[at - 1].text);
    let mut starts = (words.start + 1..words.end).filter(behind);
    starts.any(|start| {
        let typed = phrase.slice(start..words.end);
        let found = knowledge.gazetteer.called(typed, &options(knowledge));
        found.first().is_some_and(belief::is_a_town)
    })
}

fn with_article(phrase: &Phrase<'_>, words: &Range<usize>, found: &FoundRelation) -> String {
    let typed = phrase.slice(words.clone());
    match found.article {
        Some(article) => format!("{article} {typed}"),
        None => typed.to_owned(),
    }
}

fn starts_with_article(typed: &str) -> bool {
    let words = crate::text::fold::words(typed);
    words.len() > 1 && crate::text::names::is_article(&words[0].text)
}

fn options(knowledge: Knowledge<'_>) -> LookupOptions {
    LookupOptions {
        limit: 6,
        near: knowledge.near,
        kinds: Vec::new(),
        autocomplete: false,
    }
}

/// The matches with those first that the relation expects.
fn expected(mut matches: Vec<PlaceMatch>, found: &FoundRelation, article: bool) -> Vec<PlaceMatch> {
    let wanted = |kind: Level| match found.expects {
        Expects::Any => false,
        Expects::Commune => kind == Level::Commune,
        // `dans la Vienne` is the département, `dans Vienne` the town.
        Expects::Wider => {
            (article || found.certainty == Certainty::Fair)
                && matches!(kind, Level::Departement | Level::Region)
        }
        Expects::Departement => kind == Level::Departement,
        Expects::Region => kind == Level::Region,
    };
    let exact = |place: &PlaceMatch| place.edits == 0;
    if matches
        .iter()
        .any(|place| exact(place) && wanted(place.kind))
    {
        matches.sort_by_key(|place| !(exact(place) && wanted(place.kind)));
    }
    if matches!(found.expects, Expects::Departement | Expects::Region) {
        matches.retain(|place| wanted(place.kind));
    }
    matches
}

/// A few words inside a run, the longest first.
fn middles(run: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let (first, last) = (run.start + 1, run.end.saturating_sub(1));
    let lengths = (1..=MIDDLE_WORDS).rev();
    lengths.flat_map(move |length| {
        (first..last.saturating_sub(length - 1)).map(move |from| from..from + length)
    })
}

/// Whether words inside a text may be a town's name at all: none of them one that texts use, unless a
/// capital or a number insists.
fn may_be_inside(phrase: &Phrase<'_>, knowledge: Knowledge<'_>, words: &Range<usize>) -> bool {
    let words = &phrase.words[words.clone()];
    let insists = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if words.iter().any(|word| word.capital || insists(&word.text)) {
        return true;
    }
    let said = |text: &str| knowledge.gazetteer.is_known_word(text) || is_common(text);
    let mut content = words.iter().filter(|word| !is_link(&word.text));
    content.all(|word| !said(&word.text))
}

/// The whole text, or its end, its beginning when all else is understood, or a big town inside it.
fn bare(phrase: &Phrase<'_>, knowledge: Knowledge<'_>) -> Option<Sighting> {
    runs(phrase)
        .into_iter()
        .flat_map(|run| {
            let ends = run.clone().map(|from| from..run.end);
            let starts = run.clone().rev().map(|to| run.start..to);
            let starts = starts.filter(|words| !words.is_empty());
            let edges = ends.chain(starts).take(2 * MOST_WORDS);
            let inside = middles(&run);
            let inside = inside.filter(|words| may_be_inside(phrase, knowledge, words));
            edges.chain(inside).collect::<Vec<_>>()
        })
        .find_map(|words| {
            let found = FoundRelation {
                start: words.start,
                next: words.start,
                relation: Relation::Inside,
                radius_km: None,
                certainty: Certainty::Weak,
                expects: Expects::Any,
                article: None,
            };
            bare_words(phrase, knowledge, &found, words.end - words.start)
        })
}

fn bare_words(
    phrase: &Phrase<'_>,
    knowledge: Knowledge<'_>,
    found: &FoundRelation,
    count: usize,
) -> Option<Sighting> {
    let words = found.next..found.next + count;
    let first = &phrase.words[words.start].text;
    let preposition = is_hollow(first) && !crate::text::names::is_article(first);
    let behind_one = words.start.checked_sub(1).is_some_and(|before| {
        let before = &phrase.words[before];
        !before.taken && is_hollow(&before.text) && !several::joins(&before.text)
    });
    if preposition || behind_one || is_hollow(&phrase.words[words.end - 1].text) {
        return None;
    }
    called(phrase, knowledge, found, count).or_else(|| {
        if phrase.anything_left(&words) {
            misspelt_city(phrase, knowledge, found, count)
        } else {
            misspelt(phrase, knowledge, found, count)
        }
    })
}

/// The big town that the last words of a text are one mistake from, when no text uses them.
fn misspelt_city(
    phrase: &Phrase<'_>,
    knowledge: Knowledge<'_>,
    found: &FoundRelation,
    count: usize,
) -> Option<Sighting> {
    let words = found.next..found.next + count;
    let standing = Standing {
        phrase,
        words: &words,
        found,
        knowledge,
    };
    if !belief::may_be_a_city(&standing) {
        return None;
    }
    let typed = phrase.slice(words.clone());
    let matches = knowledge.gazetteer.spelt(typed, &options(knowledge));
    belief::is_city(matches.first()?).then(|| Sighting {
        words,
        matches,
        found: found.clone(),
    })
}

/// Runs of words that nobody took, the last one first, cut to their last words.
fn runs(phrase: &Phrase<'_>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut end = phrase.words.len();
    while end > 0 {
        if phrase.words[end - 1].taken {
            end -= 1;
            continue;
        }
        let start = (0..end)
            .rev()
            .take_while(|&at| !phrase.words[at].taken)
            .last()
            .unwrap_or(end - 1);
        runs.push(start.max(end.saturating_sub(MOST_WORDS))..end);
        end = start;
    }
    runs.truncate(3);
    runs
}
