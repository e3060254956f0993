//! Made-up labels, in the known proportions of levels, years and mentions.

use super::{activity::Active, rng::Rng};
use atlaas_model::{Code, Label, LabelOrigin};
use std::collections::HashMap;

/// Communes with at least one label.
const LABELLED: usize = 1217;
/// Weights of the levels 1 to 5.
const LEVELS: [u32; 5] = [384, 1017, 1271, 753, 662];
/// Weights of the years from 2006 to 2026.
const YEARS: [u32; 21] = [
    87, 133, 214, 261, 278, 290, 310, 324, 317, 323, 329, 338, 346, 223, 145, 111, 56, 17, 12, 3, 3,
];
/// Labels a territory has had: weights of 1, 2, 3…
const TIMES: [u32; 9] = [30, 18, 14, 11, 9, 7, 5, 4, 2];
/// Mentions with their share.
const MENTIONS: [(&str, u32); 8] = [
    ("Numérique responsable et durable", 51),
    ("Ruralité", 34),
    ("Éducation", 34),
    ("Coopération décentralisée", 32),
    ("Quartiers populaires", 30),
    ("Innovation", 28),
    ("Santé", 25),
    ("Transition écologique", 5),
];

/// Labels by code, of active communes and of a few EPCI.
pub(crate) fn make(
    actives: &[Active<'_>],
    epcis: &[Code],
    rng: &mut Rng,
) -> HashMap<Code, Vec<Label>> {
    let mut keyed: Vec<(f64, Code)> = actives
        .iter()
        .map(|active| {
            let people = f64::from(active.commune.population.unwrap_or(0));
            let key = -rng.unit().max(f64::MIN_POSITIVE).ln() / (people + 500.0).powf(0.4);
            (key, active.commune.code)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let communes = keyed.into_iter().take(LABELLED).map(|(_, code)| code);
    let mut codes: Vec<Code> = communes.collect();
    codes.sort_unstable();
    codes.extend((0..9).filter_map(|_| rng.pick(epcis).copied()));
    codes.into_iter().map(|code| (code, career(rng))).collect()
}

/// The labels of one territory, oldest first: levels stay near one another and rather rise.
fn career(rng: &mut Rng) -> Vec<Label> {
    let mut years: Vec<u16> = (0..=rng.weighted(&TIMES))
        .map(|_| 2006 + rng.weighted(&YEARS) as u16)
        .collect();
    years.sort_unstable();
    years.dedup();
    let base = rng.weighted(&LEVELS) as i32 + 1;
    let middle = years.len() as i32 / 2;
    years
        .into_iter()
        .zip(0..)
        .map(|(year, rank)| {
            let step = if rng.chance(0.3) {
                (rank - middle).signum()
            } else {
                0
            };
            let mention = rng.chance(0.07).then(|| {
                let shares = MENTIONS.map(|(_, share)| share);
                MENTIONS[rng.weighted(&shares)].0.to_owned()
            });
            Label {
                year,
                level: u8::try_from((base + step).clamp(1, 5)).ok(),
                mention,
                origin: LabelOrigin::Synthetique,
                group: None,
            }
        })
        .collect()
}
