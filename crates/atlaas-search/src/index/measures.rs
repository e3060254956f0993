//! What fiches are ordered by, and numbers and dates for ranges, as columns in memory: by document for
//! order, by value for ranges. Words are ordered as names are: accents and case ignored.

use crate::text::analysis::name_key;
use atlaas_model::{DocId, DocSet, Facet, Fiche, Value, Vocabulary};
use std::collections::BTreeMap;

/// What a measured column holds, for every document of a snapshot.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    /// By document; not a number where the fiche has none.
    values: Vec<f64>,
    /// Documents that have one, by value, then by document.
    by_value: Vec<DocId>,
}

impl Measures {
    /// Reads one column of every fiche.
    pub fn build(fiches: &[Fiche], facet: Facet, vocabulary: &Vocabulary) -> Self {
        let words = |fiche: &Fiche| fiche.value(facet).and_then(|v| words(v, facet, vocabulary));
        let mut ranks: BTreeMap<String, f64> = fiches
            .iter()
            .filter_map(|fiche| Some((words(fiche)?, 0.0)))
            .collect();
        for (rank, place) in ranks.values_mut().enumerate() {
            *place = rank as f64;
        }
        let measure = |fiche: &Fiche| match fiche.value(facet)? {
            Value::Boolean(yes) => Some(f64::from(u8::from(*yes))),
            value => value
                .measure()
                .or_else(|| ranks.get(&words(fiche)?).copied()),
        };
        let values: Vec<f64> = fiches
            .iter()
            .map(|fiche| measure(fiche).unwrap_or(f64::NAN))
            .collect();
        let mut by_value: Vec<DocId> = (0..values.len() as DocId)
            .filter(|&doc| !values[doc as usize].is_nan())
            .collect();
        // By document where values are equal: no two compare equal.
        by_value.sort_unstable_by(|&a, &b| {
            let by_value = values[a as usize].total_cmp(&values[b as usize]);
            by_value.then(a.cmp(&b))
        });
        Self { values, by_value }
    }

    /// The documents whose value lies in a range, its ends included.
    pub fn between(&self, least: Option<f64>, most: Option<f64>) -> DocSet {
        let value = |doc: &DocId| self.values[*doc as usize];
        let from = least.map_or(0, |least| {
            self.by_value.partition_point(|doc| value(doc) < least)
        });
        let to = most.map_or(self.by_value.len(), |most| {
            self.by_value.partition_point(|doc| value(doc) <= most)
        });
        let found = self.by_value.get(from..to).unwrap_or(&[]);
        DocSet::from_docs(self.values.len() as u32, found.iter().copied())
    }

    /// A key that orders documents by value: greater for a greater value, 0 without one.
    pub fn key(&self, doc: DocId) -> u64 {
        match self.values.get(doc as usize) {
            Some(value) if !value.is_nan() => ordered(*value),
            _ => 0,
        }
    }

    /// A key that orders them the other way; still 0 without a value.
    pub fn falling_key(&self, doc: DocId) -> u64 {
        match self.key(doc) {
            0 => 0,
            key => u64::MAX - key + 1,
        }
    }
}

/// What a value of words is ordered by; `None` for numbers, and without a word.
fn words(value: &Value, facet: Facet, vocabulary: &Vocabulary) -> Option<String> {
    let first = match value {
        Value::Terms(slugs) => vocabulary.label(facet, slugs.first()?),
        Value::Texts(texts) => texts.first()?,
        Value::Number(_) | Value::Year(_) | Value::Date(_) | Value::Boolean(_) => return None,
    };
    Some(name_key(first)).filter(|key| !key.is_empty())
}

/// Bits that order as the numbers do, never 0.
const fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    let key = if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    };
    if key == 0 { 1 } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlaas_model::{FicheId, Kind, Name};

    fn measures(values: &[Option<f64>]) -> Measures {
        let kind = Kind::point("arbre");
        let fiche = |(rank, value): (usize, &Option<f64>)| {
            let id = FicheId::of_row(kind, &rank.to_string()).unwrap();
            let mut fiche = Fiche::new(id, kind, "X".to_owned());
            if let Some(value) = value {
                fiche
                    .values
                    .set(Name::known("hauteur"), Value::Number(*value));
            }
            fiche
        };
        let fiches: Vec<Fiche> = values.iter().enumerate().map(fiche).collect();
        Measures::build(&fiches, Facet::column("hauteur"), &Vocabulary::default())
    }

    #[test]
    fn a_range_holds_its_ends_and_what_has_no_value_is_in_none() {
        let values = [Some(3.0), None, Some(-1.5), Some(3.0), Some(0.0)];
        let measures = measures(&values);
        for (least, most) in [
            (None, None),
            (Some(0.0), None),
            (None, Some(0.0)),
            (Some(-1.5), Some(3.0)),
            (Some(3.0), Some(3.0)),
            (Some(4.0), Some(2.0)),
        ] {
            let expected: Vec<u32> = (0..5)
                .filter(|&doc| {
                    values[doc as usize].is_some_and(|value| {
                        least.is_none_or(|least| value >= least)
                            && most.is_none_or(|most| value <= most)
                    })
                })
                .collect();
            let found: Vec<u32> = measures.between(least, most).iter().collect();
            assert_eq!(found, expected, "{least:?} {most:?}");
        }
    }

    #[test]
    fn keys_order_as_values_do_both_ways_and_nothing_comes_last() {
        let measures = measures(&[Some(3.0), None, Some(-1.5), Some(-7.0), Some(0.0)]);
        let order = |key: &dyn Fn(DocId) -> u64| {
            let mut docs: Vec<DocId> = (0..5).collect();
            docs.sort_by_key(|&doc| std::cmp::Reverse(key(doc)));
            docs
        };
        assert_eq!(order(&|doc| measures.key(doc)), [0, 4, 2, 3, 1]);
        assert_eq!(order(&|doc| measures.falling_key(doc)), [3, 2, 4, 0, 1]);
    }
}
