//! The label in a territory: how many of its communes received each level, year by year.

use crate::pages::statement::parts::Scope;
use crate::words::language::Language;
use atlaas_engine::Snapshot;
use atlaas_model::{Label, Level};
use std::collections::BTreeMap;

/// Years that are told.
const MOST_YEARS: usize = 6;

/// A year: its number, then how many communes have one to five arobases, then the territory's own level.
pub struct LabelledYear {
    /// The year.
    pub year: u16,
    /// Communes by level, from one to five; empty where there are none.
    pub communes: [String; 5],
    /// The level of the group of communes itself.
    pub own: String,
}

/// The last years, the newest first.
pub fn years(snapshot: &Snapshot, scope: &Scope, lang: Language) -> Vec<LabelledYear> {
    let catalogue = snapshot.catalogue();
    let mut years: BTreeMap<u16, ([u64; 5], u8)> = BTreeMap::new();
    let level = |label: &Label| label.level.filter(|level| (1..=5).contains(level));
    for doc in catalogue.docs_of(Level::Commune) {
        let fiche = catalogue.fiche(doc);
        if !scope.holds(fiche) {
            continue;
        }
        for label in &fiche.labels {
            if let Some(level) = level(label) {
                years.entry(label.year).or_default().0[usize::from(level) - 1] += 1;
            }
        }
    }
    if let Scope::Place {
        level: Level::Epci,
        doc,
        ..
    } = scope
    {
        for label in &catalogue.fiche(*doc).labels {
            years.entry(label.year).or_default().1 = level(label).unwrap_or(0);
        }
    }
    let told = |(year, (communes, own)): (u16, ([u64; 5], u8))| LabelledYear {
        year,
        communes: communes.map(|n| {
            if n == 0 {
                String::new()
            } else {
                lang.number(n)
            }
        }),
        own: "@".repeat(own.into()),
    };
    years.into_iter().rev().take(MOST_YEARS).map(told).collect()
}
