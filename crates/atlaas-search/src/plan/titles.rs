//! What something is called, and where it lies beside it: `Chauffage de l'église Marcq-en-Barœul`.
//!
//! Whoever copies a title and its town means both as they stand, whatever else words of the title could
//! be. A title that was understood with its place already is left as it is.

use crate::{
    matching::priors,
    opened::Opened,
    plan::{places, planned::Plan, planned::Spot, resolving, territories, words},
    query::request::Query,
    text::fold,
};
use std::ops::Range;

/// Most words of the place beside a title.
const MOST_WORDS: usize = 6;
/// Fewest words of a title that is told from other words.
const TITLE_WORDS: usize = 3;

/// The plan of a title with its place, when that is what was asked and was not understood so.
pub(super) fn beside_a_place(opened: &Opened, plan: &Plan) -> Option<Plan> {
    let asked = &plan.asked;
    let q = asked.q.as_deref()?;
    let free = asked.territories.is_empty() && asked.near.is_none() && asked.around_km.is_none();
    if !free || asked.radius_km.is_some() {
        return None;
    }
    let (title, place) = split(opened, q)?;
    let framed = plan.is_framed(&opened.schema);
    let found = places::called(opened, &q[place]);
    let mut found = found
        .iter()
        .filter(|place| framed || plan.place != Some(place.doc));
    found.find_map(|place| {
        let fiche = &opened.fiches[place.doc as usize];
        let mut query = Query {
            q: Some(q[title.clone()].to_owned()),
            q_brut: true,
            ..asked.clone()
        };
        let codes = vec![fiche.code?.to_string()];
        query.territories.insert(fiche.kind.level()?, codes);
        let mut placed = resolving::resolve(opened, &query, None).ok()?;
        let inside = territories::docs(opened, place.doc)?;
        if !words::any_name_holds_within(opened, &placed.words, &inside).ok()? {
            return None;
        }
        // The cursor and the links are those of the query as it was asked.
        placed.asked.clone_from(asked);
        let why = "nommé à côté d'un titre";
        placed.comprehension.lieu = Some(places::chosen(opened, place, "dans", why));
        placed.spot = Some(Spot::at(place.doc, fiche.position, 0.0));
        Some(placed)
    })
}

/// The bytes of a title that the text begins with or ends in, and of what stands beside it.
fn split(opened: &Opened, q: &str) -> Option<(Range<usize>, Range<usize>)> {
    let words = fold::words(q);
    let all = words.len();
    let bytes = |part: Range<usize>| words[part.start].range.start..words[part.end - 1].range.end;
    let is_title = |part: Range<usize>| {
        let mut key = String::with_capacity(q.len());
        for word in &words[part] {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word.text);
        }
        opened.priors.is_title(priors::hash(&key))
    };
    let most = MOST_WORDS.min(all.saturating_sub(TITLE_WORDS));
    (1..=most).find_map(|count| {
        let behind = (0..all - count, all - count..all);
        let before = (count..all, 0..count);
        let mut ways = [behind, before].into_iter();
        let (title, place) = ways.find(|(title, _)| is_title(title.clone()))?;
        Some((bytes(title), bytes(place)))
    })
}
