//! Head words: the beginning of a longer name by which people mean it (`Aix`, `La Baule`, `Évry`).
//!
//! A head is spelt exactly, word for word, so it comes before any typing mistake. A town of which the
//! head is somebody else's whole name comes first when it has far more inhabitants: who says `Aix`
//! means Aix-en-Provence, and Aix in Corrèze stays in the list.

use super::keys::Variant;
use super::lookup::{Candidate, Lookup, Reading};
use super::place_match::Match;
use super::weights::{EXACT, FAR_MORE, HEAD, NO_ARTICLE, OVERTAKES, TOWN, TOWN_HEAD};
use crate::text::names::{NameWord, glue, word_ends};
use atlaas_model::Level;

/// Names that a head leads to; the rest are villages that nobody calls so.
const MOST: usize = 8;

/// Inhabitants of a commune that is meant by its head before its name is typed to the end.
const SIZEABLE: u32 = 15_000;

/// Words that begin so many names that they are no head by themselves.
const GENERIC: [&str; 7] = [
    "saint",
    "sainte",
    "saints",
    "saintes",
    "notre",
    "dame",
    "notredame",
];

impl Lookup<'_> {
    /// Communes whose name begins with these words and goes on, the most inhabited ones.
    pub(crate) fn heads(&mut self, reading: Reading<'_>) {
        let typing = self.options.autocomplete;
        // Who is typing may have begun the linking word behind the head (`saint-laurent-d`).
        let solid = reading.name.iter().rposition(|word| !word.link);
        let end = solid.map_or(0, |at| at + 1);
        let (head, behind) = reading.name.split_at(end);
        if !may_be_a_head(head) || (!typing && !behind.is_empty()) {
            return;
        }
        let (length, ends) = (glue(head).len(), word_ends(head));
        let gazetteer = self.gazetteer;
        let table = &gazetteer.keys;
        let goes_on = |key: &usize| {
            table.has_an_end_at(*key, length)
                && !table.splits_otherwise(*key, ends, length)
                && matches!(table.variant(*key), Variant::Full | Variant::NoArticle)
        };
        let mut heads: Vec<(u32, bool)> = table
            .beginning(&glue(reading.name))
            .filter(goes_on)
            .map(|key| (table.entry(key), table.variant(key) == Variant::Full))
            .filter(|&(entry, _)| {
                let entry = &gazetteer.entries[entry as usize];
                entry.kind == Level::Commune && entry.alias.is_none()
            })
            .collect();
        let inhabitants = |entry: u32| gazetteer.entries[entry as usize].population;
        heads.sort_by_key(|&(entry, _)| (std::cmp::Reverse(inhabitants(entry)), entry));
        let namesake = self.most_inhabited_namesake();
        for (entry, full) in heads.into_iter().take(MOST) {
            let least = TOWN.max(namesake.saturating_mul(FAR_MORE));
            let far_more = full && inhabitants(entry) >= least;
            let cost = match inhabitants(entry) {
                _ if far_more => OVERTAKES,
                // Who is called so without an article comes before a head that needs one.
                _ if !full && namesake > 0 => HEAD + NO_ARTICLE,
                // A former name that is the head of today's says it as well.
                _ if self.is_called(entry) => continue,
                TOWN.. => TOWN_HEAD,
                SIZEABLE.. => HEAD,
                // A smaller one may be what is being typed, no more so than others.
                _ if typing => continue,
                _ => HEAD,
            };
            let candidate = Candidate {
                entry,
                cost: EXACT + reading.cost + cost,
                edits: 0,
                how: Match::Head,
                qualified: reading.filter.is_some(),
            };
            self.push(candidate, reading.filter);
        }
    }

    /// Whether the place of an entry was found by another of its names.
    fn is_called(&self, entry: u32) -> bool {
        let doc = |entry: u32| self.gazetteer.entries[entry as usize].doc;
        let mut exact = self.found.iter().filter(|found| found.how == Match::Exact);
        exact.any(|found| doc(found.entry) == doc(entry))
    }

    /// Inhabitants of the biggest place that is called just so; an EPCI is named after its town.
    fn most_inhabited_namesake(&self) -> u32 {
        let exact = self.found.iter().filter(|found| found.how == Match::Exact);
        exact
            .map(|found| &self.gazetteer.entries[found.entry as usize])
            .filter(|entry| entry.kind != Level::Epci)
            .map(|entry| entry.population)
            .max()
            .unwrap_or(0)
    }
}

/// Whether words may be the beginning of a name that tells it from others.
fn may_be_a_head(name: &[NameWord]) -> bool {
    let tells = |word: &NameWord| !word.link && !GENERIC.contains(&word.text.as_str());
    name.last().is_some_and(|last| last.text.len() > 1) && name.iter().any(tells)
}
