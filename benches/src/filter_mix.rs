//! Filters and tiles as people ask for them, drawn by seed.

use crate::seeded::Seeded;
use atlaas_engine::{Query, Snapshot, TileId};
use std::io;

const WORDS: [&str; 12] = [
    "école",
    "wifi public",
    "médiathèque",
    "jeunes",
    "transparence",
    "site internet",
    "fablab",
    "seniors",
    "télétravail",
    "paiement en ligne",
    "la mairie",
    "numérique",
];
const ENJEUX: [&str; 4] = ["education", "emploi", "innovation", "education,innovation"];

/// Each trial another filter: words, facets, circles, territories, and several at once.
pub fn filter(trial: usize, random: &mut Seeded) -> String {
    let word = WORDS[random.below(WORDS.len())];
    let enjeu = ENJEUX[random.below(ENJEUX.len())];
    let latitude = 43.0 + random.below(6_000) as f64 / 1e3;
    let longitude = random.below(7_000) as f64 / 1e3 - 1.0;
    let year = 2008 + random.below(16);
    let radius = 10 + random.below(190);
    match trial % 8 {
        0 => format!("q={word}&annee={year}-"),
        1 => format!("enjeu={enjeu}&annee={}-{year}", year - 4),
        2 => format!("lat={latitude}&lon={longitude}&rayon={radius}"),
        3 => format!("q={word}&lat={latitude}&lon={longitude}&rayon={radius}"),
        4 => format!(
            "departement={:02}&autour={}",
            21 + random.below(70),
            random.below(60)
        ),
        5 => format!("q={word} près de nantes&rayon={radius}&annee={year}-"),
        6 => format!(
            "arobases={}-&enjeu={enjeu}&annee=2006-{year}",
            1 + random.below(4)
        ),
        _ => format!(
            "bbox={:.3},{latitude},{:.3},50",
            longitude - 3.0,
            longitude + 2.0
        ),
    }
}

/// A tile where an initiative is.
pub fn tile(snapshot: &Snapshot, zoom: u8, random: &mut Seeded) -> TileId {
    let positions = snapshot.positions();
    loop {
        let Some(position) = positions[positions.len() - 1 - random.below(19_000)] else {
            continue;
        };
        let point = atlaas_spatial::mercator::project(position);
        let side = f64::from(1_u32 << zoom);
        if let Ok(tile) = TileId::new(zoom, (point.x * side) as u32, (point.y * side) as u32) {
            return tile;
        }
    }
}

/// A filter as the query that it is.
pub fn parse(snapshot: &Snapshot, filter: &str) -> io::Result<Query> {
    let pairs: Vec<(String, String)> = filter
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Query::parse(&pairs, snapshot.schema(), &[])
        .map_err(|errors| io::Error::other(format!("{filter}: {errors:?}")))
}
