//! A variable that does not weigh, predicted by the mean of the peers: what likeness is worth; and how
//! many peers stay when the weights are a little others.

use crate::seeded::Seeded;
use atlaas_engine::Comparer;
use atlaas_model::{Code, Level, PeerChoice, PeersOf, Weighing};
use std::collections::HashSet;

/// By how much weights are changed.
const CHANGE: f64 = 0.25;

/// Mean errors, in points.
#[derive(Debug)]
pub struct Errors {
    /// Of the mean of the peers.
    pub peers: f64,
    /// Of the mean of the stratum.
    pub strata: f64,
    /// Of the mean of the sample.
    pub mean: f64,
    /// How many communes were predicted.
    pub count: usize,
}

/// The general lens without one variable.
fn without(comparer: &Comparer, held_out: &str) -> Vec<(String, f64)> {
    let lens = comparer.lenses().iter().find(|lens| lens.name == "general");
    let weights = lens.map(|lens| lens.weights.clone()).unwrap_or_default();
    let named = comparer.variables().iter().zip(weights);
    let weighing = named.filter(|(variable, weight)| *weight > 0.0 && variable.name != held_out);
    weighing
        .map(|(variable, weight)| (variable.name.clone(), weight))
        .collect()
}

/// Predicts a variable of communes from their peers; `counts` says which communes count.
pub fn predict(
    comparer: &Comparer,
    held_out: &str,
    codes: &[Code],
    counts: &dyn Fn(Code) -> bool,
) -> Option<Errors> {
    let rank = comparer
        .variables()
        .iter()
        .position(|v| v.name == held_out)?;
    let own = without(comparer, held_out);
    let value = |code: Code| {
        let at = comparer.standing(Level::Commune, code)?;
        let value = comparer.value(at, rank);
        (value.is_finite() && counts(code)).then_some(value)
    };
    let known: Vec<f64> = codes.iter().filter_map(|&code| value(code)).collect();
    let overall = known.iter().sum::<f64>() / known.len() as f64;
    let (mut peers, mut strata, mut mean, mut count) = (0.0, 0.0, 0.0, 0);
    for &code in codes {
        let Some(actual) = value(code) else { continue };
        let guess = |choice: PeerChoice| {
            let ask = PeersOf {
                weighing: Weighing::Own(own.clone()),
                choice,
                ..PeersOf::usual(Level::Commune, code)
            };
            let found = comparer.peers(&ask).ok()?;
            let values: Vec<f64> = found.into_iter().filter_map(value).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let (Some(near), Some(stratum)) = (guess(PeerChoice::Nearest), guess(PeerChoice::Stratum))
        else {
            continue;
        };
        peers += (near - actual).abs();
        strata += (stratum - actual).abs();
        mean += (overall - actual).abs();
        count += 1;
    }
    let all = count as f64;
    Some(Errors {
        peers: peers / all,
        strata: strata / all,
        mean: mean / all,
        count,
    })
}

/// The part of the peers of some communes that stay when each weight is a quarter more or less.
pub fn stability(comparer: &Comparer, codes: &[Code], random: &mut Seeded) -> f64 {
    let own = without(comparer, "");
    let (mut stay, mut all) = (0, 0);
    for &code in codes {
        let peers = |weights: Vec<(String, f64)>| -> HashSet<Code> {
            let ask = PeersOf {
                weighing: Weighing::Own(weights),
                ..PeersOf::usual(Level::Commune, code)
            };
            comparer
                .peers(&ask)
                .unwrap_or_default()
                .into_iter()
                .collect()
        };
        let changed = own.iter().map(|(name, weight)| {
            let sign = if random.below(2) == 0 { 1.0 } else { -1.0 };
            (name.clone(), weight * (1.0 + sign * CHANGE))
        });
        let changed = peers(changed.collect());
        let before = peers(own.clone());
        stay += before.intersection(&changed).count();
        all += before.len();
    }
    f64::from(stay as u32) / f64::from((all as u32).max(1))
}
