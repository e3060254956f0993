//! BM25 as textbooks have it, over the words of a fiche and the names of its territories: what a search
//! is worth that understands nothing.

use atlaas_engine::Snapshot;
use atlaas_model::{DocId, Fiche, Level};
use std::collections::HashMap;

/// How soon further mentions of a word add nothing.
const SATURATION: f64 = 1.2;
/// How much longer texts are held back.
const LENGTH: f64 = 0.75;

/// Words that say nothing by themselves.
const HOLLOW: [&str; 30] = [
    "a", "au", "aux", "ce", "cette", "d", "dans", "de", "des", "du", "en", "est", "et", "l", "la",
    "le", "les", "ou", "par", "pour", "qu", "que", "qui", "s", "sa", "ses", "son", "sur", "un",
    "une",
];

/// Words and the documents that hold them.
pub struct Bm25 {
    postings: HashMap<String, Vec<(DocId, u32)>>,
    lengths: Vec<u32>,
    mean_length: f64,
}

impl Bm25 {
    /// Indexes the fiches of a snapshot.
    pub fn new(snapshot: &Snapshot) -> Self {
        let fiches = snapshot.catalogue().fiches();
        let mut postings: HashMap<String, Vec<(DocId, u32)>> = HashMap::new();
        let mut lengths = Vec::with_capacity(fiches.len());
        for (fiche, doc) in fiches.iter().zip(0..) {
            let mut counts: HashMap<String, u32> = HashMap::new();
            for term in terms(&told(snapshot, fiche)) {
                *counts.entry(term).or_default() += 1;
            }
            lengths.push(counts.values().sum());
            for (term, count) in counts {
                postings.entry(term).or_default().push((doc, count));
            }
        }
        let sum: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let mean_length = sum as f64 / lengths.len().max(1) as f64;
        Self {
            postings,
            lengths,
            mean_length,
        }
    }

    /// The best documents of any of the words, the best first.
    pub fn best(&self, query: &str, wanted: usize) -> Vec<DocId> {
        let mut asked = terms(query);
        asked.sort();
        asked.dedup();
        let all = self.lengths.len() as f64;
        let mut scores: HashMap<DocId, f64> = HashMap::new();
        for term in &asked {
            let Some(postings) = self.postings.get(term) else {
                continue;
            };
            let bearers = postings.len() as f64;
            let rarity = (1.0 + (all - bearers + 0.5) / (bearers + 0.5)).ln();
            for &(doc, count) in postings {
                let count = f64::from(count);
                let length = f64::from(self.lengths[doc as usize]) / self.mean_length;
                let held_back = SATURATION * (1.0 - LENGTH + LENGTH * length);
                *scores.entry(doc).or_default() +=
                    rarity * count * (SATURATION + 1.0) / (count + held_back);
            }
        }
        let mut ranked: Vec<(DocId, f64)> = scores.into_iter().collect();
        ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        ranked.truncate(wanted);
        ranked.into_iter().map(|(doc, _)| doc).collect()
    }
}

/// What a fiche tells: its name, its text, its terms, its address, where it lies.
fn told(snapshot: &Snapshot, fiche: &Fiche) -> String {
    let levels = [Level::Commune, Level::Departement, Level::Region];
    let places = levels.into_iter().filter_map(|level| {
        let code = fiche.territory.at(level)?;
        snapshot.catalogue().territory_name(level, code)
    });
    let facets = snapshot.schema().facets().iter();
    let facets = facets.flat_map(|info| fiche.slugs(info.facet));
    let address = fiche.address.as_deref().unwrap_or_default();
    let mut told = format!("{} {} {address}", fiche.name, fiche.text);
    for word in places.chain(facets.map(String::as_str)) {
        told.push(' ');
        told.push_str(word);
    }
    told
}

/// Folded words, the mark of the plural aside.
fn terms(text: &str) -> Vec<String> {
    let words = atlaas_search::words(text).into_iter();
    let telling = words
        .map(|word| word.text)
        .filter(|word| !HOLLOW.contains(&word.as_str()));
    let singular = |word: String| match word.strip_suffix(['s', 'x']) {
        Some(stem) if word.len() > 3 => stem.to_owned(),
        _ => word,
    };
    telling.map(singular).collect()
}
