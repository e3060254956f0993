//! Titles found by the beginnings of their words, in any order.
//!
//! Titles are numbered by merit (how many fiches bear them, then the shorter first), so the best of
//! a word are the first of its list, and one letter is answered without reading them all.

use crate::gazetteer::MOST_CHARACTERS;
use crate::text::fold::words;
use crate::text::typo::{Pattern, Signature};
use atlaas_model::{DocId, Fiche, Layer, Position};
use std::collections::HashMap;

/// Most words of a text that are read.
const MOST_WORDS: usize = 8;
/// Most titles that are set side by side when only nearness tells them apart.
const MOST_COMPARED: usize = 200;
/// Shortest word that may be misspelt.
const SHORTEST_MISSPELT: usize = 5;

/// A title and the first fiche that bears it.
#[derive(Debug)]
struct Title {
    doc: DocId,
    position: Option<Position>,
}

/// All titles of one kind of fiches.
#[derive(Debug, Default)]
pub(crate) struct TitleIndex {
    titles: Vec<Title>,
    /// Words, sorted.
    words: Vec<String>,
    /// Titles that have a word, best first; the ones that begin with it are marked by the lowest
    /// bit not being set.
    postings: Vec<Vec<u32>>,
}

impl TitleIndex {
    /// Indexes the titles of a layer; where its objects are places, those of one name are several.
    pub(crate) fn new(fiches: &[Fiche], layer: &Layer) -> Self {
        let kind = layer.kind();
        let mut bearers: HashMap<(&str, Option<DocId>), (u32, DocId)> = HashMap::new();
        for (fiche, doc) in fiches.iter().zip(0..) {
            if fiche.kind == kind {
                let own = layer.by_place.then_some(doc);
                let slot = bearers.entry((fiche.name.trim(), own)).or_insert((0, doc));
                slot.0 += 1;
            }
        }
        let mut merit: Vec<(u32, DocId)> = bearers.into_values().collect();
        merit.sort_by_key(|&(count, doc)| {
            let length = fiches[doc as usize].name.len();
            (std::cmp::Reverse(count), length, doc)
        });
        let mut index = Self::default();
        let mut lists: HashMap<String, Vec<u32>> = HashMap::new();
        for (title, &(_, doc)) in (0..).zip(&merit) {
            let fiche = &fiches[doc as usize];
            index.titles.push(Title {
                doc,
                position: fiche.position,
            });
            for (at, word) in words(&fiche.name).into_iter().enumerate() {
                let list = lists.entry(word.text).or_default();
                if list.last().is_none_or(|&last| last >> 1 != title) {
                    list.push(title << 1 | u32::from(at > 0));
                }
            }
        }
        let mut lists: Vec<(String, Vec<u32>)> = lists.into_iter().collect();
        lists.sort_unstable();
        (index.words, index.postings) = lists.into_iter().unzip();
        index
    }

    /// The fiches whose titles have all words of a text, the last one perhaps unfinished; titles
    /// that begin so first, then the better known, or the nearer when a position is given.
    pub(crate) fn beginning(&self, text: &str, near: Option<Position>, limit: usize) -> Vec<DocId> {
        let end = text
            .char_indices()
            .nth(MOST_CHARACTERS)
            .map_or(text.len(), |(end, _)| end);
        let typed = words(&text[..end]);
        let Some((last, before)) = typed.split_last() else {
            return Vec::new();
        };
        let before = &before[..before.len().min(MOST_WORDS - 1)];
        let mut found = if before.is_empty() {
            self.first_of(&last.text, limit.max(MOST_COMPARED))
        } else {
            self.with_all(before.iter().map(|word| word.text.as_str()), &last.text)
        };
        if found.is_empty() && before.is_empty() {
            found = self.misspelt(&last.text);
        }
        found.sort_unstable_by_key(|&title| (title & 1, title));
        found.truncate(limit.max(MOST_COMPARED));
        if let Some(near) = near {
            let distance = |title: u32| {
                let position = self.titles[(title >> 1) as usize].position;
                position.map_or(u32::MAX, |position| position.distance_km(near) as u32)
            };
            found.sort_by_cached_key(|&title| distance(title));
        }
        found.truncate(limit);
        found
            .into_iter()
            .map(|title| self.titles[(title >> 1) as usize].doc)
            .collect()
    }

    /// The lists of the words that begin so.
    fn lists(&self, beginning: &str) -> &[Vec<u32>] {
        let from = self.words.partition_point(|word| word.as_str() < beginning);
        let count = self.words[from..].partition_point(|word| word.starts_with(beginning));
        &self.postings[from..from + count]
    }

    /// The best titles with a word that begins so.
    fn first_of(&self, beginning: &str, limit: usize) -> Vec<u32> {
        let lists = self.lists(beginning);
        // Many words share a short beginning: a few titles of each are enough.
        let each = limit.div_ceil(lists.len().max(1)).max(8);
        let mut found: Vec<u32> = lists
            .iter()
            .flat_map(|list| {
                let first = list.iter().filter(|&&title| title & 1 == 0).take(each);
                first.chain(list.iter().take(each))
            })
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup_by_key(|title| *title >> 1);
        found
    }

    /// The titles that have all words, and one that begins like the last.
    fn with_all<'a>(&self, whole: impl Iterator<Item = &'a str>, last: &str) -> Vec<u32> {
        let mut kept: Option<Vec<u32>> = None;
        for word in whole {
            let list = match self
                .words
                .binary_search_by(|known| known.as_str().cmp(word))
            {
                Ok(at) => self.postings[at].as_slice(),
                Err(_) => return Vec::new(),
            };
            kept = Some(match kept {
                None => list.to_vec(),
                Some(kept) => both(&kept, list),
            });
        }
        let mut ends = vec![false; self.titles.len()];
        for title in self.lists(last).iter().flatten() {
            ends[(title >> 1) as usize] = true;
        }
        let mut kept = kept.unwrap_or_default();
        kept.retain(|title| ends[(title >> 1) as usize]);
        kept
    }

    /// The titles with a word one mistake away.
    fn misspelt(&self, word: &str) -> Vec<u32> {
        let Some(pattern) = Pattern::new(word).filter(|_| word.len() >= SHORTEST_MISSPELT) else {
            return Vec::new();
        };
        let near = |known: &String| {
            known.len().abs_diff(word.len()) <= 1
                && pattern.signature.within(Signature::of(known.as_bytes()), 1)
                && pattern.edits(known.as_bytes()).whole == 1
        };
        let mut found: Vec<u32> = self
            .words
            .iter()
            .zip(&self.postings)
            .filter(|(known, _)| near(known))
            .flat_map(|(_, list)| list.iter().copied())
            .collect();
        found.sort_unstable();
        found.dedup_by_key(|title| *title >> 1);
        found
    }
}

/// The titles of the first list that are in the second, both sorted.
fn both(first: &[u32], second: &[u32]) -> Vec<u32> {
    let has = |title: &&u32| {
        let at = second.partition_point(|other| other >> 1 < **title >> 1);
        second
            .get(at)
            .is_some_and(|other| other >> 1 == **title >> 1)
    };
    first.iter().filter(has).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{FicheId, Kind, Schema};

    fn index(titles: &[&str]) -> TitleIndex {
        let fiche = |(rank, title): (usize, &&str)| {
            let id = FicheId::of_row(Kind::point("initiative"), &rank.to_string()).unwrap();
            Fiche::new(id, Kind::point("initiative"), (*title).to_owned())
        };
        let fiches: Vec<Fiche> = titles.iter().enumerate().map(fiche).collect();
        let schema = Schema::default();
        TitleIndex::new(&fiches, schema.layer(Kind::point("initiative")).unwrap())
    }

    #[test]
    fn titles_are_found_by_the_beginnings_of_their_words() {
        let index = index(&[
            "Wifi au parc",
            "Parc numérique",
            "Un parc",
            "Wifi au parc",
            "École",
        ]);
        assert_eq!(index.beginning("par", None, 5), [1, 0, 2]);
        assert_eq!(index.beginning("parc wi", None, 5), [0]);
        assert_eq!(index.beginning("ÉCO", None, 5), [4]);
        assert_eq!(index.beginning("numeriqeu", None, 5), [1]);
        assert_eq!(index.beginning("", None, 5), Vec::<DocId>::new());
        assert_eq!(index.beginning("parc xyz", None, 5), Vec::<DocId>::new());
    }
}
