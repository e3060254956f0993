//! Comparing a reading with names word by word: another order, words left out.

use super::lookup::{Candidate, Lookup, Reading};
use super::place_match::Match;
use super::spelling::unfinished_cost;
use super::tokens;
use super::weights::{
    ALL_THERE, EDIT, FOREIGN_WORD, LINK, MISSING_LETTER, MOST, PENDING, REORDERED, UNFINISHED_WORD,
    UNTYPED_WORD,
};
use crate::text::names::{MOST_WORDS, NameWord};

impl Lookup<'_> {
    /// Names with these words, in any order.
    pub(crate) fn words(&mut self, reading: Reading<'_>, misspelt: bool) {
        let table = &self.gazetteer.tokens;
        let unfinished = self.options.autocomplete;
        let meant: Vec<_> = reading
            .name
            .iter()
            .map(|word| table.readings(&word.text, unfinished, misspelt && !word.link))
            .collect();
        let any_content = reading.name.iter().any(|word| !word.link);
        let spread = |index: &usize| -> usize {
            let readings: &Vec<tokens::TokenReading> = &meant[*index];
            readings.iter().map(|r| table.entries(r.token).len()).sum()
        };
        let rarest = (0..meant.len())
            .filter(|&index| !meant[index].is_empty())
            .filter(|&index| !any_content || !reading.name[index].link)
            .min_by_key(spread);
        let Some(rarest) = rarest else { return };
        let mut entries: Vec<u32> = meant[rarest]
            .iter()
            .flat_map(|reading| table.entries(reading.token))
            .copied()
            .take(5_000)
            .collect();
        entries.sort_unstable();
        entries.dedup();
        for entry in entries {
            if let Some((cost, edits)) = self.align(reading.name, &meant, entry) {
                let candidate = Candidate {
                    entry,
                    cost: cost + reading.cost,
                    edits,
                    how: Match::Words,
                    qualified: reading.filter.is_some(),
                };
                self.push(candidate, reading.filter);
            }
        }
    }

    /// What it costs to read typed words as the words of an entry; mistakes among them.
    fn align(
        &self,
        typed: &[NameWord],
        meant: &[Vec<tokens::TokenReading>],
        entry: u32,
    ) -> Option<(f32, u32)> {
        let table = &self.gazetteer.tokens;
        let words = table.of_entry(entry);
        let mut used = [false; MOST_WORDS];
        let (mut cost, mut edits, mut reordered) = (0.0, 0, false);
        let mut expected = 0;
        let letters = typed.iter().map(|word| word.text.len()).sum();
        let unfinished_word = UNFINISHED_WORD + unfinished_cost(letters);
        for (index, (word, readings)) in typed.iter().zip(meant).enumerate() {
            let last = index + 1 == typed.len() && self.options.autocomplete;
            let best = words
                .iter()
                .enumerate()
                .filter(|&(index, _)| !used[index])
                .filter_map(|(index, token)| {
                    let reading = readings.iter().find(|reading| reading.token == *token)?;
                    let unfinished = if reading.missing > 0 {
                        unfinished_word
                    } else {
                        0.0
                    };
                    let own = reading.edits as f32 * EDIT
                        + unfinished
                        + reading.missing as f32 * MISSING_LETTER;
                    Some((own, index, reading.edits))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((own, index, mistakes)) => {
                    used[index] = true;
                    cost += own;
                    edits += mistakes;
                    reordered |= index < expected;
                    expected = index;
                }
                None if word.link && !last => cost += LINK,
                // Who ends on a linking word goes on to another one.
                None if word.link => cost += PENDING,
                None => cost += FOREIGN_WORD,
            }
            if cost > MOST {
                return None;
            }
        }
        let all_there = cost == 0.0 && words.len() == typed.len();
        for (token, _) in words.iter().zip(used).filter(|(_, used)| !used) {
            cost += if table.is_link(*token) {
                LINK
            } else {
                UNTYPED_WORD + table.spelling(*token).len() as f32 * MISSING_LETTER
            };
        }
        if reordered {
            cost += if all_there { ALL_THERE } else { REORDERED };
        }
        (cost <= MOST).then_some((cost, edits))
    }
}
